"""Byte-pair encoding by merges alone, of many strings at once: no pattern, no normaliser, no added token.

What a vocabulary can and can't build is asked with it (``langcov audit``); text is encoded by the libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from langcov.core.arrays import Ints
from langcov.text.scan import is_lead, points_of
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Encoded

POINTS = 0x110000
_NONE = np.iinfo(np.int64).max
_PLACES = 32  # bits of a place beside a priority, and of an id beside another


@dataclass(frozen=True, eq=False)
class Merges:
    """The pairs of pieces that join, in their order.

    Attributes:
        pairs: ``left << 32 | right``, sorted, int64 [pairs].
        priority: the lowest is joined first, and of equals the leftmost, below 2^31, int64 [pairs].
        result: the piece that a pair becomes, int64 [pairs].
        first: the piece that a byte, or a code point, begins as, int64 [256] or [0x110000]. A character that
            is no piece has an id of its own behind those of the vocabulary.
    """

    pairs: Ints
    priority: Ints
    result: Ints
    first: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int]], first: Ints) -> Merges:
        """From rows of left, right, priority and result; of a pair that stands twice the first counts."""
        table = np.array(list(rows), np.int64).reshape(-1, 4)
        pairs, places = np.unique(table[:, 0] << _PLACES | table[:, 1], return_index=True)
        return cls(pairs, table[places, 2], table[places, 3], first)

    @property
    def of_bytes(self) -> bool:
        """Whether it is bytes that are merged, not characters."""
        return len(self.first) != POINTS

    def parts(self, strings: Strings) -> Encoded:
        """The pieces that merging leaves of each string.

        Args:
            strings: any bytes where ``first`` is of bytes, else UTF-8.

        >>> merges = Merges.of([(97, 98, 0, 256), (256, 256, 1, 257)], np.arange(256))
        >>> merges.parts(Strings.of(["abab", "aab", ""])).ids.tolist()
        [257, 97, 256]
        """
        packed = strings.packed()
        if self.of_bytes:
            ids, counts = self.first[packed.data], packed.lengths
        else:
            ids = self.first[points_of(packed.data)]
            before = np.append(0, np.cumsum(is_lead(packed.data)))
            counts = before[packed.ends] - before[packed.starts]
        return self._merged(ids, counts)

    def _merged(self, ids: Ints, counts: Ints) -> Encoded:
        """Join one pair of each string at a time, until none of any has one."""
        owner = np.repeat(np.arange(len(counts)), counts)
        kept: list[tuple[Ints, Ints]] = []
        urgency, result = self._looked_up(ids, owner, np.arange(len(ids)))
        while len(ids):
            opens = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
            best = np.minimum.reduceat(urgency, opens)
            done = np.repeat(best == _NONE, np.diff(np.append(opens, len(ids))))
            if done.any():
                kept.append((owner[done], ids[done]))
            at = opens[best != _NONE] + _within(urgency, opens)[best != _NONE]
            ids[at] = result[at]
            gone = done.copy()
            gone[at + 1] = True
            place = np.cumsum(~gone) - 1
            owner, ids, urgency, result = owner[~gone], ids[~gone], urgency[~gone], result[~gone]
            changed = place[at]
            beside = np.unique(np.concatenate([changed, np.maximum(changed - 1, 0)]))
            urgency[beside], result[beside] = self._looked_up(ids, owner, beside)
        return _gathered(kept, len(counts))

    def _looked_up(self, ids: Ints, owner: Ints, at: Ints) -> tuple[Ints, Ints]:
        """How soon the piece at a place joins the one behind it, and to which; ``_NONE`` where it doesn't."""
        after = np.minimum(at + 1, len(ids) - 1)
        pair = ids[at] << _PLACES | ids[after]
        found = np.minimum(np.searchsorted(self.pairs, pair), max(len(self.pairs) - 1, 0))
        if not len(self.pairs):
            return np.full(len(at), _NONE), np.zeros(len(at), np.int64)
        joins = (self.pairs[found] == pair) & (owner[at] == owner[after]) & (after > at)
        return np.where(joins, self.priority[found], _NONE), self.result[found]


def _within(urgency: Ints, opens: Ints) -> Ints:
    """Of the values of each group the place of its first smallest, int64 [groups]."""
    sizes = np.diff(np.append(opens, len(urgency)))
    smallest = np.repeat(np.minimum.reduceat(urgency, opens), sizes)
    at = np.flatnonzero(urgency == smallest)
    return at[np.searchsorted(at, opens)] - opens


def _gathered(kept: list[tuple[Ints, Ints]], n: int) -> Encoded:
    """The pieces of all strings in their order, out of those that were done together."""
    owner = np.concatenate([np.zeros(0, np.int64), *(of for of, _ in kept)])
    ids = np.concatenate([np.zeros(0, np.int64), *(some for _, some in kept)])
    order = np.argsort(owner, kind="stable")
    starts = np.append(0, np.cumsum(np.bincount(owner, minlength=n)))
    return Encoded(ids[order].astype(np.int32), starts)


def first_bytes(ids: Mapping[bytes, int]) -> Ints:
    """The piece of each byte, int64 [256]; one that is no piece has an id behind all others."""
    beyond = max(ids.values(), default=-1) + 1
    return np.array([ids.get(bytes([byte]), beyond + byte) for byte in range(256)], np.int64)


def first_points(ids: Mapping[str, int], size: int) -> Ints:
    """The piece of each code point, int64 [0x110000]; one that is no piece has an id from ``size`` on."""
    first = np.arange(size, size + POINTS, dtype=np.int64)
    for text, number in ids.items():
        if len(text) == 1:
            first[ord(text)] = number
    return first


def splits(
    ids: Mapping[Any, int], priority: Callable[[int], int], first: Ints
) -> Iterable[tuple[int, int, int, int]]:
    """All pairs of pieces, or of characters, that make a piece: what joins where no list of merges says it.

    Args:
        ids: of each piece, all bytes or all str.
        priority: of a piece, by its id.
        first: of bytes or code points, as of ``Merges``.
    """
    units = {unit for piece in ids for unit in piece}  # of bytes they are numbers
    known = {bytes([unit]) if isinstance(unit, int) else unit: int(first[_place(unit)]) for unit in units}
    known.update(ids)
    for piece, number in ids.items():
        for cut in range(1, len(piece)):
            left, right = known.get(piece[:cut]), known.get(piece[cut:])
            if left is not None and right is not None:
                yield left, right, priority(number), number


def _place(unit: int | str) -> int:
    return unit if isinstance(unit, int) else ord(unit)
