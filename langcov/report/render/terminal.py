"""The result in a terminal: as much as its width holds, and what that leaves out.

Colours stand only beside marks that say the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import StringIO
from itertools import pairwise, zip_longest

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from langcov.report.blocks import Cell, Group, Row, Section, Table
from langcov.report.render.bars import LENGTH, bar

TONES = {"": "", "good": "green", "fair": "yellow", "bad": "bold red"}
LABEL = 14  # columns in which a name can be read, on several lines if need be
WIDE = 120  # columns of a terminal from which on there may be bars
HEADING = 9  # widest line of a heading, where it can be cut


def render(sections: Sequence[Section], signature: str, *, color: bool | None, width: int | None) -> str:
    """The sections as text of at most ``width`` columns, the signature whole on the last line.

    Args:
        color: None lets rich decide (a terminal, ``NO_COLOR``, ``FORCE_COLOR``, ``TERM``).
        width: columns; None takes the terminal's.
    """
    console = plain_console(color, width)
    with console.capture() as capture:
        for section in sections:
            _print(console, section)
        console.print(Text(signature, style="dim"), soft_wrap=True)
    return without_trailing_space(capture.get())


def without_trailing_space(text: str) -> str:
    """What rich fills its lines up with, taken off."""
    return "\n".join(line.rstrip() for line in text.split("\n"))


def prose(lines: Sequence[str], width: int | None = None) -> str:
    """Paragraphs of at most ``width`` columns; None takes the terminal's."""
    console = plain_console(False, width)
    with console.capture() as capture:
        for line in lines:
            console.print(Text(line))
    return without_trailing_space(capture.get())


def plain_console(color: bool | None, width: int | None) -> Console:
    """A console to capture text from, the same on every terminal; arguments as of ``render``."""
    terminal = Console(width=width)
    coloured = terminal.color_system is not None and not terminal.no_color if color is None else color
    console = Console(
        file=StringIO(),
        width=terminal.width or 80,  # COLUMNS=0 says nothing
        force_terminal=coloured,
        color_system="standard" if coloured else None,
        legacy_windows=False,
    )
    console.no_color = not coloured
    return console


def _print(console: Console, section: Section) -> None:
    console.print(Text(section.title, style="bold"))
    spreads, marks, gone, needed = False, set(), list[str](), 0
    for table in section.tables:
        console.print()
        panels = _panels(table, console.width)
        whole = Panel(table, [*range(len(table.columns))], True, console.width)
        if lost := whole.beyond(panels):
            gone, needed = [*gone, *lost], max(needed, whole.needed)
        for index, panel in enumerate(panels, 1):
            part = f" ({index} of {len(panels)})" if len(panels) > 1 else ""
            if table.title:
                console.print(Text(table.title + part, style="bold"))
            console.print(Text("\n").join(panel.lines()), no_wrap=True, crop=False, overflow="ignore")
            spreads |= panel.spreads and any(cell.spread for cell in panel.cells())
            marks |= {cell.mark for cell in panel.cells()}
    console.print()
    footnotes = [f"–{mark} {reason}" for mark, reason in section.footnotes.items() if mark in marks]
    explained = [f"± the wider half of the {section.interval}"] * spreads
    for note in (*_no_room(gone, console.width, needed), *section.notes, *footnotes, *explained):
        console.print(Text(note, style="dim"))
    for index, finding in enumerate(section.findings):
        console.print(Text(finding if index else f"\n{finding}"))
    console.print()


def _no_room(gone: Sequence[str], width: int, needed: int) -> list[str]:
    """What was left out for want of room, and how to see it."""
    what = ", ".join(dict.fromkeys(gone))
    note = f"no room at {width} columns for: {what} (a terminal of {needed} has it, and so has --format md)"
    return [note] * bool(gone)


