"""The distinct words of a source, each counted and encoded once, however many lines it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Growing, Ints, Narrow
from langcov.core.memory import give_back, loaded
from langcov.core.names import size_of
from langcov.counting.batch import Batch, Tokens
from langcov.counting.counters import count_each, count_text, text_columns, token_columns
from langcov.counting.encode_words import encode_words
from langcov.counting.id_digests import digests
from langcov.counting.lost_text import changes
from langcov.counting.spans import token_spans
from langcov.errors import UserError
from langcov.text.distinct import Distinct
from langcov.text.scan import slices
from langcov.text.strings import Strings
from langcov.tokenizers import System
from langcov.tokenizers.protocol import Encoded

MOST_BYTES = 600_000_000
"""About the memory at which rare words are forgotten; some are then encoded twice, and no figure changes."""
KEPT = 0.4
"""The share of words that are kept then, or less: those that have been met most often."""
GONE = -1
BESIDE, LEAST_BYTES = 250_000_000, 10_000_000
"""What a chunk of lines and the caches of libraries take, and the smallest table that serves."""
AT_ONCE = 4 << 20  # bytes of words that are counted together: more than a chunk of lines, unless one is long
GROWTH = 16  # into so many parts a table grows; after each, what is free is given back
WORD_BYTES, TOKENS_BYTES = 130, 80  # about what a word takes, and what its tokens do for each tokenizer


class WordTokens:
    """The tokens of the words of a table by one tokenizer.

    Attributes:
        missing: counters that could not be had of some word, each with the reason.
    """

    def __init__(self) -> None:
        self._ids, self._ends = Growing(np.int32), Growing(np.int64)
        self._ends.extend(np.zeros(1, np.int64))
        self._counters = Narrow((len(token_columns().words),))
        self._digests = Growing(np.int64, (1,))
        self._exact = Growing(np.bool_)
        self._changed, self._changes = Growing(np.int64), Growing(np.int64)
        self.missing: dict[str, str] = {}

    @property
    def encoded(self) -> Encoded:
        """In the order of the table."""
        return Encoded(self._ids.values, self._ends.values)

    @property
    def counters(self) -> NDArray[Any]:
        """The counters of tokens that are of words, uint16 or int32 [words, counters]."""
        return self._counters.values

    @property
    def digests(self) -> Ints:
        """Those of the ids of each word, int64 [words, 1]."""
        return self._digests.values

    def unknown(self, words: Ints) -> Bools:
        """Whether words of these numbers hold an UNK, bool [len(words)]."""
        found: Bools = token_columns().words_by_name(self.counters)["unknown_tokens"][words] > 0
        return found

    @property
    def exact(self) -> Bools:
        """Words that their tokens spell, bool [words]."""
        return self._exact.values

    @property
    def changes(self) -> tuple[Ints, Ints]:
        """The word of each letter that came back as another one, and which it is, as of ``lost_text``."""
        return self._changed.values, self._changes.values

    def keep(self, which: Ints) -> None:
        """Forget the tokens of all words but some, by number."""
        kept, place = self.encoded[which], np.full(len(self._exact), GONE)
        place[which] = np.arange(len(which))
        still = np.flatnonzero(place[self._changed.values] != GONE)
        for column in (self._counters, self._digests, self._exact):
            column.keep(which)
        for column in (self._changed, self._changes):
            column.keep(still)
        self._changed.values[:] = place[self._changed.values]
        self._ids, self._ends = Growing(np.int32), Growing(np.int64)
        self._ids.extend(kept.ids)
        self._ends.extend(kept.starts)

    def add(self, fresh: Batch, system: System) -> None:
        """Encode and count words that are new to the table.

        Raises:
            CannotEncode: with the index of the word among the new ones.
        """
        encoded, stripped = encode_words(system.tokenizer, fresh.strings)
        spans = token_spans(system.tokenizer, fresh.strings, encoded, stripped)
        tokens = Tokens(fresh, encoded, spans, system.tokenizer)
        counted, missing = count_each(token_columns().words, tokens, len(fresh))
        self.missing |= missing
        self._counters.extend(token_columns().stacked(counted, len(fresh)))
        self._digests.extend(digests(encoded)[:, np.newaxis])
        word, change = changes(tokens)
        self._changed.extend(word + len(self._exact))
        self._changes.extend(change)
        self._exact.extend(np.zeros(len(fresh), bool) if spans is None else spans.exact)
        self._ends.extend(encoded.starts[1:] + self._ends.values[-1])
        self._ids.extend(encoded.ids)


def table_bytes(memory: int | None, tables: int = 1) -> int:
    """How much each of some tables may take in a process.

    Args:
        memory: what the process may take in all; None leaves it at what serves well.

    Raises:
        UserError: what is loaded leaves too little.
    """
    if memory is None:
        return MOST_BYTES // tables
    least = loaded() + BESIDE + LEAST_BYTES * tables
    if memory < least:
        raise UserError(
            f"--memory {size_of(memory)}: what is loaded takes {size_of(loaded())} of it, so that "
            f"{size_of(least)} are the least"
        )
    return (memory - loaded() - BESIDE) // tables


class WordTable:
    """Distinct words, numbered until rare ones are forgotten."""

    def __init__(self, systems: Sequence[System], most: int = MOST_BYTES) -> None:
        """An empty table.

        Args:
            most: about the bytes of memory at which it is full (``table_bytes``).
        """
        self._systems, self._most = systems, most
        self._words = Distinct()
        self._counters = Narrow((len(text_columns().words),))
        self._totals = Growing(np.int64)
        self.tokens = {system.name: WordTokens() for system in systems}
        self._room = 0

    def keep_frequent(self) -> None:
        """Forget all words but those that were met most often, and how often."""
        room = int(len(self._words) * KEPT)
        often = self.totals > np.partition(self.totals, -room)[-room] if room else np.zeros(0, bool)
        which = np.flatnonzero(often)
        words, n_words = self.words, len(self._words)
        self._words = Distinct()
        self._words.add(words[which])
        self._counters.keep(which)
        self._totals.keep(which)
        self._totals.values[:] = 0
        for name, tokens in self.tokens.items():
            if len(tokens.exact) == n_words:
                tokens.keep(which)
            else:  # of a tokenizer that failed, and is asked no more
                self.tokens[name] = WordTokens()
        self._room = 0

    @property
    def words(self) -> Strings:
        """In the order in which they came, back to back."""
        return self._words.strings

    @property
    def totals(self) -> Ints:
        """How often each word stood anywhere, int64 [words]."""
        return self._totals.values

    @property
    def counters(self) -> NDArray[Any]:
        """The counters of the text that are of words, uint16 or int32 [words, counters]."""
        return self._counters.values

    @property
    def is_full(self) -> bool:
        """Whether it is time to empty the table."""
        return self._bytes >= self._most

    @property
    def _bytes(self) -> int:
        return len(self._words) * (WORD_BYTES + TOKENS_BYTES * len(self._systems))

    def add(self, units: Strings) -> tuple[Ints, list[Batch]]:
        """Look up words, adding those that are new.

        Returns:
            The number of each word, int64 [n]; and the new words, to be encoded by each tokenizer.
        """
        found = [self._add(units[some]) for some in slices(units, AT_ONCE)]
        index = np.concatenate([np.zeros(0, np.int64), *(index for index, _ in found)])
        np.add.at(self.totals, index, 1)
        if self._bytes > self._room:
            give_back()
            self._room = self._bytes + self._most // GROWTH
        return index, [fresh for _, fresh in found]

    def _add(self, units: Strings) -> tuple[Ints, Batch]:
        known, none = len(self._words), np.zeros(0, np.int64)
        index = self._words.add(units)
        fresh = Batch(self._words.strings[known:].packed(), none, none, none, lines=False)
        counted = count_text(fresh)
        fresh.single_words = bool((counted["words"] <= 1).all())
        self._counters.extend(text_columns().stacked(counted, len(fresh)))
        self._totals.extend(np.zeros(len(fresh), np.int64))
        return index, fresh
