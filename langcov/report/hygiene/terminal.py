"""What a check of a corpus found, and what a fix changes, in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from langcov.core.ui import _, plural, whole
from langcov.hygiene.engine.report import Report
from langcov.hygiene.fixing.fix import Fixing
from langcov.report.hygiene import view, words
from langcov.report.hygiene.letters import Letters, letters_of
from langcov.report.hygiene.text import Marked, fixed, marked, shown, word
from langcov.report.languages.name import language_name
from langcov.report.render.terminal import plain_console, without_trailing_space

PLACES = 3  # of a word
STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
VERDICTS = {"errors": STYLES["error"], "warnings": STYLES["warning"], "clean": "bold green"}
NOTHING = Marked("", "", "")


def render(*reports: Report, color: bool | None, width: int | None, max_shown: int) -> str:
    """Reports as text, of several languages after a table of all files; what is wrong with whole files first.

    Args:
        reports: one a language; the verdict is the last of each.
        color: None lets rich decide (a terminal, ``NO_COLOR``, ``FORCE_COLOR``, ``TERM``).
        width: columns; None takes the terminal's.
        max_shown: at most so many words of each check.
    """
    console = plain_console(color, width)
    with console.capture() as capture:
        if len(reports) > 1:
            console.print(_overview(reports))
        for report in reports:
            if len(reports) > 1:
                console.print(Text(f"\n{view.heading(report)}", "bold underline"))
            _report(console, report, max_shown)
    return without_trailing_space(capture.get())


def _report(console: Console, report: Report, max_shown: int) -> None:
    sections = view.sections(report)
    headlines = view.headlines(report)
    for headline in headlines:
        console.print(Text(headline, STYLES["error"]), soft_wrap=True)
    if headlines:
        console.print()
    for section in sections:
        if not section.told:
            _section(console, report, section, max_shown)
    letters = letters_of(report)
    if letters:
        _letters(console, letters)
    if letters and sections:
        console.print()
    if sections:
        console.print(_counts(report, sections))
    for text in _end(report):
        console.print(text, soft_wrap=True)


def _overview(reports: Sequence[Report]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title, figure in zip(view.overview(), (False, False, False, True, True)):
        table.add_column(title, justify="right" if figure else "left", overflow="fold")
    for file, report, verdict, figures in view.overviews(reports):
        name = Text(view.verdict_name(verdict), VERDICTS[verdict])
        table.add_row(Text(file), Text(language_name(report.language)), name, *figures)
    return table


def _section(console: Console, report: Report, section: view.Section, max_shown: int) -> None:
    style = STYLES[section.count.severity]
    console.print(
        Text(f"{view.severity(section.count)} · {_titled(section.count.check, section.title)}", style)
    )
    if section.why:
        console.print(Text(section.why, "dim"))
    if len(section.count.characters) > 1:
        console.print(Text(view.characters(section.count), "dim"))
    groups = section.groups[:max_shown]
    if section.of_words:
        _words(console, report, section, groups)
    said = ""
    for group in groups:
        for line in _places(console, group, said):
            console.print(line, soft_wrap=True)
        said = group.message
    rest = len(section.groups) - max_shown
    for more in (view.more_words(rest) if rest > 0 else "", view.unlisted(section.count)):
        if more:
            console.print(Text(f"  {more}"))
    console.print()


def _titled(check: str, title: str) -> str:
    return check if title == check else f"{title} [{check}]"


def _words(console: Console, report: Report, section: view.Section, groups: Sequence[view.Group]) -> None:
    """The words, what they should be, how often they stand, and whether ``fix`` changes them; and how to."""
    room = max(console.width // 4, 20)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title, justify in zip(words.columns(), ("left", "left", "right", "left")):
        table.add_column(title, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for group in groups:
        right = fixed(group.first, room)
        becomes = "–" if right is None else _("(nothing)") if right == NOTHING else ""
        table.add_row(
            _text(console, word(group.first, room)),
            Text(becomes) + (_text(console, right, "bold green") if right else Text()),
            whole(len(group.findings)),
            words.fixing_name(group),
        )
    console.print(Padding(table, (0, 0, 0, 2)))
    for advice, command in words.advice(report, section):
        console.print(Padding(Text(advice), (0, 0, 0, 2)))
        console.print(Text(f"    {command}", "bold"), soft_wrap=True)


def _places(console: Console, group: view.Group, said: str) -> Iterator[Text]:
    """The line, or the word if nothing is around it; why, unless it was just said; its first places."""
    many = len(group.findings)
    room = max(console.width // 3, 20)
    around = any(finding.before or finding.after for finding in group.findings[:PLACES])
    if group.first.text and not around:
        yield Text("  ") + _text(console, word(group.first, room))
    if group.message != said:
        yield Text(f"    {group.message}")
    if group.characters:
        yield Text("    " + ", ".join(group.characters[:3]), "dim")
    places = [view.place(finding) for finding in group.findings[:PLACES]]
    widest = max(map(cell_len, places))
    for finding, where in zip(group.findings, places):
        line = Text("    " + where + " " * (widest - cell_len(where)), "cyan")
        if finding.before or finding.after:
            line += Text("  ") + _text(console, marked(finding, room))
        yield line
    if many > PLACES:
        yield Text("    " + view.more_places(many - PLACES))


def _text(console: Console, parts: Marked, style: str = "bold red underline") -> Text:
    """A text with its middle part in colour, or in brackets where there is none."""
    issue = parts.issue if console.color_system or not parts.issue else f"[{parts.issue}]"
    return Text(parts.before) + Text(issue, style) + Text(parts.after)


def _letters(console: Console, letters: Letters) -> None:
    """The letters of the alphabet by frequency, and what is odd about them."""
    if letters.used:
        console.print(Text(_("Letters of the alphabet, the most frequent first"), "bold"))
        often = [Text(f"{letter} {whole(n)}", no_wrap=True) for letter, n in letters.used]
        console.print(Padding(Columns(often, padding=(0, 3)), (0, 0, 0, 2)))
    for note in letters.notes():
        console.print(Padding(Text(note), (0, 0, 0, 2)))


def _counts(report: Report, sections: list[view.Section]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("check"))
    table.add_column("")
    for title in view.columns():
        table.add_column(title, justify="right")
    for section in sections:
        style = STYLES[section.count.severity]
        name = Text(view.severity(section.count), style)
        table.add_row(Text(section.count.check), name, *view.figures(report, section.count))
    return table


def _end(report: Report) -> Iterator[Text]:
    yield Text()
    unjudged = view.unjudged(report)
    if unjudged:
        yield Text(_("Not judged, and so neither right nor wrong:"), "bold")
        for id, title, reason in unjudged:
            yield Text(f"  {_titled(id, title)}: {reason}")
        yield Text()
    if report.silenced:
        yield Text(view.silenced(report))
    for sentence in report.beside:
        yield Text(sentence)
    yield Text(f"{view.heading(report)} · {view.read(report)}", "dim")
    yield Text(view.verdict(report), VERDICTS[report.verdict])


_SIGNS = {"-": "red", "+": "green", "@": "cyan"}
_SPACE = re.compile(r"(\s+)")


def print_diff(lines: Iterable[str]) -> None:
    """A diff on a terminal: words that change stand out, and what can't be seen has its number."""
    console = Console()
    old = ""
    for place, line in enumerate(lines):
        line = line.rstrip("\r\n")
        if place < 2:
            console.print(Text(shown(line), "bold"), soft_wrap=True)
        elif line.startswith("-"):
            old = line
        elif line.startswith("+"):
            for text in _marked(old, line), _marked(line, old):
                console.print(text, soft_wrap=True)
        elif not line.startswith("\\"):
            console.print(Text(shown(line), _SIGNS.get(line[:1], "")), soft_wrap=True)