@dataclass(frozen=True)
class Panel:
    """Some columns of a table, with or without intervals, in ``width`` columns of a terminal."""

    table: Table
    columns: list[int]
    spreads: bool
    width: int
    bars: bool = False

    def fits(self) -> bool:
        """Whether the figures leave room for labels."""
        return self.needed <= self.width

    @property
    def needed(self) -> int:
        """Columns of a terminal below which it doesn't fit."""
        return self.width - self._room + min(LABEL, self._widest)

    def beyond(self, shown: Sequence[Panel]) -> list[str]:
        """What it has that the panels shown in its place have not: columns by their titles, intervals."""
        there = {index for panel in shown for index in panel.columns}
        titles = [self.table.columns[index].title for index in self.columns if index not in there]
        bare = {index for panel in shown if not panel.spreads for index in panel.columns}
        lost = any(row.cells[index].spread for row in self.table.rows() for index in bare)
        return [*_named_once(titles), *["the intervals (±)"] * lost]

    def cells(self) -> Iterator[Cell]:
        """The cells it shows."""
        return (row.cells[index] for row in self.table.rows() for index in self.columns)

    def lines(self) -> Iterator[Text]:
        """Heading, rule, and the groups."""
        yield from self._heading()
        yield Text("─" * (self._label + sum(self._widths) + len(self._widths)), style="dim")
        for group in self.table.groups:
            if group.title:
                yield Text(group.title, style="bold cyan")
            for row in group.rows:
                yield from self._row(group, row)

    def _heading(self) -> Iterator[Text]:
        titles = [_folded(self.table.columns[index].title) for index in self.columns]
        upwards = zip_longest(*(title[::-1] for title in titles), fillvalue="")
        for depth, parts in reversed(list(enumerate(upwards))):
            head = _left(self.table.head if depth == 0 else "", self._label)
            cells = (
                " " + _right(part, width - room) + " " * room
                for part, width, room in zip(parts, self._widths, self._bars)
            )
            yield Text(head + "".join(cells), style="bold")

    def _row(self, group: Group, row: Row) -> Iterator[Text]:
        """The name and the figures; what of the name has no room goes on below."""
        indent = " " if group.title else ""
        name, *more = [_left(indent + part, self._label) for part in self._named(row, len(indent))]
        line = Text(name)
        for index, width, marks, room in zip(self.columns, self._widths, self._marks, self._bars):
            cell = row.cells[index]
            figure = _right(self._text(cell), width - marks - room)
            line += Text(" ") + Text(figure, style=TONES[cell.tone]) + Text(_left(cell.mark, marks))
            if room:
                line += Text(
                    " " + _left(bar(cell.size, self._largest(index)), LENGTH), style=TONES[cell.tone]
                )
        if group.title == "references":
            line.stylize("bold")
        yield from (line, *map(Text, more))

    def _named(self, row: Row, indent: int) -> list[str]:
        """The name, in lines, and beside it the code where there is room."""
        room = self._label - indent
        if row.code and self._room > self._widest + len(row.code) + 1:
            room -= len(row.code) + 1
            name, *more = _folded(row.label, room)
            return [f"{_left(name, room)} {row.code}", *more]
        return _folded(row.label, room)

    def _text(self, cell: Cell) -> str:
        return f"{cell.text}±{cell.spread}" if self.spreads and cell.spread else cell.text

    @cached_property
    def _marks(self) -> list[int]:
        return [max(cell_len(cell.mark) for cell in self._column(index)) for index in self.columns]

    @cached_property
    def _widths(self) -> list[int]:
        """Columns that each figure takes, its marks included."""
        widths = []
        for index, marks in zip(self.columns, self._marks):
            figures = max(cell_len(self._text(cell)) for cell in self._column(index))
            widths.append(max(figures + marks, *map(cell_len, _folded(self.table.columns[index].title))))
        return [width + room for width, room in zip(widths, self._bars)]

    @cached_property
    def _bars(self) -> list[int]:
        """Columns that bars take, and the space before them."""
        return [(LENGTH + 1) * (self.bars and self._largest(index) > 0) for index in self.columns]

    def _largest(self, index: int) -> float:
        """The longest bar of the table, for a column with bars; 0 where there are no two to be compared."""
        sizes = [cell.size for cell in self._column(index) if cell.size is not None]
        longest = (cell.size for cell in self.table.cells() if cell.size is not None)
        return max(longest) if len(sizes) > 1 else 0.0

    def with_bars(self) -> Panel:
        """The same with bars, if names and codes are whole beside them."""
        barred = replace(self, bars=True)
        codes = max(len(row.code) + 1 for row in self.table.rows())
        return barred if self.width >= WIDE and barred._room >= self._widest + codes else self

    def _column(self, index: int) -> list[Cell]:
        return [row.cells[index] for row in self.table.rows()]

    @cached_property
    def _widest(self) -> int:
        """Columns of the widest label or their heading; at most half of the terminal: names may be long."""
        rows = [(bool(group.title), row) for group in self.table.groups for row in group.rows]
        labels = [indent + cell_len(row.label) for indent, row in rows]
        return min(max(cell_len(self.table.head), *labels), self.width // 2)

    @property
    def _room(self) -> int:
        return self.width - sum(self._widths) - len(self._widths)

    @property
    def _label(self) -> int:
        code = max(len(row.code) for row in self.table.rows())
        with_code = self._widest + 1 + code
        return with_code if code and self._room >= with_code else max(min(self._widest, self._room), 1)


def _named_once(titles: Iterable[str]) -> Iterable[str]:
    """Titles on one line; those that differ in their last line alone once, without it.

    >>> list(_named_once(["chars\\n/token\\na", "chars\\n/token\\nb", "gini\\n/byte"]))
    ['chars /token', 'gini /byte']
    """
    cut = [tuple(title.split("\n")) for title in titles]
    often = Counter(lines[:-1] for lines in cut if len(lines) > 1)
    return dict.fromkeys(" ".join(lines[:-1] if often[lines[:-1]] > 1 else lines) for lines in cut)


def _panels(table: Table, width: int) -> list[Panel]:
    """The table whole if it fits; else without its optional columns, without intervals, in parts."""
    every = list(range(len(table.columns)))
    needed = [index for index in every if not table.columns[index].optional]
    for columns, spreads in ((every, True), (needed, True), (every, False), (needed, False)):
        panel = Panel(table, columns, spreads, width)
        if panel.fits():
            return [panel.with_bars()]
    for count in range(2, len(needed)):
        cuts = [len(needed) * part // count for part in range(count + 1)]
        parts = [needed[start:end] for start, end in pairwise(cuts)]
        for spreads in (True, False):
            panels = [Panel(table, part, spreads, width) for part in parts]
            if all(panel.fits() for panel in panels):
                return panels
    return [Panel(table, [index], False, width) for index in needed]


def _left(text: str, width: int) -> str:
    """Padded on the right, or cut with an ellipsis, to so many columns of a terminal."""
    if cell_len(text) > width:
        cut = Text(text)
        cut.truncate(width, overflow="ellipsis")
        return cut.plain
    return text + " " * (width - cell_len(text))


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _folded(title: str, width: int = HEADING) -> list[str]:
    """A heading or a name in lines of at most so many columns, cut after ``_ - . /`` where it can be.

    >>> _folded("unknown\\nmistral_7b_v0.1")
    ['unknown', 'mistral_', '7b_v0.1']
    >>> _folded("Northern Uzbek (Latn)", 13)
    ['Northern', 'Uzbek (Latn)']
    """
    lines: list[str] = []
    for given in title.split("\n"):
        lines.append("")
        words = re.findall(r"[^_\-./ ]+[_\-./ ]?|.", given)
        for piece in (part for word in words for part in chop_cells(word, max(width, 2))):
            if cell_len(lines[-1] + piece.rstrip()) > width and lines[-1]:
                lines.append("")
            lines[-1] += piece
    return [line.strip() for line in lines]
