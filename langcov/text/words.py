"""UAX #29 words: where they stand in each string."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets, looked_up
from langcov.text.count import second_of_pairs
from langcov.text.properties import WordBreak as W
from langcov.text.properties import table
from langcov.text.scan import Block, Decoded, blocks
from langcov.text.strings import Strings

_LETTERS = (W.ALetter, W.Hebrew_Letter)
_JOINERS = (W.Extend, W.Format, W.ZWJ)
_LINE_ENDS = (W.CR, W.LF, W.Newline)


@dataclass(frozen=True, eq=False)
class WordSpans:
    """Words in the order of the text; a string without words has none here."""

    starts: Offsets  # first byte of each word, counted in the data of ``strings.packed()``, int64 [m]
    ends: Offsets  # one past its last byte, int64 [m]
    owner: Offsets  # index of the string it is in, int64 [m], ascending

    def __len__(self) -> int:
        return len(self.starts)


def uax29_words(strings: Strings | Decoded) -> WordSpans:
    """The segments between the default word boundaries of UAX #29 that hold a letter or a digit.

    The boundaries are those of rules WB1 to WB999, untailored: no dictionary, so in scripts without spaces
    (Thai, Han) each letter with its marks is a word. A letter or digit is a code point of General_Category
    L* or N*. A segment keeps all its code points: ``don't`` and a word with its soft hyphens, stress marks
    or U+202F are one word with all of these bytes.

    >>> strings = Strings.of(["Ҡала-ла 3,5 т!", "…"])
    >>> words = uax29_words(strings)
    >>> Strings(strings.data, words.starts, words.ends).to_list(), words.owner.tolist()
    (['Ҡала', 'ла', '3,5', 'т'], [0, 0, 0, 0])
    """
    parts: list[tuple[Offsets, Offsets, Offsets]] = []
    offset = 0
    for block in blocks(strings):
        if len(block.points):
            breaks = _word_breaks(block)
            segments = np.flatnonzero(breaks)
            is_word = np.logical_or.reduceat(block.get("alphanumeric").view(bool), segments)
            starts = block.leads[segments] + offset
            ends = np.append(starts[1:], len(block.strings.data) + offset)
            owner = block.owners(segments[is_word]) + block.which.start
            parts.append((starts[is_word], ends[is_word], owner))
        offset += len(block.strings.data)
    if not parts:
        return WordSpans(*(np.zeros(0, np.int64) for _ in range(3)))
    return WordSpans(*(np.concatenate(column) for column in zip(*parts)))


def _pairs_kept_together() -> NDArray[np.bool_]:
    """Rules WB5 to WB13b that look at two neighbours only: bool [32 * before + after]."""
    keep = np.zeros((32, 32), bool)
    letters = list(_LETTERS)
    keep[np.ix_(letters, letters)] = True  # WB5
    keep[W.Hebrew_Letter, W.Single_Quote] = True  # WB7a
    keep[W.Numeric, W.Numeric] = True  # WB8
    keep[letters, W.Numeric] = True  # WB9
    keep[W.Numeric, letters] = True  # WB10
    keep[W.Katakana, W.Katakana] = True  # WB13
    joined = [*letters, W.Numeric, W.Katakana]
    keep[joined, W.ExtendNumLet] = True  # WB13a
    keep[W.ExtendNumLet, W.ExtendNumLet] = True
    keep[W.ExtendNumLet, joined] = True  # WB13b
    return keep.ravel()


_KEEP = _pairs_kept_together()
_BETWEEN = (
    (_LETTERS, (W.MidLetter, W.MidNumLet, W.Single_Quote)),  # WB6, WB7
    ((W.Hebrew_Letter,), (W.Double_Quote,)),  # WB7b, WB7c
    ((W.Numeric,), (W.MidNum, W.MidNumLet, W.Single_Quote)),  # WB11, WB12
)
"""What stays whole when both of its sides are of one sort: (the sides, the middle)."""


def _word_breaks(block: Block) -> NDArray[np.bool_]:
    """True where a segment starts, bool [m].

    WB4 lets Extend, Format and ZWJ follow anything but a line end without a trace, so the later rules see
    only the other code points, the bases.
    """
    kind = block.get("word_break")
    joiner = _among(kind, _JOINERS)
    if joiner.any():
        after_nothing = block.opens | np.append(True, _among(kind, _LINE_ENDS)[:-1])
        base = ~joiner | after_nothing
        breaks = base.copy()
        breaks[base] = _base_breaks(np.where(joiner, np.uint8(W.Other), kind)[base], block.opens[base])
    else:
        breaks = _base_breaks(kind, block.opens)
    _keep_neighbours(block, kind, breaks)
    return breaks | block.opens


def _base_breaks(kind: NDArray[np.uint8], opens: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rules WB5 to WB999 on bases alone; a break before the first of a string is the caller's to make."""
    breaks = np.ones(len(kind), bool)
    breaks[1:] = ~looked_up(_KEEP, kind[:-1].astype(np.uint16) << 5 | kind[1:])
    middles = np.flatnonzero((kind >= W.Single_Quote) & (kind <= W.MidNum))
    middles = middles[(middles > 0) & (middles < len(kind) - 1)]
    middles = middles[~opens[middles] & ~opens[middles + 1]]
    for sides, middle in _BETWEEN if len(middles) else ():
        whole = _among(kind[middles], middle)
        whole &= _among(kind[middles - 1], sides) & _among(kind[middles + 1], sides)
        breaks[middles[whole]] = False
        breaks[middles[whole] + 1] = False
    indicators = np.flatnonzero(kind == W.Regional_Indicator)
    breaks[second_of_pairs(indicators, opens[indicators])] = False  # WB15, WB16
    return breaks


def _keep_neighbours(block: Block, kind: NDArray[np.uint8], breaks: NDArray[np.bool_]) -> None:
    """WB3, WB3c and WB3d, which look at what stands directly before, joiners too."""
    before, after = kind[:-1], kind[1:]
    breaks[1:] &= ~((before == W.CR) & (after == W.LF))
    breaks[1:] &= ~((before == W.WSegSpace) & (after == W.WSegSpace))
    joined = np.flatnonzero(before == W.ZWJ) + 1
    breaks[joined[table("pictographic")[block.points[joined]] == 1]] = False


def _among(kind: NDArray[np.uint8], values: tuple[W, ...]) -> NDArray[np.bool_]:
    """Whether each value is one of a few: a look-up, faster than ``np.isin``."""
    return looked_up(_chosen(values), kind)


@cache
def _chosen(values: tuple[W, ...]) -> NDArray[np.bool_]:
    chosen = np.zeros(32, bool)
    chosen[list(values)] = True
    return chosen
