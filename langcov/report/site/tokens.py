"""Figures of tokenizers: the tables of a language and of a tokenizer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from langcov.report import wording as words
from langcov.report.blocks import INTERVAL, Cell
from langcov.report.notes import Notes, changed_runs, marked
from langcov.report.page.html import figure, grid, items
from langcov.report.site.frame import Site, signed
from langcov.report.site.sheets import Sheet
from langcov.report.site.strips import Scale, scale_of, strip
from langcov.report.tokenizers.notes import compared, doubts, lexicon
from langcov.report.tokenizers.view import LOST, costs
from langcov.results.result import Record

KEEP, APART, LOSE, YARDSTICKS = GROUPS = (
    "",
    "Measured in another run, so not compared",
    "Text is lost, so that few tokens are no merit",
    "To compare with",
)
ORDER = (
    "the order of rows is no ranking: only ▼ and ≈ rest on a test; dots: all figures of a column on one "
    "scale, on which twice as much is as far everywhere; dashed: as many tokens as the reference"
)


@dataclass(frozen=True)
class Column:
    """A cost in tokens."""

    title: str
    metric: str
    reference: str | None = None


@dataclass(frozen=True, eq=False)
class Costs:
    """The figures of one sheet as cells."""

    sheet: Sheet

    @cached_property
    def columns(self) -> list[Column]:
        """Fertility, and the premium over each reference."""
        numbers = self.sheet.tokens
        against = [Column(f"Premium over {numbers.name(id)}", "premium", id) for id in numbers.references]
        return [Column("Fertility", "fertility"), *against]

    @cached_property
    def notes(self) -> Notes:
        """Why figures are missing."""
        return Notes()

    @cached_property
    def cells(self) -> dict[tuple[str, str, Column], Cell]:
        """By system, language and column."""
        numbers, names = self.sheet.tokens, self.names
        return {
            (system, id, column): cell
            for column in self.columns
            for (system, id), cell in costs(
                numbers, names, self.notes, column.metric, column.reference
            ).items()
        }

    @cached_property
    def names(self) -> dict[str, str]:
        """Of the languages."""
        return words.language_names(self.sheet.tokens.languages)

    @cached_property
    def losing(self) -> bool:
        """Whether any tokenizer loses any text."""
        numbers = self.sheet.tokens
        return any(numbers.lost(s, id) for s in numbers.systems for id in numbers.languages)

    def of_language(self, site: Site, id: str, root: str) -> str:
        """The tokenizers on one language; empty where it was not measured."""
        numbers = self.sheet.tokens
        if id not in numbers.languages:
            return ""

        def kind(system: str) -> str:
            if system in numbers.yardsticks:
                return YARDSTICKS
            return LOSE if numbers.loses_text(system, id) else APART if system in self.sheet.apart else KEEP

        def dearer(system: str) -> tuple[bool, float, str]:
            value = numbers.value(system, id, "fertility")
            return value is None, value or 0.0, system

        systems = sorted(numbers.systems, key=dearer)
        groups = {
            title: [
                (system, id, site.link("tokenizers", system, numbers.called(system), root))
                for system in systems
                if kind(system) == title
            ]
            for title in GROUPS
        }
        title = f"{numbers.name(id)} on {self.sheet.title}: tokens"
        return self._table(title, "Tokenizer", groups) + self._notes([id], numbers.systems)

    def of_system(self, site: Site, system: str, root: str) -> str:
        """One tokenizer on the languages; empty where it was not measured."""
        numbers = self.sheet.tokens
        if system not in numbers.systems:
            return ""
        shown = marked(self.sheet.result, numbers.corpus, self.names)
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for id in sorted(numbers.languages, key=lambda id: (numbers.family(id), self.names[id])):
            label = site.link("languages", id, shown[id], root)
            groups.setdefault(numbers.family(id), []).append((system, id, label))
        title = f"{words.visible(system)} on {self.sheet.title}: tokens"
        return self._table(title, "Language", groups) + self._notes(numbers.languages, [system])

    def _table(self, title: str, head: str, groups: Mapping[str, list[tuple[str, str, str]]]) -> str:
        """A row each system and language with its label, which is HTML already."""
        numbers = self.sheet.tokens
        places = [(system, id) for rows in groups.values() for system, id, _ in rows]
        shown = [column for column in self.columns if any((*place, column) in self.cells for place in places)]
        scales = {column: self._scale(column, places) for column in shown}

        def row(system: str, id: str, label: str) -> list[str]:
            pale = numbers.loses_text(system, id)
            cells = [
                figure(
                    self.cells.get((system, id, column), Cell("")),
                    strip(scales[column], self._drawn(system, id, column), pale),
                )
                for column in shown
            ]
            lost = Cell(words.number(numbers.lost(system, id), "share"))
            return [label, *cells, *[figure(lost)] * self.losing]

        heads = [head, *(column.title for column in shown), *["Lost text"] * self.losing]
        made = [(name, [row(*place) for place in rows]) for name, rows in groups.items() if rows]
        return signed(self.sheet) + grid(title, heads, made)

    def _scale(self, column: Column, places: Iterable[tuple[str, str]]) -> Scale | None:
        drawn = [self._drawn(system, id, column) for system, id in places]
        return scale_of(drawn, 1.0 if column.reference else None)

    def _drawn(self, system: str, id: str, column: Column) -> Record | None:
        """What is drawn of a figure; yardsticks are so far off that the others would be one dot."""
        numbers = self.sheet.tokens
        if id == column.reference or system in numbers.yardsticks:
            return None
        return numbers.get(system, id, column.metric, column.reference)

    def _notes(self, ids: Sequence[str], systems: Sequence[str]) -> str:
        """What is to be known of the figures that are shown."""
        numbers, names = self.sheet.tokens, {id: self.names[id] for id in ids}
        cells = (self.cells.get((s, id, column)) for s in systems for id in ids for column in self.columns)
        marks = {cell.mark for cell in cells if cell}
        gaps = [f"–{mark} {why}" for mark, why in self.notes.footnotes().items() if mark in marks]
        notes = [
            ORDER,
            *lexicon(self.sheet.card),
            *changed_runs(self.sheet.card),
            *compared(numbers),
            *[LOST] * any("°" in mark for mark in marks),
            *doubts(numbers, names),
            *gaps,
            *self.sheet.faults(ids, names),
            f"[low, high]: {INTERVAL}",
        ]
        return items(notes, "notes")
