"""Where each token lies in its string: by the tokens' bytes where they spell it, else by the library."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from langcov.core.arrays import Bools, Ints, Places, zeros
from langcov.counting.around_unknown import place
from langcov.text.strings import Strings, ranges
from langcov.text.units import SPACE
from langcov.tokenizers.protocol import Encoded, Tokenizer

MOST_BYTES = 1 << 24
"""Of strings together in which tokens are placed around an UNK: several times that are taken for it."""


@dataclass(frozen=True, eq=False)
class Spans:
    """Byte ranges of tokens in the buffer of their strings."""

    # begin, end: int32 [n_tokens], or int64 where a place passes 2^31; equal where a token covers no text
    begin: Places
    end: Places
    exact: Bools  # whether the tokens' bytes spell the string, but for a word-start mark before it, bool [n]
    # strings, not exact ones, of which each token is known to be of its text, and each UNK of what it lost
    placed: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    lost: Ints = field(default_factory=lambda: np.zeros(0, np.int64))  # code points of each of those


def token_spans(tokenizer: Tokenizer, strings: Strings, encoded: Encoded, stripped: Bools) -> Spans | None:
    """Place the tokens of packed strings; None if one can't be placed.

    Args:
        strings: back to back in their buffer.
        stripped: strings that were encoded without their first byte, a U+0020, bool [n].
    """
    vocabulary, filled = tokenizer.vocabulary, encoded.counts > 0
    bounds, exact = _bounds(vocabulary.pieces if vocabulary else None, strings, encoded)
    begin, end = bounds[:-1], bounds[1:]  # of tokens that spell their strings, one begins where one ends
    if exact.all():
        return Spans(begin, end, exact)
    begin, end = begin.copy(), end.copy()
    end[encoded.starts[1:][filled] - 1] = strings.ends[filled]  # there may be no token up to the next string
    rest = np.flatnonzero(~exact & filled)
    spelling = vocabulary.spelling if vocabulary else None
    if spelling is None or not len(rest) or len(strings.data) > MOST_BYTES:
        placed, lost = rest[:0], rest[:0]
    else:
        packed = strings[rest].packed()
        found = place(spelling, packed, encoded[rest])
        placed, lost = rest[found.sure], found.lost[found.sure]
        which = ranges(encoded.starts[placed], encoded.counts[placed])
        base = np.repeat(strings.starts[rest] - packed.starts, encoded.counts[rest])
        own = np.repeat(found.sure, encoded.counts[rest])
        begin[which], end[which] = (found.begin + base)[own], (found.end + base)[own]
        rest = rest[~found.sure]
    if len(rest):
        located = _library_spans(tokenizer, strings, encoded, stripped, rest)
        if located is None:
            return None
        counts = encoded.counts[rest]
        which, base = ranges(encoded.starts[rest], counts), np.repeat(strings.starts[rest], counts)
        begin[which], end[which] = located[0] + base, located[1] + base
    return Spans(begin, end, exact, placed, lost)


def _bounds(pieces: Strings | None, strings: Strings, encoded: Encoded) -> tuple[Places, Bools]:
    """Where tokens begin in the buffer and the last ends, [n_tokens + 1]; and which strings they spell."""
    exact: Bools = np.zeros(len(strings), bool) if encoded.spelled is None else encoded.spelled.copy()
    if pieces is None:
        return zeros(len(encoded.ids) + 1, len(strings.data)), exact & False
    bounds = _reach(pieces, encoded, len(strings.data))
    first, past = bounds[encoded.starts[:-1]].astype(np.int64), bounds[encoded.starts[1:]]
    mark = np.where(exact, 0, past - first - strings.lengths)
    unsure = np.flatnonzero(~exact & ((mark == 0) | (mark == 1)))
    exact[unsure] = _spell(pieces, encoded[unsure], strings[unsure].packed(), mark[unsure])
    if mark.any():
        for run in encoded.runs():
            some = np.maximum(bounds[run.items] - run.spread(first + mark), 0)
            bounds[run.items] = some + run.spread(strings.starts)
        bounds[-1] = len(strings.data)
    return bounds, exact


def _reach(pieces: Strings, encoded: Encoded, size: int) -> Places:
    """How many bytes the tokens before each spell, and all, int32 or int64 [n_tokens + 1]."""
    reach = zeros(len(encoded.ids) + 1, size)
    for run in encoded.runs():
        some = np.cumsum(pieces[encoded.ids[run.items]].lengths) + reach[run.items.start]
        if some[-1] > np.iinfo(reach.dtype).max:
            reach = reach.astype(np.int64)
        reach[run.items.start + 1 : run.items.stop + 1] = some
    return reach


def _spell(pieces: Strings, encoded: Encoded, strings: Strings, mark: Ints) -> Bools:
    """Which strings their tokens spell, which have as many bytes, bool [n].

    Args:
        mark: U+0020 that they must spell before each, 0 or 1.
    """
    ends, wanted = strings.ends + np.cumsum(mark), strings.data
    if mark.any():
        wanted = np.insert(wanted, strings.starts[mark > 0], SPACE)
    right, at = np.ones(len(strings), bool), 0
    for run in encoded.runs():
        spelled = pieces[encoded.ids[run.items]].packed().data
        differ = at + np.flatnonzero(spelled != wanted[at : at + len(spelled)])
        right[np.searchsorted(ends, differ, "right")] = False
        at += len(spelled)
    return right


def _library_spans(
    tokenizer: Tokenizer, strings: Strings, encoded: Encoded, stripped: Bools, which: Ints
) -> tuple[Ints, Ints] | None:
    """The library's own offsets of some strings, in the form in which they were encoded."""
    skip = stripped[which].astype(np.int64)
    if encoded.offsets is not None:
        offsets: tuple[Ints, Ints] | None = encoded.offsets(which)
    else:
        texts = Strings(strings.data, strings.starts[which] + skip, strings.ends[which]).to_list()
        offsets = tokenizer.offsets(texts)
    if offsets is None or len(offsets[0]) != encoded.counts[which].sum():
        return None
    shift = np.repeat(skip, encoded.counts[which])
    return offsets[0] + shift, offsets[1] + shift
