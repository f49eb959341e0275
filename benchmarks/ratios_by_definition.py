"""Ratios of sums over rows and their intervals by definition alone, in plain loops.

An interval is the same ratio in each of 1,000 resamples of the rows.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Hashable, Sequence
from functools import cache
from operator import mul
from typing import NamedTuple

import numpy as np

from benchmarks.counts_by_definition import Text


class Value(NamedTuple):
    """What a record must say; ``value`` None stands for a null with any reason."""

    value: float | None
    bounds: tuple[float, float] | None = None
    n: int | None = None
    rows: int | None = None
    dropped: int | None = None


def ratio(top: tuple[int, ...], bottom: tuple[int, ...], scale: float, n: int, dropped: int = 0) -> Value:
    """A ratio of sums over rows and its interval; none with fewer than 20 rows or where one divides by 0."""
    value = sum(top) / sum(bottom) * scale
    bounds = None
    if len(top) >= 20:
        below = sums(bottom)
        if all(below):
            bounds = middle([a / b * scale for a, b in zip(sums(top), below)])
    return Value(value, bounds, n, len(top), dropped)


@cache
def weights(rows: int) -> list[list[int]]:
    """How often each row stands in each of 1,000 resamples."""
    dice = np.random.RandomState(0)
    return [[int(n) for n in draw] for draw in dice.multinomial(rows, [1 / rows] * rows, size=1000)]


@cache
def sums(column: tuple[int, ...]) -> list[int]:
    """The sum of a column in each resample."""
    return [sum(map(mul, draw, column)) for draw in weights(len(column))]


def middle(values: Sequence[float]) -> tuple[float, float]:
    """The 2.5 % and 97.5 % points, straight lines between the ordered values."""
    ordered = sorted(values)
    bounds = []
    for share in (0.025, 0.975):
        place = share * (len(ordered) - 1)
        low = math.floor(place)
        high = min(low + 1, len(ordered) - 1)
        bounds.append(ordered[low] + (ordered[high] - ordered[low]) * (place - low))
    return bounds[0], bounds[1]


def same_rows(texts: Sequence[Text]) -> tuple[list[Hashable], int]:
    """The rows in which all languages have the same lines, and how many others any of them has."""
    every = list(dict.fromkeys(row for text in texts for row in text.rows))
    shared = []
    for row in every:
        held = [{key for key, _ in text.rows.get(row, [])} for text in texts]
        if all(keys and keys == held[0] for keys in held):
            shared.append(row)
    return shared, len(every) - len(shared)


def in_order(rows: Sequence[Hashable]) -> list[Hashable]:
    """The order in which paired rows are resampled: by number, or by the digest of a document's name."""
    if all(isinstance(row, int) for row in rows):
        return sorted(rows, key=lambda row: row if isinstance(row, int) else 0)
    return sorted(rows, key=digest)


def digest(name: Hashable) -> int:
    """The first 8 bytes of the BLAKE2b of a name."""
    return int.from_bytes(hashlib.blake2b(str(name).encode()).digest()[:8], "little")
