"""What a check of a corpus found, and what a fix changes, in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from langcov.core.ui import _, plural, whole
from langcov.hygiene.engine.report import Report
from langcov.hygiene.fixing.fix import Fixing
from langcov.report.hygiene import view
from langcov.report.hygiene.text import Marked, fixed, marked, shown, word
from langcov.report.render.terminal import plain_console, without_trailing_space

PLACES = 3  # of a word
STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def render(report: Report, *, color: bool | None, width: int | None, max_shown: int) -> str:
    """The report as text: what is wrong with whole files first, the verdict last.

    Args:
        color: None lets rich decide (a terminal, ``NO_COLOR``, ``FORCE_COLOR``, ``TERM``).
        width: columns; None takes the terminal's.
        max_shown: at most so many words of each check.
    """
    console = plain_console(color, width)
    sections = view.sections(report)
    headlines = view.headlines(report)
    with console.capture() as capture:
        for headline in headlines:
            console.print(Text(headline, STYLES["error"]), soft_wrap=True)
        if headlines:
            console.print()
        for section in sections:
            if not section.told:
                _section(console, section, max_shown)
        if sections:
            console.print(_counts(report, sections))
        for text in _end(report):
            console.print(text, soft_wrap=True)
    return without_trailing_space(capture.get())


def _section(console: Console, section: view.Section, max_shown: int) -> None:
    style = STYLES[section.count.severity]
    console.print(
        Text(f"{view.severity(section.count)} · {_titled(section.count.check, section.title)}", style)
    )
    if section.why:
        console.print(Text(section.why, "dim"))
    if len(section.count.characters) > 1:
        console.print(Text(view.characters(section.count), "dim"))
    said = ""
    for group in section.groups[:max_shown]:
        for line in _group(console, group, said):
            console.print(line, soft_wrap=True)
        said = group.message
    rest = len(section.groups) - max_shown
    for more in (view.more_words(rest) if rest > 0 else "", view.unlisted(section.count)):
        if more:
            console.print(Text(f"  {more}"))
    console.print()


def _titled(check: str, title: str) -> str:
    return check if title == check else f"{title} [{check}]"


def _group(console: Console, group: view.Group, said: str) -> Iterator[Text]:
    """The word, what it should be, how often; why, unless it was just said; the first of its places."""
    many = len(group.findings)
    room = max(console.width // 3, 20)
    if group.first.text:
        line = Text("  ") + _text(console, word(group.first, room))
        right = fixed(group.first, room)
        if right:
            line += (
                Text(" → ")
                + _text(console, right, "bold green")
                + Text(_("(nothing)") * (right == Marked("", "", "")))
            )
        yield (
            line
            + Text(f"  {whole(many)}×" if many > 1 else "")
            + Text("  " + ", ".join(group.characters[:3]), "dim")
        )
    if group.message != said:
        yield Text(f"    {group.message}")
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
    yield Text(f"{view.heading(report)} · {view.read(report)}", "dim")
    style = {"errors": STYLES["error"], "warnings": STYLES["warning"], "clean": "bold green"}[report.verdict]
    yield Text(view.verdict(report), style)


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
