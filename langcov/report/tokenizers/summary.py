"""One line a tokenizer: how even and how dear it is over all languages of a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from langcov.metrics.tokenizers.metric import TokenizerMetric
from langcov.metrics.tokenizers.registry import metrics
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Table, without_empty
from langcov.report.tokenizers.numbers import Extreme, TokenizerNumbers

PARTLY = "*"
"""The mark of figures of all languages that leave some out, as there the tokenizer has none."""


def summary(numbers: TokenizerNumbers, names: Mapping[str, str]) -> list[Table]:
    """The table of systems; none where nothing sums up."""
    columns = [Column("fertility\nmedian")]
    for reference in numbers.references:
        against = f"/{names.get(reference, reference)}"
        columns += [Column(f"premium\n{against}\nmedian"), Column(f"premium\n{against}\nworst")]
        columns.append(Column(f"spread\n{against}", optional=True))
    columns += [Column("gini"), Column("gini\n/byte", optional=True)]
    columns += [Column("unknown\nworst"), Column("lost\nworst"), Column("round\ntrip\nworst")]
    for metric, other in _others(numbers):
        against = f"\n/{names.get(other, other)}" if other else ""
        columns.append(Column(metric.heading + against, optional=True))
    rows = [Row(numbers.called(system), _cells(numbers, system)) for system in numbers.systems]
    table = without_empty(Table("All languages", "system", columns, [Group("", rows)]), blank="–")
    return [table] if table.columns else []


def _cells(numbers: TokenizerNumbers, system: str) -> list[Cell]:
    fertility = numbers.median(system, "fertility")
    cells = [replace(_plain(fertility), size=fertility)]
    for reference in numbers.references:
        cells += [
            _plain(numbers.median(system, "premium", reference)),
            _named(numbers.extreme(system, "premium", reference)),
            _plain(numbers.value(system, None, "premium_spread", reference)),
        ]
    cells += [
        _plain(numbers.value(system, None, "gini")),
        _plain(numbers.value(system, None, "gini_per_byte")),
        _named(numbers.extreme(system, "unknown_tokens"), "share"),
        _named(numbers.extreme(system, "lost_characters"), "share"),
        _named(numbers.extreme(system, "round_trip", lowest=True), "share"),
        *(_plain(numbers.value(system, None, m.name, against), m.unit) for m, against in _others(numbers)),
    ]
    lost = any(numbers.loses_text(system, id) for id in numbers.languages)
    mark = "°" * lost + PARTLY * (numbers.unmeasured(system) > 0)
    return [cell if cell.text == "–" else replace(cell, mark=mark) for cell in cells]


def _others(numbers: TokenizerNumbers) -> Iterator[tuple[TokenizerMetric, str | None]]:
    """Metrics of all languages together that the report does not lead with, and what they are against."""
    for metric in metrics().values():
        if metric.shown and "language" not in metric.per:
            against: list[str] | list[None] = numbers.references if "reference" in metric.per else [None]
            yield from ((metric, reference) for reference in against)


def _plain(value: float | None, unit: str = "") -> Cell:
    return Cell("–" if value is None else words.number(value, unit))


def _named(found: Extreme | None, unit: str = "") -> Cell:
    if found is None:
        return Cell("–")
    figure = words.number(found.value, unit)
    return Cell(figure if figure in ("0", "100 %") else f"{figure} {found.language}")
