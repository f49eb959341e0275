"""Which words and lines are worth the attention of a check: found on flat arrays of code points."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.evidence import PALOCHKA
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS, WordBreak, scripts, table
from langcov.text.strings import Offsets, Strings

Flags = NDArray[np.uint8]
SUSPECT, BESIDE, JOINING, CAPITAL, SPACE, LINE, DIGIT, LETTER = (1 << bit for bit in range(8))
CAPITALS_IN_A_ROW = 3
DIGITS_OF_A_PHONE, SPAN_OF_A_PHONE = 7, 20


def flags(
    script: str,
    suspicious: Iterable[Iterable[str]],
    beside: Iterable[Iterable[str]],
    of_lines: Iterable[Iterable[str]],
) -> Flags:
    """What each code point means to the search, uint8 [0x110000].

    Args:
        script: of the language; its capitals in a row make a word suspicious (a wrong code page turns small
            letters into them).
        suspicious: code points that make their word suspicious, any number of collections; a letter with its
            mark has none of its own and is passed over.
        beside: those that do so next to a letter or a mark.
        of_lines: those that make their line suspicious.
    """
    found = _of_script(script).copy()
    for bit, collections in ((SUSPECT, suspicious), (BESIDE, beside), (LINE, of_lines)):
        for characters in collections:
            found[_points(characters)] |= bit
    found.flags.writeable = False
    return found


@lru_cache(maxsize=4)
def _of_script(script: str) -> Flags:
    found = np.zeros(CODE_POINTS, np.uint8)
    found[table("script") > 0] |= LETTER | JOINING
    found[table("word_break") == WordBreak.Extend] |= JOINING
    found[table("white_space") > 0] |= SPACE
    found[np.frombuffer(b"0123456789", np.uint8)] |= DIGIT
    if script in scripts():  # not Hans or Jpan, which are made of several
        own = np.flatnonzero(table("script") == scripts().index(script)).tolist()
        found[[point for point in own if counts_as_capital(chr(point))]] |= CAPITAL
    return found


def counts_as_capital(character: str) -> bool:
    """Whether a run of capitals goes on with it: a small palochka may be a slip among them."""
    return character.isupper() or character == PALOCHKA


def _points(characters: Iterable[str]) -> NDArray[np.uint32]:
    return _constant(characters) if isinstance(characters, (str, frozenset)) else _codes(characters)


@lru_cache(maxsize=64)
def _constant(characters: Collection[str]) -> NDArray[np.uint32]:
    """The code points of a collection that is the same for each language, of which some are large."""
    return _codes(characters)


def _codes(characters: Iterable[str]) -> NDArray[np.uint32]:
    single = "".join(character for character in characters if len(character) == 1)
    return np.frombuffer(single.encode("utf-32-le", "surrogatepass"), "<u4")


@dataclass(frozen=True, eq=False)
class Suspects:
    """The suspicious words and lines of some texts.

    Attributes:
        words: the suspicious words, each a maximal run without white space.
        text: the index of the text that each is in, int64 [n].
        column: code points before each in its text, int64 [n].
        lines: the suspicious texts, int64 [m].
        kinds: the flags of all code points of the texts, uint8 [k].
    """

    words: Strings
    text: Offsets
    column: Offsets
    lines: Offsets
    kinds: Flags

    @property
    def total_words(self) -> int:
        """Words, suspicious or not."""
        word = (self.kinds & SPACE) == 0
        return int(np.count_nonzero(word[1:] & ~word[:-1])) + int(word[:1].sum())

    @property
    def total_letters(self) -> int:
        """Letters among the code points."""
        return int(np.count_nonzero(self.kinds & LETTER))


def suspects(fields: Fields, flagged: Flags) -> Suspects:
    """Find them; a clean text costs a look-up and a few comparisons a code point."""
    kinds = np.take(flagged, fields.points)
    words, text, column = _words(fields, kinds, _suspicious(kinds, fields.points))
    of_lines = _of_lines(kinds)
    lines = np.unique(np.searchsorted(fields.first, of_lines, "right") - 1) if len(of_lines) else of_lines
    return Suspects(words, text, column, lines, kinds)


def _suspicious(kinds: Flags, points: NDArray[np.uint32]) -> Offsets:
    """The code points that make their word suspicious, ascending."""
    marked = _where(kinds, SUSPECT | BESIDE)
    kind = kinds[marked]
    before = (kinds[marked - 1] & JOINING != 0) & (marked > 0)
    after = kinds[np.minimum(marked + 1, len(kinds) - 1)] & JOINING != 0
    inside = points[marked] != ord("!")  # which may end a word
    beside = (kind & BESIDE != 0) & ((before & after) | (before | after) & inside)
    capital = (kinds & CAPITAL) != 0
    row = np.flatnonzero(capital[2:] & capital[1:-1] & capital[:-2])
    return np.sort(np.concatenate([marked[(kind & SUSPECT != 0) | beside], row]))


def _where(kinds: Flags, wanted: int) -> Offsets:
    """The code points that have one of some flags; several times as fast on truth values as on numbers."""
    return np.flatnonzero((kinds & wanted) != 0)


def _of_lines(kinds: Flags) -> Offsets:
    """The code points that make their line suspicious."""
    marked = _where(kinds, LINE | DIGIT)
    kind = kinds[marked]
    digits = marked[kind & DIGIT != 0]
    close = digits[DIGITS_OF_A_PHONE - 1 :] - digits[: 1 - DIGITS_OF_A_PHONE] < SPAN_OF_A_PHONE
    return np.concatenate([marked[kind & LINE != 0], digits[: len(close)][close]])


def _words(fields: Fields, kinds: Flags, at: Offsets) -> tuple[Strings, Offsets, Offsets]:
    """The words around some code points, their texts and their columns."""
    if not len(at):
        none = np.zeros(0, np.int64)
        return Strings(fields.data, none, none), none, none
    spaces = _where(kinds, SPACE)
    after = np.searchsorted(spaces, at)
    after = after[np.append(True, after[1:] != after[:-1])]
    begin = np.where(after > 0, spaces[after - 1] + 1, 0)
    end = spaces[after]
    words = Strings(fields.data, fields.leads[begin], fields.leads[end])
    text = np.searchsorted(fields.first, begin, "right") - 1
    return words, text, begin - fields.first[text]
