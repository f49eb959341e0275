"""What a check of a corpus found, as one HTML page that needs no network, no script and no terminal.

Text of a corpus is escaped wherever it stands, and the page's own policy forbids scripts and requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from langcov import languages
from langcov.core import ui
from langcov.core.ui import _, plural, whole
from langcov.errors import UserError
from langcov.hygiene.engine.report import Count, Report
from langcov.report.hygiene import view
from langcov.report.hygiene.text import Marked, fixed, marked, shown, word

PLACES = 50  # of a word
ROOM = 60  # code points on each side of an issue
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(report: Report, *, max_shown: int) -> str:
    """The page."""
    title = _("Corpus check: {language}", language=view.heading(report))
    sections = view.sections(report)
    page = Page(report, max_shown)
    body = [
        f"<header><h1>{escape(title)}</h1>",
        *(f'<p class="verdict errors">{escape(headline)}</p>' for headline in view.headlines(report)),
        f'<p class="quiet">{escape(view.read(report))}</p>',
        f'<p class="verdict {report.verdict}">{escape(view.verdict(report))}</p></header>',
        _summary(report, sections),
        _unjudged(report),
        *map(page.section, sections),
        _files(report),
    ]
    style = (files("langcov.data") / "hygiene.css").read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{ui.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], texts: int) -> str:
    """A table of cells that are HTML already; all columns after the first ``texts`` are figures."""
    kinds = [""] * texts + [' class="figure"'] * (len(heads) - texts)
    head = "".join(f"<th{kind}>{escape(title)}</th>" for kind, title in zip(kinds, heads))
    lines = ("".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, row)) for row in rows)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'


def _summary(report: Report, sections: Sequence[view.Section]) -> str:
    rows = [
        [
            f'<a href="#{escape(section.id)}">{escape(section.title)}</a>',
            _badge(section.count),
            *view.figures(report, section.count),
        ]
        for section in sections
    ]
    heads = [_("check"), "", *view.columns()]
    silenced = f"<p>{escape(view.silenced(report))}</p>" if report.silenced else ""
    return (_table(heads, rows, 2) if rows else "") + silenced


def _badge(count: Count) -> str:
    return f'<span class="badge {count.severity}">{escape(view.severity(count))}</span>'


def _unjudged(report: Report) -> str:
    if not report.not_judged:
        return ""
    items = (
        f"<li><b>{escape(title)}</b>: {escape(reason)}</li>" for _id, title, reason in view.unjudged(report)
    )
    head = _("Not judged, and so neither right nor wrong")
    return f'<section id="not-judged"><h2>{escape(head)}</h2>\n<ul>{"".join(items)}</ul></section>'


def _files(report: Report) -> str:
    rows = [
        [
            escape(shown(file.file)),
            *map(whole, (file.lines, file.words, file.letters)),
            *("–" if n is None else whole(round(n)) for n in (file.empty, file.median, file.longest)),
        ]
        for file in report.files
    ]
    heads = [_("file"), _("lines"), _("words"), _("letters")]
    heads += [_("empty lines"), _("characters of a line (median)"), _("of the longest line")]
    return f"<details><summary>{escape(_('What was read'))}</summary>{_table(heads, rows, 1)}</details>"


class Page:
    """The sections of a report, one a check and severity."""

    def __init__(self, report: Report, max_shown: int) -> None:
        self.language = shown(report.language)
        self.tag = _tag(report.language)
        self.max_shown = max_shown

    def section(self, section: view.Section) -> str:
        """What the check found, why it matters, what to do, and the words."""
        messages = {group.message for group in section.groups}
        once = messages.pop() if len(messages) == 1 else ""
        said = "".join(f"<p>{escape(text)}</p>\n" for text in (section.why, once) if text)
        characters = f'<p class="quiet">{escape(view.characters(section.count))}</p>\n'
        items = "\n".join(self._item(group, bool(once)) for group in section.groups[: self.max_shown])
        rest = len(section.groups) - self.max_shown
        more = [view.more_words(rest)] * (rest > 0) + [view.unlisted(section.count)]
        return (
            f'<section id="{escape(section.id)}">\n<h2>{_badge(section.count)} {escape(section.title)}</h2>\n'
            f"{said}{self._advice(section)}{characters}<ul>\n{items}\n</ul>\n"
            + "".join(f'<p class="quiet">{escape(text)}</p>' for text in more if text)
            + "</section>"
        )

    def _advice(self, section: view.Section) -> str:
        suggested = any(
            group.first.column and group.first.issue.suggestion is not None for group in section.groups
        )
        if not suggested:
            alone = _("There is no fix to suggest: a person has to look at each place.")
            return f'<p class="quiet">{escape(alone)}</p>\n'
        check = section.count.check
        also = "" if section.automatic else f" --also {check}"
        command = f"langcov corpora fix PATH --lang {self.language} --only {check}{also}"
        advice = (
            _("These can be fixed automatically; this shows how, and with --write makes a fixed copy:")
            if section.automatic
            else _("These are suggestions to be looked at; this shows them as changes:")
        )
        return f"<p>{escape(advice)} <code>{escape(command)}</code></p>\n"

    def _item(self, group: view.Group, message_said: bool) -> str:
        many = len(group.findings)
        head = self._word(group)
        if many > 1:
            head += f'<span class="count">{escape(plural("{n} place", "{n} places", many))}</span>'
        notes = [group.message] * (not message_said) + [", ".join(group.characters)] * bool(group.characters)
        about = "".join(f'<div class="quiet">{escape(note)}</div>' for note in notes if note)
        places = self._places(group)
        if many == 1:
            return f'<li>{head}<div class="more">{about}{places}</div></li>'
        return f'<li><details><summary>{head}</summary><div class="more">{about}{places}</div></details></li>'

    def _word(self, group: view.Group) -> str:
        if not group.first.text:
            return ""
        wrong = self._text(word(group.first, ROOM), "mark")
        right = fixed(group.first, ROOM)
        if right is None:
            return f'<span class="word">{wrong}</span>'
        replaced = self._text(right, "ins") if any(vars(right).values()) else escape(_("(nothing)"))
        return f'<span class="word">{wrong}<span class="arrow">→</span>{replaced}</span>'

    def _places(self, group: view.Group) -> str:
        rows = []
        for finding in group.findings[:PLACES]:
            around = self._text(marked(finding, ROOM), "mark") if finding.before or finding.after else ""
            where = escape(view.place(finding))
            rows.append(f'<tr><td class="place">{where}</td><td class="context">{around}</td></tr>')
        rest = len(group.findings) - PLACES
        more = f'<div class="quiet">{escape(view.more_places(rest))}</div>' if rest > 0 else ""
        return f'<table class="places"><tbody>{"".join(rows)}</tbody></table>{more}'

    def _text(self, parts: Marked, mark: str) -> str:
        issue = f"<{mark}>{escape(parts.issue)}</{mark}>" if parts.issue else ""
        return f'<bdi lang="{self.tag}">{escape(parts.before)}{issue}{escape(parts.after)}</bdi>'


def _tag(language: str) -> str:
    """The language of the text for a browser (BCP 47): ``ce-Cyrl``.

    >>> _tag("che_Cyrl"), _tag("xxx")
    ('ce-Cyrl', 'xxx')
    """
    try:
        known = languages.find(language)
    except UserError:
        return escape(shown(language).replace("_", "-"))
    return f"{known.iso639_1 or known.iso639_3}-{known.script}"
