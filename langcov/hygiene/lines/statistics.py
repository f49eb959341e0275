"""How long the lines of a file are, and what they are written with: `line-length` and `line-letters`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import merge
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Growing
from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.judge import LONGEST
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import TOO_LONG, Fields
from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import blocks
from langcov.text.strings import Strings

LONG = 1_000
"""Code points above which a line is no sentence: three of the lines that ``TOO_LONG`` names have more."""


@dataclass(frozen=True)
class Totals:
    """Figures of all lines of a file."""

    # lines, empty: how many there are, and how many hold nothing but white space
    lines: int
    empty: int
    # median, longest: code points of the lines that are not empty; lines longer than ``TOO_LONG`` count as
    # that long in the median
    median: float
    longest: int


class LineStatistics(LineCheck):
    """Lines that are long, hold too long a word, or are mostly no text; `totals` has the figures of all.

    A letter is one of a script, or a mark; ``ʼ`` and the like, which are of no script, count as no letters.
    """

    checks = (
        About(
            "line-length",
            "Very long lines",
            "A line is taken for a sentence or a paragraph; a very long one often means that line "
            "ends are lost.",
        ),
        About(
            "line-letters",
            "Lines with few letters",
            "Tables, page numbers and rules of signs are no text of the language.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._long, self._few = Growing(np.int64, (2,)), Growing(np.int64, (4,))
        self._words = Growing(np.int64, (3,))
        self._lengths = np.zeros(TOO_LONG + 1, np.int64)
        self._longest = 0

    def add(self, fields: Fields) -> None:
        sizes, numbers = fields.sizes, fields.numbers
        balance = np.add.reduceat(np.take(_votes(), fields.points), fields.first, dtype=np.int64)
        doubtful = np.flatnonzero(balance <= 0)
        letters, others = _count(fields.texts[doubtful])
        empty = doubtful[letters + others == 0]
        long = np.setdiff1d(np.flatnonzero(sizes > LONG), empty, assume_unique=True)
        few = balance[doubtful] < 0
        which = doubtful[few]
        self._long.extend(np.stack([numbers[long], sizes[long]], axis=1))
        columns = [numbers[which], sizes[which], letters[few], letters[few] + others[few]]
        self._few.extend(np.stack(columns, axis=1))
        for index in np.flatnonzero(sizes > LONGEST).tolist():
            points = fields.points[fields.first[index] : fields.first[index] + sizes[index]]
            words = _long_words(points)
            self._words.extend(np.insert(words, 0, numbers[index], axis=1))
        sizes[empty] = 0
        self._lengths += np.bincount(np.minimum(sizes, TOO_LONG), minlength=TOO_LONG + 1)
        self._longest = max(self._longest, int(sizes.max(initial=0)))

    @property
    def totals(self) -> Totals:
        """Of the lines seen so far."""
        lines, empty = int(self._lengths.sum()), int(self._lengths[0])
        filled = lines - empty
        ranks = np.cumsum(self._lengths) - empty
        middle = np.searchsorted(ranks, [(filled + 1) // 2, filled // 2 + 1]) if filled else np.zeros(2)
        return Totals(lines, empty, median=float(middle.mean()), longest=self._longest)

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        return merge(self._long_lines(), self._no_words(), self._few_letters(), key=itemgetter(0))

    def _long_lines(self) -> Iterator[tuple[int, Issue]]:
        for number, size in self._long.values.tolist():
            severity: Severity = "warning" if size > TOO_LONG else "note"
            message = "This line has {characters} characters: is a line end missing?"
            yield number, Issue("line-length", severity, 0, size, "", message, {"characters": str(size)})

    def _no_words(self) -> Iterator[tuple[int, Issue]]:
        message = "{count} characters without a space are no word: its letters are not judged."
        for number, start, end in self._words.values.tolist():
            values = {"count": str(end - start)}
            yield number, Issue("line-length", "warning", start, end, "", message, values)

    def _few_letters(self) -> Iterator[tuple[int, Issue]]:
        for number, size, letters, filled in self._few.values.tolist():
            message = "Only {letters} of the {characters} characters of this line are letters."
            if letters == 0:
                message = "This line holds no letter."
            values = {"letters": str(letters), "characters": str(filled)}
            yield number, Issue("line-letters", "note", 0, size, "", message, values)


def _long_words(points: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where words that no check judges begin and end in a line, int64 [n, 2]; mere signs are none."""
    spaces = np.flatnonzero(table("white_space")[points])
    starts, ends = np.append(0, spaces + 1), np.append(spaces, len(points))
    letters = np.append(0, np.cumsum(table("script")[points] > 0))
    long = (ends - starts > LONGEST) & (letters[ends] > letters[starts])
    return np.stack([starts[long], ends[long]], axis=1)


@cache
def _votes() -> NDArray[np.int8]:
    """1 for letters and marks, -1 for what else isn't white space, int8 [0x110000]."""
    letters = (table("script") > 0) | (table("grapheme_break") == GraphemeBreak.Extend)
    return np.where(letters, 1, table("white_space").view(np.int8) - 1).astype(np.int8)


def _count(strings: Strings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Letters and marks of each string, and all else that isn't white space, int64 [n] each."""
    letters, others = np.zeros((2, len(strings)), np.int64)
    for block in blocks(strings):
        votes = _votes()[block.points]
        letters[block.which], others[block.which] = block.sum(votes > 0), block.sum(votes < 0)
    return letters, others


CHECKS = (LineStatistics,)
