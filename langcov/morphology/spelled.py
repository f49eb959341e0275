"""Where the boundaries between morphemes lie in a word that its morphemes may not quite spell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Ints

BOUNDARY = "\x1f"
"""What stands between morphemes while they are compared with their word; no text has it."""
HALF = 0.5  # the part of the longer of word and morphemes that may differ


class Spelled(NamedTuple):
    """The boundaries in a word, in code points from its start, and how they were found.

    ``exact``: the morphemes spell it, but for case; ``aligned``: but for a few letters, and each boundary has
    one place only; else there are none: ``unsure`` has several places for one, ``different`` is no word of
    these morphemes.
    """

    how: str
    boundaries: tuple[int, ...] = ()


def spelled(word: str, marked: str, separators: str = BOUNDARY) -> Spelled:
    """Place the boundaries of a segmentation in its word.

    Args:
        marked: the morphemes with signs between them. A sign that the word has itself, a hyphen, is a letter
            of the word there.
        separators: the signs.

    >>> spelled("велосипедʼ", "велосипед-ʼ", "-"), spelled("агай-вынъёс", "агай-вын-ъёс", "-")
    (Spelled(how='exact', boundaries=(9,)), Spelled(how='exact', boundaries=(8,)))
    >>> spelled("үндсээр", "үндэс\\x1fээр"), spelled("тавилгаар", "тавих\\x1fлга\\x1fаар").how
    (Spelled(how='aligned', boundaries=(4,)), 'unsure')
    """
    word, marked = word.lower(), marked.lower()
    forward, free = _costs(word, marked, separators), [letter in separators for letter in marked]
    best = int(forward[-1, -1])
    backward = _costs(word[::-1], marked[::-1], separators)[::-1, ::-1]
    through = forward + backward == best
    letters = max(len(word), len(marked) - sum(free), 1)
    if best > HALF * letters:
        return Spelled("different")
    places = [_place(through, forward, at) for at in range(len(marked)) if free[at]]
    found = [place for place in places if place != _LETTER]
    if any(place is None for place in found):
        return Spelled("unsure")
    inside = sorted({place for place in found if place is not None and 0 < place < len(word)})
    return Spelled("aligned" if best else "exact", tuple(inside))


_LETTER = -1


def _place(through: Ints, forward: Ints, at: int) -> int | None:
    """Where a separator of the segmentation lies in the word: one place, ``_LETTER``, or None for several.

    Args:
        through: whether a best alignment passes between so much of the segmentation and of the word.
    """
    before, behind = np.flatnonzero(through[at]), np.flatnonzero(through[at + 1])
    stays = np.intersect1d(before, behind)
    stays = stays[forward[at, stays] == forward[at + 1, stays]]
    if not len(stays):
        return _LETTER
    return int(stays[0]) if len(stays) == 1 else None


def _costs(word: str, marked: str, separators: str) -> Ints:
    """The fewest edits between the beginnings of both, int64 [marked + 1, word + 1]; a separator is free.

    A separator that the word has is a letter of it: to leave it out is an edit then, if both are equal else.
    """
    costs = np.zeros((len(marked) + 1, len(word) + 1), np.int64)
    costs[0] = np.arange(len(word) + 1)
    points = np.frombuffer(word.encode("utf-32-le"), "<u4")
    for at, letter in enumerate(marked, 1):
        leave_out = 0 if letter in separators else 1
        other = (points != ord(letter)).astype(np.int64)
        row = np.empty(len(word) + 1, np.int64)
        row[0] = costs[at - 1, 0] + leave_out
        row[1:] = np.minimum(costs[at - 1, 1:] + leave_out, costs[at - 1, :-1] + other)
        # a letter more of the word costs one: the least over all places to the left, in one pass
        steps = np.arange(len(word) + 1)
        costs[at] = np.minimum.accumulate(row - steps) + steps
    return costs
