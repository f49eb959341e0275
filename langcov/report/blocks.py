"""What a report says, before any format: sections of tables and lines, as plain text; and their layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any, Literal

from langcov.core.names import number_of
from langcov.report import wording as words

Tone = Literal["", "good", "fair", "bad"]
INTERVAL = "95 % bootstrap interval"


@dataclass(frozen=True)
class Cell:
    """One figure."""

    text: str  # the figure, or ``–``
    interval: tuple[str, str] | None = None  # its 95 % interval, as text
    spread: str = ""  # the wider half of the interval, as text
    # ``▼`` lowest, ``≈`` not told apart from it, ``°`` with text that is lost, a footnote's number
    mark: str = ""
    tone: Tone = ""  # how a terminal with colours shows it; never the only sign of anything
    size: float | None = None  # what a wide terminal draws a bar of, beside those of its column

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
    """One corpus: its tables, what to conclude, and notes."""

    title: str
    tables: list[Table]
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)  # by the mark of a cell
    interval: str = INTERVAL  # what intervals are; empty where there are none

    def all_notes(self) -> list[str]:
        """Notes and footnotes, where nothing is left out and intervals stand in brackets."""
        marked = [f"–{mark} {reason}" for mark, reason in self.footnotes.items()]
        return [*self.notes, *marked, *[f"[low, high]: {self.interval}"] * bool(self.interval)]


def heading(card: Mapping[str, Any], languages: Sequence[str]) -> str:
    """The line over a corpus: what it is, of how many languages, and how its text is cut into rows."""
    aligned = {"none": "not aligned", "lines": "aligned by line", "keys": "aligned by key"}
    parts = [
        words.visible(card["name"]),
        "lexicon" if card.get("kind") == "lexicon" else "",
        number_of(len(languages), "language"),
        aligned.get(card.get("alignment", ""), ""),
        f"rows: {words.visible(str(card['rows']))}" if card.get("rows") else "",
    ]
    return " · ".join(part for part in parts if part)


def by_family(rows: Mapping[str, Row], family: Callable[[str], str]) -> list[Group]:
    """Rows in groups of one family each, both in alphabetical order."""
    groups: dict[str, list[Row]] = {}
    for id, row in rows.items():
        groups.setdefault(family(id), []).append(row)
    return [Group(name, sorted(groups[name], key=lambda row: row.label)) for name in sorted(groups)]


def without_empty(table: Table, blank: str = "") -> Table:
    """The table without columns in which no cell has a figure: all are empty, or ``blank``."""
    rows = list(table.rows())
    kept = [any(row.cells[at].text not in ("", blank) for row in rows) for at in range(len(table.columns))]
    groups = [
        replace(group, rows=[replace(row, cells=list(compress(row.cells, kept))) for row in group.rows])
        for group in table.groups
    ]
    return replace(table, columns=list(compress(table.columns, kept)), groups=groups)
