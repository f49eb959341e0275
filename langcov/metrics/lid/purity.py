"""What share of the text that a filter keeps for a language is in it, where the language is rare."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Floats
from langcov.metrics.intervals import wilson
from langcov.metrics.lid.matrix import Matrix, Ratio, share
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.lid.metric import Figures, LidMetric, Measure
from langcov.metrics.lid.shares import ALONE, false_positive_rate, recall

BASE_RATES = {"1e-3": 1e-3, "1e-4": 1e-4, "1e-5": 1e-5}


def purity(matrix: Matrix, rate: float) -> tuple[Floats, Floats, Floats]:
    """What share of the text that a filter keeps for a language is in it, at a base rate of the language.

    p·R / (p·R + (1−p)·FPR), the other languages mixed as in the test. The bounds carry the Wilson interval
    of FPR and take R as measured. Where no false positive was seen, a purity of 1 would be a claim about
    1/p lines that the test has not looked at: the value is NaN, the bounds tell what is known (from "≥ low"
    to 1). Where no line of the language was found either, the bounds are NaN too.

    Args:
        matrix: of all lines.
        rate: p, the share of the language in the text to be filtered.

    Returns:
        Value, low and high, float64 […, gold].
    """
    return kept_share(share(recall(matrix)), false_positive_rate(matrix), rate)


def kept_share(found: Floats, seen: Ratio, rate: float) -> tuple[Floats, Floats, Floats]:
    """``purity`` of a recall and of false positives among other lines, each […, gold]."""
    fewest, most = wilson(*seen)
    value, low, high = (at_base_rate(rate, found, one) for one in (share(seen), most, fewest))
    return np.where(seen[0] > 0, value, np.nan), np.where(np.isnan(high), np.nan, low), high


def at_base_rate(rate: float, found: Floats, false_positives: Floats) -> Floats:
    """p·R / (p·R + (1−p)·FPR), float64 […]."""
    return share((rate * found, rate * found + (1 - rate) * false_positives))


def known_bounds(low: Floats) -> list[str]:
    """What is known where no false positive was seen, for each class; empty where nothing is."""
    return [
        f"no false positive seen: {one:.4g} or more, by FPR's bound" if np.isfinite(one) else ""
        for one in low.tolist()
    ]


def _at(rate: float) -> Measure:
    def measure(run: LidMeasured) -> Figures:
        value, low, high = purity(run.matrix, rate)
        return Figures(value, bounds=(low, high), undefined=known_bounds(low))

    return measure


METRICS = tuple(
    LidMetric(
        f"purity_at_{name}",
        "share",
        "higher",
        f"p·R / (p·R + (1−p)·FPR), p = {name}: share of the text kept for the language that is in it, "
        "the rest being mixed as the test's other languages; bounds from FPR's Wilson interval",
        f"no false positive seen, so that FPR is known by its upper bound only; or {ALONE}",
        _at(rate),
    )
    for name, rate in BASE_RATES.items()
)
