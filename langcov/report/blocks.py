"""What a report says, before any format: sections of tables and lines, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["", "good", "fair", "bad"]
INTERVAL = "95 % bootstrap interval"


@dataclass(frozen=True)
class Cell:
    """One figure.

    Attributes:
        text: the figure, or ``–``.
        interval: its 95 % interval, as text.
        spread: the wider half of the interval, as text.
        mark: ``▲`` worst, ``▼`` best, ``°`` with text that is lost, the number of a footnote.
        tone: how a terminal with colours shows it; never the only sign of anything.
    """

    text: str
    interval: tuple[str, str] | None = None
    spread: str = ""
    mark: str = ""
    tone: Tone = ""

    @property
    def whole(self) -> str:
        """The figure and its interval."""
        return self.text + (f" [{', '.join(self.interval)}]" if self.interval else "")


@dataclass(frozen=True)
class Column:
    """A column's heading, in lines; an ``optional`` one is left out where there is no room."""

    title: str
    optional: bool = False


@dataclass(frozen=True)
class Row:
    """A language or a system, and its cells, one a column; a language has its code too."""

    label: str
    cells: list[Cell]
    code: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a subhead: a family, or the references."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Table:
    """Groups of rows; ``head`` is the heading of their labels."""

    title: str
    head: str
    columns: list[Column]
    groups: list[Group]

    def rows(self) -> Iterator[Row]:
        """All rows."""
        return (row for group in self.groups for row in group.rows)

    def cells(self) -> Iterator[Cell]:
        """All cells."""
        return (cell for row in self.rows() for cell in row.cells)


@dataclass(frozen=True)
class Section:
    """One corpus: its tables, what to conclude, and notes.

    Attributes:
        footnotes: by the mark of a cell.
        interval: what intervals are.
    """

    title: str
    tables: list[Table]
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    interval: str = INTERVAL

    def all_notes(self) -> list[str]:
        """Notes and footnotes, where nothing is left out and intervals stand in brackets."""
        marked = [f"–{mark} {reason}" for mark, reason in self.footnotes.items()]
        return [*self.notes, *marked, f"[low, high]: {self.interval}"]
