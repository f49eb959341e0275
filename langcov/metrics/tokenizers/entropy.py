"""Rényi entropy of the distribution of ids, and its efficiency (Zouhar et al. 2023)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHA = 2.5

Floats = NDArray[np.float64]


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


def efficiency(counts: Floats | NDArray[np.int64], types: int) -> Floats:
    """H_2.5 over the largest entropy that ``types`` types can have, rounded to 12 digits, float64 [...]."""
    return np.asarray(np.round(renyi_entropy(counts) / np.log2(types), 12))
