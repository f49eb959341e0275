"""In which rows words stand and how often, as text: whole numbers five bits a character.

The rows of a word are ascending, so each is written as its distance to the one before, less one, with how
often the word stands there, less one. A number is written from its lowest five bits up, each as the character
63 + bits, 32 more where more follow (the encoding of polylines of maps): nearly all take one character, none
is TAB or LF.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Ints
from langcov.text.strings import Strings, ranges

BITS, MORE, BASE = 5, 32, 63
LONGEST = 10  # characters of a number: below 2**50


def written(starts: Ints, row: Ints, count: Ints) -> tuple[Bytes, Ints]:
    """The rows and counts of words as text.

    Args:
        starts: where those of each word begin, int64 [words + 1].
        row, count: of all words, one after another, rows ascending in each, int64 [n] each.

    Returns:
        The characters, and where those of each word begin, int64 [words + 1].

    >>> characters, starts = written(np.array([0, 2, 3]), np.array([0, 40, 7]), np.array([1, 2, 3]))
    >>> characters.tobytes(), starts.tolist()
    (b'??f@@FA', [0, 5, 7])
    """
    before = np.append(-1, row[:-1])
    before[starts[:-1]] = -1
    numbers = np.stack([row - before - 1, count - 1], axis=1).ravel()
    lengths = np.ones(len(numbers), np.int64)
    for place in range(1, LONGEST):
        lengths += numbers >> BITS * place > 0
    ends = np.cumsum(lengths)
    characters = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    for place in range(int(lengths.max(initial=0))):
        there = np.flatnonzero(lengths > place)
        bits = numbers[there] >> BITS * place & MORE - 1
        characters[ends[there] - lengths[there] + place] = bits + BASE + MORE * (lengths[there] > place + 1)
    return characters, np.append(0, ends)[2 * starts]


def parsed(uses: Strings) -> tuple[Ints, Ints, Ints]:
    """What was written, of some words: the index of the word, the row and the count, int64 [n] each.

    Raises:
        ValueError: it is no such text.

    >>> [each.tolist() for each in parsed(Strings.of(["??f@@", "FA"]))]
    [[0, 0, 1], [0, 40, 7], [1, 2, 3]]
    """
    bits = uses.data[ranges(uses.starts, uses.lengths)].astype(np.int64) - BASE
    owner = np.repeat(np.arange(len(uses)), uses.lengths)
    more = bits >= MORE
    if len(bits) and (
        bits.min() < 0 or bits.max() >= 2 * MORE or more[-1] or (owner[1:] != owner[:-1])[more[:-1]].any()
    ):
        raise ValueError("its rows and counts are not written as they should be")
    begin = np.flatnonzero(np.append(True, ~more[:-1])) if len(bits) else np.zeros(0, np.int64)
    numbers, length = _numbers(bits, begin), np.diff(np.append(begin, len(bits)))
    if length.max(initial=0) > LONGEST:
        raise ValueError("a whole number is too long")
    per_word = np.bincount(owner[begin], minlength=len(uses))
    if (per_word % 2).any() or not per_word.all():
        raise ValueError("a word without a row, or a row without a count")
    word = owner[begin[::2]]
    step = numbers[::2] + 1
    reach = np.cumsum(step)
    first = np.flatnonzero(np.append(True, word[1:] != word[:-1])) if len(word) else word
    base = (reach - step)[first]
    return word, reach - np.repeat(base, np.diff(np.append(first, len(word)))) - 1, numbers[1::2] + 1


def _numbers(bits: Ints, begin: Ints) -> Ints:
    """The numbers that begin at some characters, int64 [n]."""
    length = np.diff(np.append(begin, len(bits)))
    numbers = np.zeros(len(begin), np.int64)
    for place in range(min(LONGEST, int(length.max(initial=0)))):
        there: NDArray[np.int64] = np.flatnonzero(length > place)
        numbers[there] |= (bits[begin[there] + place] & MORE - 1) << BITS * place
    return numbers
