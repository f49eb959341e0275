"""From bytes to lines and code points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Offsets, looked_up
from langcov.text.properties import Property, table
from langcov.text.strings import LF, Strings

CR = 0x0D
RANGES = 3  # of lead bytes that are looked for
BLOCK = 1 << 20  # bytes that are decoded at a time: what the processor's cache holds, and a bound on memory


def find_lines(data: Bytes) -> tuple[Strings, int]:
    """The lines of a text, without their line ends, and how many CRs stood before an LF and were dropped.

    A line ends at LF only; the last one need not. Nothing is copied.

    >>> lines, dropped = find_lines(np.frombuffer(b"a\\r\\n\\nb", np.uint8))
    >>> lines.to_list(), dropped
    (['a', '', 'b'], 1)
    """
    feeds = np.flatnonzero(data == LF)
    starts = np.concatenate([[0], feeds + 1])
    ends = np.concatenate([feeds, [len(data)]])
    if starts[-1] == len(data):
        starts, ends = starts[:-1], ends[:-1]
    with_cr = np.zeros(len(starts), bool)
    with_cr[: len(feeds)] = (feeds > starts[: len(feeds)]) & (data[feeds - 1] == CR)
    return Strings(data, starts, ends - with_cr), int(with_cr.sum())


def decode(data: Bytes) -> tuple[NDArray[np.uint32], Offsets]:
    """The code points of valid UTF-8, uint32 [m], and the byte at which each starts, int64 [m]."""
    return points_of(data), np.flatnonzero(is_lead(data))


def points_of(data: Bytes) -> NDArray[np.uint32]:
    """The code points of valid UTF-8, uint32 [m].

    Raises:
        UnicodeDecodeError: the bytes are not UTF-8.
    """
    return np.frombuffer(str(np.ascontiguousarray(data).data, "utf-8").encode("utf-32-le"), "<u4")


def is_lead(data: Bytes) -> NDArray[np.bool_]:
    """True for the first byte of each code point."""
    return (data & 0xC0) != 0x80


def utf8_lengths(points: NDArray[np.uint32]) -> Offsets:
    """Bytes of each code point in UTF-8, int64 [m]."""
    return np.searchsorted([0x80, 0x800, 0x10000], points, side="right") + 1


def lead_bytes(wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The bytes that code points begin with, bool [256], of those wanted, bool [0x110000]."""
    leads = np.zeros(256, bool)
    leads[[chr(point).encode()[0] for point in np.flatnonzero(wanted).tolist()]] = True
    return leads


def find(
    data: Bytes, wanted: NDArray[np.bool_], leads: NDArray[np.bool_]
) -> tuple[Offsets, NDArray[np.uint32]]:
    """Where a few code points stand in valid UTF-8, found without decoding the rest.

    Args:
        data: the text, uint8 [n_bytes].
        wanted: the code points, bool [0x110000].
        leads: their ``lead_bytes``.

    Returns:
        The byte at which each starts, int64 [k], and which it is, uint32 [k].
    """
    near = np.zeros(len(data), bool)
    for low, high in _ranges(leads.tobytes()):  # several times as fast as a look into a table for each byte
        near |= data - low <= high - low
    at = np.flatnonzero(near)
    at = at[leads[data[at]]]
    points = data[at].astype(np.uint32)
    several = np.flatnonzero(points >= 0xC0)
    lead = points[several]
    size = np.searchsorted([0xE0, 0xF0], lead, side="right") + 2
    point = lead & (0x7F >> size).astype(np.uint32)
    for place in range(1, 4):
        more = np.flatnonzero(size > place)
        point[more] = point[more] << 6 | (data[at[several[more]] + place] & 0x3F)
    points[several] = point
    found = wanted[points]
    return at[found], points[found]


