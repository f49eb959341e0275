"""Supervised fastText models by numpy: the vector of each distinct word once, a line is their sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.lid.engines.outputs import LAST_PLACE, output_layer
from langcov.lid.engines.sums import summed
from langcov.lid.engines.weights import Floats32, Weights
from langcov.lid.engines.words import WordVectors
from langcov.lid.protocol import score_step
from langcov.text.strings import Strings

ENGINE = "langcov-fasttext 1"
"""Name and revision: what changes an answer makes a new one, and its certificates are made anew."""
SPLITS = np.zeros(256, bool)
"""The bytes that the library splits words at."""
SPLITS[[0, 9, 10, 11, 12, 13, 32]] = True
LAST_SPLIT = 32
CUT = 2e-5
"""Scores below which the library may stop looking: its threshold is 1e-5."""
OF_NUMBERS, OF_CODES = 0.3, 1.2
"""Parts of the last place by which sums may be off, of an output of numbers and of one of codes."""
MOST_WORDS = 2_000
"""Words above which a line is the library's."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What the engine makes of some lines.

    Attributes:
        labels: the best labels, best first, int64 [lines, k].
        scores: of each, float32 [lines, k].
        error: how far the best score may lie from the library's, float32 [lines].
        sure: lines of which the library gives the same labels in the same order, and a best score in the
            same step, bool [lines].
    """

    labels: Ints
    scores: Floats32
    error: Floats32
    sure: Bools


class Engine:
    """A model.

    Raises:
        ValueError: the engine is not made for such a model.
    """

    def __init__(self, weights: Weights) -> None:
        if weights.header.word_grams > 1:
            raise ValueError("it has n-grams of words")
        self._words = WordVectors(weights)
        self._layer = output_layer(weights)
        self._columns = weights.header.columns
        self._part = LAST_PLACE * (OF_CODES if weights.coded[1] else OF_NUMBERS)

    def answer(self, lines: Strings, k: int) -> Answers:
        """The ``k`` best labels of each line.

        Args:
            lines: in the order of their buffer.
        """
        hidden, rows, apart = self._hidden(lines)
        with np.errstate(all="ignore"):  # what is too large or no number makes a line unsure
            labels, scores, errors = self._layer.best(hidden, k, self._places(rows))
            sure = ~apart & _sure(scores, errors)
        return Answers(labels.T, scores[:k].T, errors[0], sure)

    def _places(self, rows: Ints) -> Floats32:
        """How far values of labels may lie from the library's, by the size of the largest, float32 [lines].

        The library adds up the rows of a line and then the columns of a label one by one: each sum is off by
        about the square root of its length in the last place. ``benchmarks/certify_lid.py`` says how much of
        what is allowed for was seen.
        """
        return (self._part * (np.sqrt(rows / self._columns) + self._columns**0.5)).astype(np.float32)

    def _hidden(self, lines: Strings) -> tuple[Floats32, Ints, Bools]:
        words, counts = tokens(lines)
        slots = self._words.slots(words)
        kept = self._words
        line = np.repeat(np.arange(len(lines)), counts)
        apart = counts > MOST_WORDS
        if kept.apart.any():
            apart[line[kept.apart[slots]]] = True
        rows = np.bincount(line, kept.rows[slots], len(lines)).astype(np.int64) + kept.has_end
        apart |= rows == 0
        if apart.any():
            slots, counts = slots[~apart[line]], np.where(apart, 0, counts)
        hidden = summed(kept.vectors, slots, counts)
        hidden += kept.end
        hidden *= (1 / np.maximum(rows, 1)).astype(np.float32)[:, np.newaxis]
        return hidden, rows, apart


def _sure(scores: Floats32, errors: Floats32) -> Bools:
    """Lines whose scores are so far apart, and so far from the edges of steps, that all is decided."""
    lowest, highest = scores - errors, scores + errors
    decided = np.logical_and.reduce(lowest[:-1] > highest[1:], axis=0)
    return decided & (lowest[-2] > CUT) & (score_step(lowest[0]) == score_step(highest[0]))


def tokens(lines: Strings) -> tuple[Strings, Ints]:
    """The words of lines, and how many each line has, int64 [lines].

    >>> words, counts = tokens(Strings.of(["ак  барс", "", "\\tкыш\\x1c"]))
    >>> words.to_list(), counts.tolist()
    (['ак', 'барс', 'кыш\\x1c'], [2, 0, 1])
    """
    if not len(lines):
        return lines, np.zeros(0, np.int64)
    lines = lines.apart()
    data = lines.data
    splits = np.flatnonzero(data <= LAST_SPLIT)
    splits = splits[SPLITS[data[splits]]]
    starts, ends = np.append(0, splits + 1), np.append(splits, len(data))
    filled = ends > starts
    starts, ends = starts[filled], ends[filled]
    low, high = np.searchsorted(starts, lines.starts), np.searchsorted(starts, lines.ends)
    return Strings(data, starts, ends), high - low
