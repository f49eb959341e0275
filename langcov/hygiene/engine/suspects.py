"""Which words and lines any check wants to see: found on flat arrays of code points, for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Offsets
from langcov.hygiene.engine.triggers import (
    CAPITALS_IN_A_ROW,
    DIGITS_CLOSE,
    DIGITS_SPAN,
    Trigger,
    capitals_of,
    joining,
)
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS, WordBreak, table
from langcov.text.strings import Strings

Flags = NDArray[np.uint8]
BETWEEN, BESIDE, ALONE = 1, 2, 3
LEVEL = 3
"""The bits that say which company a code point needs to make its word suspicious; 0: it never does."""
JOINING, CAPITAL, SPACE, LINE, DIGIT, LETTER = (1 << bit for bit in range(2, 8))


@dataclass(frozen=True, eq=False)
class Sought:
    """What the search looks for: what any check of words, or of lines, names.

    Attributes:
        flags: what each code point means to the search, uint8 [0x110000].
        words, lines: the triggers of the checks of each.
    """

    flags: Flags
    words: Sequence[Trigger]
    lines: Sequence[Trigger]

    @classmethod
    def by(cls, script: str, words: Iterable[Trigger], lines: Iterable[Trigger] = ()) -> Sought:
        """What some triggers name.

        Args:
            script: of the language, whose capitals count.
            words, lines: of the checks of words and of lines.
        """
        words, lines = list(dict.fromkeys(words)), list(dict.fromkeys(lines))  # many checks share one
        flags = _of_script(script).copy()
        for level, name in ((BETWEEN, "between"), (BESIDE, "beside"), (ALONE, "suspects")):
            for trigger in words:
                points = _points(getattr(trigger, name))
                flags[points] = flags[points] & ~np.uint8(LEVEL) | level
        flags[_spaces()] &= ~np.uint8(LEVEL)  # which no word holds
        for trigger in lines:
            flags[_points(trigger.suspects | trigger.beside | trigger.between)] |= LINE
        flags.flags.writeable = False
        return cls(flags, words, lines)


@cache
def _spaces() -> NDArray[np.int64]:
    return np.flatnonzero(table("white_space"))


@lru_cache(maxsize=4)
def _of_script(script: str) -> Flags:
    found = np.zeros(CODE_POINTS, np.uint8)
    found[table("script") > 0] |= LETTER
    found[joining()] |= JOINING
    found[_spaces()] |= SPACE
    found[table("word_break") == WordBreak.Numeric] |= DIGIT
    found[_points(capitals_of(script))] |= CAPITAL
    return found


@lru_cache(maxsize=64)
def _points(characters: frozenset[str]) -> NDArray[np.uint32]:
    """The code points of a set, most of which are the same for each language, and some large."""
    single = "".join(character for character in characters if len(character) == 1)
    return np.frombuffer(single.encode("utf-32-le", "surrogatepass"), "<u4")


@dataclass(frozen=True, eq=False)
class Suspects:
    """The suspicious words and lines of some texts.

    Attributes:
        words: the suspicious words, each a maximal run without white space.
        text: the index of the text that each is in, int64 [n].
        column: code points before each in its text, int64 [n].
        lines: the suspicious texts, and perhaps some that no check sees, int64 [m].
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


def suspects(fields: Fields, sought: Sought) -> Suspects:
    """Find them; a clean text costs a look-up and a few comparisons a code point."""
    kinds = np.take(sought.flags, fields.points)
    words, text, column = _words(fields, kinds, _in_words(kinds, sought.words))
    return Suspects(words, text, column, _lines(fields, kinds, sought.lines), kinds)


def _in_words(kinds: Flags, wanted: Sequence[Trigger]) -> Offsets:
    """A code point or more of each suspicious word, ascending."""
    if any(trigger.anything for trigger in wanted):
        word = (kinds & SPACE) == 0
        return np.flatnonzero(word & ~np.append(False, word[:-1]))
    marked = _where(kinds, LEVEL)
    level = kinds[marked] & LEVEL
    before = (kinds[marked - 1] & JOINING != 0) & (marked > 0)
    after = kinds[np.minimum(marked + 1, len(kinds) - 1)] & JOINING != 0
    touching = (level >= BESIDE) & (before | after) | before & after
    return np.sort(np.concatenate([marked[(level == ALONE) | touching], _of_several(kinds, wanted)]))


def _lines(fields: Fields, kinds: Flags, wanted: Sequence[Trigger]) -> Offsets:
    if any(trigger.anything for trigger in wanted):
        return np.arange(len(fields))
    if not wanted:
        return np.zeros(0, np.int64)
    at = np.concatenate([_where(kinds, LINE), _of_several(kinds, wanted)])
    return np.unique(np.searchsorted(fields.first, at, "right") - 1)


def _where(kinds: Flags, wanted: int) -> Offsets:
    """The code points that have one of some flags; several times as fast on truth values as on numbers."""
    return np.flatnonzero((kinds & wanted) != 0)


def _of_several(kinds: Flags, wanted: Sequence[Trigger]) -> Offsets:
    """The first of each run of capitals, and of digits close together, where a trigger is of these."""
    found: list[Offsets] = [np.zeros(0, np.int64)]
    if any(trigger.capitals for trigger in wanted):
        capital = (kinds & CAPITAL) != 0
        within = len(kinds) - CAPITALS_IN_A_ROW + 1
        row = capital[:within] & capital[1 : within + 1] & capital[2:]
        found.append(np.flatnonzero(row))
    if any(trigger.digits for trigger in wanted):
        digits = _where(kinds, DIGIT)
        close = digits[DIGITS_CLOSE - 1 :] - digits[: 1 - DIGITS_CLOSE] < DIGITS_SPAN
        found.append(digits[: len(close)][close])
    return np.concatenate(found)


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
