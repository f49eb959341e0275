"""Figures of two results on the rows that both have, and in the same resamples of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

import numpy as np

from langcov.core.arrays import Floats, Ints
from langcov.errors import CannotMeasure
from langcov.gate.shared import lid_tally, shared
from langcov.gate.side import Cell, Side, class_of
from langcov.lid.judge import Judge
from langcov.metrics.intervals import too_few
from langcov.metrics.lid.averages import f1, macro_f1_gold
from langcov.metrics.lid.matrix import Matrix, share
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.lid.shares import accuracy, precision, recall
from langcov.metrics.tokenizers import ratios
from langcov.metrics.tokenizers.measured import Figure, Measured, Subject, shared_pairs
from langcov.metrics.tokenizers.registry import metrics

OF_ROWS = frozenset({metric.name for metric in ratios.METRICS} | {"premium", "byte_premium"})
"""Metrics of tokenizers that rest on counters by row alone, so that rows can be paired."""
OF_CLASSES: Mapping[str, Callable[[Matrix], Floats]] = {
    "recall": lambda matrix: share(recall(matrix)),
    "precision": lambda matrix: share(precision(matrix)),
    "f1": f1,
}
OF_ALL: Mapping[str, Callable[[Matrix], Floats]] = {
    "macro_f1_gold": macro_f1_gold,
    "accuracy": lambda matrix: share(accuracy(matrix)),
}


class Pair(NamedTuple):
    """One figure in both results."""

    base: float
    new: float
    rows: int
    # new less base in each resample of the rows, float64 [resamples]; None where they are too few
    drawn: Floats | None


def token_pairs(
    base: Side, new: Side, corpus: str, systems: Sequence[tuple[str, str]], wanted: Sequence[Cell]
) -> Iterator[tuple[Cell, Pair]]:
    """Figures of tokenizers.

    Args:
        systems: the name of each in ``base`` and in ``new``.
        wanted: the records of ``new`` that are to be compared.
    """
    there = shared(base, new, corpus)
    for ours, theirs in systems:
        cells = [cell for cell in wanted if cell[:2] == (theirs, corpus) and cell[3] in OF_ROWS]
        runs = _runs(base, new, corpus, (ours, theirs), there) if cells and there else ()
        for cell in cells:
            _system, _corpus, language, metric, reference = cell
            if language in there:
                figures = [_figure(run, metric, language, reference) for run in runs]
                if found := _pair(figures, new.tallies[corpus, language].n_rows):
                    yield cell, found


def _runs(
    base: Side, new: Side, corpus: str, names: tuple[str, str], languages: Sequence[str]
) -> list[Measured]:
    """A tokenizer in both results, on the rows that both have."""
    made = []
    for side, name in zip((base, new), names):
        tallies = {
            language: side.tallies[corpus, language]
            for language in languages
            if name in side.tallies[corpus, language].failed
        }
        references = sorted({cell[4] for cell in side.records if cell[4]})
        made.append(
            Measured(
                system=name,
                corpus=corpus,
                aligned=side.corpora[corpus]["alignment"] != "none",
                tallies=tallies,
                references=references,
                pairs=shared_pairs(tallies, references),
                words=side.settings.get("words", "whitespace"),
                returnable=None,
                unknown_reachable=None,
                drops=False,
                letters={},
                context=int(side.settings.get("context", 8192)),
                price=None,
            )
        )
    return made


def _figure(run: Measured, metric: str, language: str, reference: str | None) -> Figure | None:
    if language not in run.tallies or run.counts[language].failed:
        return None
    try:
        return metrics()[metric].measure(Subject(run, language, reference or ""))
    except CannotMeasure:
        return None


def _pair(figures: Sequence[Figure | None], rows: int) -> Pair | None:
    """Both figures, if both are known."""
    base, new = figures
    if base is None or new is None or base.value is None or new.value is None:
        return None
    rows = rows if new.rows is None else new.rows
    drawn = None
    if base.resampled and new.resampled and not too_few(rows):
        drawn = new.resampled() - base.resampled()
    return Pair(
        base.value, new.value, rows, drawn if drawn is not None and np.isfinite(drawn).all() else None
    )


@dataclass(frozen=True, eq=False)
class Classes:
    """What ``LidMeasured`` asks of a judge: labels are classes already."""

    names: Sequence[str]
    golds: Mapping[str, str]  # the gold class of each language

    @cached_property
    def predicted(self) -> Ints:
        """Each label is its own class; the last is never asked for."""
        return np.arange(len(self.names) + 1)

    def gold_name(self, language: str) -> str:
        """The class of the lines of a language."""
        return self.golds[language]


def lid_pairs(
    base: Side, new: Side, corpus: str, systems: Sequence[tuple[str, str]], wanted: Sequence[Cell]
) -> Iterator[tuple[Cell, Pair]]:
    """Figures of language-ID models; arguments as of ``token_pairs``."""
    there = shared(base, new, corpus)
    for ours, theirs in systems:
        cells = [cell for cell in wanted if cell[:2] == (theirs, corpus)]
        runs = lid_runs(base, new, corpus, (ours, theirs), there) if cells and there else ()
        if not runs:
            continue
        same = same_classes(runs)
        called = {name: name for name in same} | {class_of(runs[0].gold[name]): name for name in same}
        for cell in cells:
            _system, _corpus, language, metric, _reference = cell
            if language in called and metric in OF_CLASSES:
                places = [list(run.gold).index(called[language]) for run in runs]
                found = _lid_pair(runs, OF_CLASSES[metric], places, int(runs[0].rows[places[0]]))
            elif language is None and metric in OF_ALL and runs[0].gold == runs[1].gold:
                found = _lid_pair(runs, OF_ALL[metric], [None, None], int(runs[0].rows.sum()))
            else:
                continue
            if found:
                yield cell, found


def same_classes(runs: Sequence[LidMeasured]) -> list[str]:
    """The gold classes of the same languages in both: which are one class hangs on the labels of a model."""
    return [gold for gold, languages in runs[0].gold.items() if runs[1].gold.get(gold) == languages]


def lid_runs(
    base: Side, new: Side, corpus: str, names: tuple[str, str], languages: Sequence[str]
) -> list[LidMeasured]:
    """A model in both results, on the rows that both have; nothing where it failed in one."""
    made = []
    for side, name in zip((base, new), names):
        parts = {one: side.parts[corpus, one, name] for one in languages if (corpus, one, name) in side.parts}
        if not parts or any(part.facts["failed"] for part in parts.values()):
            return []
        [classes] = {tuple(part.facts["names"]) for part in parts.values()}
        judge = cast(
            Judge, Classes(classes, {language: part.facts["gold"] for language, part in parts.items()})
        )
        tallies = {language: lid_tally(side, corpus, language, name) for language in parts}
        made.append(LidMeasured(judge, corpus, tallies, False, 1, ()))
    return made


def _lid_pair(
    runs: Sequence[LidMeasured],
    figure: Callable[[Matrix], Floats],
    places: Sequence[int | None],
    rows: int,
) -> Pair | None:
    """Both figures, of the gold class at these places or (None) of all."""

    def of(matrix: Matrix, at: int | None) -> Floats:
        return figure(matrix) if at is None else figure(matrix)[..., at]

    base, new = (float(of(run.matrix, at)) for run, at in zip(runs, places))
    if not np.isfinite([base, new]).all():
        return None
    if too_few(rows):
        return Pair(base, new, rows, None)
    drawn = of(runs[1].resampled, places[1]) - of(runs[0].resampled, places[0])
    return Pair(base, new, rows, drawn if np.isfinite(drawn).all() else None)
