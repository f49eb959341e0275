"""What checks of a corpus found, as GitHub-flavoured Markdown: for a review, or the page of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from langcov.core.ui import _, plural, whole
from langcov.hygiene.engine.report import Report
from langcov.report.hygiene import view, words
from langcov.report.hygiene.letters import letters_of
from langcov.report.hygiene.text import Marked, fixed, marked, word
from langcov.report.languages.name import language_name
from langcov.report.render.markdown import escaped

PLACES = 3  # of a word
AROUND = 30  # code points on each side of an issue


def render(*reports: Report, max_shown: int) -> str:
    """Reports of languages, at most so many words of each check; of several files after a table of all."""
    parts = [_overview(reports)] if sum(len(report.files) for report in reports) > 1 else []
    for report in reports:
        parts += _report(report, max_shown)
    return "\n\n".join(parts) + "\n"


def _report(report: Report, max_shown: int) -> Iterator[str]:
    sections = view.sections(report)
    yield f"# {escaped(_('Corpus check: {language}', language=view.heading(report)))}"
    yield from (f"**{escaped(headline)}**" for headline in view.headlines(report))
    yield escaped(view.read(report))
    yield f"**{escaped(view.verdict(report))}**"
    yield from [escaped(" ".join(report.beside))] * bool(report.beside)
    if sections:
        rows = [
            [section.title, view.severity(section.count), *view.figures(report, section.count)]
            for section in sections
        ]
        yield _table([_("check"), "", *view.columns()], (map(escaped, row) for row in rows), 2)
    for section in sections:
        yield from _section(report, section, max_shown)
    if letters := letters_of(report):
        yield f"## {escaped(_('Letters of the alphabet, the most frequent first'))}"
        yield from map(escaped, letters.notes())
        yield " · ".join(f"**{escaped(letter)}** {whole(n)}" for letter, n in letters.used)
    if report.not_judged:
        yield f"## {escaped(_('Not judged, and so neither right nor wrong'))}"
        yield "\n".join(
            f"- **{escaped(title)}**: {escaped(reason)}" for _id, title, reason in view.unjudged(report)
        )


def _section(report: Report, section: view.Section, max_shown: int) -> Iterator[str]:
    """What a check found and why it matters; the words in a table, then their places, folded."""
    yield f"## {view.severity(section.count)}: {escaped(section.title)}"
    if section.why:
        yield escaped(section.why)
    groups = section.groups[:max_shown]
    if section.of_words:
        for advice, command in words.advice(report, section):
            yield f"{escaped(advice)}\n\n```\n{command}\n```"
        yield _table(words.columns(), map(_word, groups), 2)
    many = sum(len(group.findings) for group in groups)
    said = ["", *(group.message for group in groups)]
    places = "\n".join(line for group, before in zip(groups, said) for line in _places(group, before))
    head = escaped(plural("{n} place", "{n} places", many))
    yield f"<details><summary>{head}</summary>\n\n{places}\n\n</details>"
    rest = len(section.groups) - len(groups)
    more = [view.more_words(rest)] * (rest > 0) + [view.unlisted(section.count)]
    yield from (escaped(text) for text in more if text)


def _word(group: view.Group) -> list[str]:
    right = fixed(group.first, AROUND)
    becomes = "–" if right is None else _text(right, "ins") or escaped(_("(nothing)"))
    often = whole(len(group.findings))
    return [_text(word(group.first, AROUND), "del"), becomes, often, words.fixing_name(group)]


def _places(group: view.Group, said: str) -> Iterator[str]:
    """Why it is an issue, unless it was just said, and the first places."""
    if group.message != said:
        yield f"- {escaped(group.message)}"
    for finding in group.findings[:PLACES]:
        yield f"  - {escaped(view.place(finding))} {_text(marked(finding, AROUND), 'del')}".rstrip()
    rest = len(group.findings) - PLACES
    if rest > 0:
        yield f"  - {escaped(view.more_places(rest))}"


def _text(parts: Marked, tag: str) -> str:
    issue = f"<{tag}>{escaped(parts.issue)}</{tag}>" if parts.issue else ""
    return f"{escaped(parts.before)}{issue}{escaped(parts.after)}"


def _overview(reports: Sequence[Report]) -> str:
    rows = (
        [escaped(file), escaped(language_name(report.language)), view.verdict_name(verdict), *figures]
        for file, report, verdict, figures in view.overviews(reports)
    )
    return _table(view.overview(), rows, 3)


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]], texts: int) -> str:
    """A table of cells that are Markdown already; all columns after the first ``texts`` are to the right."""
    rule = [":--"] * texts + ["--:"] * (len(heads) - texts)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))
