"""Thresholds for a filter: the score from which on a model is precise enough, and what is left then.

Precision hangs on how rare the language is. Where a base rate p is named it is p·R / (p·R + (1−p)·FPR) at the
threshold, the other languages mixed as in the test; else it is that of the test itself. A threshold that is
tested on the corpus that it was found on looks better than it is: it may be taken from another one.
"""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Floats, Ints
from langcov.errors import CannotMeasure
from langcov.lid.protocol import STEPS
from langcov.metrics.intervals import RESAMPLES, resample, wilson
from langcov.metrics.lid.calibration import (
    NO_PROBABILITY,
    Answers,
    answers_by_language,
    answers_overall,
    from_the_top,
)
from langcov.metrics.lid.matrix import Counts, share
from langcov.metrics.lid.measured import LidMeasured, Thresholds
from langcov.metrics.lid.metric import NO_ROWS, Figures, LidMetric, Measure
from langcov.metrics.lid.purity import at_base_rate, kept_share, known_bounds

PRECISION = 0.95
NO_THRESHOLD = f"no threshold gives a precision of {PRECISION}"
OF_ONE = "a base rate is of one language"
ALL = ""  # the name of all languages together among thresholds


def threshold_steps(answers: Answers, lines: Counts, others: Counts, rate: float | None = None) -> Ints:
    """The lowest step such that the answers at it or above are precise enough, int64 […]; −1 for none.

    Args:
        answers: […, STEPS].
        lines: of the language, int64 […].
        others: lines of all other languages, int64 […].
        rate: the base rate of the language; None: as in the test.
    """
    right, total = from_the_top(answers)
    if rate is None:
        precise = right / np.maximum(total, 1)
    else:
        recall, false = share((right, lines[..., None])), share((total - right, others[..., None]))
        precise = np.nan_to_num(at_base_rate(rate, recall, false))
    # 19/20 rounds to the same float64 as 0.95 does, so a precision met exactly is met.
    enough = (precise >= PRECISION) & (total > 0)
    return np.where(enough.any(axis=-1), enough.argmax(axis=-1), -1)


def found_thresholds(run: LidMeasured) -> Thresholds:
    """The thresholds of a corpus: of its gold classes, and of all of them where no base rate is named."""
    if run.failed:
        return Thresholds(run.corpus, {}, run.failed)
    lines, total = run.lines, np.asarray(run.lines.sum(), np.int64)
    by_language = answers_by_language(run.scored, run.classes)
    steps = threshold_steps(by_language, lines, total - lines, run.base_rate)
    found = dict(zip(run.gold, steps.tolist()))
    if run.base_rate is None:
        found[ALL] = int(threshold_steps(answers_overall(run.scored, run.classes), total, total))
    return Thresholds(run.corpus, found)


def used_thresholds(run: LidMeasured) -> Thresholds:
    """Those that the corpus is tested at: its own, or of another one."""
    return run.thresholds or found_thresholds(run)


def _steps(run: LidMeasured) -> tuple[Ints, list[str]]:
    """The step that each gold class is tested at, −1 for none, int64 [gold]; and why it is none."""
    used = used_thresholds(run)
    steps = np.array([used.steps.get(name, -1) for name in run.gold], np.int64)
    elsewhere = used.failed or f"{used.corpus} has no line of it"
    return steps, ["" if name in used.steps else elsewhere for name in run.gold]


def claims_by_row(run: LidMeasured, gold: int, language: str, steps: Ints) -> Ints:
    """Lines of a language that are taken for each gold class at its step or above, int64 [rows, gold]."""
    tally = run.tallies[language]
    cells, stands = tally.answers, run.classes.stands
    column = run.column(cells)
    cell, named = np.nonzero(stands.T[column])
    kept = (named == gold) | ~stands[gold, column[cell]]
    kept &= (cells.step[cell] >= steps[named]) & (cells.step[cell] >= 0) & (steps[named] >= 0)
    counts = np.zeros((tally.n_rows, len(steps)), np.int64)
    np.add.at(counts, (cells.row[cell[kept]], named[kept]), cells.lines[cell[kept]])
    return counts


def _counts(run: LidMeasured, steps: Ints) -> tuple[Counts, Counts, tuple[Floats, Floats]]:
    """Right answers and all at the steps of the gold classes, [gold] each; and both in each resample."""
    right, claimed = np.zeros((2, len(steps)), np.int64)
    drawn_right, drawn = np.zeros((2, RESAMPLES, len(steps)))
    for gold, language in run.members():
        claims = claims_by_row(run, gold, language, steps)
        added, resampled = claims.sum(axis=0), resample(claims)
        claimed, drawn = claimed + added, drawn + resampled
        right[gold] += added[gold]
        drawn_right[:, gold] += resampled[:, gold]
    return right, claimed, (drawn_right, drawn)


