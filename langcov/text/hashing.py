"""Hash and compare many strings at once, eight bytes at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Offsets, Words
from langcov.text.scan import slices
from langcov.text.strings import Strings, ranges

_LOW_BYTES = np.array([(1 << 8 * n) - 1 for n in range(9)], "<u8")
GOLDEN, _MIX_1, _MIX_2 = (
    np.uint64(constant) for constant in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_FX_SEEDS = np.array([0x243F6A8885A308D3, 0x13198A2E03707344], np.uint64)
_FX_MIX, _FX_FACTOR = np.uint64(0xA4093822299F31D0), np.uint64(0xF1357AEA2E62A9C5)
_FX_TURN, _HALF_BITS, _HALF = np.uint64(26), np.uint64(32), np.uint64(0xFFFFFFFF)
EDGES = 24  # bytes of a string that its first sixteen and last eight cover; most words have no more


def edges(strings: Strings) -> tuple[Words, Words, Words, Words]:
    """The first, second and last 8 bytes of strings (what they have of them) and the length, uint64 [n] each.

    Strings of up to ``EDGES`` bytes are the same if these are.
    """
    windows, lengths = _windows(strings.data), strings.lengths
    kept = _LOW_BYTES[np.minimum(lengths, 8)]
    first = windows[strings.starts] & kept
    second = windows[np.minimum(strings.starts + 8, strings.ends)] & _LOW_BYTES[np.clip(lengths - 8, 0, 8)]
    last = windows[np.maximum(strings.ends - 8, strings.starts)] & kept
    return first, second, last, lengths.astype(np.uint64)


def hashes(strings: Strings, edges: Sequence[Words]) -> Words:
    """A 64-bit hash of the bytes of each string, uint64 [n].

    Its ``edges``, folded in one after the other by splitmix64, plus the sum of
    splitmix64(word + golden ratio * (place + 1)) over the 8-byte words between them.
    """
    first, second, last, lengths = edges
    result = splitmix(splitmix(splitmix(first + lengths * GOLDEN) + second) + last)
    long = np.flatnonzero(lengths > EDGES)
    middle = _middle(strings[long])
    windows = _windows(strings.data)
    for which in slices(middle):
        words, place, begins = _words(windows, middle[which])
        mixed = splitmix(words + place.astype(np.uint64) * GOLDEN)
        result[long[which]] += np.add.reduceat(mixed, begins)
    return result


def same(one: Strings, other: Strings) -> NDArray[np.bool_]:
    """Whether each string of one list has the bytes of the string at its place in another, bool [n]."""
    equal = one.lengths == other.lengths
    alike = np.flatnonzero(equal & (one.lengths > 0))
    mine, theirs = one[alike].packed(), other[alike].packed()
    differ = np.flatnonzero(mine.data != theirs.data)
    equal[alike[np.searchsorted(mine.starts, differ, "right") - 1]] = False
    return equal


def same_edges(one: Sequence[Words], other: Sequence[Words]) -> NDArray[np.bool_]:
    """Whether strings have the same ``edges``, bool [n]."""
    equal = np.ones(len(one[0]), bool)
    for mine, theirs in zip(one, other):
        equal &= mine == theirs
    return equal


def same_middles(one: Strings, other: Strings) -> NDArray[np.bool_]:
    """Whether strings longer than ``EDGES``, each pair of one length, are the same between them, bool [n]."""
    equal = np.ones(len(one), bool)
    one, other = _middle(one), _middle(other)
    windows, other_windows = _windows(one.data), _windows(other.data)
    for which in slices(one):
        words, _, first = _words(windows, one[which])
        differ = np.flatnonzero(words != _words(other_windows, other[which])[0])
        equal[which.start + np.searchsorted(first, differ, side="right") - 1] = False
    return equal


def _windows(data: Bytes) -> Words:
    """The 8 bytes from each byte on, as a number, uint64 [n_bytes + 1]: overlapping views of one copy."""
    padded = np.concatenate([data, np.zeros(8, np.uint8)])
    return np.ndarray(len(data) + 1, "<u8", padded.data, strides=(1,))


def _middle(strings: Strings) -> Strings:
    """What the ``edges`` of long strings leave out."""
    return Strings(strings.data, strings.starts + 16, strings.ends - 8)


def _words(windows: Words, strings: Strings) -> tuple[Words, Offsets, Offsets]:
    """Strings, none of them empty, as 8-byte words, the last of each filled up with zeros.

    Returns:
        the words of all strings, uint64 [m]; the place of each in its string from 1, int64 [m];
        the index of the first word of each string, int64 [n].
    """
    counts = (strings.lengths + 7) // 8
    last = np.cumsum(counts) - 1
    place = ranges(np.ones_like(counts), counts)
    words = windows[np.repeat(strings.starts - 8, counts) + 8 * place]
    words[last] &= _LOW_BYTES[(strings.lengths - 1) % 8 + 1]
    return words, place, last - counts + 1


def splitmix(numbers: Words) -> Words:
    """The finishing steps of splitmix64 (Steele, Lea and Flood 2014): every bit moves every bit."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX_1
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _MIX_2
    return numbers ^ (numbers >> np.uint64(31))


def fx_hashes(strings: Strings) -> Words:
    """The hashes that ``FxHasher`` of rustc-hash 2 makes of strings of four bytes and more, uint64 [n].

    Libraries in Rust know strings by them.
    """
    windows, lengths = _windows(strings.data), strings.lengths
    one = windows[np.maximum(strings.starts, strings.ends - 16)]
    other = windows[strings.ends - 8]
    short = np.flatnonzero(lengths < 8)
    one[short] &= _HALF
    other[short] = windows[strings.ends[short] - 4] & _HALF
    one, other = one ^ _FX_SEEDS[0], other ^ _FX_SEEDS[1]
    long = np.flatnonzero(lengths > 16)
    begun = _fx_begun(windows, strings[long])
    one[long], other[long] = one[long] ^ begun[0], other[long] ^ begun[1]
    hashed = (_folded(one, other) ^ lengths.astype(np.uint64)) * _FX_FACTOR
    return (hashed << _FX_TURN) | (hashed >> (np.uint64(64) - _FX_TURN))


def _fx_begun(windows: Words, strings: Strings) -> Words:
    """What all but the last 16 bytes of strings, or fewer, change of the seeds, uint64 [2, n]."""
    seeds = np.repeat(_FX_SEEDS[:, None], len(strings), axis=1)
    place, left = strings.starts.copy(), np.arange(len(strings))
    while len(left):
        at = place[left]
        one, other = seeds[:, left]
        seeds[:, left] = other, _folded(one ^ windows[at], _FX_MIX ^ windows[at + 8])
        place[left] += 16
        left = left[place[left] + 16 < strings.ends[left]]
    return seeds ^ _FX_SEEDS[:, None]


def _folded(one: Words, other: Words) -> Words:
    """The lower half of the product of numbers, of 128 bits, XOR its upper half, uint64 [n]."""
    one_low, one_high, low, high = one & _HALF, one >> _HALF_BITS, other & _HALF, other >> _HALF_BITS
    first, second = one_low * high, one_high * low
    carried = ((one_low * low) >> _HALF_BITS) + (first & _HALF) + (second & _HALF)
    upper = one_high * high + (first >> _HALF_BITS) + (second >> _HALF_BITS) + (carried >> _HALF_BITS)
    return (one * other) ^ upper
