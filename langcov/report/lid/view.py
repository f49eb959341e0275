"""What is shown of language-ID models on one corpus: all languages together, each language, and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.lid.lengths import at_length
from langcov.metrics.lid.metric import LidMetric
from langcov.metrics.lid.registry import lid_metrics
from langcov.metrics.lid.thresholds import PRECISION
from langcov.report import wording as words
from langcov.report.blocks import (
    Cell,
    Column,
    Group,
    Row,
    Section,
    Table,
    Tone,
    by_family,
    heading,
    without_empty,
)
from langcov.report.lid.conclusions import findings
from langcov.report.lid.notes import facts, of_all
from langcov.report.lid.numbers import LidNumbers
from langcov.report.notes import Notes, hygiene
from langcov.results.result import Record, Result
from langcov.results.signature import settings

SIDE_BY_SIDE = 2  # models whose metrics of a language share one table; of more only F1 is shown
GOOD, POOR = 0.95, 0.5  # F1 from which a language is found, and below which it isn't
VISIBLE = 0.0005  # change of recall that isn't written as 0.0 points
INTERVAL = "95 % interval: bootstrap over rows, or Wilson's for shares of lines that are independent"

Columns = Sequence[tuple[Column, Callable[[str], Cell]]]
"""Each column with what fills it: the cell of a class, or of a model."""


def section(result: Result, corpus: str) -> Section:
    """One corpus of a language-ID result: its tables, what to conclude, and notes."""
    numbers, notes = LidNumbers(result, corpus), Notes()
    card = next(card for card in result.corpora if card["name"] == corpus)
    tables = [
        together(numbers, notes),
        _by_length(numbers, notes),
        _by_language(numbers, notes),
        _thresholds(result, corpus, numbers, notes),
        *_robustness(numbers, notes),
    ]
    tables = [table for table in tables if table.columns and table.groups]
    return Section(
        heading({**card, "alignment": ""}, numbers.ids),
        tables,
        findings(numbers),
        [
            *facts(result, card, numbers),
            *notes.lines(numbers.names, numbers.systems),
            *hygiene(result, corpus, numbers.names),
            *(of_all(result, numbers) if card is result.corpora[-1] else []),
        ],
        notes.footnotes(),
        INTERVAL,
    )


def together(numbers: LidNumbers, notes: Notes) -> Table:
    """A line a model, over all languages."""

    def known(system: str) -> Cell:
        seen = numbers.ledger.get(system, {}).get("status", "unknown")
        return Cell(seen, tone="bad" if numbers.trained(system) else "")

    columns = [
        (Column("accuracy"), _overall(numbers, notes, "accuracy")),
        (Column("accuracy\ncovered", optional=True), _overall(numbers, notes, "accuracy_covered")),
        (Column("macro F1\ngold"), _overall(numbers, notes, "macro_f1_gold", bar=True)),
        (Column("macro F1\ncovered"), _overall(numbers, notes, "macro_f1_covered")),
        (Column("macro F1\nrelevant"), _overall(numbers, notes, "macro_f1_relevant")),
        (Column("MCC"), _overall(numbers, notes, "mcc")),
        (Column("languages\ncovered"), _overall(numbers, notes, "coverage")),
        (Column("lines\ndiscarded"), _overall(numbers, notes, "discard_rate")),
        (Column("ECE", optional=True), _overall(numbers, notes, "ece")),
        *(
            (Column(metric.heading, optional=True), _overall(numbers, notes, metric.name))
            for metric in _more()
            if metric.of_all
        ),
        (Column("corpus in\ntraining"), known),
    ]
    return _of_systems(numbers, "All languages, %", columns)


def _more() -> list[LidMetric]:
    """The metrics that the report does not lead with."""
    return [metric for metric in lid_metrics().values() if metric.shown]


def _by_length(numbers: LidNumbers, notes: Notes) -> Table:
    columns = [
        (Column(length), _overall(numbers, notes, at_length("accuracy", length)))
        for length in LENGTHS
        if any(numbers.value(s, None, at_length("accuracy", length)) is not None for s in numbers.systems)
    ]
    return _of_systems(numbers, "Accuracy by the characters of a line, %", columns)


def _by_language(numbers: LidNumbers, notes: Notes) -> Table:
    """F1 of each model; of one or two also what it is made of, and what a language is taken for."""
    systems = numbers.systems
    columns = [(Column("lines", optional=True), lambda name: Cell(str(numbers.lines.get(name, 0))))]
    if len(systems) > SIDE_BY_SIDE:
        columns += [(Column(words.visible(s)), of_class(numbers, notes, s, "f1")) for s in systems]
        return _of_classes(numbers, "F1 of each language, %", numbers.classes, columns)
    for title, metric in (("F1", "f1"), ("recall", "recall"), ("precision", "precision")):
        columns += [(_column(numbers, s, title), of_class(numbers, notes, s, metric)) for s in systems]
    columns += [(_column(numbers, s, "false\npositives"), _false_positives(numbers, s)) for s in systems]
    columns += [(_column(numbers, s, "taken\nfor"), _taken_for(numbers, s)) for s in systems]
    columns += [
        (_column(numbers, s, more.heading), of_class(numbers, notes, s, more.name))
        for more in _more()
        if more.of_classes
        for s in systems
    ]
    return _of_classes(numbers, "Each language, %", numbers.classes, columns)


def _thresholds(result: Result, corpus: str, numbers: LidNumbers, notes: Notes) -> Table:
    """What is left of each language at the score from which on a model is precise; of two models more.

    Models whose scores are no probabilities have none.
    """
    rows = [row for row in result.details.get("thresholds", []) if row["corpus"] == corpus]
    scores = {(row["system"], row["gold"]): row["threshold"] for row in rows}
    systems = [system for system in numbers.systems if any(system == of for of, _ in scores)]
    columns = []
    if len(systems) <= SIDE_BY_SIDE:
        columns += [(_column(numbers, s, "score"), _threshold(scores, s)) for s in systems]
        columns += [
            (_column(numbers, s, "precision"), of_class(numbers, notes, s, "precision_at_threshold"))
            for s in systems
        ]
    columns += [
        (_column(numbers, s, "recall"), of_class(numbers, notes, s, "recall_at_threshold")) for s in systems
    ]
    elsewhere = {row["from"] for row in rows} - {corpus}
    source = f", found on {words.visible(min(elsewhere))}" if elsewhere else ""
    rate = settings(result.signature).get("base-rate", "")
    mix = f"a base rate of {rate}" if rate else "the mix of the test"
    title = f"At the lowest score for a precision of {PRECISION:.0%} in {mix}{source}, %"
    return _of_classes(numbers, title, numbers.classes if systems else [], columns)


def _threshold(scores: Mapping[tuple[str, str | None], float], system: str) -> Callable[[str], Cell]:
    def cell(name: str) -> Cell:
        score = scores.get((system, name))
        return Cell("" if score is None else f"{score:.3f}")

    return cell


def _robustness(numbers: LidNumbers, notes: Notes) -> Iterator[Table]:
    """A table a perturbation, of the languages where it changes the recall of a model visibly."""
    systems = numbers.systems
    for metric, of in lid_metrics().items():
        if not of.perturbation or (metric, None) not in numbers.metrics:
            continue
        changes = [numbers.values(system, metric) for system in systems]
        largest = {
            name: max(abs(of_system.get(name, 0)) for of_system in changes)
            for name in numbers.classes
            if any(name in of_system for of_system in changes)
        }
        changed = [name for name, change in largest.items() if change >= VISIBLE]
        same = len(largest) - len(changed)
        columns = [(Column(words.visible(s)), of_class(numbers, notes, s, metric)) for s in systems]
        name = words.title(of.perturbation)
        others = f" (below 0.05 in {same} more)" if same else ""
        yield _of_classes(numbers, f"Change of recall in points: {name}{others}", changed, columns)
        if not changed:
            for system in systems:
                stays = ["it is below 0.05 points"] if same else numbers.reasons(system, metric)
                notes.left_out(system, metric, stays)


def _column(numbers: LidNumbers, system: str, title: str) -> Column:
    several = len(numbers.systems) > 1
    return Column(f"{title}\n{words.visible(system)}" if several else title, "positives" in title and several)


def _overall(numbers: LidNumbers, notes: Notes, metric: str, *, bar: bool = False) -> Callable[[str], Cell]:
    def cell(system: str) -> Cell:
        figure = _figure(notes, numbers.get(system, None, metric))
        return replace(figure, size=numbers.value(system, None, metric)) if bar else figure

    return cell


def of_class(numbers: LidNumbers, notes: Notes, system: str, metric: str) -> Callable[[str], Cell]:
    """The figure of a class; F1 that is high or low has a colour."""

    def cell(name: str) -> Cell:
        figure = _figure(notes, numbers.get(system, name, metric))
        value = numbers.value(system, name, metric)
        if metric != "f1" or value is None:
            return figure
        tone: Tone = "good" if value >= GOOD else "bad" if value < POOR else ""
        return replace(figure, tone=tone, size=value if len(numbers.systems) <= SIDE_BY_SIDE else None)

    return cell


def _false_positives(numbers: LidNumbers, system: str) -> Callable[[str], Cell]:
    return lambda name: Cell(
        str(numbers.false_positives(system, name)) if numbers.supported(system, name) else ""
    )


def _taken_for(numbers: LidNumbers, system: str) -> Callable[[str], Cell]:
    def cell(name: str) -> Cell:
        found = numbers.mistaken(system, name)
        return Cell(f"{words.visible(found[0])} {words.per_cent(found[1])}" if found else "")

    return cell


def _figure(notes: Notes, record: Record | None) -> Cell:
    """A share in per cent with its interval; where there is no value, the footnote that says why."""
    if record is None:
        return Cell("")
    if record.value is None:
        return Cell("–", mark=notes.gap(record))
    write: Callable[[float], str] = "{:.3f}".format
    scale, digits = 1, 3
    if record.unit in ("share", "difference"):
        write, scale, digits = partial(words.per_cent, sign=record.unit == "difference"), 100, 1
    text = write(record.value)
    if record.low is None or record.high is None:
        return Cell(text)
    wider = max(record.value - record.low, record.high - record.value)
    return Cell(text, (write(record.low), write(record.high)), f"{scale * wider:.{digits}f}")


def _of_systems(numbers: LidNumbers, title: str, columns: Columns) -> Table:
    rows = [Row(words.visible(s), [fill(s) for _, fill in columns]) for s in numbers.systems]
    return without_empty(Table(title, "model", [column for column, _ in columns], [Group("", rows)]))


def _of_classes(numbers: LidNumbers, title: str, names: Sequence[str], columns: Columns) -> Table:
    rows = {name: Row(numbers.shown[name], [fill(name) for _, fill in columns], name) for name in names}
    groups = by_family(rows, numbers.family)
    return without_empty(Table(title, "language", [column for column, _ in columns], groups))
