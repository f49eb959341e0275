"""What to show of a result, and in which order: one section a corpus, for every format the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from langcov.metrics.tokenizers.ratios import LOSSY
from langcov.metrics.tokenizers.registry import metrics
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table, by_family, heading
from langcov.report.notes import Notes, changed_runs, hygiene, marked
from langcov.report.tokenizers.cells import Wanted, cell_of, mark, value_of
from langcov.report.tokenizers.conclusions import findings
from langcov.report.tokenizers.costly_words import costly_words
from langcov.report.tokenizers.habits import explained, habits, habits_of
from langcov.report.tokenizers.notes import changed_letters, compared, doubts, lexicon
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.report.tokenizers.summary import PARTLY, summary
from langcov.results.result import Result

LOST = f"° some text is lost, under an UNK or without one; never ▼ or ≈ above {words.number(LOSSY, 'share')}"
SIDE_BY_SIDE = 2  # systems whose metrics share one table; more get a table a metric
BESIDE_FERTILITY = {
    "unknown_tokens": "unknown",
    "lost_characters": "lost",
    "changed_characters": "changed",
    "tokens_over_words": "over\nwords",
}
"""What low fertility may come from: the column of each stands where it is not 0."""


def section(result: Result, corpus: str) -> Section:
    """One corpus of a result of tokenizers: its tables, what to conclude, and notes."""
    numbers, notes = TokenizerNumbers(result, corpus), Notes()
    card = next(card for card in result.corpora if card["name"] == corpus)
    names = words.language_names(numbers.languages)
    shown = marked(result, corpus, names)
    tables = [
        _table(numbers, shown, notes, title, columns) for title, columns in _tables(numbers, names) if columns
    ]
    tables = [table for table in tables if table.columns] + habits(numbers, shown, notes)
    tables += summary(numbers, names)
    tables += costly_words(result, corpus, numbers, names)
    return Section(
        heading(card, numbers.languages),
        tables,
        findings(numbers, names),
        [
            *lexicon(card),
            *changed_runs(card),
            *explained(tables),
            *_legend(numbers, tables),
            *doubts(numbers, names),
            *notes.lines(names, numbers.systems),
            *changed_letters(result, corpus, names),
            *hygiene(result, corpus, names),
        ],
        notes.footnotes(),
    )


def by_language(result: Result, corpus: str, metrics: Mapping[str, str]) -> list[Table]:
    """Tables of metrics that a section does not show, a column a tokenizer.

    Args:
        metrics: titles by name; one without a figure is left out.
    """
    numbers = TokenizerNumbers(result, corpus)
    names = words.language_names(numbers.languages)
    tables = [
        _table(
            numbers, names, Notes(), title, [Wanted(numbers.called(s), s, metric) for s in numbers.systems]
        )
        for metric, title in metrics.items()
    ]
    return [table for table in tables if table.columns]


def costs(
    numbers: TokenizerNumbers, names: dict[str, str], notes: Notes, metric: str, reference: str | None = None
) -> dict[tuple[str, str], Cell]:
    """The cells of a cost in tokens as tables show them, by system and language.

    Args:
        notes: collects why figures are missing.
    """
    wanted = [Wanted(s, s, metric, reference, cost=True, interval=True) for s in numbers.systems]
    table = _table(numbers, names, notes, "", wanted)
    return {
        (column.title, row.code): cell
        for row in table.rows()
        for column, cell in zip(table.columns, row.cells)
    }


def _tables(numbers: TokenizerNumbers, names: dict[str, str]) -> Iterator[tuple[str, list[Wanted]]]:
    """One full table for one system; side by side for two; a table a metric for more."""
    systems = numbers.systems
    blocks = [("Tokens per word (fertility)", _fertility(numbers))]
    for reference in numbers.references:
        language = names.get(reference, reference)
        blocks.append((f"Tokens against {language} (premium)", _premium(numbers, reference, language)))
    more = list(_more(numbers, names))
    if len(systems) > SIDE_BY_SIDE:
        yield from blocks
        yield from ((title, columns) for title, columns, own_table in more if own_table)
        return
    columns = [column for _, block in blocks for column in block]
    columns += [column for _, block, own_table in more if not own_table for column in block]
    columns += [column for _, block, own_table in more if own_table for column in block]
    yield ("" if len(systems) > 1 else numbers.called(systems[0])) if systems else "", columns


def _column(numbers: TokenizerNumbers, system: str, heading: str, metric: str, **how: Any) -> Wanted:
    """A column of a system; in a table of its own, where systems are many, it is called as the system."""
    many, several = len(numbers.systems) > SIDE_BY_SIDE, len(numbers.systems) > 1
    lines = [*([] if many else [heading]), *([numbers.called(system)] if several else [])]
    return Wanted("\n".join(lines), system, metric, **how)


def _fertility(numbers: TokenizerNumbers) -> list[Wanted]:
    columns = [
        _column(numbers, s, "fertility", "fertility", cost=True, interval=True) for s in numbers.systems
    ]
    several = len(numbers.systems) > 1
    for metric, title in BESIDE_FERTILITY.items():
        some = [s for s in numbers.systems if any(numbers.values(s, metric).values())]
        columns += [Wanted(f"{title}\n{numbers.called(s)}" if several else title, s, metric) for s in some]
    return columns


def _premium(numbers: TokenizerNumbers, reference: str, language: str) -> list[Wanted]:
    """The corpus's own byte premium once, then each system's premium."""
    heading = f"premium\n/{language}"
    bar = len(numbers.systems) <= SIDE_BY_SIDE and reference == numbers.references[0]
    how = {"reference": reference, "cost": True, "interval": True, "bar": bar}
    columns = [_column(numbers, s, heading, "premium", **how) for s in numbers.systems]
    if len(numbers.systems) == 1:
        spare = reference != numbers.references[0]
        return [*columns, Wanted("= bytes\n× vocab", numbers.systems[0], "split", reference, optional=spare)]
    few = len(numbers.systems) <= SIDE_BY_SIDE
    measured = [s for s in numbers.systems if numbers.values(s, "byte_premium", reference)]
    return [
        *(Wanted(f"bytes\n/{language}", s, "byte_premium", reference, optional=few) for s in measured[:1]),
        *columns,
    ]


def _more(numbers: TokenizerNumbers, names: Mapping[str, str]) -> Iterator[tuple[str, list[Wanted], bool]]:
    """The metrics that the report does not lead with: title, columns, whether that is a table of its own."""
    together = habits_of(numbers)
    for metric in metrics().values():
        for reference in (None, *numbers.references):
            shown = metric.shown
            if shown is None or (metric.name, reference) not in numbers.metrics or metric.name in together:
                continue
            against = names.get(reference or "", reference)
            heading = metric.heading + (f"\n/{against}" if reference else "")
            title = metric.title + (f" against {against}" if reference else "")
            how = {
                "reference": reference,
                "cost": bool(metric.perturbation),
                "interval": bool(metric.perturbation),
                "optional": shown.optional or (len(numbers.systems) > 1 and not shown.own_table),
            }
            columns = [_column(numbers, s, heading, metric.name, **how) for s in numbers.systems]
            yield title, columns, shown.own_table


def _table(
    numbers: TokenizerNumbers, names: dict[str, str], notes: Notes, title: str, wanted: Sequence[Wanted]
) -> Table:
    shown = []
    for column in wanted:
        if any(value_of(numbers, column, language) is not None for language in numbers.languages):
            shown.append(column)
        else:
            notes.left_out(column.system, column.metric, numbers.reasons(column.system, column.metric))
    rows = {
        language: Row(
            names[language], [cell_of(numbers, notes, column, language) for column in shown], language
        )
        for language in numbers.languages
    }
    mark(numbers, shown, rows)
    columns = [Column(column.title, column.optional) for column in shown]
    return Table(title, "language", columns, _groups(numbers, rows))


def _groups(numbers: TokenizerNumbers, rows: dict[str, Row]) -> list[Group]:
    references = [rows[id] for id in numbers.references if id in rows]
    others = {id: row for id, row in rows.items() if id not in numbers.references}
    first = [Group("references", sorted(references, key=lambda row: row.label))] if references else []
    return first + by_family(others, words.family)


def _legend(numbers: TokenizerNumbers, tables: Sequence[Table]) -> list[str]:
    marks = "".join(cell.mark for table in tables for cell in table.cells())
    partly = f"{PARTLY} of the languages that it has figures of, as of others it has none"
    return [*compared(numbers), *[LOST] * ("°" in marks), *[partly] * (PARTLY in marks)]