def _check(run: LidMeasured) -> None:
    if run.judge.system.model.score != "probability":
        raise CannotMeasure(NO_PROBABILITY)


def _thresholds(run: LidMeasured) -> Figures:
    _check(run)
    found = found_thresholds(run).steps
    steps = np.array([found.get(name, -1) for name in run.gold])
    return Figures(np.where(steps >= 0, steps / STEPS, np.nan), reason=NO_ROWS)


def _threshold_of_all(run: LidMeasured) -> Figures:
    _check(run)
    found = found_thresholds(run)
    step = found.steps.get(ALL)
    if step is None:
        raise CannotMeasure(found.failed or OF_ONE)
    return Figures(np.asarray(step / STEPS if step >= 0 else np.nan), reason=NO_ROWS)


def _precision(run: LidMeasured) -> Figures:
    _check(run)
    steps, reasons = _steps(run)
    right, claimed, (drawn_right, drawn) = _counts(run, steps)
    known = steps >= 0
    if run.base_rate is not None:
        lines = run.matrix.lines
        seen = claimed - right, np.where(known, run.matrix.total - lines, 0)
        value, low, high = kept_share(share((right, lines)), seen, run.base_rate)
        undefined = [reason or bound for reason, bound in zip(reasons, known_bounds(low))]
        return Figures(value, bounds=(low, high), undefined=undefined)
    if run.independent:
        return Figures(share((right, claimed)), bounds=wilson(right, claimed), undefined=reasons)
    return Figures(share((right, claimed)), resampled=share((drawn_right, drawn)), undefined=reasons)


def _recall(run: LidMeasured) -> Figures:
    _check(run)
    steps, reasons = _steps(run)
    right, _, (drawn_right, _) = _counts(run, steps)
    trials = np.where(steps >= 0, run.matrix.lines, 0)
    if run.independent:
        return Figures(share((right, trials)), bounds=wilson(right, trials), undefined=reasons)
    lines = np.where(steps >= 0, run.resampled.lines, 0)
    return Figures(share((right, trials)), resampled=share((drawn_right, lines)), undefined=reasons)


def _of_all(bottom: int) -> Measure:
    """Right answers at the threshold of all languages, of all answers there (1) or of all lines (2)."""

    def measure(run: LidMeasured) -> Figures:
        _check(run)
        used = used_thresholds(run)
        step = used.steps.get(ALL)
        if step is None:
            raise CannotMeasure(used.failed or OF_ONE)
        counts: Ints = np.zeros(3, np.int64)
        drawn: Floats = np.zeros((RESAMPLES, 3))
        for gold, language in run.members() if step >= 0 else ():
            rows = _answers_by_row(run, gold, language, step)
            counts, drawn = counts + rows.sum(axis=0), drawn + resample(rows)
        hits, trials = counts[0], counts[bottom]
        value = share((hits, trials))
        if run.independent:
            return Figures(value, bounds=wilson(hits, trials))
        return Figures(value, resampled=share((drawn[:, 0], drawn[:, bottom])))

    return measure


def _answers_by_row(run: LidMeasured, gold: int, language: str, step: int) -> Ints:
    """Right answers at a step or above, all answers there, and all lines of a language, int64 [rows, 3]."""
    tally = run.tallies[language]
    cells, column = tally.answers, run.column(tally.answers)
    answered = run.classes.languages[column] & (cells.step >= step)
    kept = np.stack([answered & run.classes.stands[gold, column], answered, np.ones_like(answered)], axis=1)
    counts = np.zeros((tally.n_rows, 3), np.int64)
    np.add.at(counts, cells.row, kept * cells.lines[:, None])
    return counts


METRICS = (
    LidMetric(
        "threshold_for_precision",
        "score",
        "",
        f"the lowest score such that the predictions at it or above have a precision of "
        f"{PRECISION} or more, in the test or at the base rate that was named",
        NO_THRESHOLD,
        _thresholds,
        _threshold_of_all,
    ),
    LidMetric(
        "precision_at_threshold",
        "share",
        "higher",
        "precision of the predictions at the threshold or above (threshold_for_precision of this "
        "corpus, or of another that was named); p·R / (p·R + (1−p)·FPR) where a base rate p was "
        "named",
        NO_THRESHOLD,
        _precision,
        _of_all(1),
    ),
    LidMetric(
        "recall_at_threshold",
        "share",
        "higher",
        "right predictions at the same threshold or above / lines",
        NO_THRESHOLD,
        _recall,
        _of_all(2),
    ),
)
