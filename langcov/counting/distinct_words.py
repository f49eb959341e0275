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

MOST_BYTES = 400_000_000
"""The memory at which rare words are forgotten; some are then encoded twice, and no figure changes."""
KEPT = 0.8
"""The share of words that are kept then, or less: those that have been met most often of all so far."""
GONE = -1
BESIDE, PER_SYSTEM, LEAST_BYTES = 100_000_000, 40_000_000, 10_000_000
"""What a chunk of lines takes, and with it each tokenizer and the words that its engine keeps; the smallest
table that serves."""
KEPT_AT_ONCE = 1 << 20  # bytes of words that are numbered anew together, which takes many times as much
AT_ONCE = 4 << 20  # bytes of words that are counted together: more than a chunk of lines, unless one is long
GROWTH = 16  # into so many parts a table grows; after each, what is free is given back


class WordTokens:
    """The tokens of the words of a table by one tokenizer.

    Attributes:
        missing: counters that could not be had of some word, each with the reason.
    """

    def __init__(self) -> None:
        self._begin(np.zeros(0, np.int32), np.zeros(1, np.int64))
        self._counters = Narrow((len(token_columns().words),))
        self._digests = Growing(np.int64, (1,))
        self._exact = Growing(np.bool_)
        self._changed, self._changes = Growing(np.int64), Growing(np.int64)
        self.missing: dict[str, str] = {}

    def _begin(self, ids: NDArray[np.int32], ends: Ints) -> None:
        self._ids, self._ends = Narrow(), Narrow(first=np.int32)
        self._ids.extend(ids)
        self._ends.extend(ends)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes."""
        tokens = self._ids, self._ends, self._counters, self._digests, self._exact
        return sum(column.nbytes for column in (*tokens, self._changed, self._changes))

    @property
    def encoded(self) -> Encoded:
        """In the order of the table; ids and places are of as few bytes as they need."""
        return Encoded(self._ids.values, self._ends.values)

    @property
    def counters(self) -> NDArray[Any]:
        """The counters of tokens that are of words, as ``Narrow`` has them [words, counters]."""
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
        self._begin(kept.ids, kept.starts)

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
        self._ends.extend(encoded.starts[1:] + int(self._ends.values[-1]))
        self._ids.extend(encoded.ids)


def table_bytes(memory: int | None, systems: int, tables: int = 1) -> int:
    """How much each of some tables may take in a process.

    Args:
        memory: what the process may take in all; None leaves it at what serves well.
        systems: tokenizers that are loaded.

    Raises:
        UserError: what is loaded leaves too little.
    """
    if memory is None:
        return MOST_BYTES // tables
    beside = loaded() + BESIDE + PER_SYSTEM * systems
    least = beside + LEAST_BYTES * tables
    if memory < least:
        raise UserError(
            f"--memory {size_of(memory)}: what is loaded takes {size_of(loaded())} of it, so that "
            f"{size_of(least)} are the least; fewer tokenizers at a time take less, and so does --engine "
            "reference"
        )
    return (memory - beside) // tables


class WordTable:
    """Distinct words, numbered until rare ones are forgotten."""

    def __init__(self, systems: Sequence[System], most: int = MOST_BYTES) -> None:
        """An empty table.

        Args:
            most: the bytes of memory at which it is full (``table_bytes``).
        """
        self._most = most
        self._words = Distinct()
        self._counters = Narrow((len(text_columns().words),))
        self._totals, self._before = Growing(np.int64), Growing(np.int64)
        self.tokens = {system.name: WordTokens() for system in systems}
        self._room = 0

    def begin(self) -> None:
        """Start to count from zero how often words stand somewhere; which are frequent is still known."""
        self._before.values[:] += self.totals
        self.totals[:] = 0

    def keep_frequent(self) -> None:
        """Forget all words but those that have been met most often, and begin anew."""
        self.begin()
        often, room = self._before.values, int(len(self._words) * KEPT)
        which = np.flatnonzero(often > np.partition(often, -room)[-room]) if room else np.zeros(0, np.int64)
        kept, n_words = self.words[which], len(self._words)
        self._words = Distinct()
        for some in slices(kept, KEPT_AT_ONCE):
            self._words.add(kept[some])
        del kept
        self._counters.keep(which)
        self._totals.keep(which)
        self._before.keep(which)
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
        """How often each word stood anywhere since it was begun to count, int64 [words]."""
        return self._totals.values

    @property
    def counters(self) -> NDArray[Any]:
        """The counters of the text that are of words, as ``Narrow`` has them [words, counters]."""
        return self._counters.values

    @property
    def is_full(self) -> bool:
        """Whether it is time to empty the table."""
        return self._bytes >= self._most

    @property
    def _bytes(self) -> int:
        columns = self._counters, self._totals, self._before
        of_words = self._words.nbytes + sum(column.nbytes for column in columns)
        return of_words + sum(tokens.nbytes for tokens in self.tokens.values())

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
        for column in (self._totals, self._before):
            column.extend(np.zeros(len(fresh), np.int64))
        return index, fresh
