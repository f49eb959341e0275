"""Whether the top score means what it says: ECE, risk and coverage (MEASURES, LID).

Scores are probabilities quantised to ``STEPS``; step b stands for its middle, (b + ½) / 4096. Calibration
is of predictions: that of a language rests on the lines of any language predicted as it, so confidence in
languages that the model has never heard of counts. Sentinels and lines without a score answer nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Floats, Ints
from langcov.errors import CannotMeasure
from langcov.lid.protocol import STEPS
from langcov.metrics.lid.matrix import Classes
from langcov.metrics.lid.measured import LidMeasured, Scored
from langcov.metrics.lid.metric import NO_ROWS, Figures, LidMetric, Measure

NO_PROBABILITY = "the model's scores are no probabilities"
ECE_BINS = 15
COVERAGES = tuple(tenth / 10 for tenth in range(1, 11))

# Where each of the 15 bins begins among the steps, a step belonging to the bin that its middle lies in.
_MIDDLES = 2 * np.arange(STEPS) + 1
_STARTS = np.searchsorted(ECE_BINS * _MIDDLES // (2 * STEPS), np.arange(ECE_BINS))


@dataclass(frozen=True, eq=False)
class Answers:
    """Predictions of a language by step of their score, int64 […, STEPS]."""

    right: Ints
    all: Ints


def answers_by_language(scored: Scored, classes: Classes) -> Answers:
    """The answers that name each gold class, [gold, STEPS]; none where the model has no label for it.

    An answer without a script that is right for one of its classes is no answer for the others.
    """
    cell, gold = np.nonzero(classes.stands.T[scored.predicted])
    right = scored.gold[cell] == gold
    kept = right | ~classes.stands[scored.gold[cell], scored.predicted[cell]]
    return _count(scored, cell[kept], gold[kept], right[kept], len(classes.stands))


def answers_overall(scored: Scored, classes: Classes) -> Answers:
    """The answers that name any language, [STEPS]."""
    cell = np.flatnonzero(classes.languages[scored.predicted])
    right = classes.stands[scored.gold[cell], scored.predicted[cell]]
    found = _count(scored, cell, np.zeros_like(cell), right, 1)
    return Answers(found.right[0], found.all[0])


def _count(scored: Scored, cell: Ints, place: Ints, right: Bools, places: int) -> Answers:
    """The answers of some cells, each counted in a place."""
    kept = scored.step[cell] >= 0
    cell, place, right = cell[kept], place[kept], right[kept]
    key, lines = place * STEPS + scored.step[cell], scored.lines[cell]

    def add(values: Ints) -> Ints:
        # bincount adds in float64: exact, sums of lines staying below 2**53.
        return np.bincount(key, values, places * STEPS).astype(np.int64).reshape(places, STEPS)

    return Answers(add(lines * right), add(lines))


def ece(answers: Answers) -> Floats:
    """Expected calibration error over 15 equal bins, float64 […]; NaN without answers.

    Σ n_bin / n · |accuracy − mean score| (Naeini et al. 2015; Guo et al. 2017): all whole numbers up to
    the last division, so the same bits everywhere.
    """
    right = np.add.reduceat(2 * STEPS * answers.right, _STARTS, axis=-1)
    confidence = np.add.reduceat(_MIDDLES * answers.all, _STARTS, axis=-1)
    total = answers.all.sum(axis=-1)
    apart = np.abs(right - confidence).sum(axis=-1)
    return np.asarray(apart / np.where(total > 0, total * (2.0 * STEPS), np.nan))


def from_the_top(answers: Answers) -> tuple[Ints, Ints]:
    """Right answers and answers at each step or above, […, STEPS]."""
    right, total = (np.flip(np.flip(n, -1).cumsum(axis=-1), -1) for n in (answers.right, answers.all))
    return right, total


def risk_coverage(
    answers: Answers, lines: Ints | int, coverages: tuple[float, ...] = COVERAGES
) -> tuple[Floats, Floats, Floats]:
    """Points of the risk–coverage curve (El-Yaniv & Wiener 2010): what is paid for answering more lines.

    Args:
        answers: […, STEPS].
        lines: what coverage is a share of, int64 […]: overall all lines, those with no answer too; for a
            language all predictions of it.
        coverages: the least shares of lines to be answered, one for each point.

    Returns:
        The highest threshold at which so many lines are answered, the share then answered (at least the
        one asked for), and the share of wrong ones among these, float64 […, coverages]; NaN where the
        model doesn't answer so many.
    """
    right, total = from_the_top(answers)
    answered = total / np.maximum(np.asarray(lines), 1)[..., None]
    reached = (answered[..., None, :] >= np.array(coverages)[:, None]) & (total > 0)[..., None, :]
    step = STEPS - 1 - np.argmax(np.flip(reached, -1), axis=-1)
    none = ~reached.any(axis=-1)

    def there(values: NDArray[np.float64]) -> Floats:
        return np.where(none, np.nan, np.take_along_axis(values, step, axis=-1))

    risk = 1 - right / np.maximum(total, 1)
    return np.where(none, np.nan, step / STEPS), there(answered), there(risk)


def _of(score: Callable[[Answers], Floats], answers: Callable[[Scored, Classes], Answers]) -> Measure:
    """The calibration of answers; none where scores are no probabilities."""

    def measure(run: LidMeasured) -> Figures:
        if run.judge.system.model.score != "probability":
            raise CannotMeasure(NO_PROBABILITY)
        return Figures(score(answers(run.scored, run.classes)), reason=NO_ROWS)

    return measure


METRICS = (
    LidMetric(
        "ece",
        "share",
        "lower",
        "Σ over 15 equal bins of the top score, n_bin/n · |accuracy − mean score|; of the "
        "predictions of the language, or of all; scores in 4096 steps (Naeini et al. 2015, Guo "
        "et al. 2017)",
        "no scored prediction",
        _of(ece, answers_by_language),
        _of(ece, answers_overall),
    ),
)
