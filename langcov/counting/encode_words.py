"""Words encoded in the form in which their tokens are those of the line, many in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.chunk import Finder, special_texts
from langcov.errors import CannotEncode
from langcov.text.hashing import same
from langcov.text.strings import Strings, ranges
from langcov.text.units import is_inside
from langcov.tokenizers.protocol import Encoded, EncodesStrings, Spans, Tokenizer

LINE_BYTES = 1 << 10  # length of the lines that words are put into: long enough that a call costs little
FEWEST = 100  # words below which it does not pay
FIRST = "a"  # the first word of such a line; its tokens are dropped


def encode_words(tokenizer: Tokenizer, words: Strings) -> tuple[Encoded, Bools]:
    """Encode words of regular lines so that the tokens of a line are those of its words.

    Args:
        tokenizer: one that has a ``word_form``.
        words: back to back in their buffer; one inside a line begins with its U+0020.

    Returns:
        The tokens, and which words were encoded without their U+0020, bool [n].

    Raises:
        CannotEncode: with the index of the word.
    """
    inside = is_inside(words)
    stripped = inside & (tokenizer.word_form == "stripped")
    if isinstance(tokenizer, EncodesStrings):
        return tokenizer.encode_strings(Strings(words.data, words.starts + stripped, words.ends)), stripped
    joined = np.flatnonzero(inside & (words.lengths < LINE_BYTES))
    found = None
    if len(joined) >= FEWEST and _joinable(tokenizer):
        found = _in_lines(tokenizer, words, joined)
    if found is None:
        return _one_by_one(tokenizer, words, stripped), stripped
    encoded, told = found
    rest = np.ones(len(words), bool)
    rest[told] = False
    others = np.flatnonzero(rest)
    alone = _one_by_one(tokenizer, words[others], stripped[others], others)
    return _merged(len(words), [(told, encoded), (others, alone)]), stripped


def _joinable(tokenizer: Tokenizer) -> bool:
    """Whether words of a line can be told apart: by bytes, or where UNK has none by the library's places."""
    vocabulary = tokenizer.vocabulary
    if vocabulary is None or vocabulary.unknown is None:
        return vocabulary is not None and vocabulary.pieces is not None
    return tokenizer.word_form == "kept" and not vocabulary.drops


def _one_by_one(tokenizer: Tokenizer, words: Strings, stripped: Bools, index: Ints | None = None) -> Encoded:
    try:
        return tokenizer.encode(Strings(words.data, words.starts + stripped, words.ends).to_list())
    except CannotEncode as error:
        raise CannotEncode(error.index if index is None else int(index[error.index]), error.reason) from error


def _in_lines(tokenizer: Tokenizer, words: Strings, which: Ints) -> tuple[Encoded, Ints] | None:
    """Put words into lines, encode these, and cut the tokens where the words begin.

    The tokens of a regular line are those of its words: that is what a ``word_form`` says. Words of which it
    is not sure what tokens are theirs are not told.

    Returns:
        The tokens of the words that are told, and which words these are; None if the library failed.
    """
    line = np.cumsum(words.lengths[which]) // LINE_BYTES
    opens = np.append(True, line[1:] != line[:-1])
    at = np.cumsum(opens) - 1
    chosen = words[which].packed()
    first = chosen.starts[opens]
    lines = Strings(chosen.data, first, np.append(first[1:], len(chosen.data)))
    texts = [FIRST + text for text in lines]
    # Neighbours could make up a text that the library reads as a whole.
    made_up = Finder(text for text in special_texts(tokenizer) if " " in text).within(Strings.of(texts))
    try:
        encoded = tokenizer.encode(texts)
    except CannotEncode:
        return None
    vocabulary, places = tokenizer.vocabulary, None
    if encoded.offsets is not None:
        places = _in_all(encoded, lines)
        token, past, good = _by_places(places, chosen, at)
    elif vocabulary is not None and vocabulary.pieces is not None:
        token, past, good = _by_bytes(encoded, vocabulary.pieces, lines, chosen, at)
    else:
        return None
    good &= ~made_up[at]
    counts = (past - token)[good]
    tokens = ranges(token[good], counts)
    sure = np.full(len(counts), places is None)
    told = Encoded(encoded.ids[tokens], np.append(0, np.cumsum(counts)), spelled=sure)
    if places is not None:
        base = np.repeat(_starts(chosen, at)[good], counts)
        told = replace(told, offsets=_placed(told, places[0][tokens] - base, places[1][tokens] - base))
    return told, which[good]


