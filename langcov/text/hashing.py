"""Hash and compare many strings at once, eight bytes at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.text.scan import slices
from langcov.text.strings import Bytes, Offsets, Strings, ranges

Words = NDArray[np.uint64]

_LOW_BYTES = np.array([(1 << 8 * n) - 1 for n in range(9)], "<u8")
_GOLDEN, _MIX_1, _MIX_2 = (
    np.uint64(constant) for constant in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)


def hashes(strings: Strings) -> Words:
    """A 64-bit hash of the bytes of each string, uint64 [n].

    The sum of splitmix64(word + golden ratio * (place + 1)) over its 8-byte words, plus its length.
    """
    result = strings.lengths.astype(np.uint64)
    windows = _windows(strings.data)
    for which in slices(strings):
        words, place, first, nonempty = _words(windows, strings[which])
        if len(nonempty):
            mixed = _splitmix(words + place.astype(np.uint64) * _GOLDEN)
            result[nonempty + which.start] += np.add.reduceat(mixed, first)
    return result


def same(one: Strings, other: Strings) -> NDArray[np.bool_]:
    """Whether each string of one list has the bytes of the string at its place in another, bool [n]."""
    equal = one.lengths == other.lengths
    apart = one.starts != other.starts if one.data is other.data else np.True_
    compared = np.flatnonzero(equal & apart)
    one, other = one[compared], other[compared]
    windows, other_windows = _windows(one.data), _windows(other.data)
    for which in slices(one):
        words, _, first, nonempty = _words(windows, one[which])
        differ = np.flatnonzero(words != _words(other_windows, other[which])[0])
        owner = nonempty[np.searchsorted(first, differ, side="right") - 1]
        equal[compared[owner + which.start]] = False
    return equal


def _windows(data: Bytes) -> Words:
    """The 8 bytes from each byte on, as a number, uint64 [n_bytes + 1]: overlapping views of one copy."""
    padded = np.concatenate([data, np.zeros(8, np.uint8)])
    return np.ndarray(len(data) + 1, "<u8", padded.data, strides=(1,))


def _words(windows: Words, strings: Strings) -> tuple[Words, Offsets, Offsets, Offsets]:
    """Strings as 8-byte words, the last of each filled up with zeros.

    Returns:
        the words of all strings, uint64 [m]; the place of each in its string from 1, int64 [m];
        the index of the first word of each string that has any, int64 [k]; those strings, int64 [k].
    """
    counts = (strings.lengths + 7) // 8
    nonempty = np.flatnonzero(counts)
    last = np.cumsum(counts)[nonempty] - 1
    place = ranges(np.ones_like(counts), counts)
    words = windows[np.repeat(strings.starts - 8, counts) + 8 * place]
    words[last] &= _LOW_BYTES[(strings.lengths[nonempty] - 1) % 8 + 1]
    return words, place, last - counts[nonempty] + 1, nonempty


def _splitmix(numbers: Words) -> Words:
    """The finishing steps of splitmix64 (Steele, Lea and Flood 2014): every bit moves every bit."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX_1
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _MIX_2
    return numbers ^ (numbers >> np.uint64(31))
