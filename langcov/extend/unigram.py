"""Scores with which a new piece of a Unigram model takes the place of its two parts, and of nothing else.

A Unigram model cuts a text where the sum of scores is highest. A piece whose score is the sum of its parts'
and a little more makes each cut that has both better by that little, and no other: the best cut is the old
one with parts joined, unless another came as near. ``BONUS`` must be seen in float32 sums over a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

BONUS = 1 / 128


def joined_score(scores: Mapping[int, float], parts: Sequence[tuple[int, int]]) -> float:
    """The score of a piece that is joined of the ids of a pair, the first if there are several.

    >>> joined_score({3: -7.5, 4: -8.0}, [(3, 4)])
    -15.4921875
    """
    left, right = parts[0]
    return scores[left] + scores[right] + BONUS


def letter_score(lowest: float) -> float:
    """The score of a letter that had no piece: above what the library gives the unknown, ``lowest`` - 10."""
    return lowest