@cache
def _ranges(leads: bytes) -> list[tuple[np.uint8, np.uint8]]:
    """At most ``RANGES`` ranges of bytes, first and last, that hold all that are set in bool [256].

    >>> [(int(low), int(high)) for low, high in _ranges(bytes([1, 1, *[0] * 9, 1, 0, 1, *[0] * 99, 1, 0, 0]))]
    [(0, 1), (11, 13), (113, 113)]
    """
    held = np.flatnonzero(np.frombuffer(leads, bool))
    gaps = np.sort(np.argsort(-np.diff(held), kind="stable")[: RANGES - 1])
    gaps = gaps[np.diff(held)[gaps] > 1]
    firsts, lasts = (
        held[np.append(0, gaps + 1)[: len(held)]],
        held[np.append(gaps, len(held) - 1)[: len(held)]],
    )
    return list(zip(firsts.astype(np.uint8), lasts.astype(np.uint8)))


@dataclass(frozen=True, eq=False)
class Block:
    """Decoded strings: some neighbours out of a longer list, each of them a text of its own."""

    which: slice  # their place in the list
    strings: Strings  # they themselves, packed
    points: NDArray[np.uint32]  # code points of all of them, uint32 [m]
    nonempty: Offsets  # the strings that have a code point, int64 [k]
    first: Offsets  # index of the first code point of each of those, int64 [k]

    @cached_property
    def opens(self) -> NDArray[np.bool_]:
        """True for the first code point of each string, bool [m]."""
        opens = np.zeros(len(self.points), bool)
        opens[self.first] = True
        return opens

    @cached_property
    def leads(self) -> Offsets:
        """The byte of ``strings.data`` at which each code point starts, int64 [m]."""
        return np.flatnonzero(is_lead(self.strings.data))

    def get(self, name: Property) -> NDArray[np.uint8]:
        """A property of each code point, uint8 [m]."""
        return looked_up(table(name), self.points)

    def sum(self, flags: NDArray[np.bool_]) -> Offsets:
        """How many code points of each string are flagged, int64 [n]."""
        sums = np.zeros(len(self.strings), np.int64)
        if len(self.first):
            sums[self.nonempty] = np.add.reduceat(flags, self.first, dtype=np.int64)
        return sums

    def owners(self, indices: Offsets) -> Offsets:
        """The string, counted within the block, that each code point belongs to."""
        if len(self.nonempty) == 1:  # it may be of any length
            return np.full(len(indices), self.nonempty[0])
        return self.nonempty[self._rank[indices]]

    @cached_property
    def _rank(self) -> NDArray[np.int32]:
        """For each code point, how many strings with a code point stand before its own, int32 [m]."""
        return np.cumsum(self.opens, dtype=np.int32) - np.int32(1)


class Decoded:
    """Strings with their blocks, kept so that several counts share the decoding."""

    def __init__(self, strings: Strings) -> None:
        self.strings = strings
        self.blocks = list(blocks(strings))

    def __len__(self) -> int:
        return len(self.strings)


def blocks(strings: Strings | Decoded) -> Iterator[Block]:
    """Decode strings about a megabyte at a time; one long string is a block of its own."""
    if isinstance(strings, Decoded):
        yield from strings.blocks
        return
    for which in slices(strings):
        packed = strings[which].packed()
        nonempty = np.flatnonzero(packed.lengths)
        first = np.zeros(len(nonempty), np.int64)
        if len(nonempty):
            counts = np.add.reduceat(is_lead(packed.data), packed.starts[nonempty], dtype=np.int64)
            np.cumsum(counts[:-1], out=first[1:])
        yield Block(which, packed, points_of(packed.data), nonempty, first)


def slices(strings: Strings, most: int = BLOCK) -> Iterator[slice]:
    """Cut a list of strings into neighbours of about ``most`` bytes in all."""
    total = np.cumsum(strings.lengths)
    size = int(total[-1]) if len(total) else 0
    inner = np.searchsorted(total, np.arange(most, size, most), side="right")
    edges = np.unique(np.concatenate([[0], inner, [len(strings)]])).tolist()
    yield from map(slice, edges[:-1], edges[1:])
