"""Which letters and which script a text is written in, and which scripts count as the same one."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets, looked_up
from langcov.text.properties import GraphemeBreak, scripts, table
from langcov.text.scan import Block, blocks
from langcov.text.strings import Strings, runs

SAME = {
    **dict.fromkeys(("Hans", "Hant", "Hanb", "Bopo", "Jpan", "Hrkt", "Hira", "Kana"), "Hani"),
    **dict.fromkeys(("Kore", "Jamo"), "Hang"),
    **{"Aran": "Arab", "Cyrs": "Cyrl", "Geok": "Geor", "Latf": "Latn", "Latg": "Latn"},
    **dict.fromkeys(("Syre", "Syrj", "Syrn"), "Syrc"),
}
"""ISO 15924 codes that are compared as another one.

Code points do not tell simplified from traditional Han, or one typeface from another; Chinese and Japanese
text mixes its scripts, so that one line of a text would differ from the next. Korean with some Han in it is
``Hang`` by its majority.
"""

NO_SCRIPT = ("Zinh", "Zxxx", "Zyyy", "Zzzz")  # ISO 15924 codes that say that there is no one script


def is_script(code: str) -> bool:
    """Whether a code of ISO 15924 names a script that Unicode has, a form of one, or none.

    >>> is_script("Cyrl"), is_script("Hant"), is_script("Cyrr")
    (True, True, False)
    """
    return code in scripts() or code in SAME or code in NO_SCRIPT


@cache
def comparable(code: str) -> str:
    """The code that stands for a script and for all that are compared as the same; empty if it is none.

    >>> comparable("Hans"), comparable("Jpan"), comparable("Cyrl"), comparable("Zzzz")
    ('Hani', 'Hani', 'Cyrl', '')
    """
    return "" if code in NO_SCRIPT else SAME.get(code, code)


def majority_script(strings: Strings) -> NDArray[np.uint8]:
    """The script of most letters of each string, as an index into ``scripts()``, uint8 [n].

    Letters are General_Category L*; those of no one script (ʼ) have no vote. Scripts that are compared as the
    same (``SAME``) vote together. Of scripts with equally many letters the first in the order of ISO 15924
    codes is taken (``Cyrl`` before ``Latn``). A string without letters has 0, which is ``Zyyy``: none.

    >>> [scripts()[at] for at in majority_script(Strings.of(["SMS җибәрде", "日本のテレビ", "2026 ʼ"]))]
    ['Cyrl', 'Hani', 'Zyyy']
    """
    found, rest = _of_plain(strings)
    if len(rest):
        found[rest] = np.concatenate([block_majority(block) for block in blocks(strings[rest])])
    return found


def _of_plain(strings: Strings) -> tuple[NDArray[np.uint8], Offsets]:
    """The majority in strings of ASCII and U+0400 to U+04FF, told by bytes; and the other strings, int64 [k].

    Of these code points all but U+0482 to U+0489 are Cyrillic letters, and the Latin ones are those of ASCII.
    """
    data = strings.data
    cyrillic = data - np.uint8(0xD0) < 4
    others = np.flatnonzero(~cyrillic & (data >= 0xC0))
    signs = np.flatnonzero((data[:-1] == 0xD2) & (data[1:] - np.uint8(0x82) < 8))
    cyrillic[signs] = False
    letters = (data | np.uint8(0x20)) - np.uint8(0x61) < 26
    latin, counted = strings.sum(letters), strings.sum(cyrillic)
    other = _held(strings, others) | _held(strings, signs)
    place = {code: at for at, code in enumerate(scripts())}
    majority = np.where(latin > counted, place["Latn"], np.where(counted > 0, place["Cyrl"], 0))
    return majority.astype(np.uint8), np.flatnonzero(other)


def _held(strings: Strings, places: Offsets) -> NDArray[np.bool_]:
    """Strings that hold one of some places in their buffer, few and ascending, bool [n]."""
    held: NDArray[np.bool_] = np.searchsorted(places, strings.starts) < np.searchsorted(places, strings.ends)
    return held


def block_majority(block: Block) -> NDArray[np.uint8]:
    """What :func:`majority_script` says of each string of a block that is decoded already, uint8 [n]."""
    voted = _votes()[block.get("script")]
    present = np.zeros(len(scripts()), bool)
    present[voted] = True
    majority = np.zeros(len(block.strings), np.uint8)
    most = np.zeros(len(block.strings), np.int64)
    for script in np.flatnonzero(present[1:]) + 1:
        letters = block.sum(voted == script)
        more = letters > most
        majority[more], most[more] = script, letters[more]
    return majority


@cache
def _votes() -> NDArray[np.uint8]:
    """The script that each script votes for, uint8 [scripts]."""
    place = {code: at for at, code in enumerate(scripts())}
    return np.array([place[SAME.get(code, code)] for code in scripts()], np.uint8)


@cache
def _marks() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Marks, and they with white space: what is no base, bool [0x110000] each."""
    mark = table("grapheme_break") == GraphemeBreak.Extend
    return mark, mark | table("white_space").view(bool)


BASE_BITS = 21


def letters(strings: Strings, weights: Offsets) -> tuple[Offsets, Offsets]:
    """How often code points occur, but for white space and marks; each with the first mark after it.

    All of them, because letters of some alphabets are no letters to Unicode: ’ (Veps), ׳ (Juhuri).

    Args:
        weights: how often each string counts, int64 [n].

    Returns:
        Keys ``mark << 21 | base`` (mark 0 where none follows), a key maybe several times, and their counts,
        int64 [k] each.

    >>> keys, counts = letters(Strings.of(["ка̄"]), np.array([2]))
    >>> [(chr(key & 0x1FFFFF), key >> 21) for key in keys.tolist()], counts.tolist()
    ([('к', 0), ('а', 772)], [2, 2])
    """
    keys: list[Offsets] = [np.zeros(0, np.int64)]
    counts = keys.copy()
    mark, skipped = _marks()
    for block in blocks(strings):
        of_string = weights[block.which]
        marks = np.flatnonzero(looked_up(mark, block.points) & ~block.opens)
        marks = marks[~skipped[block.points[marks - 1]]]
        base, weight = block.points[marks - 1].astype(np.int64), of_string[block.owners(marks)]
        bare = np.zeros(int(block.points.max(initial=0)) + 1)
        for run in runs(np.append(block.first, len(block.points))):
            some = np.bincount(block.points[run.items], run.spread(of_string[block.nonempty]))
            bare[: len(some)] += some
        bare -= np.bincount(base, weight, minlength=len(bare))
        seen = np.flatnonzero((bare > 0) & ~skipped[: len(bare)])
        keys += [seen, block.points[marks].astype(np.int64) << BASE_BITS | base]
        counts += [bare[seen].astype(np.int64), weight]
    return np.concatenate(keys), np.concatenate(counts)
