"""How often each whitespace word stands in a text."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Growing, Ints
from langcov.text.distinct import Distinct
from langcov.text.strings import Strings
from langcov.text.units import bytes_of_words


class WordUses:
    """The distinct words and their counts, whatever strings they came in: exact, so all words are kept.

    >>> uses = WordUses()
    >>> uses.add(Strings.of(["ак", " барс", "ак\\tкөн"]), np.array([1, 5, 2]))
    >>> uses.words.to_list(), uses.counts.tolist()
    (['ак', 'барс', 'көн'], [3, 5, 2])
    """

    def __init__(self) -> None:
        self._words, self._counts = Distinct(), Growing(np.int64)

    @property
    def words(self) -> Strings:
        """In the order in which they came first, back to back."""
        return self._words.strings

    @property
    def counts(self) -> Ints:
        """How often each word stands anywhere, int64 [words]."""
        return self._counts.values

    def add(self, strings: Strings, counts: Ints) -> None:
        """Count the words of strings, each of which stands so often, int64 [n]."""
        packed = strings.packed()
        of_word, begins = bytes_of_words(packed)
        ends = of_word & np.append(~of_word[1:] | begins[1:], True)[: len(of_word)]
        starts = np.flatnonzero(begins)
        words = Strings(packed.data, starts, np.flatnonzero(ends) + 1)
        self._add(words, counts[np.searchsorted(packed.ends, starts, "right")])

    def merge(self, other: WordUses) -> None:
        """Add the words of another part of the text."""
        self._add(other.words, other.counts)

    def _add(self, words: Strings, counts: Ints) -> None:
        index = self._words.add(words)
        self._counts.extend(np.zeros(len(self._words) - len(self._counts), np.int64))
        np.add.at(self.counts, index, counts)
