"""Where the tokens of words lie that hold an UNK, told from what the other tokens spell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from langcov.core.arrays import Bools, Ints, added_up
from langcov.text.scan import decode, is_lead
from langcov.text.strings import Strings, picked, ranges
from langcov.text.units import SPACE, is_inside
from langcov.tokenizers.protocol import Encoded
from langcov.tokenizers.spelling import ALONE, CHANGED, RUN, Spelling

MOST = 1000  # UNKs of a string that are placed: one of each string at a time
NONE = -1  # where no UNK can begin


@dataclass(frozen=True, eq=False)
class Placed:
    """Tokens of strings in which UNKs stand."""

    begin: Ints  # of each token in the buffer of the strings, int64 [tokens]
    end: Ints
    lost: Ints  # code points that UNKs stand for, int64 [strings]
    sure: Bools  # strings of which this is known, bool [strings]


def place(spelling: Spelling, strings: Strings, encoded: Encoded) -> Placed:
    """Place tokens one after another: a piece reaches as far as its bytes, an UNK over its run of letters.

    Known are those of strings that the normaliser leaves as they are and that their tokens, so placed, spell.

    Args:
        strings: back to back in their buffer.
    """
    counts, owner = encoded.counts, np.repeat(np.arange(len(strings)), encoded.counts)
    is_unknown = encoded.ids == spelling.unknown
    inside = is_inside(strings)
    first = strings.starts + (inside - 1 if spelling.marked else inside.astype(np.int64))
    stops, sure = _stops(spelling, strings)
    sizes, told = _sizes(spelling, strings, encoded, owner, first, stops)
    begin = first[owner] + _before(sizes, encoded)
    end = begin + sizes
    filled = np.flatnonzero(counts)
    sure &= told & (counts > 0)
    sure[filled] &= end[encoded.starts[1:][filled] - 1] == strings.ends[filled]
    follows = np.append(False, is_unknown[:-1])
    follows[encoded.starts[:-1][filled]] = False
    sure[owner[follows & spelling.joins[encoded.ids]]] = False
    known = np.flatnonzero(~is_unknown & sure[owner])
    sure[_misspelled(spelling.pieces[encoded.ids[known]], strings, begin[known], owner[known])] = False
    begin, leads = np.maximum(begin, strings.starts[owner]), added_up(is_lead(strings.data))
    which = np.flatnonzero(is_unknown & sure[owner])
    lost = np.zeros(len(strings), np.int64)
    np.add.at(lost, owner[which], leads[end[which]] - leads[begin[which]])
    return Placed(begin, end, lost, sure)


def _stops(spelling: Spelling, strings: Strings) -> tuple[Ints, Bools]:
    """Where an UNK ends that begins at a byte, int64 [bytes]; and strings read as they stand, bool [n]."""
    points, at = decode(strings.data)
    kinds = spelling.kinds(points)
    opens, changed = np.zeros((2, len(strings.data) + 1), bool)
    opens[strings.starts] = True
    run = kinds == RUN
    goes_on = run & np.append(False, run[:-1]) & ~opens[at]
    after = np.append(np.where(goes_on, len(at), np.arange(len(at))), len(at))
    after = np.minimum.accumulate(after[::-1])[::-1][1:]  # the first code point after each that opens a run
    stops = np.full(len(strings.data) + 1, NONE)
    begins = np.flatnonzero((run & ~(goes_on & spelling.whole)) | (kinds == ALONE))
    stops[at[begins]] = np.append(at, len(strings.data))[after[begins]]
    changed[at] = kinds == CHANGED
    if not spelling.marked:
        changed[strings.starts[is_inside(strings)]] = False  # the space before a word
    return stops, strings.sum(changed[:-1]) == 0


def _sizes(
    spelling: Spelling, strings: Strings, encoded: Encoded, owner: Ints, first: Ints, stops: Ints
) -> tuple[Ints, Bools]:
    """Bytes that each token stands for, int64 [tokens]; and strings with no UNK out of place, bool [n].

    Args:
        owner: the string of each token.
        first: where the first token of each string begins.
    """
    sizes, told = spelling.pieces.lengths[encoded.ids], np.ones(len(strings), bool)
    bare = first[owner] + _before(sizes, encoded)
    unknown = np.flatnonzero(encoded.ids == spelling.unknown)
    number = np.arange(len(unknown)) - np.searchsorted(owner[unknown], owner[unknown])
    told[owner[unknown[number >= MOST]]] = False
    order, shift = np.argsort(number, kind="stable"), np.zeros(len(strings), np.int64)
    edges = np.searchsorted(number[order], np.arange(min(MOST, number.max(initial=-1) + 1) + 1))
    for low, high in pairwise(edges.tolist()):  # the first UNK of each string, the second …
        some = unknown[order[low:high]]
        of = owner[some]
        begin = bare[some] + shift[of]
        within = (begin >= strings.starts[of]) & (begin < strings.ends[of])
        stop = np.where(within, stops[np.where(within, begin, 0)], NONE)
        told[of[stop == NONE]] = False
        sizes[some] = np.where(stop == NONE, 0, stop - begin)
        shift[of] += sizes[some]
    return sizes, told


def _before(sizes: Ints, encoded: Encoded) -> Ints:
    """Bytes of the tokens before each in its string, int64 [tokens]."""
    reach = np.append(0, np.cumsum(sizes))
    return reach[:-1] - np.repeat(reach[encoded.starts[:-1]], encoded.counts)


def _misspelled(pieces: Strings, strings: Strings, begin: Ints, owner: Ints) -> Ints:
    """The strings, int64 [k], in which a piece stands where the text is another.

    Args:
        begin: where each piece begins, a mark of a word before its string, int64 [pieces].
        owner: its string.
    """
    sizes = pieces.lengths
    at, of = ranges(begin, sizes), np.repeat(owner, sizes)
    text = np.where(at < strings.starts[of], SPACE, strings.data[np.maximum(at, 0)])
    return of[text != picked(pieces.data, pieces.starts, sizes)]
