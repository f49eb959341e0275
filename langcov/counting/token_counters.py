"""Counters of tokens, and of what becomes of words and characters.

Each UAX #29 word is continued, retained or unknown, one of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from langcov.core.arrays import Bools, Ints, Places, added_up
from langcov.counting.batch import Tokens
from langcov.counting.counter import TokenCounter
from langcov.counting.lost_text import compared
from langcov.errors import CannotMeasure
from langcov.text.words import WordSpans

LEFT_OUT = "text is left out without an UNK, so the tokens behind it can't be placed"


def _places(tokens: Tokens) -> tuple[Places, Places]:
    """Where each token begins and ends; a library's are wrong behind what it left out without an UNK."""
    if tokens.vocabulary.drops and tokens.once(compared).lost.any():
        raise CannotMeasure(LEFT_OUT)
    return tokens.places


def _covering(tokens: Tokens, every: bool = False) -> Iterator[tuple[Ints, Ints, Ints]]:
    """The tokens that cover text, a bounded number at a time, and where each begins and ends, int64 [n] each.

    Args:
        every: also those of strings that are tiled.
    """
    begin, end = _places(tokens)
    if tokens.tiled.all() and not every:
        return
    for run in tokens.encoded.runs():
        covering = end[run.items] > begin[run.items]
        if not every:
            covering &= ~run.spread(tokens.tiled)
        which = np.flatnonzero(covering) + run.items.start
        if len(which):
            yield which, begin[which].astype(np.int64), end[which].astype(np.int64)


def _edges(tokens: Tokens) -> Places:
    """Where each token of tiled strings begins that covers text, [n]."""
    begin, end = _places(tokens)
    if tokens.tiled.all():
        return begin[end > begin]
    return begin[(end > begin) & np.repeat(tokens.tiled, tokens.encoded.counts)]


def _pieces(tokens: Tokens) -> Ints:
    """How many tokens overlap each word, 0 where it is unknown, int64 [words].

    A word that no token covers (a normaliser dropped it) is unknown: nothing of it is left.
    """
    words = tokens.batch.words
    pieces, unknown = _pieces_of_tiled(tokens)
    for which, begin, end in _covering(tokens):
        near = slice(
            np.searchsorted(words.ends, begin.min(), "right"), np.searchsorted(words.starts, end.max())
        )
        pieces[near] += _overlaps(words, near, begin, end)
        lost = tokens.unknown[which]
        if lost.any():
            unknown[near] |= _overlaps(words, near, begin[lost], end[lost]) > 0
    pieces[unknown] = 0
    return pieces


def _pieces_of_tiled(tokens: Tokens) -> tuple[Ints, Bools]:
    """The same of words in tiled strings, 0 in others, int64 [words]; and which of them hold an UNK.

    A word has one token more than begin inside of it.
    """
    words, size = tokens.batch.words, len(tokens.batch.strings.data)
    tiled = tokens.tiled[words.owner]
    begun = _before(_edges(tokens), size)
    pieces = np.where(tiled, begun[words.ends] - begun[words.starts + 1] + 1, 0).astype(np.int64)
    if not tokens.unknown.any():
        return pieces, np.zeros(len(words), bool)
    lost = np.flatnonzero(tokens.unknown & np.repeat(tokens.tiled, tokens.encoded.counts))
    begin, end = (places[lost] for places in tokens.places)
    some = end > begin
    unknown = _before(begin[some], size)[words.ends] > _before(end[some] - 1, size)[words.starts]
    return pieces, unknown & tiled


def _before(places: Places, size: int) -> Places:
    """How many of some places stand before each byte, and in all, [size + 1]; none stands twice."""
    at = np.zeros(size, bool)
    at[places] = True
    return added_up(at)


def _overlaps(words: WordSpans, which: slice, begin: Ints, end: Ints) -> Ints:
    """How many tokens, none of them empty, overlap each of some words, int64 [n]."""
    started = np.searchsorted(_in_order(begin), words.ends[which], "left")
    ended = np.searchsorted(_in_order(end), words.starts[which], "right")
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
    strings, back = tokens.batch.strings, tokens.batch.steps_back
    holders = np.zeros(len(strings.data), np.uint8)  # of the code point that begins at a byte; 2 are many
    edges = _edges(tokens)
    inside = edges[back[edges] > 0]
    holders[inside - back[inside]] = 2
    for _, begin, end in _covering(tokens):
        first, last = begin - back[begin], end - 1 - back[end - 1]
        low, size = int(first.min()), int(last.max() - first.min()) + 1
        held = np.bincount(first - low, minlength=size)
        held += np.bincount(last[last != first] - low, minlength=size)
        holders[low : low + size] = np.minimum(holders[low : low + size] + held, 2)
    return strings.sum(holders > 1)


def _over_words(tokens: Tokens) -> Ints:
    """Tokens of each string, not UNK, that overlap two or more whitespace words, int64 [strings]."""
    _places(tokens)
    if tokens.batch.single_words:
        return np.zeros(len(tokens.batch), np.int64)
    begun, goes_on = tokens.batch.bytes_of_words
    over = np.zeros(len(tokens.encoded.ids), bool)
    for which, begin, end in _covering(tokens, every=True):
        over[which] = begun[end] - begun[begin] + goes_on[begin] > 1
    return tokens.per_string(over & ~tokens.unknown)


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
