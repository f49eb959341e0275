"""Where the answers of a language-ID model moved between two results: from which class to which, and whether
rows carry it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import comb

import numpy as np

from langcov.core.arrays import Ints
from langcov.gate.figures import lid_runs, same_classes
from langcov.gate.shared import shared
from langcov.gate.side import Side
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.paired import LEVEL, holm


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Lines of one class by what they are taken for."""

    system: str
    corpus: str
    gold: str
    predicted: str
    base: int
    new: int
    # rows with more and with fewer such lines than before
    more: int
    fewer: int
    p: float  # McNemar's exact test on these rows
    p_adjusted: float = 1.0  # after Holm over all cells


def moved(base: Side, new: Side, systems: Sequence[tuple[str, str]]) -> list[Moved]:
    """The cells of the confusion matrices that rows carry, the largest change first."""
    found = [one for corpus in new.corpora for pair in systems for one in _of_system(base, new, corpus, pair)]
    adjusted = holm(np.array([one.p for one in found], np.float64)).tolist() if found else []
    tested = [replace(one, p_adjusted=p) for one, p in zip(found, adjusted)]
    kept = [one for one in tested if one.p_adjusted < LEVEL]
    return sorted(kept, key=lambda one: -abs(one.new - one.base))


def _of_system(base: Side, new: Side, corpus: str, names: tuple[str, str]) -> Iterator[Moved]:
    runs = lid_runs(base, new, corpus, names, shared(base, new, corpus))
    for gold in same_classes(runs) if runs else ():
        languages = runs[0].gold[gold]
        for predicted in dict.fromkeys((*runs[0].names, *runs[1].names)):
            before, after = (
                np.concatenate([_lines(run, language, predicted) for language in languages]) for run in runs
            )
            more, fewer = int((after > before).sum()), int((after < before).sum())
            if more + fewer:
                yield Moved(
                    system=names[1],
                    corpus=corpus,
                    gold=gold,
                    predicted=predicted,
                    base=int(before.sum()),
                    new=int(after.sum()),
                    more=more,
                    fewer=fewer,
                    p=mcnemar(more, fewer),
                )


def _lines(run: LidMeasured, language: str, predicted: str) -> Ints:
    """Lines of each row that are taken for a class, int64 [rows]."""
    rows = run.confusion_by_row(language)
    return rows[:, run.names.index(predicted)] if predicted in run.names else np.zeros(len(rows), np.int64)


def mcnemar(more: int, fewer: int) -> float:
    """Two-sided exact p that rows change in both directions alike (McNemar 1947, on discordant rows).

    >>> mcnemar(0, 6), mcnemar(3, 3)
    (0.03125, 1.0)
    """
    n, rarer = more + fewer, min(more, fewer)
    return min(1.0, 2 * sum(comb(n, k) for k in range(rarer + 1)) / 2**n)
