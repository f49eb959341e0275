"""Percentile bootstrap over rows: one matrix of integer weights, one matrix product (MEASURES, Intervals).

Shares of independent lines have Wilson's interval instead.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Floats
from langcov.core.names import number_of
from langcov.corpora.rows import LINE_ROWS

RESAMPLES = 1000
SEED = 0
FEWEST_ROWS = 20
Z = 1.959963984540054  # the 97.5 % point of the normal distribution


def too_few(rows: int) -> str | None:
    """Why there is no interval on this many rows, if there is none."""
    if rows < FEWEST_ROWS:
        return f"no interval: {number_of(rows, 'row')}, fewer than {FEWEST_ROWS}"
    return None


def weights(rows: int, seed: int = SEED) -> Floats:
    """How often each row stands in each resample, whole numbers as float64 [RESAMPLES, rows].

    ``RandomState`` and not ``default_rng``, because NumPy promises its stream for good (NEP 19).
    """
    return _few(rows, seed).astype(np.float64) if rows <= LINE_ROWS else _many(rows, seed)


@lru_cache(maxsize=LINE_ROWS)
def _few(rows: int, seed: int) -> NDArray[np.uint16]:
    return _draw(rows, seed).astype(np.uint16)


@lru_cache(maxsize=2)
def _many(rows: int, seed: int) -> Floats:
    return _draw(rows, seed).astype(np.float64)


def _draw(rows: int, seed: int) -> NDArray[np.int64]:
    return np.random.RandomState(seed).multinomial(rows, np.full(rows, 1 / rows), size=RESAMPLES)


def resample(counters: NDArray[np.int64], seed: int = SEED) -> Floats:
    """Sums of counters in each resample, float64 [RESAMPLES, …] (exact: whole numbers below 2**53).

    Args:
        counters: int64 [rows, …].
        seed: of the resamples; another one gives others.

    Raises:
        OverflowError: a sum could pass 2**53.
    """
    flat = counters.reshape(len(counters), -1)
    if flat.size and len(flat) * int(flat.max()) >= 2**53:
        raise OverflowError("a resampled sum could pass 2**53")
    # BLAS multiplies floats alone.
    return (weights(len(flat), seed) @ flat.astype(np.float64)).reshape(RESAMPLES, *counters.shape[1:])


def interval(values: Floats) -> tuple[float, float] | None:
    """The middle 95 % of the resampled values; None if one of them is not a number."""
    if not np.isfinite(values).all():
        return None
    low, high = middle(values)
    return float(low), float(high)


def middle(values: Floats) -> tuple[Floats, Floats]:
    """Bounds of the middle 95 % along the last axis: what ``np.quantile`` gives, in a tenth of its time.

    Args:
        values: float64 […, RESAMPLES], all finite.

    >>> low, high = middle(np.arange(1000.0))
    >>> float(low), float(high)
    (24.975, 974.025)
    """
    below, above = 0.025 * (RESAMPLES - 1), 0.975 * (RESAMPLES - 1)
    places = [int(below), int(below) + 1, int(above), int(above) + 1]
    a, b, c, d = np.moveaxis(np.partition(values, places, axis=-1)[..., places], -1, 0)
    return b - (b - a) * (1 - below % 1), c + (d - c) * (above % 1)


def wilson(hits: Floats | NDArray[np.int64], trials: Floats | NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Wilson's 95 % score interval of shares of independent trials (Wilson 1927).

    Unlike the normal interval it says something where no hit was seen: the upper bound.

    Args:
        hits, trials: whole numbers of one shape […], 0 ≤ hits ≤ trials.

    Returns:
        The lower and the upper bounds, float64 […]; NaN where there was no trial.

    >>> low, high = wilson(np.array([0, 5]), np.array([1000, 10]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.2366], [0.0038, 0.7634])
    """
    n = np.where(np.asarray(trials) > 0, trials, np.nan)
    share = hits / n
    middle = share + Z**2 / (2 * n)
    half = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    low, high = (middle - half) / (1 + Z**2 / n), (middle + half) / (1 + Z**2 / n)
    return np.where(hits == 0, 0 * n, low), np.where(hits == trials, n / n, high)
