"""The distinct words of a source, each counted and encoded once, however many lines it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from langcov.counters import Batch, token_counters
from langcov.encoding import encode_words
from langcov.spans import token_spans
from langcov.tally import TOKEN_COUNTERS, SystemTally
from langcov.text.hashing import hashes, same
from langcov.text.strings import Strings
from langcov.tokenizers import System
from langcov.tokenizers.base import Encoded

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_WORDS = 1 << 20
"""Words after which a table is emptied; some are then encoded twice, and no figure changes."""
WORD_COUNTERS = TOKEN_COUNTERS[:-1]


@dataclass(eq=False)
class WordTokens:
    """The tokens of the words of a table by one tokenizer.

    Attributes:
        encoded: in the order of the table.
        counters: ``WORD_COUNTERS`` of each word, int32 [words, counters].
        exact: words that their tokens spell, bool [words].
    """

    encoded: Encoded = field(default_factory=lambda: Encoded(np.zeros(0, np.int32), np.zeros(1, np.int64)))
    counters: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, len(WORD_COUNTERS)), np.int32))
    exact: Bools = field(default_factory=lambda: np.zeros(0, bool))

    def add(self, fresh: Batch, system: System, part: SystemTally) -> None:
        """Encode and count words that are new to the table.

        Raises:
            CannotEncode: with the index of the word among the new ones.
        """
        encoded, stripped = encode_words(system.tokenizer, fresh.strings)
        spans = token_spans(system.tokenizer, fresh.strings, encoded, stripped)
        counters, missing = token_counters(fresh, encoded, spans, system.tokenizer.vocabulary)
        part.missing |= missing
        zeros = np.zeros(len(fresh.strings), np.int64)
        columns = np.stack([counters.get(name, zeros) for name in WORD_COUNTERS], axis=1)
        exact = zeros.astype(bool) if spans is None else spans.exact
        self.counters = np.concatenate([self.counters, columns.astype(np.int32)])
        self.exact = np.concatenate([self.exact, exact])
        mine = self.encoded
        starts = np.concatenate([mine.starts, encoded.starts[1:] + mine.starts[-1]])
        self.encoded = Encoded(np.concatenate([mine.ids, encoded.ids]), starts)


class WordTable:
    """Distinct words with an index that stays until the table is emptied.

    Attributes:
        words: in the order in which they came.
        totals: how often each stood anywhere, int64 [words].
        text: counters of the text of each word.
        tokens: by tokenizer.
    """

    def __init__(self, systems: Sequence[System]) -> None:
        self._systems = systems
        self.clear()

    def clear(self) -> None:
        """Forget all words."""
        self.words = Strings.of([])
        self.totals: Ints = np.zeros(0, np.int64)
        self.text: dict[str, Ints] = {}
        self.tokens = {system.name: WordTokens() for system in self._systems}
        self._hashes = np.zeros(0, np.uint64)
        self._index: Ints = np.zeros(0, np.int64)

    @property
    def is_full(self) -> bool:
        """Whether it is time to empty the table."""
        return len(self.words) >= MOST_WORDS

    def add(self, words: Strings) -> tuple[Ints, Batch]:
        """Look up distinct words, adding those that are new.

        Returns:
            The index of each word, int64 [n]; and the new words, to be encoded by each tokenizer.
        """
        hashed = hashes(words)
        at = np.minimum(np.searchsorted(self._hashes, hashed), max(0, len(self._hashes) - 1))
        index = np.full(len(words), -1)
        if len(self._hashes):
            index = self._index[at]
            # A word whose hash belongs to another word is never found: it is added each time it comes.
            index[(self._hashes[at] != hashed) | ~same(words, self.words[index])] = -1
        new = index < 0
        index[new] = np.arange(len(self.words), len(self.words) + int(new.sum()))
        fresh = words[new].packed()
        self._insert(hashed[new], index[new])
        none = np.zeros(0, np.int64)
        batch = Batch(fresh, none, none, none, lines=False)
        self.text = {
            name: np.concatenate([self.text.get(name, none), values]) for name, values in batch.text.items()
        }
        size = len(self.words.data)
        self.words = Strings(
            np.concatenate([self.words.data, fresh.data]),
            np.concatenate([self.words.starts, fresh.starts + size]),
            np.concatenate([self.words.ends, fresh.ends + size]),
        )
        self.totals = np.concatenate([self.totals, np.zeros(len(fresh), np.int64)])
        return index, batch

    def _insert(self, hashed: NDArray[np.uint64], index: Ints) -> None:
        order = np.argsort(hashed, kind="stable")
        at = np.searchsorted(self._hashes, hashed[order])
        self._hashes = np.insert(self._hashes, at, hashed[order])
        self._index = np.insert(self._index, at, index[order])
