"""Lines cut into units that are counted once however often they occur."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from langcov.text.count import word_starts
from langcov.text.hashing import hashes, same
from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import Block, blocks
from langcov.text.strings import Bytes, Offsets, Strings, ranges

SPACE = 0x20


@dataclass(frozen=True, eq=False)
class Units:
    """What ``cut`` makes of some lines.

    Attributes:
        regular: whether each line could be cut, bool [n_lines].
        units: the pieces of the regular lines in the order of the text; they share the lines' buffer.
        line: index of the line each unit is in, int64 [n_units], ascending.
    """

    regular: NDArray[np.bool_]
    units: Strings
    line: Offsets


def cut(lines: Strings) -> Units:
    """Cut lines before each U+0020, so that any count of a line is the sum over its units.

    A line is *regular* if it is not empty and each of its White_Space characters is a single U+0020 between
    two characters of another kind; other lines are left whole and have no units. No cut is made after a code
    point of Grapheme_Cluster_Break=Prepend, which would make one cluster with the space (GB9b). So bytes,
    code points, grapheme clusters, whitespace words and UAX #29 words of a line all add up.

    >>> made = cut(Strings.of(["ак барс", "два  пробела"]))
    >>> made.units.to_list(), made.line.tolist(), made.regular.tolist()
    (['ак', ' барс'], [0, 0], [True, False])
    """
    regular = np.zeros(len(lines), bool)
    parts: list[tuple[Offsets, Offsets, Offsets]] = []
    for block in blocks(lines):
        spaces, bad = _spaces(block)
        regular[block.which] = ~bad
        opens = np.zeros(len(block.points), bool)
        opens[spaces[table("grapheme_break")[block.points[spaces - 1]] != GraphemeBreak.Prepend]] = True
        opens[block.first] = True
        owner = block.owners(np.flatnonzero(opens))
        starts = block.bytes_at(opens)
        ends = np.append(starts[1:], len(block.strings.data))
        kept = ~bad[owner]
        shift = (lines.starts[block.which] - block.strings.starts)[owner]
        parts.append(((starts + shift)[kept], (ends + shift)[kept], owner[kept] + block.which.start))
    columns = zip(*parts) if parts else [[np.zeros(0, np.int64)]] * 3
    all_starts, all_ends, line = (np.concatenate(column) for column in columns)
    return Units(regular, Strings(lines.data, all_starts, all_ends), line)


def _spaces(block: Block) -> tuple[Offsets, NDArray[np.bool_]]:
    """White space of a block by code point, int64 [k]; which strings are empty or not regular, bool [n]."""
    white = block.get("white_space").view(bool)
    spaces = np.flatnonzero(white)
    edges = np.append(block.first, len(white))
    at_edge = white[edges[:-1]] | white[edges[1:] - 1]
    # a neighbour in another string is no matter: the edge has settled that
    lone = (block.points[spaces] == SPACE) & ~white[spaces - 1] & ~np.append(white, True)[spaces + 1]
    bad = block.strings.lengths == 0
    bad[block.nonempty[at_edge]] = True
    bad[block.owners(spaces[~lone])] = True
    return spaces, bad


def distinct(strings: Strings) -> tuple[Strings, Offsets]:
    """The different strings in order of first occurrence, and for each string which of them it is, int64 [n].

    Exact: strings are grouped by a 64-bit hash, then each is compared with the first of its group byte for
    byte; should two different ones ever share a hash, all are grouped by their bytes instead.

    >>> different, which = distinct(Strings.of(["ак", "барс", "ак"]))
    >>> different.to_list(), which.tolist()
    (['ак', 'барс'], [0, 1, 0])
    """
    first, group = _groups(hashes(strings))
    if not same(strings, strings[first[group]]).all():
        texts = np.array(strings.to_list(), dtype=object)
        _, first, group = np.unique(texts, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return strings[first[order]], place[group]


def _groups(hashed: NDArray[np.uint64]) -> tuple[Offsets, Offsets]:
    """The first index of each different hash, and the group of each (as ``np.unique``, in half the time)."""
    order = np.argsort(hashed)
    ordered = hashed[order]
    opens = np.ones(len(order), bool)
    opens[1:] = ordered[1:] != ordered[:-1]
    group = np.empty_like(order)
    group[order] = np.cumsum(opens) - 1
    starts = np.flatnonzero(opens)
    return np.minimum.reduceat(order, starts) if len(starts) else order, group


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
        at = block.bytes_at(white)
        width = np.searchsorted([0x80, 0x800, 0x10000], block.points[whites], side="right") + 1
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
