"""Integers added up by key or by row, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints

SMALL_KEYS, MANY_KEYS = 1 << 21, 1 << 16
"""Keys that are counted without sorting, and how many of them make it worth while."""


@dataclass(eq=False)
class Histogram:
    """Counts of integer keys, sorted by key, int64 [n] each."""

    keys: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, keys: Ints, counts: Ints) -> None:
        """Add counts, of keys in any order and repeated as they may be."""
        if not len(self.keys) and (keys[1:] > keys[:-1]).all():  # no key among them, or all in order
            self.keys, self.counts = keys, counts
            return
        if len(keys) >= MANY_KEYS:
            keys, counts = _without_repeats(keys, counts)
        keys, counts = _sorted(np.concatenate([self.keys, keys]), np.concatenate([self.counts, counts]))
        first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        self.keys, self.counts = keys[first], np.add.reduceat(counts, first)
        if self.counts.max(initial=0) >= 2**53:
            raise OverflowError("a counter passed 2**53")

    def folded(self, steps: int) -> Histogram:
        """Of keys ``row << 32 | …``, those of ``2**steps`` neighbouring rows joined."""
        joined = Histogram()
        joined.add((self.keys >> 32 >> steps) << 32 | (self.keys & 0xFFFFFFFF), self.counts)
        return joined


def _sorted(keys: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """In the order of the keys; both sorted as one number where they fit, in a fraction of the time."""
    bits = int(counts.max()).bit_length()
    if int(keys.max()).bit_length() + bits <= 62 and min(int(keys.min()), int(counts.min())) >= 0:
        both = np.sort(keys << bits | counts)
        return both >> bits, both & (1 << bits) - 1
    order = np.argsort(keys)
    return keys[order], counts[order]


def _without_repeats(keys: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Small keys (ids, bare letters: nearly all) added up without sorting; the others as they are."""
    large = np.flatnonzero(keys >= SMALL_KEYS)
    dense = (
        sum_by(np.delete(keys, large), np.delete(counts, large), 0) if len(large) else sum_by(keys, counts, 0)
    )
    seen = np.flatnonzero(dense)
    return np.concatenate([seen, keys[large]]), np.concatenate([dense[seen], counts[large]])


def places_of(keys: Ints, among: Ints) -> Ints:
    """Where each key stands among sorted ones, which hold all of them, int64 [n]."""
    if among.max(initial=0) >= SMALL_KEYS:
        return np.searchsorted(among, keys)
    place = np.zeros(int(among.max(initial=0)) + 1, np.int32)
    place[among] = np.arange(len(among))
    return place[keys].astype(np.int64)


def sum_by(place: Ints, values: Ints, size: int) -> Ints:
    """Sums of ``values`` that share a ``place``, int64 [size].

    Raises:
        OverflowError: a sum passes 2**53, where floats stop being exact integers.
    """
    sums = np.bincount(place, weights=values, minlength=size)
    if len(sums) and sums.max() >= 2**53:
        raise OverflowError("a counter passed 2**53")
    return sums.astype(np.int64)


def add_by_row(rows: Ints, row: Ints, values: NDArray[np.int32] | Ints, which: Ints) -> None:
    """Add ``values[which]`` to the rows that they belong to.

    Args:
        rows: counters by row, int64 [rows, counters]; changed in place.
        row: of each value, int64 [n]; neighbours of one row are summed at once.
        values: int32 or int64 [m, counters].
        which: int64 [n].
    """
    edges = np.flatnonzero(np.diff(row, prepend=-1))
    if len(edges):
        sums = np.add.reduceat(np.take(values, which, axis=0), edges, axis=0, dtype=np.int64)
        np.add.at(rows, row[edges], sums)
