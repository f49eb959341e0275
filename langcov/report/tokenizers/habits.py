"""What habits of spelling cost in tokens (upper case, NFD, look-alikes, 1 for the palochka), in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langcov.languages.perturbations import perturbations
from langcov.metrics.tokenizers.registry import metrics
from langcov.report.blocks import Column, Group, Row, Table
from langcov.report.notes import Notes
from langcov.report.tokenizers.cells import Wanted, cell_of, mark
from langcov.report.tokenizers.numbers import TokenizerNumbers

TITLE = "Letters that a habit costs: tokens added by the same text with them"
FEW = 2  # habits from which on they share a table


def habits_of(numbers: TokenizerNumbers) -> list[str]:
    """The costs of perturbations that were asked for, by metric; none where there is one alone."""
    asked = [name for name, one in metrics().items() if one.perturbation and (name, None) in numbers.metrics]
    return asked if len(asked) >= FEW else []


def habits(numbers: TokenizerNumbers, names: Mapping[str, str], notes: Notes) -> list[Table]:
    """Languages by tokenizer, a column a habit; a language or habit without a figure is left out.

    Args:
        names: of the languages, as rows are called.
        notes: collects why figures are missing.
    """
    asked = habits_of(numbers)
    measured = {metric: [s for s in numbers.systems if numbers.values(s, metric)] for metric in asked}
    for metric in asked:
        for system in set(numbers.systems).difference(measured[metric]):
            notes.left_out(system, metric, numbers.reasons(system, metric))
    shown = [metric for metric in asked if measured[metric]]
    groups = [
        Group(
            numbers.called(system) * (len(numbers.systems) > 1), _rows(numbers, names, notes, system, shown)
        )
        for system in numbers.systems
    ]
    columns = [Column(_heading(metrics()[metric].perturbation)) for metric in shown]
    groups = [group for group in groups if group.rows]
    return [Table(TITLE, "language", columns, groups)] if columns and groups else []


def _rows(
    numbers: TokenizerNumbers, names: Mapping[str, str], notes: Notes, system: str, shown: list[str]
) -> list[Row]:
    wanted = [Wanted(metric, system, metric, cost=True, interval=True) for metric in shown]
    known = [
        language
        for language in numbers.languages
        if any(numbers.value(system, language, metric) is not None for metric in shown)
    ]
    rows = {
        language: Row(
            names[language], [cell_of(numbers, notes, column, language) for column in wanted], language
        )
        for language in known
    }
    mark(numbers, wanted, rows)
    return sorted(rows.values(), key=lambda row: row.label)


def explained(tables: Sequence[Table]) -> list[str]:
    """What the columns of the table mean; nothing where it is not there."""
    heads = {column.title for table in tables if table.title == TITLE for column in table.columns}
    told = [f"{name}: {one.what}" for name, one in perturbations().items() if _heading(name) in heads]
    return [f"what a habit is: {'; '.join(told)}"] if told else []


def _heading(perturbation: str) -> str:
    return perturbation.replace("_", "\n")
