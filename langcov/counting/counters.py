"""Every counter is one function of (string, ids, spans): the same for a word, a line, or a table's entry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.counting.spans import Spans
from langcov.counting.tally import sum_by
from langcov.counting.token_tally import TOKEN_COUNTERS
from langcov.text.count import code_points, graphemes, whitespace_words
from langcov.text.scan import Decoded
from langcov.text.strings import Strings
from langcov.text.words import WordSpans, uax29_words
from langcov.tokenizers.protocol import Encoded, Vocabulary

Ints = NDArray[np.int64]

NO_SPANS = "the tokenizer's tokens can't be placed in the text"
NO_PIECES = "the bytes of the tokenizer's tokens are not known"
NO_VOCABULARY = "nothing is known of the ids of a callable"


@dataclass(eq=False)
class Batch:
    """Strings to encode once each, and where each stands.

    Attributes:
        strings: back to back in a buffer of their own.
        row, string, count: ``strings[string]`` stands ``count`` times in row ``row``, int64 [m] each.
        lines: whether the strings are whole lines (else words, those inside a line with their U+0020).
    """

    strings: Strings
    row: Ints
    string: Ints
    count: Ints
    lines: bool

    @cached_property
    def words(self) -> WordSpans:
        """The UAX #29 words of the strings, found once for all tokenizers."""
        return uax29_words(self.decoded)

    @cached_property
    def decoded(self) -> Decoded:
        """The strings decoded once for all counters."""
        return Decoded(self.strings)

    @cached_property
    def totals(self) -> Ints:
        """How often each string stands anywhere, int64 [n]."""
        return sum_by(self.string, self.count, len(self.strings))

    @cached_property
    def text(self) -> dict[str, Ints]:
        """The counters of the text, each int64 [n]."""
        strings = self.decoded
        return {
            "words": whitespace_words(strings),
            "uax29_words": np.bincount(self.words.owner, minlength=len(strings)),
            "chars": code_points(strings),
            "graphemes": graphemes(strings),
            "bytes": self.strings.lengths,
        }

    def by_row(self, values: Ints, n_rows: int) -> Ints:
        """Sums over rows of a counter of the strings, int64 [n_rows]."""
        return sum_by(self.row, values[self.string] * self.count, n_rows)


def token_counters(
    batch: Batch, encoded: Encoded, spans: Spans | None, vocabulary: Vocabulary | None
) -> tuple[dict[str, Ints], dict[str, str]]:
    """The counters of each string's tokens, and those that can't be had with the reason.

    Args:
        batch: the strings that were encoded.
        encoded: their tokens.
        spans: where the tokens lie in the strings; None if the tokenizer can't tell.
        vocabulary: what is known of the ids.

    Returns:
        ``TOKEN_COUNTERS`` except ``round_trip`` → int64 [n]; and counter → reason.
    """
    n = len(batch.strings)
    owner = np.repeat(np.arange(n), encoded.counts)
    counters = {"tokens": encoded.counts}
    if vocabulary is None:
        return counters, dict.fromkeys(TOKEN_COUNTERS[1:-1], NO_VOCABULARY)
    missing = {}
    unknown = np.zeros(len(encoded.ids), bool)
    if vocabulary.unknown is not None:
        unknown = encoded.ids == vocabulary.unknown
    counters["unknown_tokens"] = np.bincount(owner[unknown], minlength=n)
    if vocabulary.byte_tokens is None:
        missing["byte_tokens"] = NO_PIECES
    else:
        counters["byte_tokens"] = np.bincount(owner[vocabulary.byte_tokens[encoded.ids]], minlength=n)
    if spans is None:
        missing |= dict.fromkeys(
            ("continued_words", "retained_words", "unknown_words", "split_characters"), NO_SPANS
        )
        return counters, missing
    base = batch.strings.starts[owner]
    begin, end = base + spans.begin, base + spans.end
    counters |= _word_counters(batch, begin, end, unknown)
    counters["split_characters"] = _split_characters(batch.strings, begin, end)
    return counters, missing


def _word_counters(batch: Batch, begin: Ints, end: Ints, unknown: NDArray[np.bool_]) -> dict[str, Ints]:
    """UAX #29 words by what became of them: continued, retained or unknown, one of the three.

    A word that no token covers (a normaliser dropped it) is unknown: nothing of it is left.
    """
    words, n = batch.words, len(batch.strings)
    covers = end > begin
    pieces = _overlaps(words, begin[covers], end[covers])
    lost = pieces == 0
    if unknown.any():
        lost |= _overlaps(words, begin[covers & unknown], end[covers & unknown]) > 0
    return {
        "continued_words": np.bincount(words.owner[(pieces > 1) & ~lost], minlength=n),
        "retained_words": np.bincount(words.owner[(pieces == 1) & ~lost], minlength=n),
        "unknown_words": np.bincount(words.owner[lost], minlength=n),
    }


def _overlaps(words: WordSpans, begin: Ints, end: Ints) -> Ints:
    """How many tokens, none of them empty, overlap each word, int64 [words]."""
    started = np.searchsorted(_in_order(begin), words.ends, "left")
    ended = np.searchsorted(_in_order(end), words.starts, "right")
    return started - ended


def _in_order(values: Ints) -> Ints:
    """Sorted; offsets of a library may go back, bytes never do."""
    return np.sort(values) if (values[1:] < values[:-1]).any() else values


def _split_characters(strings: Strings, begin: Ints, end: Ints) -> Ints:
    """Code points of each string whose bytes lie in more than one token, int64 [n].

    Only a token's first and last code point can be shared with another token.
    """
    covers = end > begin
    leads = (strings.data & 0xC0) != 0x80
    point_of = np.cumsum(leads) - 1
    first, last = point_of[begin[covers]], point_of[end[covers] - 1]
    points = int(leads.sum())
    tokens = np.bincount(first, minlength=points) + np.bincount(last[last != first], minlength=points)
    split = np.flatnonzero(leads)[np.flatnonzero(tokens > 1)]
    owner = np.searchsorted(strings.starts, split, "right") - 1
    return np.bincount(owner, minlength=len(strings))
