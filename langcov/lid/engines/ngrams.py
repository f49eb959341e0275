"""The n-grams of letters that fastText sees in words, as rows of its input matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.lid.engines.weights import Rows
from langcov.text.scan import is_lead
from langcov.text.strings import Strings

FNV_BASIS, FNV_PRIME = np.uint32(2166136261), np.uint32(16777619)
BEGIN, END = ord("<"), ord(">")
NONE = -1

Hashes32 = NDArray[np.uint32]


class NGrams:
    """The n-grams of a model.

    Args:
        shortest, longest: in code points, with the ``<`` before a word and the ``>`` after it.
        buckets: that they are hashed into.
        first_row: of the buckets, where ``bucket_rows`` is None.
        bucket_rows: the row of each bucket, −1 for none, int32 [buckets].
    """

    def __init__(
        self, shortest: int, longest: int, buckets: int, first_row: int, bucket_rows: Rows | None
    ) -> None:
        self._shortest, self._longest = max(shortest, 1), longest
        self._buckets, self._first_row, self._bucket_rows = np.uint32(buckets or 1), first_row, bucket_rows

    def rows(self, words: Strings) -> tuple[Rows, Ints]:
        """The rows of the n-grams of each word, by start and then by length as in the library.

        Returns:
            The rows, int32 [m]; and how many each word has, int64 [n].
        """
        if self._longest < self._shortest or not len(words):
            return np.zeros(0, np.int32), np.zeros(len(words), np.int64)
        data, starts = _framed(words)
        lead = np.flatnonzero(is_lead(data))
        first = np.searchsorted(lead, starts)
        found = np.full((len(lead), self._longest), NONE, np.int32)
        hashed = np.full(len(lead), FNV_BASIS)
        letters = _letters(data, lead)
        # The letters of its word from each one on.
        left = np.repeat(np.append(first[1:], len(lead)), np.diff(np.append(first, len(lead))))
        left -= np.arange(len(lead))
        edge = np.zeros(len(lead), bool)
        edge[first] = edge[first - 1] = True
        for length in range(1, self._longest + 1):
            kept = len(lead) - length + 1
            if kept <= 0:
                break
            hashed = _folded(hashed[:kept], letters, length - 1)
            if length < self._shortest:
                continue
            there = left[:kept] >= length
            if length == 1:
                there &= ~edge
            found[:kept, length - 1] = np.where(there, self._row(hashed), NONE)
        kept_rows = found >= 0
        counts = np.add.reduceat(kept_rows.sum(axis=1), first)
        return found[kept_rows], counts

    def _row(self, hashed: Hashes32) -> Rows:
        bucket = hashed % self._buckets
        if self._bucket_rows is None:
            return (bucket + np.uint32(self._first_row)).astype(np.int32)
        return np.take(self._bucket_rows, bucket)


def _framed(words: Strings) -> tuple[NDArray[np.uint8], Ints]:
    """Words between ``<`` and ``>``, back to back, and where each begins."""
    packed, each = words.packed(), np.arange(len(words))
    starts, ends = packed.starts + 2 * each, packed.ends + 2 * each + 1
    data = np.empty(len(packed.data) + 2 * len(words), np.uint8)
    inside = np.ones(len(data), bool)
    inside[starts] = inside[ends] = False
    data[inside], data[starts], data[ends] = packed.data, BEGIN, END
    return data, starts


def _letters(data: NDArray[np.uint8], lead: Ints) -> list[tuple[Hashes32, NDArray[np.bool_] | None]]:
    """The first, second, third and fourth bytes of letters, sign-extended, and which letters have one."""
    signed = np.append(data, np.zeros(3, np.uint8)).view(np.int8).astype(np.int32).view(np.uint32)
    size = np.diff(np.append(lead, len(data)))
    return [
        (signed[lead + place], size > place if place else None) for place in range(int(size.max(initial=1)))
    ]


def _folded(
    hashed: Hashes32, letters: list[tuple[Hashes32, NDArray[np.bool_] | None]], shift: int
) -> Hashes32:
    """FNV-1a of one more letter, the one ``shift`` places on, byte by byte."""
    for values, has in letters:
        more = (hashed ^ values[shift:]) * FNV_PRIME
        hashed = more if has is None else np.where(has[shift:], more, hashed)
    return hashed
