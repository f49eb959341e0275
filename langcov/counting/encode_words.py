"""Words encoded in the form in which their tokens are those of the line, many in one call."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.chunk import Finder, special_texts
from langcov.errors import CannotEncode
from langcov.text.hashing import same
from langcov.text.strings import Strings, ranges
from langcov.tokenizers.protocol import Encoded, Tokenizer

LINE_BYTES = 1 << 10  # length of the lines that words are put into: long enough that a call costs little
FEWEST = 100  # words below which it does not pay
FIRST = "a"  # the first word of such a line; its tokens are dropped
SPACE = 0x20


def is_inside(words: Strings) -> Bools:
    """Words that stand inside a line: they begin with a U+0020, bool [n]."""
    inside = np.zeros(len(words), bool)
    filled = np.flatnonzero(words.lengths)
    inside[filled] = words.data[words.starts[filled]] == SPACE
    return inside


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
    joined = np.flatnonzero(inside & (words.lengths < LINE_BYTES))
    pieces = _joinable(tokenizer)
    found = None
    if pieces is not None and len(joined) >= FEWEST:
        found = _in_lines(tokenizer, words, joined, pieces)
    if found is None:
        return _one_by_one(tokenizer, words, stripped), stripped
    encoded, told = found
    rest = np.ones(len(words), bool)
    rest[told] = False
    others = np.flatnonzero(rest)
    alone = _one_by_one(tokenizer, words[others], stripped[others], others)
    return _merged(len(words), [(told, encoded), (others, alone)]), stripped


def _joinable(tokenizer: Tokenizer) -> Strings | None:
    """The pieces to tell words of one line apart by; None if they would not: UNK has no bytes to tell."""
    vocabulary = tokenizer.vocabulary
    return None if vocabulary is None or vocabulary.unknown is not None else vocabulary.pieces


def _one_by_one(tokenizer: Tokenizer, words: Strings, stripped: Bools, index: Ints | None = None) -> Encoded:
    try:
        return tokenizer.encode(Strings(words.data, words.starts + stripped, words.ends).to_list())
    except CannotEncode as error:
        raise CannotEncode(error.index if index is None else int(index[error.index]), error.reason) from error


def _in_lines(
    tokenizer: Tokenizer, words: Strings, which: Ints, pieces: Strings
) -> tuple[Encoded, Ints] | None:
    """Put words into lines, encode these, and cut the tokens where the words begin.

    The tokens of a regular line are those of its words: that is what a ``word_form`` says. Where they
    spell the line, their lengths tell which are whose; the words of other lines are not told.

    Returns:
        The tokens of the words that are told, and which words these are; None if the library failed.
    """
    lengths = words.lengths[which]
    line = np.cumsum(lengths) // LINE_BYTES
    opens = np.append(True, line[1:] != line[:-1])
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
    reach = np.append(0, np.cumsum(pieces.lengths[encoded.ids]))
    sizes = reach[encoded.starts[1:]] - reach[encoded.starts[:-1]]
    # Before the words of a line stand FIRST and, with some libraries, a mark that they put there.
    mark = sizes - lines.lengths - len(FIRST)
    at = np.cumsum(opens) - 1
    begin = reach[encoded.starts[at]] + mark[at] + len(FIRST) + chosen.starts - lines.starts[at]
    token, past = np.searchsorted(reach, begin), np.searchsorted(reach, begin + lengths)
    good = ((mark[at] == 0) | (mark[at] == 1)) & ~made_up[at]
    good[good] = (reach[token[good]] == begin[good]) & (reach[past[good]] == (begin + lengths)[good])
    counts = past - token
    spelled = pieces.data[ranges(pieces.starts[encoded.ids], pieces.lengths[encoded.ids])]
    good[good] = same(Strings(spelled, begin[good], (begin + lengths)[good]), chosen[good])
    starts = np.append(0, np.cumsum(counts[good]))
    ids = encoded.ids[ranges(token[good], counts[good])]
    return Encoded(ids, starts), which[good]


def _merged(n: int, parts: list[tuple[Ints, Encoded]]) -> Encoded:
    """The tokens of all strings, from those of disjoint selections of them."""
    counts = np.zeros(n, np.int64)
    for which, encoded in parts:
        counts[which] = encoded.counts
    starts = np.append(0, np.cumsum(counts))
    ids = np.zeros(int(starts[-1]), np.int32)
    for which, encoded in parts:
        ids[ranges(starts[which], counts[which])] = encoded.ids
    return Encoded(ids, starts)
