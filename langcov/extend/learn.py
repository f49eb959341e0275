"""The joins that save most, chosen one after another, the counts brought up to date after each choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Growing, Ints
from langcov.extend.tape import NONE, Piece, Tape

FEWEST_USES = 2  # a join that stands in a text once says nothing of another text


@dataclass(frozen=True)
class Learned:
    """A new piece, or a piece that is there and that new pieces make up.

    Attributes:
        id: what it has, or will have.
        piece: what it spells, as the library's file writes it.
        parts: the pairs of ids that it was joined of, the most frequent first; none of a letter.
        uses: how often it was put in the place of two tokens, each time saving one; of a letter, its uses.
        new: whether the tokenizer lacks it.
    """

    id: int
    piece: Piece
    parts: tuple[tuple[int, int], ...]
    uses: int
    new: bool = True


@dataclass(frozen=True)
class Rules:
    """What may be joined.

    Attributes:
        ids: of the pieces that the tokenizer has.
        closes: whether neighbours that spell one of these are joined without being asked, as where pieces
            alone say what is merged.
        allowed: whether something may be a new piece.
    """

    ids: dict[Piece, int]
    closes: bool
    allowed: Callable[[Piece], bool]


class _Joins:
    """The joins of a tape, each judged once: to be chosen, made by itself, or neither."""

    def __init__(self, tape: Tape, rules: Rules) -> None:
        self._tape, self._rules = tape, rules
        self._open, self._forced = Growing(np.bool_), Growing(np.int64)

    def best(self) -> int:
        """The open join that saves most; ``NONE`` where all save less than ``FEWEST_USES``."""
        self._judge()
        counts = np.where(self._open.values, self._tape.counts, 0)
        best = int(counts.argmax()) if len(counts) else NONE
        return best if len(counts) and counts[best] >= FEWEST_USES else NONE

    def forced(self) -> Ints:
        """Joins that are made by themselves and could be, in the order of the ids, int64 [k]."""
        self._judge()
        forced = self._forced.values
        return forced[self._tape.counts[forced] > 0] if len(forced) else forced

    def close(self, join: int, id: int) -> None:
        """Never choose it again: it is a piece now, and made wherever its parts meet."""
        self._judge()
        self._open.values[join] = False
        self._rules.ids[self._tape.joins[join]] = id
        if self._rules.closes:
            self._forced.extend(np.array([join]))

    def _judge(self) -> None:
        rules, fresh = self._rules, self._tape.joins[len(self._open) :]
        known = np.array([piece in rules.ids for piece in fresh], bool)
        if rules.closes and known.any():
            order = sorted(np.flatnonzero(known).tolist(), key=lambda at: rules.ids[fresh[at]])
            self._forced.extend(np.array(order) + len(self._open))
        opens: Bools = np.array([rules.allowed(piece) for piece in fresh], bool)
        self._open.extend(opens & ~known)


def learn(
    tape: Tape, rules: Rules, first_id: int, wanted: int, chosen: Callable[[Learned], object] = lambda _: None
) -> list[Learned]:
    """The pieces that save most tokens, the first of them most.

    Each is the join of two that are there by then, so that where all are put behind the old ones a text is
    cut as before, or coarser (docs/decisions/0021).

    Args:
        tape: is changed: afterwards it is as the extended tokenizer has it.
        first_id: of the new pieces, which count up from it.
        wanted: how many at most; fewer where no other join is used twice.
        chosen: is called with each.

    Returns:
        The new pieces, and between them the old ones that became reachable.
    """
    joins, found, number = _Joins(tape, rules), list[Learned](), first_id
    while number < first_id + wanted and (join := joins.best()) != NONE:
        found.append(_joined(tape, join, number))
        chosen(found[-1])
        joins.close(join, number)
        found += _closed(tape, joins, rules)
        number += 1
    return found


def replay(tape: Tape, rules: Rules, learned: Sequence[Learned]) -> None:
    """Join on another tape what was learned, in the same order."""
    joins = _Joins(tape, rules)
    for one in learned:
        if not one.new:
            continue  # it comes by itself, if it does here
        tape.know(one.id, one.piece)
        rules.ids[one.piece] = one.id
        if (join := tape.number(one.piece)) != NONE:
            joins.close(join, one.id)
            tape.apply(join, one.id)
            _closed(tape, joins, rules)


def _closed(tape: Tape, joins: _Joins, rules: Rules) -> list[Learned]:
    """Make the joins that are made by themselves."""
    found = []
    while len(forced := joins.forced()):
        join = int(forced[0])
        found.append(_joined(tape, join, rules.ids[tape.joins[join]], new=False))
    return found


def _joined(tape: Tape, join: int, to: int, *, new: bool = True) -> Learned:
    piece = tape.joins[join]
    if new:
        tape.know(to, piece)
    pairs, uses = tape.apply(join, to)
    parts = tuple((pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist())
    return Learned(to, piece, parts, int(uses.sum()), new)
