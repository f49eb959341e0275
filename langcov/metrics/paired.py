"""Paired tests: of systems measured on the same rows, which is best, and against whom that holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Floats, Ints
from langcov.metrics.intervals import RESAMPLES, SEED, middle, resample, too_few

LEVEL = 0.05  # an adjusted p below it tells two systems apart


class Comparison(NamedTuple):
    """The best system against another on the same rows."""

    # system, other: their names
    system: str
    other: str
    difference: float  # the figure of ``other`` less that of ``system``
    # low, high: of the difference, the middle 95 % of the paired resamples
    low: float
    high: float
    p: float  # two-sided, from the paired resamples; the least possible is 2 / (resamples + 1)
    p_adjusted: float  # after Holm (1979) over all others that ``system`` is compared with


def against_lowest(ratios: Mapping[str, Ints]) -> list[Comparison]:
    """The system whose ratio of sums is lowest against each other one, in the order given.

    Rows are drawn for all systems together, so that what makes a row long for one makes it so for the others.
    For many systems there are more resamples, as the least possible adjusted p has to be below ``LEVEL``.

    Args:
        ratios: by system, what is divided and what it is divided by, int64 [rows, 2], rows the same in all.

    Returns:
        Nothing where fewer than two systems, too few rows, or a sum of 0 leave nothing to test.

    >>> rows = np.arange(1, 31)
    >>> [one] = against_lowest({"a": np.stack([3 * rows, rows], 1), "b": np.stack([2 * rows, rows], 1)})
    >>> one.system, one.other, one.difference, one.p_adjusted < LEVEL
    ('b', 'a', 1.0, True)
    """
    if len(ratios) < 2:
        return []
    names, counted = list(ratios), np.stack(list(ratios.values()), axis=1)
    if too_few(len(counted)):
        return []
    times = math.ceil(2 * (len(names) - 1) / (LEVEL * RESAMPLES))
    drawn = np.concatenate([resample(counted, SEED + more) for more in range(times)])
    if not drawn[..., 1].all():
        return []
    value = np.divide(*counted.sum(axis=0).T)
    return compared(names, value, drawn[..., 0] / drawn[..., 1], int(value.argmin()))


def compared(names: Sequence[str], value: Floats, drawn: Floats, best: int) -> list[Comparison]:
    """One system against each other one, in the order given.

    Args:
        names: of the systems.
        value: the figure of each, float64 [n].
        drawn: the same in resamples of the rows, drawn for all systems together, float64 [resamples, n].
        best: the place of the one that the others are compared with.
    """
    others = [at for at in range(len(names)) if at != best]
    differences = (drawn[:, others] - drawn[:, [best]]).T
    low, high = middle(differences[:, :RESAMPLES])
    p = _two_sided(differences)
    return [
        Comparison(names[best], names[other], float(value[other] - value[best]), *map(float, bounds))
        for other, *bounds in zip(others, low, high, p, holm(p))
    ]


def _two_sided(differences: Floats) -> Floats:
    """How often the resamples fall on the rarer side of 0, twice, float64 [n] (Davison and Hinkley 1997)."""
    rarer = np.minimum((differences <= 0).sum(axis=1), (differences >= 0).sum(axis=1))
    return np.minimum(1.0, 2 * (rarer + 1) / (differences.shape[1] + 1))


def holm(p: Floats) -> Floats:
    """Holm's adjusted p of tests made together, float64 [n].

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(np.minimum(1.0, p[order] * np.arange(len(p), 0, -1)))
    adjusted = np.empty_like(stepped)
    adjusted[order] = stepped
    return adjusted
