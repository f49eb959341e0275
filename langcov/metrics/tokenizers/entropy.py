"""Rényi entropy of the distribution of ids, and its efficiency (Zouhar et al. 2023)."""

from __future__ import annotations

from functools import cache, lru_cache, reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Floats, Ints
from langcov.metrics.intervals import weights

ALPHA = 2.5
AT_ONCE = 1 << 8
"""Ids worked on together: what is made of them for all resamples fits the processor's cache."""
BYTE = 1 << 8


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

    What ids of a single row add is (weight of the row)^2.5 × Σ count^2.5, for all of a row's together. Of the
    others, those that are rare enough for bytes are added up row by row; the rest is a matrix product.

    Args:
        row, column, count: id ``column`` stands ``count`` times in ``row``, each pair once, int64 [m] each.
        n_rows: of which ``row`` is one.

    Returns:
        NaN where a resample holds no tokens.
    """
    drawn, powers_of_drawn, by_row = _drawn(n_rows)
    tokens = drawn @ np.bincount(row, count, n_rows)
    most = np.bincount(column, count) * drawn.max()
    single, few = np.bincount(column) == 1, most < BYTE
    alone, rare = single[column], (few & ~single)[column]
    many = ~few & ~single
    often = many[column]
    powers = powers_of_drawn @ np.bincount(row[alone], _power(count[alone].astype(np.float64)), n_rows)
    powers += _power_of_rare(by_row, row[rare], column[rare], count[rare])
    # Whole numbers that float32 holds exactly are multiplied in half the time.
    kind = np.float32 if most.max(initial=0) < 1 << 24 else np.float64
    counts = np.zeros((n_rows, int(many.sum())), kind)
    counts[row[often], (np.cumsum(many) - 1)[column[often]]] = count[often]
    powers += _power((drawn.astype(kind) @ counts).astype(np.float64)).sum(axis=1)
    with np.errstate(invalid="ignore"):  # 0 / 0
        return np.asarray(np.log2(powers / _power(tokens)) / (1 - ALPHA))


@lru_cache(maxsize=2)
def _drawn(rows: int) -> tuple[Floats, Floats, NDArray[np.uint8]]:
    """The weights of rows, their powers, and they by row as bytes (of so many rows that the same is rare)."""
    drawn = weights(rows)
    return drawn, _power(drawn), np.ascontiguousarray(drawn.T).astype(np.uint8)


def _power(values: Floats) -> Floats:
    """values^2.5, many times as fast as a power."""
    return np.asarray(values * values * np.sqrt(values))


def _power_of_rare(by_row: NDArray[np.uint8], row: Ints, column: Ints, count: Ints) -> Floats:
    """Σ times^2.5 over ids in each resample, none of them more than 255 times in any, float64 [RESAMPLES].

    Args:
        by_row: how often each row stands in each resample, uint8 [rows, RESAMPLES].
        row, column, count: as for ``resampled_entropy``.
    """
    row, column = np.repeat(row, count), np.repeat(column, count)
    times = np.bincount(column)[column]
    order = np.argsort(times * (column.max(initial=0) + 1) + column)  # ids of as many tokens side by side
    row, times = row[order], times[order]
    powers = np.zeros(by_row.shape[1])
    edges = [*np.flatnonzero(np.diff(times, prepend=-1)).tolist(), len(times)]
    for start, end in pairwise(edges):
        rows = row[start:end].reshape(-1, times[start])
        for at in range(0, len(rows), AT_ONCE):
            powers += _power_of_bytes(reduce(np.add, (by_row[one] for one in rows[at : at + AT_ONCE].T)))
    return powers


def _power_of_bytes(times: NDArray[np.uint8]) -> Floats:
    """Σ times^2.5 over the ids of each resample, float64 [RESAMPLES]; several are looked up as one number.

    Args:
        times: uint8 [ids, RESAMPLES].
    """
    together = 4 if times.max() < 1 << 4 else 2
    joined = np.zeros((-(-len(times) // together), times.shape[1]), np.uint16)
    for place in range(together):
        some = times[place::together]
        joined[: len(some)] |= some.astype(np.uint16) << place * (16 // together)
    return np.asarray(_powers(together).take(joined, mode="clip").sum(axis=0))


@cache
def _powers(together: int) -> Floats:
    """Σ times^2.5 of so many small numbers that are joined to one of 16 bits, float64 [1 << 16]."""
    power = _power(np.arange(1 << 16 // together, dtype=np.float64))
    return reduce(np.add.outer, [power] * together).ravel()


def efficiency(counts: Floats | NDArray[np.int64], types: int) -> Floats:
    """H_2.5 over the largest entropy that ``types`` types can have, rounded to 12 digits, float64 [...]."""
    return of_types(renyi_entropy(counts), types)


def of_types(entropy: Floats, types: int) -> Floats:
    """An entropy over the largest that ``types`` types can have, rounded to 12 digits, float64 [...]."""
    return np.asarray(np.round(entropy / np.log2(types), 12))
