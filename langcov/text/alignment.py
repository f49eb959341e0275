"""Texts against what came back of them: which code points were kept, changed or lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints, Offsets
from langcov.errors import CannotMeasure
from langcov.text.scan import is_lead, points_of
from langcov.text.strings import Strings, ranges

Points = NDArray[np.uint32]

NOTHING, REPLACEMENT = 0, 0xFFFD
"""What stands for text that nothing is left of, which has none itself; and for bytes that say nothing."""
EDIT, NEVER = 1 << 24, 1 << 60
"""What an edit costs; a code point that is kept gains 1, so that of equally few edits the most are kept."""
PAIRED, LEFT_OUT, PUT_IN = 0, 1, 2
FIRST_BAND = 4
CELLS, MOST_CELLS = 1 << 22, 1 << 31
"""Cells of tables that are worked on together, and those that one pair of texts may take."""


@dataclass(frozen=True, eq=False)
class Alignment:
    """What became of the code points of some texts."""

    # lost, changed: how many of each text, int64 [n]
    lost: Ints
    changed: Ints
    # owner, letter, became: the text of each change and its code point before and after, int64 [changes]
    owner: Ints
    letter: Ints
    became: Ints


def align(texts: Strings, backs: Strings) -> Alignment:
    """Align each text with what came back of it, by code points, in order.

    Taken is the alignment with the fewest edits (a code point replaced, left out or put in); of several the
    one in which the most code points stay what they were; of several of these, read from the left, the one
    that keeps before it replaces, and replaces before it leaves out. What is replaced by U+FFFD or U+0000 is
    lost: the one stands for bytes that say nothing, the other for an UNK.

    Args:
        texts, backs: as many of each; texts have no U+0000.

    Raises:
        CannotMeasure: two are too long, and too different, for the memory.

    >>> found = align(Strings.of(["йәй", "кот"]), Strings.of(["ий", "кот"]))
    >>> found.lost.tolist(), found.changed.tolist(), chr(found.letter[0]), chr(found.became[0])
    ([1, 0], [1, 0], 'й', 'и')
    """
    text, back = _Points.of(texts), _Points.of(backs)
    lost, todo = _without_tables(text, back)
    straight, todo = _in_place(text, back, todo)
    edits: list[Ints] = [straight]
    band = FIRST_BAND
    while len(todo):
        rest = []
        for which in _batches(text.sizes[todo], back.sizes[todo], band):
            table = _Table(text, back, todo[which], band)
            edits.append(table.edits())
            rest.append(todo[which][~table.exact])
        todo, band = np.concatenate(rest), band * 4
    owner, letter, became = np.concatenate(edits, axis=1)
    gone = (became == NOTHING) | (became == REPLACEMENT)
    lost += np.bincount(owner[gone], minlength=len(lost))
    owner, letter, became = owner[~gone], letter[~gone], became[~gone]
    return Alignment(lost, np.bincount(owner, minlength=len(lost)), owner, letter, became)


@dataclass(frozen=True, eq=False)
class _Points:
    """The code points of strings, one string after another."""

    points: Points
    starts: Offsets
    sizes: Ints

    @classmethod
    def of(cls, strings: Strings) -> _Points:
        packed = strings.packed()
        before = np.append(0, np.cumsum(is_lead(packed.data)))
        starts = before[packed.starts]
        return cls(points_of(packed.data), starts, before[packed.ends] - starts)

    def backwards(self, which: Ints) -> Points:
        """Some strings from their ends, a row each, filled up with anything, uint32 [len(which), longest]."""
        sizes = self.sizes[which, None]
        place = np.maximum(sizes - 1 - np.arange(sizes.max()), 0)
        return np.take(self.points, self.starts[which, None] + place, mode="clip")


def _without_tables(text: _Points, back: _Points) -> tuple[Ints, Ints]:
    """Pairs where all that came back stands in the text in its order, something lost for each ``NOTHING``.

    No alignment keeps more then, and none has fewer edits.

    Returns:
        How many code points of these are lost, 0 for the others, int64 [n]; and which are the others.
    """
    blank = back.points == NOTHING
    if not (text.points == REPLACEMENT).any():
        blank |= back.points == REPLACEMENT
    order = np.argsort(-text.sizes)
    sizes = text.sizes[order]
    found, blanks = np.zeros((2, len(order)), np.int64)
    for place in range(int(sizes.max(initial=0)) if len(back.points) else 0):
        some = order[: np.searchsorted(-sizes, -place)]
        at = np.minimum(back.starts[some] + found[some], len(back.points) - 1)
        hit = blank[at] | (text.points[text.starts[some] + place] == back.points[at])
        hit &= found[some] < back.sizes[some]
        found[some] += hit
        blanks[some] += hit & blank[at]
    done = found == back.sizes
    return np.where(done, text.sizes - back.sizes + blanks, 0), np.flatnonzero(~done)


def _in_place(text: _Points, back: _Points, pairs: Ints) -> tuple[Ints, Ints]:
    """Edits of pairs of one size that share no code point where they differ, as in small letters.

    As many edits are needed at least, and no other alignment with so few keeps as many code points.

    Returns:
        Pair, code point and what became of it of each edit, int64 [3, edits]; and the other pairs.
    """
    like = pairs[text.sizes[pairs] == back.sizes[pairs]]
    owner = np.repeat(like, text.sizes[like])
    letter = text.points[ranges(text.starts[like], text.sizes[like])].astype(np.int64)
    became = back.points[ranges(back.starts[like], back.sizes[like])].astype(np.int64)
    edits = np.stack([owner, letter, became])[:, letter != became]
    gone, come = edits[0] << 21 | edits[1:]
    shared = gone[np.isin(gone, come)] >> 21
    return edits[:, ~np.isin(edits[0], shared)], np.setdiff1d(pairs, np.setdiff1d(like, shared))


def _batches(sizes: Ints, others: Ints, band: int) -> Iterator[Ints]:
    """Pairs of about one size, together in tables of about ``CELLS``."""
    width = np.abs(sizes - others) + 2 * band + 1
    cells = (sizes + 1) * width
    if (cells > MOST_CELLS).any():
        longest = int(sizes[np.argmax(cells)])
        raise CannotMeasure(f"a text of {longest} characters is too long to compare with what came back")
    sort = np.log2(sizes + 1).astype(np.int64) << 8 | np.log2(width).astype(np.int64)
    order = np.argsort(sort, kind="stable")
    part = np.cumsum(cells[order]) // CELLS << 16 | sort[order]
    yield from np.split(order, np.flatnonzero(np.diff(part)) + 1)


class _Table:
    """Edit distances of pairs, in a band around the diagonal of each (Ukkonen 1985).

    The pairs are read from their ends, so that going back through the table reads them from the left.

    Args:
        which: the pairs, int64 [n].
        band: how far the table goes beyond the straight ways from corner to corner.

    Attributes:
        exact: pairs whose best alignment surely lies in the band, bool [n].
    """

    def __init__(self, text: _Points, back: _Points, which: Ints, band: int) -> None:
        self.which = which
        self.rows, self.ends = text.sizes[which], back.sizes[which]
        self.text, self.back = text.backwards(which), back.backwards(which)
        ahead = self.ends - self.rows
        self.low = np.minimum(ahead, 0) - band
        edits = -(-self._fill(int(np.abs(ahead).max()) + 2 * band + 1) // EDIT)
        self.exact = edits <= np.abs(ahead) + 2 * band + 1

    def _fill(self, width: int) -> Ints:
        """Take the best step to each cell; the cost of each pair, int64 [n]."""
        each, column = np.arange(len(self.which)), np.arange(width)
        goal = self.ends - self.rows - self.low
        place = self.low[:, None] + column
        cost = np.where(place >= 0, place * EDIT, NEVER)
        total = cost[each, goal]
        self._steps = np.full((self.text.shape[1] + 1, *cost.shape), PUT_IN, np.uint8)
        beyond = np.full((len(each), 1), NEVER)
        for row in range(1, len(self._steps)):
            place = place + 1
            inside = (place >= 1) & (place <= self.ends[:, None])
            other = np.take_along_axis(self.back, np.clip(place - 1, 0, self.back.shape[1] - 1), axis=1)
            price = np.where(other == self.text[:, row - 1, None], -1, EDIT)
            paired = np.where(inside, cost + price, NEVER)
            left_out = np.concatenate([cost[:, 1:], beyond], axis=1) + EDIT
            cost = np.minimum(paired, left_out) - column * EDIT
            cost = np.minimum.accumulate(cost, axis=1) + column * EDIT
            self._steps[row][cost == left_out] = LEFT_OUT
            self._steps[row][cost == paired] = PAIRED
            done = self.rows == row
            total[done] = cost[each, goal][done]
        return total

    def edits(self) -> Ints:
        """Pair, code point and what became of it of each edit, int64 [3, edits]."""
        found: list[Ints] = [np.zeros((3, 0), np.int64)]
        row, column = self.rows.copy(), self.ends - self.rows - self.low
        some = np.flatnonzero(self.exact & (row > 0))
        while len(some):
            at, across = row[some], column[some]
            step = self._steps[at, some, across]
            letter = self.text[some, at - 1].astype(np.int64)
            became = self.back[some, at + across + self.low[some] - 1].astype(np.int64)
            became[step == LEFT_OUT] = NOTHING
            edit = (step == LEFT_OUT) | ((step == PAIRED) & (letter != became))
            found.append(np.stack([self.which[some], letter, became])[:, edit])
            row[some] -= step != PUT_IN
            column[some] += (step == LEFT_OUT).astype(np.int64) - (step == PUT_IN)
            some = some[row[some] > 0]
        return np.concatenate(found, axis=1)
