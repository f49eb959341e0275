"""Which words and lines are worth the attention of a check: found on flat arrays of code points."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.evidence import PALOCHKA
from langcov.hygiene.fields import Fields
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
        total_words: words, suspicious or not.
        total_letters: letters among the code points.
    """

    words: Strings
    text: Offsets
    column: Offsets
    lines: Offsets
    total_words: int
    total_letters: int


def suspects(fields: Fields, flagged: Flags) -> Suspects:
    """Find them; a clean text costs a look-up and a few comparisons a code point."""
    kinds = np.take(flagged, fields.points)
    space = (kinds & SPACE) != 0
    starts_word = ~space
    starts_word[1:] &= space[:-1]
    at = np.flatnonzero(_suspicious(kinds, fields.points))
    of_lines = np.flatnonzero(_of_lines(kinds))
    words, text, column = _words(fields, space, at)
    lines = np.unique(np.searchsorted(fields.first, of_lines, "right") - 1) if len(of_lines) else of_lines
    return Suspects(
        words,
        text,
        column,
        lines,
        int(np.count_nonzero(starts_word)),
        int(np.count_nonzero(kinds & LETTER)),
    )


def _suspicious(kinds: Flags, points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    found = (kinds & SUSPECT) != 0
    beside = np.flatnonzero(kinds & BESIDE)
    if len(beside):
        joins = (kinds & JOINING) > 0
        before = (beside > 0) & joins[beside - 1]
        after = joins[np.minimum(beside + 1, len(kinds) - 1)]
        inside = points[beside] != ord("!")  # which may end a word
        found[beside[(before & after) | (before | after) & inside]] = True
    capital = (kinds & CAPITAL) > 0
    row = capital[2:] & capital[1:-1] & capital[:-2]
    found[:-2] |= row
    return found


def _of_lines(kinds: Flags) -> NDArray[np.bool_]:
    found = (kinds & LINE) > 0
    digits = np.flatnonzero(kinds & DIGIT)
    close = digits[DIGITS_OF_A_PHONE - 1 :] - digits[: 1 - DIGITS_OF_A_PHONE] < SPAN_OF_A_PHONE
    found[digits[: len(close)][close]] = True
    return found


def _words(fields: Fields, space: NDArray[np.bool_], at: Offsets) -> tuple[Strings, Offsets, Offsets]:
    """The words around some code points, their texts and their columns."""
    if not len(at):
        none = np.zeros(0, np.int64)
        return Strings(fields.data, none, none), none, none
    spaces = np.flatnonzero(space)
    after = np.searchsorted(spaces, at)
    after = after[np.append(True, after[1:] != after[:-1])]
    begin = np.where(after > 0, spaces[after - 1] + 1, 0)
    end = spaces[after]
    words = Strings(fields.data, fields.leads[begin], fields.leads[end])
    text = np.searchsorted(fields.first, begin, "right") - 1
    return words, text, begin - fields.first[text]