def _by_bytes(
    encoded: Encoded, pieces: Strings, lines: Strings, words: Strings, at: Ints
) -> tuple[Ints, Ints, Bools]:
    """The tokens [first, past) of words by the lengths of the tokens, where they spell the line.

    Args:
        lines: without ``FIRST``.
        words: of all lines, in the same buffer.
        at: the line of each word, int64 [words].

    Returns:
        The first and the last, int64 [words] each, and of which words this is sure, bool [words].
    """
    reach = np.append(0, np.cumsum(pieces.lengths[encoded.ids]))
    sizes = reach[encoded.starts[1:]] - reach[encoded.starts[:-1]]
    # Before the words of a line stand FIRST and, with some libraries, a mark that they put there.
    mark = sizes - lines.lengths - len(FIRST)
    begin = reach[encoded.starts[at]] + mark[at] + len(FIRST) + words.starts - lines.starts[at]
    end = begin + words.lengths
    token, past = np.searchsorted(reach, begin), np.searchsorted(reach, end)
    good = (mark[at] == 0) | (mark[at] == 1)
    good[good] = (reach[token[good]] == begin[good]) & (reach[past[good]] == end[good])
    spelled = pieces.data[ranges(pieces.starts[encoded.ids], pieces.lengths[encoded.ids])]
    good[good] = same(Strings(spelled, begin[good], end[good]), words[good])
    return token, past, good


def _by_places(places: Spans, words: Strings, at: Ints) -> tuple[Ints, Ints, Bools]:
    """The same by the places of tokens: those of a word reach from its first letter to its end.

    Args:
        places: as of ``_in_all``.
    """
    begin, end = places
    first = _starts(words, at)
    past_word = first + words.lengths
    token, past = np.searchsorted(begin, first), np.searchsorted(begin, past_word)
    good = (past > token) & bool((begin[1:] >= begin[:-1]).all())
    good[good] = (begin[token[good]] <= first[good] + 1) & (end[past[good] - 1] == past_word[good])
    return token, past, good


def _starts(words: Strings, at: Ints) -> Ints:
    """Where words begin in all lines with their ``FIRST``, int64 [words]."""
    return words.starts + (at + 1) * len(FIRST)


def _in_all(encoded: Encoded, lines: Strings) -> Spans:
    """Where the library says that each token lies in all lines with their ``FIRST``, one after another."""
    each = np.arange(len(lines))
    shift = np.repeat(lines.starts + each * len(FIRST), encoded.counts)
    begin, end = encoded.offsets(each) if encoded.offsets else (shift, shift)
    return begin + shift, end + shift


def _placed(encoded: Encoded, begin: Ints, end: Ints) -> Callable[[Ints], Spans]:
    """What gives the places of the tokens of some strings."""

    def offsets(which: Ints) -> Spans:
        some = ranges(encoded.starts[which], encoded.counts[which])
        return begin[some], end[some]

    return offsets


def _merged(n: int, parts: list[tuple[Ints, Encoded]]) -> Encoded:
    """The tokens of all strings, from those of disjoint selections of them."""
    counts = np.zeros(n, np.int64)
    for which, encoded in parts:
        counts[which] = encoded.counts
    starts = np.append(0, np.cumsum(counts))
    ids = np.zeros(int(starts[-1]), np.int32)
    places = np.zeros((2, len(ids)), np.int64)
    spelled = np.zeros(n, bool)
    known = True
    for which, encoded in parts:
        some = ranges(starts[which], counts[which])
        ids[some] = encoded.ids
        if encoded.spelled is not None:
            spelled[which] = encoded.spelled
        if encoded.offsets is None:
            known = False
        else:
            places[:, some] = encoded.offsets(np.arange(len(which)))
    merged = Encoded(ids, starts, spelled=spelled)
    return replace(merged, offsets=_placed(merged, *places)) if known else merged
