"""Which words and lines any check wants to see: found on flat arrays of code points, for all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import PART, Offsets, looked_up
from langcov.hygiene.engine.protocol import PALOCHKA, Characters, Check, Evidence
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS, WordBreak, scripts, table
from langcov.text.strings import Strings

CAPITALS_IN_A_ROW = 3
DIGITS_CLOSE, DIGITS_SPAN = 5, 13
"""So many digits in so many code points: what the shortest phone number has, after the word for a phone."""

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Trigger:
    """What decides whether one check sees a string, whichever other checks there are."""

    anything: bool = False  # each string is seen
    # suspects, beside, between: characters, as in ``Check``; a letter with its mark, which is no one code
    # point, is none of them
    suspects: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    # those of which three in a row are enough; none where they are not looked for
    capitals: frozenset[str] = frozenset()
    digits: bool = False  # whether five digits close together are enough

    @classmethod
    def of(cls, check: Check, evidence: Evidence) -> Trigger:
        """What a check names for a language, of which the evidence knows no more."""
        named = (check.suspects, check.beside, check.between, check.capitals, check.digits)
        return cls(
            anything=not any(named),
            suspects=_characters(check.suspects, evidence),
            beside=_characters(check.beside, evidence),
            between=_characters(check.between, evidence),
            capitals=capitals_of(evidence.language.script) if check.capitals else frozenset(),
            digits=check.digits,
        )

    def sees(self, text: str, characters: Set[str] | None = None) -> bool:
        """Whether the check is to look at a word or a line, of which the characters may be known."""
        characters = set(text) if characters is None else characters
        return (
            self.anything
            or not self.suspects.isdisjoint(characters)
            or (not self._in_company.isdisjoint(characters) and self._touches(text))
            or bool(self.capitals and _in_a_row(text, self.capitals))
            or (self.digits and _close_digits(text))
        )

    def _touches(self, text: str) -> bool:
        for place in (place for place, character in enumerate(text) if character in self._in_company):
            before, after = _joins(text[place - 1 : place]), _joins(text[place + 1 : place + 2])
            if (before or after) if text[place] in self.beside else (before and after):
                return True
        return False

    @cached_property
    def _in_company(self) -> frozenset[str]:
        return self.beside | self.between


def _characters(find: Characters | None, evidence: Evidence) -> frozenset[str]:
    found: Iterable[str] = find(evidence) if find else ()
    return found if isinstance(found, frozenset) else frozenset(found)


def _in_a_row(text: str, capitals: frozenset[str]) -> bool:
    row = 0
    for character in text:
        row = row + 1 if character in capitals else 0
        if row == CAPITALS_IN_A_ROW:
            return True
    return False


def _close_digits(text: str) -> bool:
    places = [found.start() for found in _DIGIT.finditer(text)]
    return any(last - first < DIGITS_SPAN for first, last in zip(places, places[DIGITS_CLOSE - 1 :]))


@lru_cache(maxsize=1 << 12)
def _joins(character: str) -> bool:
    return bool(character and joining()[ord(character)])


@cache
def joining() -> NDArray[np.bool_]:
    """Whether a code point is a letter of some script, or a mark, bool [0x110000]."""
    letters = (table("script") > 0) | (table("word_break") == WordBreak.Extend)
    return letters & (table("white_space") == 0)


@cache
def capitals_of(script: str) -> frozenset[str]:
    """The capitals of a script, and the small palochka, which may be a slip among them.

    >>> "Ӏ" in capitals_of("Cyrl"), "ӏ" in capitals_of("Cyrl"), "B" in capitals_of("Cyrl")
    (True, True, False)
    """
    if script not in scripts():  # Hans or Jpan, which are made of several
        return frozenset()
    own = map(chr, np.flatnonzero(table("script") == scripts().index(script)).tolist())
    return frozenset(letter for letter in own if letter.isupper() or letter == PALOCHKA)


Flags = NDArray[np.uint8]
BETWEEN, BESIDE, ALONE = 1, 2, 3
LEVEL = 3  # the bits that say which company a code point needs to make its word suspicious; 0: it never does
JOINING, CAPITAL, SPACE, LINE, DIGIT, LETTER = (1 << bit for bit in range(2, 8))


@dataclass(frozen=True, eq=False)
class Sought:
    """What the search looks for: what any check of words, or of lines, names."""

    flags: Flags  # what each code point means to the search, uint8 [0x110000]
    # words, lines: the triggers of the checks of each
    words: Sequence[Trigger]
    lines: Sequence[Trigger]

    @classmethod
    def by(cls, script: str, words: Iterable[Trigger], lines: Iterable[Trigger] = ()) -> Sought:
        """What some triggers name."""
        return cls._of(script, tuple(dict.fromkeys(words)), tuple(dict.fromkeys(lines)))  # many share one

    @classmethod
    @lru_cache(maxsize=4)
    def _of(cls, script: str, words: tuple[Trigger, ...], lines: tuple[Trigger, ...]) -> Sought:
        """The same for each file of a language."""
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
    single = "".join(characters)
    if len(single) > len(characters):
        single = "".join(character for character in characters if len(character) == 1)
    return np.frombuffer(single.encode("utf-32-le", "surrogatepass"), "<u4")


@dataclass(frozen=True, eq=False)
class Suspects:
    """The suspicious words and lines of some texts."""

    words: Strings  # the suspicious words, each a maximal run without white space
    text: Offsets  # the index of the text that each is in, int64 [n]
    column: Offsets  # code points before each in its text, int64 [n]
    lines: Offsets  # the suspicious texts, and perhaps some that no check sees, int64 [m]
    kinds: Flags  # the flags of all code points of the texts, uint8 [k]

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
    kinds = looked_up(sought.flags, fields.points)
    words, text, column = _words(fields, kinds, _in_words(kinds, sought.words))
    return Suspects(words, text, column, _lines(fields, kinds, sought.lines), kinds)


def _in_words(kinds: Flags, wanted: Sequence[Trigger]) -> Offsets:
    """A code point or more of each suspicious word, ascending."""
    if any(trigger.anything for trigger in wanted):
        word = (kinds & SPACE) == 0
        return np.flatnonzero(word & ~np.append(False, word[:-1]))
    marked = [_marked(kinds, start) for start in range(0, len(kinds), PART)]
    return np.sort(np.concatenate([*marked, _of_several(kinds, wanted)]))


def _marked(kinds: Flags, start: int) -> Offsets:
    """The marked code points of a part, but for those that go on with a word of the one before them."""
    marked = _where(kinds[start : start + PART], LEVEL) + start
    level = kinds[marked] & LEVEL
    before = (kinds[marked - 1] & JOINING != 0) & (marked > 0)
    after = kinds[np.minimum(marked + 1, len(kinds) - 1)] & JOINING != 0
    touching = (level >= BESIDE) & (before | after) | before & after
    found = marked[(level == ALONE) | touching]
    in_word = kinds[found] & SPACE == 0
    goes_on = (found[1:] - found[:-1] == 1) & in_word[1:] & in_word[:-1]
    return found[np.append(True, ~goes_on)[: len(found)]]


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
