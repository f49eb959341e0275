"""F1 of each language and its means over languages in four views; MCC; coverage."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from langcov.core.arrays import Floats
from langcov.metrics.lid.matrix import Classes, Counts, Matrix, share
from langcov.metrics.lid.measured import FEWEST_LINES
from langcov.metrics.lid.metric import NEVER, NO_LINES, Figures, LidMetric, scores

TOO_FEW = f"no language of {FEWEST_LINES} lines or more"
OF_THE_TEST = "no interval: it is of the languages, not of their lines"


def f1(matrix: Matrix) -> Floats:
    """2 TP / (lines + predictions), float64 […, gold]; NaN without a label, and with neither of both."""
    return share((2 * matrix.right, matrix.known + matrix.claimed))


def _macro(
    languages: Callable[[Matrix], Counts], each: Callable[[Matrix], Floats] = f1
) -> Callable[[Matrix], Floats]:
    """F1 added up, by a number of languages, float64 […]; of gold languages those with enough lines.

    A language without lines has F1 0 or NaN, so it adds nothing to the sum.
    """
    return lambda matrix: share((np.nansum(each(matrix) * matrix.averaged, axis=-1), languages(matrix)))


def _with_label(matrix: Matrix) -> Counts:
    return np.asarray((matrix.averaged & matrix.classes.covered).sum(axis=-1))


def _f1_of_covered_lines(matrix: Matrix) -> Floats:
    """After the lines of all languages without a label were taken out of the test; NaN for these."""
    covered = matrix.classes.covered
    own_lines_only = Classes(matrix.classes.stands[covered], matrix.classes.sentinels)
    found = np.full(matrix.lines.shape, np.nan)
    found[..., covered] = f1(Matrix(matrix.confusion[..., covered, :], own_lines_only))
    return found


macro_f1_gold = _macro(lambda matrix: np.asarray(matrix.averaged.sum(axis=-1)))
macro_f1_covered = _macro(_with_label, _f1_of_covered_lines)
macro_f1_observed = _macro(lambda matrix: matrix.observed_languages)
macro_f1_relevant = _macro(_with_label)


def mcc(matrix: Matrix) -> Floats:
    """Multi-class Matthews correlation (Gorodkin 2004, the R_K statistic), float64 […], 12 digits.

    A prediction that is wrong is of the gold class that it stands for; where it stands for none, or for
    several (a label without a script), it is of a class of its own that gold never names, like each
    sentinel. A language without a label is a class that the model never names. NaN where all lines are of
    one class, or all predictions (scikit-learn says 0).
    """
    total = np.where(matrix.total > 0, matrix.total, np.nan)[..., None]
    one = matrix.classes.stands.sum(axis=0) == 1
    gold, hits, misses = matrix.lines / total, matrix.right / total, matrix.wrong / total
    named, others = hits + misses @ (matrix.classes.stands & one).T, misses[..., ~one]
    covariance = (hits - gold * named).sum(axis=-1)
    spread_of_named = (named * (1 - named)).sum(axis=-1) + (others * (1 - others)).sum(axis=-1)
    spread = (gold * (1 - gold)).sum(axis=-1) * spread_of_named
    return np.asarray(np.round(covariance / np.sqrt(np.where(spread > 0, spread, np.nan)), 12))


def coverage(matrix: Matrix) -> Floats:
    """Gold languages that have a label / gold languages, float64 […]; few lines are enough here."""
    present = matrix.lines > 0
    return share(((present & matrix.classes.covered).sum(axis=-1), present.sum(axis=-1)))


METRICS = (
    LidMetric(
        "f1",
        "share",
        "higher",
        "2 TP / (lines of the language + predictions of it)",
        f"{NO_LINES}, {NEVER}",
        scores(f1),
        of_members=True,
    ),
    LidMetric(
        "macro_f1_gold",
        "share",
        "higher",
        f"mean F1 of all gold languages, 0 for the unsupported; gold languages of fewer than "
        f"{FEWEST_LINES} lines are left out",
        TOO_FEW,
        of_all=scores(macro_f1_gold),
    ),
    LidMetric(  # what papers print that test a model on its own languages
        "macro_f1_covered",
        "share",
        "higher",
        f"mean F1 of the gold languages with a label, on their lines only; gold languages of "
        f"fewer than {FEWEST_LINES} lines are left out",
        TOO_FEW,
        of_all=scores(macro_f1_covered),
    ),
    LidMetric(  # scikit-learn's default; sentinels are no languages
        "macro_f1_observed",
        "share",
        "higher",
        f"mean F1 of all languages in the test or predicted; gold languages of fewer than "
        f"{FEWEST_LINES} lines are left out",
        TOO_FEW,
        of_all=scores(macro_f1_observed),
    ),
    LidMetric(  # the relevant macro F1 of ULI 2020
        "macro_f1_relevant",
        "share",
        "higher",
        f"mean F1 of the gold languages with a label, false positives from all lines; gold "
        f"languages of fewer than {FEWEST_LINES} lines are left out",
        TOO_FEW,
        of_all=scores(macro_f1_relevant),
    ),
    LidMetric(
        "mcc",
        "coefficient",
        "higher",
        "multi-class Matthews correlation (Gorodkin 2004), sentinels and unsupported languages as classes",
        "one class only",
        of_all=scores(mcc),
    ),
    LidMetric(
        "coverage",
        "share",
        "higher",
        "gold languages that have a label / gold languages",
        NO_LINES,
        of_all=lambda run: Figures(coverage(run.matrix), reason=OF_THE_TEST),
    ),
)
