"""Where each token lies in its string: by the tokens' bytes where they spell it, else by the library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.text.hashing import same
from langcov.text.strings import Strings, ranges
from langcov.tokenizers.protocol import Encoded, Tokenizer
from langcov.tokenizers.protocol import Spans as Places


@dataclass(frozen=True, eq=False)
class Spans:
    """Byte ranges of tokens in their strings."""

    # begin, end: within the UTF-8 of the token's string, int64 [n_tokens]; equal where a token covers no text
    begin: Ints
    end: Ints
    exact: Bools  # whether the tokens' bytes spell the string, but for a word-start mark before it, bool [n]


def token_spans(tokenizer: Tokenizer, strings: Strings, encoded: Encoded, stripped: Bools) -> Spans | None:
    """Place the tokens of packed strings; None if one can't be placed.

    Args:
        strings: back to back in their buffer.
        stripped: strings that were encoded without their first byte, a U+0020, bool [n].
    """
    counts = encoded.counts
    vocabulary = tokenizer.vocabulary
    begin = np.zeros(len(encoded.ids), np.int64)
    end = begin.copy()
    exact: Bools = np.zeros(len(strings), bool)
    if vocabulary is not None and vocabulary.pieces is not None:
        pieces = vocabulary.pieces
        lengths = pieces.lengths[encoded.ids]
        reach = np.concatenate([[0], np.cumsum(lengths)])
        mark = np.zeros(len(strings), np.int64)
        known = exact if encoded.spelled is None else encoded.spelled
        unsure = np.flatnonzero(~known)
        mark[unsure], found = _spells(_spelled(pieces, encoded[unsure]), strings[unsure])
        exact = known.copy()
        exact[unsure] = found
        base = np.repeat(reach[encoded.starts[:-1]] + mark, counts)
        begin, end = np.maximum(reach[:-1] - base, 0), np.maximum(reach[1:] - base, 0)
    rest = np.flatnonzero(~exact & (counts > 0))
    if len(rest):
        located = _library_spans(tokenizer, strings, encoded, stripped, rest)
        if located is None:
            return None
        which = ranges(encoded.starts[rest], counts[rest])
        begin[which], end[which] = located
    return Spans(begin, end, exact)


def _spelled(pieces: Strings, encoded: Encoded) -> Strings:
    """The bytes of the tokens of each string."""
    lengths = pieces.lengths[encoded.ids]
    reach = np.concatenate([[0], np.cumsum(lengths)])
    data = pieces.data[ranges(pieces.starts[encoded.ids], lengths)]
    return Strings(data, reach[encoded.starts[:-1]], reach[encoded.starts[1:]])


def _spells(spelled: Strings, strings: Strings) -> tuple[Ints, Bools]:
    """Bytes of a word-start mark before each string (0 or 1), and whether the rest equals the string."""
    mark = (spelled.lengths == strings.lengths + 1).astype(np.int64)
    marked = np.flatnonzero(mark)
    mark[marked] = spelled.data[spelled.starts[marked]] == 0x20
    return mark, same(Strings(spelled.data, spelled.starts + mark, spelled.ends), strings)


def _library_spans(
    tokenizer: Tokenizer, strings: Strings, encoded: Encoded, stripped: Bools, which: Ints
) -> tuple[Ints, Ints] | None:
    """The library's own offsets of some strings, in the form in which they were encoded."""
    skip = stripped[which].astype(np.int64)
    if encoded.offsets is not None:
        offsets: Places | None = encoded.offsets(which)
    else:
        texts = Strings(strings.data, strings.starts[which] + skip, strings.ends[which]).to_list()
        offsets = tokenizer.offsets(texts)
    if offsets is None or len(offsets[0]) != encoded.counts[which].sum():
        return None
    shift = np.repeat(skip, encoded.counts[which])
    return offsets[0] + shift, offsets[1] + shift
