"""Which letters a text is written with, marks included."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Offsets
from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import blocks
from langcov.text.strings import Strings

BASE_BITS = 21


def letters(strings: Strings, weights: Offsets) -> tuple[Offsets, Offsets]:
    """How often code points occur, but for white space and marks; each with the first mark after it.

    All of them, because letters of some alphabets are no letters to Unicode: ’ (Veps), ׳ (Juhuri).

    Args:
        strings: the text.
        weights: how often each string counts, int64 [n].

    Returns:
        Keys ``mark << 21 | base`` (mark 0 where none follows), a key maybe several times, and their counts,
        int64 [k] each.

    >>> keys, counts = letters(Strings.of(["ка̄"]), np.array([2]))
    >>> [(chr(key & 0x1FFFFF), key >> 21) for key in keys.tolist()], counts.tolist()
    ([('к', 0), ('а', 772)], [2, 2])
    """
    keys: list[Offsets] = [np.zeros(0, np.int64)]
    counts = keys.copy()
    mark = table("grapheme_break") == GraphemeBreak.Extend
    skipped = mark | table("white_space").view(bool)
    for block in blocks(strings):
        sizes = np.diff(block.first, append=len(block.points))
        weight = np.repeat(weights[block.which][block.nonempty], sizes)
        marks = np.flatnonzero(np.take(mark, block.points) & ~block.opens)
        marks = marks[~skipped[block.points[marks - 1]]]
        base = block.points[marks - 1].astype(np.int64)
        bare = np.bincount(block.points, weights=weight)
        bare -= np.bincount(base, weights=weight[marks], minlength=len(bare))
        seen = np.flatnonzero((bare > 0) & ~skipped[: len(bare)])
        keys += [seen, block.points[marks].astype(np.int64) << BASE_BITS | base]
        counts += [bare[seen].astype(np.int64), weight[marks]]
    return np.concatenate(keys), np.concatenate(counts)
