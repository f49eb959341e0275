"""How often words stand in rows, so that counters of words become counters of rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Floats, Ints
from langcov.counting.sums import add_by_row

LARGEST = 8  # cells of the table for each unit, up to which one product costs less than to look at each unit


@dataclass(frozen=True, eq=False)
class Uses:
    """The units of some lines.

    Attributes:
        row: of each unit, int64 [units]; neighbours of one row stand together.
        word: which word each unit is, int64 [units].
        n_words: words that there are.
    """

    row: Ints
    word: Ints
    n_words: int

    def add(self, rows: Ints, values: NDArray[np.int32] | Ints) -> None:
        """Add the counters of the words to those of the rows in which they stand.

        Args:
            rows: counters by row, int64 [rows, counters]; changed in place.
            values: of each word, int64 [words, counters], whose sums wrap, or int32, whose sums must stay
                below 2**53.
        """
        if self._counts is None:
            add_by_row(rows, self.row, values, self.word)
            return
        of_words: NDArray[Any] = np.take(values, self.words, axis=0)
        if values.dtype == np.int64:
            sums: Ints = self._counts.astype(np.int64) @ of_words
        else:  # floats are multiplied many times as fast as whole numbers
            sums = (self._counts @ of_words.astype(np.float64)).astype(np.int64)
        np.add.at(rows, self._rows, sums)

    def of(self, chosen: Bools) -> Ints:
        """The units that are one of some of ``words``, int64 [n].

        Args:
            chosen: which words, bool [words].
        """
        if not chosen.any():  # as where a tokenizer can spell all text
            return np.zeros(0, np.int64)
        among = np.zeros(self.n_words, bool)
        among[self.words[chosen]] = True
        return np.flatnonzero(among[self.word])

    @cached_property
    def _edges(self) -> Ints:
        """Where a row begins, int64 [k]."""
        return np.flatnonzero(np.diff(self.row, prepend=-1))

    @cached_property
    def _rows(self) -> Ints:
        return self.row[self._edges]

    @cached_property
    def words(self) -> Ints:
        """The different words of the units, int64 [m]."""
        met = np.zeros(self.n_words, bool)
        met[self.word] = True
        return np.flatnonzero(met)

    @cached_property
    def _counts(self) -> Floats | None:
        """How often each of ``words`` stands in each row, float64 [k, m]; None if that is too large."""
        size = len(self._rows) * len(self.words)
        if not size or size > LARGEST * len(self.word):
            return None
        place = np.zeros(self.n_words, np.int64)
        place[self.words] = np.arange(len(self.words))
        row = np.repeat(np.arange(len(self._edges)), np.diff(self._edges, append=len(self.row)))
        counts = np.bincount(row * len(self.words) + place[self.word], minlength=size)
        return counts.reshape(len(self._rows), -1).astype(np.float64)
