"""Which strings are the same: each different one gets a number, once and for all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Growing, Offsets, Words
from langcov.text.hashing import EDGES, edges, hashes, same_edges, same_middles
from langcov.text.strings import Strings

FEWEST_SLOTS = 1 << 10
NUMBER_BITS = 32
NUMBERS = (1 << NUMBER_BITS) - 1
FREE = np.int64(-1)


class Distinct:
    """The different strings met so far, numbered in the order in which they came first.

    A hash table in flat arrays (open addressing, linear probing), filled and searched for many strings at
    once. Exact: each string is compared byte for byte with the one whose number it gets; those that share
    a hash with another are told apart by a dict.

    >>> words = Distinct()
    >>> words.add(Strings.of(["ак", "барс", "ак"])).tolist(), words.strings.to_list()
    ([0, 1, 0], ['ак', 'барс'])
    >>> words.add(Strings.of(["кыш", "барс"])).tolist()
    [2, 1]
    """

    def __init__(self) -> None:
        self._data, self._offsets = Growing(np.uint8), Growing(np.int64)
        self._offsets.extend(np.zeros(1, np.int64))
        self._hashes, self._edges = Growing(np.uint64), Growing(np.uint64, (4,))
        self._slots = np.full(FEWEST_SLOTS, FREE)
        self._clashing: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._edges)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes."""
        columns = self._data, self._offsets, self._hashes, self._edges
        return self._slots.nbytes + sum(column.nbytes for column in columns)

    @property
    def strings(self) -> Strings:
        """The different strings, back to back; good until the next ``add``."""
        offsets = self._offsets.values
        return Strings(self._data.values, offsets[:-1], offsets[1:])

    def add(self, strings: Strings) -> Offsets:
        """The number of each string, int64 [n]; new ones get the next numbers."""
        edged = edges(strings)
        hashed = hashes(strings, edged)
        index, new = self._number(hashed)
        self._append(strings[new], [column[new] for column in edged])
        right = same_edges(edged, [*np.take(self._edges.values, index, axis=0).T])
        long = np.flatnonzero(right & (strings.lengths > EDGES))
        right[long] = same_middles(strings[long], self.strings[index[long]])
        for which in np.flatnonzero(~right).tolist():
            one = slice(which, which + 1)
            (text,) = strings[one]
            index[which] = self._clashing.setdefault(text, len(self))
            if index[which] == len(self):
                self._hashes.extend(hashed[one])
                self._append(strings[one], [column[one] for column in edged])
        return index

    def _number(self, hashed: Words) -> tuple[Offsets, Offsets]:
        """The number of each hash, int64 [n], and which hashes are new, int64 [k]; those are kept.

        The first of those that are new claims a free slot with ``size + place`` in the batch.
        """
        self._make_room(len(hashed))
        size = len(self._hashes)
        entry, slot = _entries(hashed, np.arange(size, size + len(hashed))), _slots(hashed, self._slots)
        found = self._claim(slot, entry)
        index = found & NUMBERS
        rest = np.flatnonzero(_differ(found, entry))
        while len(rest):
            slot[rest] = slot[rest] + 1 & len(self._slots) - 1
            found = self._claim(slot[rest], entry[rest])
            index[rest] = found & NUMBERS
            rest = rest[_differ(found, entry[rest])]
        new = np.flatnonzero(index == np.arange(size, size + len(hashed)))
        later = np.flatnonzero(index >= size)
        index[later] = np.searchsorted(new, index[later] - size) + size
        self._slots[slot[new]] = _entries(hashed[new], index[new])
        self._hashes.extend(hashed[new])
        return index, new

    def _make_room(self, more: int) -> None:
        """Keep half of the slots free."""
        hashed = self._hashes.values
        wanted = 2 * (len(hashed) + more)
        if wanted <= len(self._slots):
            return
        self._slots = np.full(1 << wanted.bit_length(), FREE)
        entry, slot = _entries(hashed, np.arange(len(hashed))), _slots(hashed, self._slots)
        while len(entry):
            lost = self._claim(slot, entry) != entry
            entry, slot = entry[lost], slot[lost] + 1 & len(self._slots) - 1

    def _claim(self, slot: Offsets, entry: Offsets) -> Offsets:
        """What stands in some slots, int64 [n], once each free one holds the first entry that came to it."""
        found = self._slots[slot]
        free = np.flatnonzero(found == FREE)
        self._slots[slot[free[::-1]]] = entry[free[::-1]]  # the last to be written stays
        found[free] = self._slots[slot[free]]
        return found

    def _append(self, strings: Strings, edged: Sequence[Words]) -> None:
        packed = strings.packed()
        self._data.extend(packed.data)
        self._offsets.extend(packed.ends + self._offsets.values[-1])
        self._edges.extend(np.stack(edged, axis=1))


def _slots(hashed: Words, slots: Offsets) -> Offsets:
    """Where the search for a hash begins: its low bits."""
    return (hashed & np.uint64(len(slots) - 1)).astype(np.int64)


def _entries(hashed: Words, numbers: Offsets) -> Offsets:
    """What stands in a slot: the high bits of a hash, and a number."""
    return (hashed >> np.uint64(NUMBER_BITS + 1)).astype(np.int64) << NUMBER_BITS | numbers


def _differ(one: Offsets, other: Offsets) -> NDArray[np.bool_]:
    """Whether entries are of different hashes, as far as they tell, bool [n]."""
    return (one ^ other) >> NUMBER_BITS != 0


def distinct(strings: Strings) -> tuple[Strings, Offsets]:
    """The different strings in order of first occurrence, and for each string which of them it is, int64 [n].

    >>> different, which = distinct(Strings.of(["ак", "барс", "ак"]))
    >>> different.to_list(), which.tolist()
    (['ак', 'барс'], [0, 1, 0])
    """
    found = Distinct()
    which = found.add(strings)
    return found.strings, which
