"""The cells of tables of tokenizers: a figure with its interval, and the signs that say how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from langcov.metrics.tokenizers.registry import metrics
from langcov.report import wording as words
from langcov.report.blocks import Cell, Row
from langcov.report.notes import Notes
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.results.result import Record


@dataclass(frozen=True)
class Wanted:
    """A column before it is filled.

    Attributes:
        cost: in tokens, of which fewer are better; a sign says where that is no merit.
        interval: whether it is shown.
        bar: whether a wide terminal draws it.
    """

    title: str
    system: str
    metric: str
    reference: str | None = None
    cost: bool = False
    optional: bool = False
    interval: bool = False
    bar: bool = False


def value_of(numbers: TokenizerNumbers, column: Wanted, language: str) -> float | None:
    """The figure of a column and language, None where there is none."""
    metric = "premium" if column.metric == "split" else column.metric
    return numbers.value(column.system, language, metric, column.reference)


def cell_of(numbers: TokenizerNumbers, notes: Notes, column: Wanted, language: str) -> Cell:
    """The cell of a column and language; why a figure is missing goes to the notes."""
    cell = _text(numbers, notes, column, language)
    return replace(cell, size=value_of(numbers, column, language)) if column.bar else cell


def _text(numbers: TokenizerNumbers, notes: Notes, column: Wanted, language: str) -> Cell:
    if column.metric == "split":
        parts = numbers.split(column.system, language, column.reference or "")
        if language == column.reference or parts is None:
            return Cell("")
        return Cell("×".join(map(words.number, parts)))
    record = numbers.get(column.system, language, column.metric, column.reference)
    if record is None:
        return Cell("")
    if record.value is None:
        return Cell("–", mark=notes.gap(record))
    if language == column.reference:
        return Cell("1")
    cell = _figure(notes, record, column.interval)
    loses = column.cost and numbers.loses_text(column.system, language, column.metric)
    return replace(cell, tone="") if loses and cell.tone == "good" else cell


def _figure(notes: Notes, record: Record, interval: bool) -> Cell:
    value, unit, metric = record.value or 0.0, record.unit, metrics().get(record.metric)
    cell = Cell(words.number(value, unit), tone=metric.verdict(value) if metric else "")
    if not interval:
        return cell
    if record.low is None or record.high is None:
        notes.no_interval(record)
        return cell
    return replace(
        cell,
        interval=(words.number(record.low, unit), words.number(record.high, unit)),
        spread=words.spread(value, record.low, record.high, unit),
    )


def mark(numbers: TokenizerNumbers, shown: Sequence[Wanted], rows: dict[str, Row]) -> None:
    """Mark the lowest tokenizers as far as they are told apart, and costs of text that is lost or short."""
    for index, column in enumerate(shown):
        for language, row in rows.items() if column.cost else ():
            lowest = numbers.lowest(language, column.metric, column.reference)
            if column.system in lowest:
                _add(row, index, "≈" if len(lowest) > 1 else "▼")
            if numbers.lost(column.system, language, column.metric):
                _add(row, index, "°")
            if column.reference and numbers.shortened(language):
                _add(row, index, "‡")


def _add(row: Row, index: int, mark: str) -> None:
    cell = row.cells[index]
    if cell.text != "–":
        row.cells[index] = replace(cell, mark=cell.mark + mark)