def _marked(line: str, other: str) -> Text:
    style = _SIGNS[line[0]]
    text = Text(line[0], style)
    for part, another in zip_longest(_SPACE.split(line[1:]), _SPACE.split(other[1:]), fillvalue=""):
        text.append(shown(part), style if part == another else f"{style} reverse")
    return text


def summary(fixing: Fixing, written: bool) -> Iterator[str]:
    """What becomes of a file, in sentences."""
    file = shown(fixing.path)
    yield _done(fixing, file, written)
    for reason, count in fixing.left.most_common():
        yield plural(
            "{file}: {n} word left as it is. {reason}",
            "{file}: {n} words left as they are. {reason}",
            count,
            file=file,
            reason=_(reason),
        )
    for check, count in fixing.offered.most_common():
        yield plural(
            "{file}: {n} more word would be fixed with --also {check}.",
            "{file}: {n} more words would be fixed with --also {check}.",
            count,
            file=file,
            check=check,
        )
    yield from (f"{file}: {view.said(issue)}" for issue in fixing.costs)
    if fixing.document and fixing.words and written:
        yield _(
            "{file}: the copy is its text; make the changes that the log lists in the document.", file=file
        )
    was, becomes = fixing.encoding
    values = {"file": file, "encoding": was}
    if was != becomes:
        yield _("{file}: the copy is in UTF-8, as {encoding} lacks the fixed letters.", **values)
    elif was != "utf-8" and not written:
        yield _("{file}: the diff is in UTF-8 but the file in {encoding}: it is no patch.", **values)


def _done(fixing: Fixing, file: str, written: bool) -> str:
    """How many words were fixed, or would be, by which checks."""
    if not fixing.words and fixing.offered:
        return _("{file}: nothing to fix by itself.", file=file)
    if not fixing.words:
        return _("{file}: nothing to fix.", file=file)
    checks = ", ".join(f"{check} {whole(count)}" for check, count in fixing.by_check.most_common())
    if written:
        return plural(
            "{file}: {n} word fixed: {checks}.",
            "{file}: {n} words fixed: {checks}.",
            fixing.words,
            file=file,
            checks=checks,
        )
    return plural(
        "{file}: {n} word would be fixed: {checks}. Write the fixed copy with --write.",
        "{file}: {n} words would be fixed: {checks}. Write the fixed copy with --write.",
        fixing.words,
        file=file,
        checks=checks,
    )
