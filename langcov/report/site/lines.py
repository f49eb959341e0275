"""Figures of language-ID models: the tables of a language and of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from langcov.report import wording as words
from langcov.report.blocks import Cell
from langcov.report.lid.notes import POLICIES
from langcov.report.lid.view import INTERVAL, of_class
from langcov.report.notes import Notes, training
from langcov.report.page.confusion import sinks_of, taken
from langcov.report.page.html import figure, grid, items, sortable
from langcov.report.site.frame import Site, signed
from langcov.report.site.sheets import Sheet

METRICS = {"Recall, %": "recall", "Precision, %": "precision", "F1, %": "f1"}
NO_BREAK = "\N{NO-BREAK SPACE}"
TAKEN = "What its lines are taken for"
MEANING = (
    "recall: lines of the language that are found; precision: lines taken for it that are it; F1: of both, "
    "their harmonic mean; false: lines of other languages that are taken for it; the order of rows is no "
    "ranking"
)


@dataclass(frozen=True, eq=False)
class Found:
    """The figures of one sheet as cells."""

    sheet: Sheet

    @cached_property
    def notes(self) -> Notes:
        """Why figures are missing."""
        return Notes()

    @cached_property
    def cells(self) -> dict[tuple[str, str], list[Cell]]:
        """The cells of each metric, by system and class."""
        numbers = self.sheet.lines
        fill = {
            (system, metric): of_class(numbers, self.notes, system, metric)
            for system in numbers.systems
            for metric in METRICS.values()
        }
        return {
            (system, name): [fill[system, metric](name) for metric in METRICS.values()]
            for system in numbers.systems
            for name in numbers.classes
        }

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """The languages that are counted in each class."""
        found: dict[str, list[str]] = {}
        numbers = self.sheet.lines
        for id in self.sheet.languages:
            for name in {numbers.counted_in(system, id) for system in numbers.systems}:
                found.setdefault(name, []).append(id)
        return found

    def of_language(self, site: Site, id: str, root: str) -> str:
        """The models on one language; empty where none was measured on it."""
        numbers = self.sheet.lines
        classes = {s: numbers.counted_in(s, id) for s in numbers.systems if id in self.sheet.languages}
        classes = {s: name for s, name in classes.items() if name in numbers.classes}
        if not classes:
            return ""
        systems = sorted(classes, key=lambda s: -(numbers.value(s, classes[s], "f1") or 0.0))
        labels = {s: site.link("models", s, numbers.called(s), root) for s in systems}
        places = [(system, classes[system], labels[system]) for system in systems]
        told = [f"{max(numbers.lines.get(name, 0) for name in classes.values())} lines"]
        for name in sorted(set(classes.values()) - {id}):
            others = [numbers.name(other) for other in self.members[name] if other != id]
            whose = [words.visible(s) for s in systems if classes[s] == name]
            by = f" by {', '.join(whose)}" * (len(whose) < len(systems))
            told += [f"counted in the class {words.visible(name)}" + by]
            told[-1] += f" together with {', '.join(others)}" * bool(others)
        title = f"{numbers.name(id)} on {self.sheet.title}: identification"
        line = f'<p class="quiet">{escape("; ".join(told))}</p>'
        names = sorted(set(classes.values()))
        return line + self._table(title, "Model", {"": places}) + self._notes(names, systems, {id})

    def of_system(self, site: Site, system: str, root: str) -> str:
        """One model on the languages; empty where it was not measured."""
        numbers = self.sheet.lines
        if system not in numbers.systems:
            return ""
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for name in sorted(numbers.classes, key=lambda name: (numbers.family(name), numbers.names[name])):
            groups.setdefault(numbers.family(name), []).append((system, name, self._linked(site, name, root)))
        title = f"{words.visible(system)} on {self.sheet.title}: each language"
        swallowed = sinks_of(numbers, system) if system in numbers.taken else []
        heads = ["Taken for", "Most of them", "Lines of others", "Languages"]
        sinks = sortable(f"What {words.visible(system)} takes lines of others for", heads, swallowed, 2)
        notes = self._notes(numbers.classes, [system], set(self.sheet.languages))
        return self._table(title, "Language", groups) + sinks * bool(swallowed) + notes

    def _linked(self, site: Site, name: str, root: str) -> str:
        """A class, which leads to the pages of its languages."""
        members = self.members.get(name, [])
        shown = self.sheet.lines.shown[name]
        if len(members) == 1:
            return site.link("languages", members[0], shown, root)
        links = [site.link("languages", id, site.languages[id], root) for id in members]
        return f"<span>{', '.join(links)}</span>" if links else escape(shown)

    def _table(self, title: str, head: str, groups: Mapping[str, list[tuple[str, str, str]]]) -> str:
        """A row each system and class with its label, which is HTML already."""
        numbers = self.sheet.lines

        def row(system: str, name: str, label: str) -> list[str]:
            known = numbers.supported(system, name)
            wrong = str(numbers.false_positives(system, name)) if known and system in numbers.taken else ""
            said = taken(numbers, system, name) if system in numbers.taken else ""
            cells = map(figure, [*self.cells[system, name], Cell(wrong)])
            return [label, *cells, f'<td class="taken">{escape(said.replace(" %", NO_BREAK + "%"))}</td>']

        heads = [head, *METRICS, "False", TAKEN]
        made = [(name, [row(*place) for place in rows]) for name, rows in groups.items()]
        return signed(self.sheet) + grid(title, heads, made, texts=(0, len(heads) - 1))

    def _notes(self, names: list[str], systems: list[str], ids: set[str]) -> str:
        """What is to be known of the figures that are shown."""
        numbers = self.sheet.lines
        marks = {cell.mark for s in systems for name in names for cell in self.cells[s, name]}
        policy = dict(self.sheet.said).get("policy", "")
        trained = {system: row for system, row in numbers.ledger.items() if system in systems}
        notes = [
            MEANING,
            *(f"–{mark} {why}" for mark, why in self.notes.footnotes().items() if mark in marks),
            *([f"policy {policy}: {POLICIES[policy]}"] if policy in POLICIES else []),
            *["† trained on this corpus"] * any(map(numbers.trained, systems)),
            *training(trained),
            *self.sheet.faults(ids, numbers.names),
            f"[low, high]: {INTERVAL}",
        ]
        return items(notes, "notes")
