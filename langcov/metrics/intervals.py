"""Percentile bootstrap over rows: one matrix of integer weights, one matrix product (MEASURES, Intervals)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 0
FEWEST_ROWS = 20

Floats = NDArray[np.float64]


def too_few(rows: int) -> str | None:
    """Why there is no interval on this many rows, if there is none."""
    if rows < FEWEST_ROWS:
        return f"no interval: {rows} rows, fewer than {FEWEST_ROWS}"
    return None


@lru_cache(maxsize=2)
def weights(rows: int) -> Floats:
    """How often each row stands in each resample, whole numbers as float64 [RESAMPLES, rows].

    ``RandomState`` and not ``default_rng``, because NumPy promises its stream for good (NEP 19).
    """
    draws = np.random.RandomState(SEED).multinomial(rows, np.full(rows, 1 / rows), size=RESAMPLES)
    return draws.astype(np.float64)


def resample(counters: NDArray[np.int64]) -> Floats:
    """Sums of counters in each resample, float64 [RESAMPLES, …] (exact: whole numbers below 2**53).

    Args:
        counters: int64 [rows, …].

    Raises:
        OverflowError: a sum could pass 2**53.
    """
    flat = counters.reshape(len(counters), -1)
    if flat.size and len(flat) * int(flat.max()) >= 2**53:
        raise OverflowError("a resampled sum could pass 2**53")
    return (weights(len(flat)) @ flat).reshape(RESAMPLES, *counters.shape[1:])


def interval(values: Floats) -> tuple[float, float] | None:
    """The middle 95 % of the resampled values; None if one of them is not a number."""
    if not np.isfinite(values).all():
        return None
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
