"""What checks of a corpus found, as one HTML page that needs no network, no script and no terminal.

Text of a corpus is escaped wherever it stands, and the page's own policy forbids scripts and requests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from langcov.core.ui import _, plural, whole
from langcov.hygiene.engine.report import Report, worst
from langcov.report.hygiene import view
from langcov.report.hygiene.html_sections import Room, Sections, badge
from langcov.report.hygiene.letters import letters_of
from langcov.report.hygiene.text import shown
from langcov.report.languages.name import language_name
from langcov.report.render.html import document, table

WORDS = 2_000  # shown in a page, of all checks together, unless the user says how many of each
FEWEST = 10


def render(*reports: Report, max_shown: int | None = None) -> str:
    """The page.

    Args:
        reports: one a language.
        max_shown: at most so many words of each check; None shares ``WORDS`` among them.
    """
    return document(_title(reports), body(reports, max_shown))


def body(
    reports: Sequence[Report],
    max_shown: int | None = None,
    made: Callable[[Report, str, Room], Sections] = Sections,
) -> list[str]:
    """The parts of the page.

    Args:
        made: makes the sections of a report.
    """
    sections = [view.sections(report) for report in reports]
    each = max_shown or max(FEWEST, WORDS // max(1, sum(map(len, sections))))
    room = Room(each)
    several = len(reports) > 1
    title = escape(_title(reports))
    parts = [f"<header><h1>{title}</h1></header>", _overview(reports)] if several else []
    for report, found in zip(reports, sections):
        parts.append(_report(report, found, made(report, f"{report.language}-" * several, room), several))
    return parts


def _title(reports: Sequence[Report]) -> str:
    if len(reports) == 1:
        return Sections.title(reports[0])
    return plural("Corpus check: {n} language", "Corpus check: {n} languages", len(reports))


def _report(report: Report, sections: Sequence[view.Section], parts: Sections, several: bool) -> str:
    """All about a language; the ids of its parts begin with it where there are several."""
    title = view.heading(report) if several else parts.title(report)
    html = [
        f"<header{_id(report.language) if several else ''}><h1>{escape(title)}</h1>",
        *(f'<p class="verdict errors">{escape(headline)}</p>' for headline in view.headlines(report)),
        f'<p class="quiet">{escape(view.read(report))}</p>',
        f'<p class="verdict {report.verdict}">{escape(view.verdict(report))}</p>',
        *(f"<p>{escape(sentence)}</p>" for sentence in report.beside),
        "</header>",
        parts.top(),
        "" if several or len(report.files) < 2 else _overview([report]),
        _summary(report, sections, parts.prefix),
        *map(parts.section, sections),
        _letters(report),
        _unjudged(report, parts.prefix),
        _files(report),
    ]
    return "\n".join(part for part in html if part)


def _id(name: str) -> str:
    return f' id="{escape(name)}"'


def _overview(reports: Sequence[Report]) -> str:
    """Each file with its verdict, the way to its language, and the verdict on all."""
    several = len(reports) > 1
    rows = []
    for file, report, verdict, figures in view.overviews(reports):
        name = escape(language_name(report.language))
        language = f'<a href="#{escape(report.language)}">{name}</a>' if several else name
        said = f'<span class="badge {verdict}">{escape(view.verdict_name(verdict))}</span>'
        rows.append([f'<span class="file">{escape(file)}</span>', language, said, *figures])
    all_of_them = worst(reports)
    conclusion = f'<p class="verdict {all_of_them}">{escape(view.verdict_name(all_of_them))}</p>' * several
    return conclusion + table(view.overview(), rows, 3, cards=True)


def _summary(report: Report, sections: Sequence[view.Section], prefix: str) -> str:
    rows = [
        [
            f'<a href="#{escape(prefix + section.id)}">{escape(section.title)}</a>',
            badge(section.count),
            *view.figures(report, section.count),
        ]
        for section in sections
    ]
    heads = [_("check"), "", *view.columns()]
    silenced = f"<p>{escape(view.silenced(report))}</p>" if report.silenced else ""
    return (table(heads, rows, 2, cards=True) if rows else "") + silenced


def _letters(report: Report) -> str:
    """The letters of the alphabet by frequency, and what is odd about them."""
    letters = letters_of(report)
    if letters is None:
        return ""
    kinds = dict.fromkeys(letters.rare, ' class="rare"')
    items = "".join(
        f"<li{kinds.get(letter, '')}><b>{escape(letter)}</b> <span>{whole(n)}</span></li>"
        for letter, n in letters.used
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in letters.notes())
    head = escape(_("Letters of the alphabet, the most frequent first"))
    shown_letters = f'<ul class="letters">{items}</ul>' if items else ""
    return f"<section><h2>{head}</h2>\n{notes}{shown_letters}</section>"


def _unjudged(report: Report, prefix: str) -> str:
    if not report.not_judged:
        return ""
    items = (
        f"<li><b>{escape(title)}</b>: {escape(reason)}</li>" for _id, title, reason in view.unjudged(report)
    )
    head = _("Not judged, and so neither right nor wrong")
    return (
        f"<section{_id(prefix + 'not-judged')}><h2>{escape(head)}</h2>\n<ul>{''.join(items)}</ul></section>"
    )


def _files(report: Report) -> str:
    rows = [
        [
            f'<span class="file">{escape(shown(file.file))}</span>',
            *map(whole, (file.lines, file.words, file.letters)),
            *("–" if n is None else whole(round(n)) for n in (file.empty, file.median, file.longest)),
        ]
        for file in report.files
    ]
    heads = [_("file"), _("lines"), _("words"), _("letters")]
    heads += [_("empty lines"), _("characters of a line (median)"), _("of the longest line")]
    read = table(heads, rows, 1, cards=True)
    return f"<details><summary>{escape(_('What was read'))}</summary>{read}</details>"
