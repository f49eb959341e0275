"""Lines cut into units that are counted once however often they occur."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Offsets
from langcov.text.count import word_starts
from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import blocks, find, lead_bytes, utf8_lengths
from langcov.text.strings import Strings, ranges

SPACE = 0x20


@dataclass(frozen=True, eq=False)
class Units:
    """What ``cut`` makes of some lines."""

    regular: NDArray[np.bool_]  # whether each line could be cut, bool [n_lines]
    units: Strings  # the pieces of the regular lines in the order of the text; they share the lines' buffer
    line: Offsets  # index of the line each unit is in, int64 [n_units], ascending


def is_inside(words: Strings) -> NDArray[np.bool_]:
    """Words that stand inside a line: they begin with a U+0020, bool [n]."""
    inside = np.zeros(len(words), bool)
    filled = np.flatnonzero(words.lengths)
    inside[filled] = words.data[words.starts[filled]] == SPACE
    return inside


def cut(lines: Strings, goes_on: bool = False) -> Units:
    """Cut lines before each U+0020, so that any count of a line is the sum over its units.

    A line is *regular* if it is not empty and each of its White_Space characters is a single U+0020 between
    two characters of another kind; other lines are left whole and have no units. No cut is made after a code
    point of Grapheme_Cluster_Break=Prepend, which would make one cluster with the space (GB9b). So bytes,
    code points, grapheme clusters, whitespace words and UAX #29 words of a line all add up.

    Args:
        lines: packed or not; one alone if it goes on.
        goes_on: it is what follows in a longer line, from a U+0020 where that was cut.

    >>> made = cut(Strings.of(["ак барс", "два  пробела"]))
    >>> made.units.to_list(), made.line.tolist(), made.regular.tolist()
    (['ак', ' барс'], [0, 0], [True, False])
    """
    spaces = np.flatnonzero(lines.data == SPACE)
    exotic, points = find(lines.data, *_exotic())
    prepend = table("grapheme_break")[points] == GraphemeBreak.Prepend
    pieces, line, later = _cut_at(lines, spaces)
    if goes_on:  # nothing stands before its first space
        pieces, line, later = pieces[1:], line[1:], later[1:]
    # All white space is single spaces if no other is there and each piece has something beside its own.
    other = exotic[~prepend]
    bad = np.searchsorted(other, lines.starts) < np.searchsorted(other, lines.ends)
    bad[line[pieces.lengths <= later]] = True
    after = exotic[prepend] + utf8_lengths(points[prepend])
    if len(after):
        first = np.flatnonzero(~(later & np.isin(pieces.starts, after)))
        last = np.append(first[1:], len(pieces)) - 1
        pieces, line = Strings(lines.data, pieces.starts[first], pieces.ends[last]), line[first]
    if bad.any():
        kept = ~bad[line]
        pieces, line = pieces[kept], line[kept]
    return Units(~bad, pieces, line)


def _cut_at(lines: Strings, places: Offsets) -> tuple[Strings, Offsets, NDArray[np.bool_]]:
    """Lines cut before some bytes: the pieces, the line of each, and whether it is not that line's first."""
    low, high = np.searchsorted(places, lines.starts), np.searchsorted(places, lines.ends)
    counts = high - low + 1
    last = np.cumsum(counts) - 1
    later = np.ones(int(counts.sum()), bool)
    later[last - counts + 1] = False
    starts, ends = np.empty(len(later), np.int64), np.empty(len(later), np.int64)
    starts[~later], starts[later] = lines.starts, places[ranges(low, high - low)]
    ends[:-1], ends[last] = starts[1:], lines.ends
    return Strings(lines.data, starts, ends), np.repeat(np.arange(len(lines)), counts), later


@cache
def _exotic() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """What ``cut`` looks for beside U+0020: White_Space and Prepend, as ``find`` wants it."""
    wanted = table("white_space").view(bool) | (table("grapheme_break") == GraphemeBreak.Prepend)
    wanted[SPACE] = False
    return wanted, lead_bytes(wanted)


def without_white_space(strings: Strings) -> Strings:
    """The same strings without their white space, packed.

    >>> without_white_space(Strings.of([" ак барс ", "не\\u202fбыло", ""])).to_list()
    ['акбарс', 'небыло', '']
    """
    packed = strings.packed()
    kept = _outside(packed.data)
    before = np.append(0, np.cumsum(kept))
    return Strings(packed.data[kept], before[packed.starts], before[packed.ends])


def bytes_of_words(strings: Strings) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which bytes are of a whitespace word, and which begin one, bool [bytes] each.

    Args:
        strings: packed.

    >>> of_word, begins = bytes_of_words(Strings.of(["ab c", "d"]))
    >>> of_word.astype(int).tolist(), begins.astype(int).tolist()
    ([1, 1, 0, 1, 1], [1, 0, 0, 1, 1])
    """
    of_word = _outside(strings.data)
    begins = of_word.copy()
    begins[1:] &= ~of_word[:-1]
    first = strings.starts[strings.lengths > 0]
    begins[first] = of_word[first]
    return of_word, begins


def _outside(data: Bytes) -> NDArray[np.bool_]:
    """Which bytes are not of White_Space, bool [bytes]."""
    at, points = find(data, *_white())
    kept = np.ones(len(data), bool)
    kept[ranges(at, utf8_lengths(points))] = False
    return kept


@cache
def _white() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """White_Space as ``find`` wants it."""
    wanted = table("white_space").view(bool)
    return wanted, lead_bytes(wanted)


def collapse(lines: Strings) -> tuple[Strings, int]:
    """Each run of White_Space turned into one U+0020, and none at either end; and how many runs changed.

    >>> made, changed = collapse(Strings.of([" два\u00a0 слова", "ак барс"]))
    >>> made.to_list(), changed
    (['два слова', 'ак барс'], 2)
    """
    parts: list[Bytes] = []
    lengths = np.zeros(len(lines), np.int64)
    changed = 0
    for block in blocks(lines):
        white = block.get("white_space").view(bool)
        words = np.flatnonzero(word_starts(block, white))
        owner = block.owners(words)
        gaps = words[np.flatnonzero(owner[1:] == owner[:-1]) + 1] - 1
        unchanged = (block.points[gaps] == SPACE) & ~white[gaps - 1]
        changed += int(word_starts(block, ~white).sum() - unchanged.sum())
        whites = np.flatnonzero(white)
        at, width = block.leads[whites], utf8_lengths(block.points[whites])
        spaces = at[np.searchsorted(whites, gaps)]
        data = block.strings.data.copy()
        kept = np.ones(len(data), bool)
        kept[ranges(at, width)] = False
        data[spaces], kept[spaces] = SPACE, True
        if len(data):
            starts = block.strings.starts[block.nonempty]
            lengths[block.nonempty + block.which.start] = np.add.reduceat(kept, starts, dtype=np.int64)
        parts.append(data[kept])
    ends = np.cumsum(lengths)
    return Strings(np.concatenate([np.zeros(0, np.uint8), *parts]), ends - lengths, ends), changed
