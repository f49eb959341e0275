"""Counters of tokens, and of what becomes of words and characters.

Each UAX #29 word is continued, retained or unknown, one of the three.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.batch import Tokens
from langcov.counting.counter import TokenCounter
from langcov.counting.lost_text import compared
from langcov.errors import CannotMeasure
from langcov.text.scan import is_lead
from langcov.text.words import WordSpans

LEFT_OUT = "text is left out without an UNK, so the tokens behind it can't be placed"


def _places(tokens: Tokens) -> tuple[Ints, Ints]:
    """Where tokens begin and end; the library's places behind what it left out without an UNK are wrong."""
    if tokens.vocabulary.drops and tokens.once(compared).lost.any():
        raise CannotMeasure(LEFT_OUT)
    return tokens.places


def _pieces(tokens: Tokens) -> Ints:
    """How many tokens overlap each word, 0 where it is unknown, int64 [words].

    A word that no token covers (a normaliser dropped it) is unknown: nothing of it is left.
    """
    begin, end = _places(tokens)
    words, covers = tokens.batch.words, end > begin
    pieces = _overlaps(words, begin[covers], end[covers])
    if tokens.unknown.any():
        unknown = covers & tokens.unknown
        pieces[_overlaps(words, begin[unknown], end[unknown]) > 0] = 0
    return pieces


def _overlaps(words: WordSpans, begin: Ints, end: Ints) -> Ints:
    """How many tokens, none of them empty, overlap each word, int64 [words]."""
    started = np.searchsorted(_in_order(begin), words.ends, "left")
    ended = np.searchsorted(_in_order(end), words.starts, "right")
    return started - ended


def _in_order(values: Ints) -> Ints:
    """Sorted; offsets of a library may go back, bytes never do."""
    return np.sort(values) if (values[1:] < values[:-1]).any() else values


def _words(which: Callable[[Ints], Bools]) -> Callable[[Tokens], Ints]:
    """How many words of each string are of so many pieces."""

    def count(tokens: Tokens) -> Ints:
        chosen = which(tokens.once(_pieces))
        return np.bincount(tokens.batch.words.owner[chosen], minlength=len(tokens.batch))

    return count


def _split_characters(tokens: Tokens) -> Ints:
    """Code points of each string whose bytes lie in more than one token, int64 [strings].

    Only a token's first and last code point can be shared with another token.
    """
    strings, (begin, end) = tokens.batch.strings, _places(tokens)
    covers = end > begin
    leads = is_lead(strings.data)
    point_of = np.cumsum(leads) - 1
    first, last = point_of[begin[covers]], point_of[end[covers] - 1]
    points = int(leads.sum())
    holders = np.bincount(first, minlength=points) + np.bincount(last[last != first], minlength=points)
    split = np.flatnonzero(leads)[np.flatnonzero(holders > 1)]
    owner = np.searchsorted(strings.starts, split, "right") - 1
    return np.bincount(owner, minlength=len(strings))


def _over_words(tokens: Tokens) -> Ints:
    """Tokens of each string, not UNK, that overlap two or more whitespace words, int64 [strings]."""
    (begun, goes_on), (begin, end) = tokens.batch.bytes_of_words, _places(tokens)
    overlapped = begun[end] - begun[begin]
    covers = np.flatnonzero(end > begin)
    overlapped[covers] += goes_on[begin[covers]]
    return tokens.per_string((overlapped > 1) & ~tokens.unknown)


COUNTERS = (
    TokenCounter("tokens", "words", lambda tokens: tokens.encoded.counts, perturbed=True),
    TokenCounter("unknown_tokens", "words", lambda tokens: tokens.per_string(tokens.unknown), perturbed=True),
    TokenCounter("byte_tokens", "words", lambda tokens: tokens.per_string(tokens.byte_tokens)),
    TokenCounter("continued_words", "words", _words(lambda pieces: pieces > 1)),
    TokenCounter("retained_words", "words", _words(lambda pieces: pieces == 1)),
    TokenCounter("unknown_words", "words", _words(lambda pieces: pieces == 0)),
    TokenCounter("split_characters", "words", _split_characters),
    TokenCounter("tokens_over_words", "words", _over_words),
)
