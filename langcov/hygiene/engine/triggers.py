"""What makes a word or a line worth the while of a check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.evidence import PALOCHKA, Evidence
from langcov.hygiene.engine.protocol import Characters, Check
from langcov.text.properties import WordBreak, scripts, table

CAPITALS_IN_A_ROW = 3
DIGITS_CLOSE, DIGITS_SPAN = 5, 13
"""So many digits in so many code points: what the shortest phone number has, after the word for a phone."""

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Trigger:
    """What decides whether one check sees a string, whichever other checks there are.

    Attributes:
        anything: each string is seen.
        suspects, beside, between: characters, as in ``Check``; a letter with its mark, which is no one code
            point, is none of them.
        capitals: those of which three in a row are enough; none where they are not looked for.
        digits: whether five digits close together are enough.
    """

    anything: bool = False
    suspects: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()
    digits: bool = False

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

    def sees(self, text: str) -> bool:
        """Whether the check is to look at a word or a line."""
        return (
            self.anything
            or not self.suspects.isdisjoint(text)
            or self._touches(text)
            or bool(self.capitals and _in_a_row(text, self.capitals))
            or (self.digits and _close_digits(text))
        )

    def _touches(self, text: str) -> bool:
        if self.beside.isdisjoint(text) and self.between.isdisjoint(text):
            return False
        joins = [False, *map(bool, joining()[list(map(ord, text))].tolist()), False]
        return any(
            (before or after) if character in self.beside else (before and after)
            for character, before, after in zip(text, joins, joins[2:])
            if character in self.beside or character in self.between
        )


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
