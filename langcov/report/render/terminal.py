"""The result in a terminal: as much as its width holds, colours only beside marks that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from itertools import pairwise, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from langcov.report.blocks import Cell, Group, Row, Section, Table

TONES = {"": "", "good": "green", "fair": "yellow", "bad": "bold red"}
LABEL = 14  # columns in which a language can be read, by its name or its code
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


def plain_console(color: bool | None, width: int | None) -> Console:
    """A console to capture text from, the same on every terminal; arguments as of ``render``."""
    terminal = Console(width=width)
    coloured = terminal.color_system is not None and not terminal.no_color if color is None else color
    console = Console(
        file=StringIO(),
        width=terminal.width,
        force_terminal=coloured,
        color_system="standard" if coloured else None,
        legacy_windows=False,
    )
    console.no_color = not coloured
    return console


def _print(console: Console, section: Section) -> None:
    console.print(Text(section.title, style="bold"))
    spreads, marks = False, set()
    for table in section.tables:
        console.print()
        panels = _panels(table, console.width)
        for index, panel in enumerate(panels, 1):
            part = f" ({index} of {len(panels)})" if len(panels) > 1 else ""
            if table.title:
                console.print(Text(table.title + part, style="bold"))
            console.print(Text("\n").join(panel.lines()), no_wrap=True, crop=False, overflow="ignore")
            spreads |= panel.spreads and any(cell.spread for cell in panel.cells())
            marks |= {cell.mark for cell in panel.cells()}
    console.print()
    footnotes = [f"–{mark} {reason}" for mark, reason in section.footnotes.items() if mark in marks]
    for note in (*section.notes, *footnotes, *[f"± the wider half of the {section.interval}"] * spreads):
        console.print(Text(note, style="dim"))
    console.print(*(Text(f"\n{finding}") for finding in section.findings[:1]), sep="")
    for finding in section.findings[1:]:
        console.print(Text(finding))
    console.print()


@dataclass(frozen=True)
class Panel:
    """Some columns of a table, with or without intervals, in ``width`` columns of a terminal."""

    table: Table
    columns: list[int]
    spreads: bool
    width: int

    def fits(self) -> bool:
        """Whether the figures leave room for labels."""
        return self._room >= min(LABEL, self._widest)

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
                yield self._row(group, row)

    def _heading(self) -> Iterator[Text]:
        titles = [_folded(self.table.columns[index].title) for index in self.columns]
        upwards = zip_longest(*(title[::-1] for title in titles), fillvalue="")
        for depth, parts in reversed(list(enumerate(upwards))):
            head = _left(self.table.head if depth == 0 else "", self._label)
            cells = (" " + _right(part, width) for part, width in zip(parts, self._widths))
            yield Text(head + "".join(cells), style="bold")

    def _row(self, group: Group, row: Row) -> Text:
        indent = " " if group.title else ""
        line = Text(_left(indent + self._named(row, len(indent)), self._label))
        for index, width, marks in zip(self.columns, self._widths, self._marks):
            cell = row.cells[index]
            figure = _right(self._text(cell), width - marks)
            line += Text(" ") + Text(figure, style=TONES[cell.tone]) + Text(_left(cell.mark, marks))
        if group.title == "references":
            line.stylize("bold")
        return line

    def _named(self, row: Row, indent: int) -> str:
        """The name and the code; where there is no room the name, else the code."""
        room = self._label - indent
        if row.code and self._room > self._widest + len(row.code) + 1:
            return _left(row.label, room - len(row.code) - 1) + " " + row.code
        return row.label if cell_len(row.label) <= room or not row.code else row.code

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
        return widths

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


def _panels(table: Table, width: int) -> list[Panel]:
    """The table whole if it fits; else without its optional columns, without intervals, in parts."""
    every = list(range(len(table.columns)))
    needed = [index for index in every if not table.columns[index].optional]
    for columns, spreads in ((every, True), (needed, True), (every, False), (needed, False)):
        panel = Panel(table, columns, spreads, width)
        if panel.fits():
            return [panel]
    for count in range(2, len(needed)):
        cuts = [len(needed) * part // count for part in range(count + 1)]
        parts = [needed[start:end] for start, end in pairwise(cuts)]
        panels = [Panel(table, part, False, width) for part in parts]
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


def _folded(title: str) -> list[str]:
    """A heading in lines of at most ``HEADING`` columns, cut after ``_ - . /`` where it can be.

    >>> _folded("unknown\\nmistral_7b_v0.1")
    ['unknown', 'mistral_', '7b_v0.1']
    """
    lines: list[str] = []
    for given in title.split("\n"):
        lines.append("")
        for piece in re.findall(rf"[^_\-./ ]{{1,{HEADING - 1}}}[_\-./ ]?|.", given):
            if cell_len(lines[-1] + piece.rstrip()) > HEADING and lines[-1]:
                lines.append("")
            lines[-1] += piece
    return [line.strip() for line in lines]
