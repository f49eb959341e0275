"""Distinct words with their vectors, each worked out once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Growing, Ints
from langcov.lid.engines.ngrams import NGrams
from langcov.lid.engines.sums import summed
from langcov.lid.engines.weights import END, Floats32, Weights
from langcov.text.distinct import Distinct
from langcov.text.strings import Strings

LABEL = b"__label__"
"""What begins a word that the library takes for a label."""
LONG = 1_000
"""Bytes above which a word is the library's."""
MOST_BYTES = 400_000_000
"""About the memory at which the vectors are thrown away and begun anew; no figure changes."""
WORD_BYTES = 150  # about what a word takes beside its vector
NOT_YET = -1


class WordVectors:
    """Numbers words and sums the rows that each has in the input matrix.

    Raises:
        ValueError: the dictionary of the model names something twice.
    """

    def __init__(self, weights: Weights) -> None:
        header, words = weights.header, weights.words
        self._input, self._n_words = np.asarray(weights.input), len(words)
        # What comes first is numbered as in the dictionary: words, labels, and what ends a line.
        known = [*words, *weights.labels]
        self.has_end = END in words
        self._end = words.index(END) if self.has_end else len(known)
        self._known = Strings.of(known if self.has_end else [*known, END])
        self._ngrams = NGrams(
            header.shortest, header.longest, header.buckets, len(words), weights.bucket_rows
        )
        self.end = self._input[self._end] if self.has_end else np.zeros(header.columns, np.float32)
        self._slot = Growing(np.int32)
        self._vectors = Growing(np.float32, self.end.shape)
        self._rows, self._apart = Growing(np.int32), Growing(np.bool_)
        self._clear()
        if len(self._distinct) != len(self._known):
            raise ValueError("its dictionary names something twice")

    def _clear(self) -> None:
        self._distinct = Distinct()
        self._distinct.add(self._known)
        for column in (self._slot, self._vectors, self._rows, self._apart):
            column.clear()
        self._slot.extend(np.full(len(self._known), NOT_YET, np.int32))

    @property
    def vectors(self) -> Floats32:
        """The sum of the rows of each word met so far, float32 [slots, columns]."""
        return self._vectors.values

    @property
    def rows(self) -> NDArray[np.int32]:
        """How many rows each of these words has, int32 [slots]."""
        return self._rows.values

    @property
    def apart(self) -> Bools:
        """Words of lines that are the library's, bool [slots]."""
        return self._apart.values

    def slots(self, words: Strings) -> NDArray[np.int32]:
        """The place of each word in ``vectors``, int32 [n]; good until the next call."""
        if self._vectors.values.nbytes + WORD_BYTES * len(self._rows) > MOST_BYTES:
            self._clear()
        number = self._distinct.add(words)
        self._slot.extend(np.full(len(self._distinct) - len(self._slot), NOT_YET, np.int32))
        slot: NDArray[np.int32] = self._slot.values[number]
        new = np.unique(number[slot == NOT_YET])
        if len(new):
            self._add(new)
            slot = self._slot.values[number]
        return slot

    def _add(self, numbers: Ints) -> None:
        """Work out some words, by their number."""
        self._slot.values[numbers] = np.arange(len(self._rows), len(self._rows) + len(numbers))
        words = self._distinct.strings[numbers]
        own = numbers < self._n_words
        apart = ~own & (numbers < len(self._known)) | (numbers == self._end) | _odd(words)
        rows, counts = np.zeros(0, np.int32), np.zeros(len(numbers), np.int64)
        rows, counts[~apart] = self._ngrams.rows(words[~apart])
        own &= ~apart
        rows = np.insert(rows, (np.cumsum(counts) - counts)[own], numbers[own])
        counts += own
        self._vectors.extend(summed(self._input, rows, counts))
        self._rows.extend(counts.astype(np.int32))
        self._apart.extend(apart)


def _odd(words: Strings) -> Bools:
    """Words that the library takes for labels, and those that are too long."""
    found = words.lengths > LONG
    maybe = np.flatnonzero(words.lengths >= len(LABEL))
    maybe = maybe[words.data[words.starts[maybe]] == LABEL[0]]
    begins = words.data[words.starts[maybe, np.newaxis] + np.arange(len(LABEL))]
    found[maybe] |= (begins == np.frombuffer(LABEL, np.uint8)).all(axis=1)
    return found
