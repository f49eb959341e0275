"""Many token sequences as one tape, on which neighbours are joined everywhere at once.

A sequence is what a tokenizer merges within: between two of them nothing is ever joined. Equal ones stand on
the tape once, with how often they occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Growing, Ints
from langcov.text.distinct import Distinct
from langcov.text.strings import Strings

NONE = -1
ID_BYTES = 4
Piece = bytes | str
"""What a token spells: bytes, or characters where the library joins no bytes."""


class Sequences:
    """Distinct token sequences and how often each occurs."""

    def __init__(self) -> None:
        self._distinct = Distinct()
        self._uses = Growing(np.int64)

    def add(self, ids: NDArray[np.int32], begins: Bools) -> Ints:
        """Count some sequences; the number of each, int64 [sequences].

        Args:
            ids: of all, one after another, int32 [n].
            begins: which of them begin a sequence, the first among them, bool [n].
        """
        starts = np.flatnonzero(begins) * ID_BYTES
        data = np.ascontiguousarray(ids, "<i4").view(np.uint8)
        which = self._distinct.add(Strings(data, starts, np.append(starts[1:], len(data))))
        self._uses.extend(np.zeros(len(self._distinct) - len(self._uses), np.int64))
        np.add.at(self._uses.values, which, 1)
        return which

    def tape(self) -> tuple[NDArray[np.int32], Ints, Ints]:
        """The ids of the distinct ones, int32 [n]; where each begins and its uses, int64 [m] each."""
        strings = self._distinct.strings.packed()
        return strings.data.view("<i4"), strings.starts // ID_BYTES, self._uses.values


class Tape:
    """Tokens in which neighbours are joined, and how often each join could be made.

    A *join* is what two neighbours spell together, as tiktoken and SentencePiece merge any two that spell a
    piece; its number is an index into ``joins`` and ``counts``.

    Args:
        ids: of all sequences, int32 [n].
        starts: where each begins, int64 [m].
        uses: how often it occurs, int64 [m].
        spelled: what each id spells; None for one that nothing is joined to.

    Attributes:
        tokens: the id at each place, int32 [n + 1]; at a place that was joined to the one before: ``NONE``.
        weight: how often the sequence of each place occurs, int64 [n + 1].
        joins: what each join spells.
        counts: how often its two parts are neighbours, int64 [joins].
    """

    def __init__(
        self, ids: NDArray[np.int32], starts: Ints, uses: Ints, spelled: Sequence[Piece | None]
    ) -> None:
        n = len(ids)
        self.tokens = np.append(ids, np.int32(NONE))
        self.weight = np.append(np.repeat(uses, np.diff(np.append(starts, n))), 0)
        self._spelled = list(spelled)
        self._next = np.arange(1, n + 2, dtype=np.int32)  # the last place is none: what follows the last one
        self._before = np.arange(-1, n, dtype=np.int32)
        self._before[starts] = n
        self._next[starts[1:] - 1] = n
        self._next[n:] = n
        self.joins: list[Piece] = []
        self._number: dict[Piece, int] = {}
        self._of_pair: dict[int, int] = {}
        self._counts = Growing(np.int64)
        self._join = np.full(n + 1, NONE, np.int32)  # of each place and the next one
        self._recount(np.arange(n))

    @property
    def counts(self) -> Ints:
        return self._counts.values

    @property
    def total(self) -> int:
        """Tokens of all occurrences."""
        return int(self.weight[self.tokens != NONE].sum())

    def uses(self, size: int) -> Ints:
        """How often each id occurs, int64 [size]."""
        there = self.tokens != NONE
        found = np.zeros(size, np.int64)
        np.add.at(found, self.tokens[there], self.weight[there])
        return found

    def number(self, piece: Piece) -> int:
        """The number of the join that spells a piece; ``NONE`` where no neighbours do or did."""
        return self._number.get(piece, NONE)

    def know(self, id: int, piece: Piece) -> None:
        """Let a new id spell something; ids between have no piece."""
        self._spelled.extend([None] * (id + 1 - len(self._spelled)))
        self._spelled[id] = piece

    def apply(self, join: int, to: int) -> tuple[Ints, Ints]:
        """Put one token in the place of every two neighbours that spell a join, from the left.

        Args:
            to: its id.

        Returns:
            The pairs of ids that were joined, ``left << 32 | right``, and how often each was, the most
            frequent first, int64 [k] each.
        """
        places = _every_other(np.flatnonzero(self._join == join), self._next)
        second = self._next[places]
        third, first = self._next[second], self._before[places]
        pairs = self._pair(self.tokens[places], self.tokens[second])
        changed = np.unique(np.concatenate([first, places]))
        self._drop(np.unique(np.concatenate([first, places, second])))
        self.tokens[places], self.tokens[second] = to, NONE
        self._next[places], self._before[third] = third, places
        self._next[-1] = self._before[-1] = len(self.tokens) - 1
        self._recount(changed[changed < len(self.tokens) - 1])
        found, which = np.unique(pairs, return_inverse=True)
        often = np.zeros(len(found), np.int64)
        np.add.at(often, which, self.weight[places])
        order = np.argsort(-often, kind="stable")
        return found[order], often[order]

    @staticmethod
    def _pair(left: NDArray[np.int32], right: NDArray[np.int32]) -> Ints:
        return left.astype(np.int64) << 32 | right.astype(np.int64)

    def _drop(self, places: Ints) -> None:
        """Count the joins of some places no more."""
        joins = self._join[places]
        there = joins != NONE
        np.subtract.at(self.counts, joins[there], self.weight[places[there]])
        self._join[places] = NONE

    def _recount(self, places: Ints) -> None:
        """Count what some places spell with what follows them."""
        following = self._next[places]
        left, right = self.tokens[places], self.tokens[following]
        joined = (left != NONE) & (right != NONE)
        places = places[joined]
        pairs, which = np.unique(self._pair(left[joined], right[joined]), return_inverse=True)
        joins = np.fromiter(map(self._join_of, pairs.tolist()), np.int32, len(pairs))
        self._counts.extend(np.zeros(len(self.joins) - len(self._counts), np.int64))
        self._join[places] = joins[which]
        there = places[self._join[places] != NONE]
        np.add.at(self.counts, self._join[there], self.weight[there])

    def _join_of(self, pair: int) -> int:
        """The number of the join that a pair of ids makes."""
        found = self._of_pair.get(pair)
        if found is None:
            left, right = self._spelled[pair >> 32], self._spelled[pair & 0xFFFFFFFF]
            found = NONE if left is None or right is None else self._numbered(left + right)  # type: ignore[operator]
            self._of_pair[pair] = found
        return found

    def _numbered(self, piece: Piece) -> int:
        number = self._number.setdefault(piece, len(self.joins))
        if number == len(self.joins):
            self.joins.append(piece)
        return number


def by_id(ids: Mapping[Piece, int], size: int) -> list[Piece | None]:
    """What each id spells; None for one without a piece.

    >>> by_id({"a": 2}, 3)
    [None, None, 'a']
    """
    found: list[Piece | None] = [None] * size
    for piece, id in ids.items():
        found[id] = piece
    return found


def _every_other(places: Ints, following: NDArray[np.int32]) -> Ints:
    """Of places that follow one another the first, the third …: no token is joined twice.

    >>> _every_other(np.array([0, 1, 2, 5]), np.arange(1, 8, dtype=np.int32)).tolist()
    [0, 2, 5]
    """
    if len(places) < 2:
        return places
    opens = np.append(True, following[places[:-1]] != places[1:])
    at = np.arange(len(places))
    return places[(at - np.maximum.accumulate(np.where(opens, at, 0))) % 2 == 0]
