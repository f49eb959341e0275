"""Rényi entropy of the distribution of ids, and its efficiency (Zouhar et al. 2023)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Floats, Ints, Whole
from langcov.metrics.intervals import RESAMPLES, weights

ALPHA = 2.5
AT_ONCE = 1 << 18
"""Cells of resamples × ids that are worked on together: what is made of them fits the processor's cache."""


def renyi_entropy(counts: Floats | NDArray[np.int64], alpha: float = ALPHA) -> Floats:
    """H_α in bits of the distributions along the last axis, float64 [...]; α = 1 is Shannon's.

    >>> float(renyi_entropy(np.array([1, 1, 1, 1])).round(6))
    2.0
    """
    shares: Floats = counts / counts.sum(axis=-1, keepdims=True)
    if alpha == 1:
        logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
        return np.asarray(-(shares * logs).sum(axis=-1))
    return np.asarray(np.log2((shares**alpha).sum(axis=-1)) / (1 - alpha))


def resampled_entropy(row: Ints, column: Ints, count: Ints, n_rows: int) -> Floats:
    """H_2.5 in bits of the ids of each resample of the rows, float64 [RESAMPLES].

    Most ids stand in one row only: what such ids add is (weight of the row)^2.5 × Σ count^2.5, for all of a
    row's together. Only the others are summed resample by resample.

    Args:
        row, column, count: id ``column`` stands ``count`` times in ``row``, each pair once, int64 [m] each.
        n_rows: of which ``row`` is one.
    """
    drawn = weights(n_rows)
    tokens = drawn @ np.bincount(row, count, n_rows)
    places = np.bincount(column)[column]
    alone = places == 1
    powers = drawn**ALPHA @ np.bincount(row[alone], count[alone] ** ALPHA, n_rows)
    # Ids that stand in more rows come first, so that those with a j-th row are always the first ones.
    order = np.lexsort((column, -places))[: len(places) - int(alone.sum())]
    starts = np.flatnonzero(np.diff(column[order], prepend=-1))
    most = int(drawn.max()) * int(np.bincount(column, count).max())
    kind = np.uint16 if most < 1 << 16 else np.int64
    by_row: Whole = np.ascontiguousarray(drawn.T).astype(kind)
    times: Whole = count[order].astype(kind)
    row = row[order]
    power = np.arange(most + 1) ** ALPHA
    step = max(1, AT_ONCE // RESAMPLES)
    for at in range(0, len(starts), step):
        some = starts[at : at + step]
        powers += power[_sums(by_row, row, times, some, places[order[some]])].sum(axis=0)
    return np.asarray(np.log2(powers / tokens**ALPHA) / (1 - ALPHA))


def _sums(by_row: Whole, row: Ints, count: Whole, starts: Ints, sizes: Ints) -> Whole:
    """How often some ids stand in each resample, [ids, RESAMPLES].

    Args:
        by_row: how often each row stands in each resample, [rows, RESAMPLES].
        row, count: the rows of each id and how often it stands there, those of one id together.
        starts, sizes: where each id's begin and how many they are, in falling order of how many.
    """
    sums: NDArray[Any] = np.zeros((len(starts), by_row.shape[1]), by_row.dtype)
    for nth in range(int(sizes[0])):
        at = starts[: np.searchsorted(-sizes, -nth)] + nth
        sums[: len(at)] += by_row[row[at]] * count[at, None]
    return sums


def efficiency(counts: Floats | NDArray[np.int64], types: int) -> Floats:
    """H_2.5 over the largest entropy that ``types`` types can have, rounded to 12 digits, float64 [...]."""
    return of_types(renyi_entropy(counts), types)


def of_types(entropy: Floats, types: int) -> Floats:
    """An entropy over the largest that ``types`` types can have, rounded to 12 digits, float64 [...]."""
    return np.asarray(np.round(entropy / np.log2(types), 12))
