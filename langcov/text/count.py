"""Counts for each string: code points, extended grapheme clusters, whitespace words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets, looked_up
from langcov.text.properties import ConjunctBreak, table
from langcov.text.properties import GraphemeBreak as G
from langcov.text.scan import Block, Decoded, blocks, is_lead
from langcov.text.strings import Strings


def code_points(strings: Strings | Decoded) -> Offsets:
    """Code points of each string, int64 [n].

    >>> code_points(Strings.of(["кот", "", "e\\u0301"])).tolist()
    [3, 0, 2]
    """
    whole = strings.strings if isinstance(strings, Decoded) else strings
    return whole.sum(is_lead(whole.data))


def whitespace_words(strings: Strings | Decoded) -> Offsets:
    """Maximal runs of code points outside White_Space, for each string, int64 [n].

    >>> whitespace_words(Strings.of([" ак барс ", "не\\u202fбыло"])).tolist()
    [2, 2]
    """
    counts = np.zeros(len(strings), np.int64)
    for block in blocks(strings):
        counts[block.which] = block.sum(word_starts(block, block.get("white_space").view(bool)))
    return counts


def nonspace_code_points(strings: Strings | Decoded) -> Offsets:
    """Code points outside White_Space of each string, int64 [n].

    >>> nonspace_code_points(Strings.of([" ак барс ", "не\\u202fбыло", ""])).tolist()
    [6, 6, 0]
    """
    counts = np.zeros(len(strings), np.int64)
    for block in blocks(strings):
        counts[block.which] = block.sum(~block.get("white_space").view(bool))
    return counts


def word_starts(block: Block, white: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True for the first code point of each whitespace word, bool [m]."""
    starts = ~white
    starts[1:] &= white[:-1]
    starts[block.first] = ~white[block.first]
    return starts


def graphemes(strings: Strings | Decoded) -> Offsets:
    """Extended grapheme clusters of each string, int64 [n] (UAX #29, rules GB1 to GB999).

    >>> graphemes(Strings.of(["e\\u0301", "각", "🇦🇧🇷🇺"])).tolist()
    [1, 1, 2]
    """
    counts = np.zeros(len(strings), np.int64)
    for block in blocks(strings):
        counts[block.which] = block.sum(_grapheme_breaks(block))
    return counts


def _pairs_kept_together() -> NDArray[np.bool_]:
    """Rules GB3 to GB9b, which look at two neighbours only: bool [16 * before + after]."""
    keep = np.zeros((16, 16), bool)
    keep[G.L, [G.L, G.V, G.LV, G.LVT]] = True  # GB6
    keep[np.ix_([G.LV, G.V], [G.V, G.T])] = True  # GB7
    keep[[G.LVT, G.T], G.T] = True  # GB8
    keep[:, [G.Extend, G.ZWJ, G.SpacingMark]] = True  # GB9, GB9a
    keep[G.Prepend] = True  # GB9b
    ends = [G.CR, G.LF, G.Control]
    keep[ends] = False  # GB4
    keep[:, ends] = False  # GB5
    keep[G.CR, G.LF] = True  # GB3
    return keep.ravel()


_KEEP = _pairs_kept_together()


def _grapheme_breaks(block: Block) -> NDArray[np.bool_]:
    """True where a cluster starts, bool [m]: the pair rules everywhere, the others where they may apply."""
    kind = block.get("grapheme_break")
    breaks = np.ones(len(kind), bool)
    breaks[1:] = ~looked_up(_KEEP, kind[:-1] << 4 | kind[1:])
    if kind.max(initial=0) > G.Control:
        breaks[_joined_conjuncts(block, kind, breaks)] = False
        breaks[_joined_emoji(block, kind)] = False
        indicators = np.flatnonzero(kind == G.Regional_Indicator)
        breaks[second_of_pairs(indicators, block.opens[indicators])] = False
    return breaks | block.opens


def _joined_conjuncts(block: Block, kind: NDArray[np.uint8], breaks: NDArray[np.bool_]) -> Offsets:
    """GB9c: consonants that a linker, with any other marks around it, ties to the consonant before."""
    marked = breaks[1:] & ((kind[:-1] == G.Extend) | (kind[:-1] == G.ZWJ))
    after = np.flatnonzero(marked) + 1
    conjunct = table("conjunct_break")
    after = after[conjunct[block.points[after]] == ConjunctBreak.Consonant]
    if not len(after):
        return after
    kind = block.get("conjunct_break")
    linkers = kind == ConjunctBreak.Linker
    before = _last(~linkers & (kind != ConjunctBreak.Extend), block, after)
    linker = _last(linkers, block, after)
    return after[(kind[before] == ConjunctBreak.Consonant) & (linker > before)]


def _joined_emoji(block: Block, kind: NDArray[np.uint8]) -> Offsets:
    """GB11: pictographs that a ZWJ ties to the pictograph before."""
    pictographic = table("pictographic")
    after = np.flatnonzero(kind[:-1] == G.ZWJ) + 1
    after = after[(pictographic[block.points[after]] == 1) & ~block.opens[after - 1]]
    if not len(after):
        return after
    before = _last(kind != G.Extend, block, after - 1)
    return after[pictographic[block.points[before]] == 1]


def _last(flags: NDArray[np.bool_], block: Block, before: Offsets) -> Offsets:
    """The last flagged code point before each index; the first one of a string counts as flagged."""
    flags[block.first] = True
    stops = np.flatnonzero(flags)
    return stops[np.searchsorted(stops, before) - 1]


def second_of_pairs(indicators: Offsets, opens: NDArray[np.bool_]) -> Offsets:
    """Every second one in each run of neighbouring indices: flags are pairs of regional indicators.

    Args:
        indicators: where they stand, ascending, int64 [k].
        opens: True where a string starts, so that a run can't go on from before, bool [k].
    """
    opens = opens | (np.diff(indicators, prepend=-2) != 1)
    rank = np.arange(len(indicators))
    return indicators[(rank - np.maximum.accumulate(np.where(opens, rank, 0))) % 2 == 1]
