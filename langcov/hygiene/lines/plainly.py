"""Lines that are plainly in the declared language, told for many at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.hygiene.lines.evidence import Letters
from langcov.hygiene.lines.leaning import NEAR
from langcov.hygiene.lines.plain import Plain, Seen
from langcov.hygiene.lines.prose import BESIDE, FEWEST_LETTERS, FEWEST_RUSSIAN, FEWEST_WORDS, Prose
from langcov.hygiene.lines.spoken import PART, Spoken
from langcov.hygiene.reading.fields import Fields
from langcov.languages import Language
from langcov.text.scripts import comparable

_ONE_BY_ONE = ("Hani", "Latn")
"""Scripts without spaces between words, and that of names and code in lines of any language."""


class Told(NamedTuple):
    """What was told of some lines."""

    letters: Ints  # in the words of each line that is plainly in the language, int64 [k]
    added: Ints  # of those the letters that the alphabet adds, int64 [k]
    rest: Ints  # the lines that need a closer look, int64 [m]; the others are too short to be judged


class Plainly:
    """Tells lines by their letters, and those that may be Russian by their words; no model is asked.

    Args:
        language: the declared one.
        prose: finds the words of lines.
        letters: of the language.
        spoken: compares lines in it with others, if any are known.
    """

    def __init__(self, language: Language, prose: Prose, letters: Letters, spoken: Spoken | None) -> None:
        self._plain, self._spoken = Plain(prose, letters), spoken
        self._reads_words = "Slavic" not in language.branch
        self._reads_two = self._reads_words and comparable(language.script) == "Cyrl"

    @staticmethod
    def can(language: Language, letters: Letters) -> bool:
        """Whether it can tell lines declared to be in a language."""
        return letters.are_single and comparable(language.script) not in _ONE_BY_ONE

    def tell(self, fields: Fields) -> Told:
        """Look at some lines."""
        seen = self._plain.look(fields)
        enough = seen.letters >= (FEWEST_RUSSIAN if self._spoken else FEWEST_LETTERS)
        lines = enough & (seen.words >= FEWEST_WORDS)
        rest = seen.unclear | lines & (seen.added == 0) & (seen.strange | (self._spoken is None))
        if self._reads_two:
            rest |= enough & (seen.words == FEWEST_WORDS - 1) & (seen.sizes - seen.letters > BESIDE)
        rest |= self._leans(fields, seen, lines & ~rest)
        lines &= ~rest
        return Told(seen.letters[lines], seen.added[lines], np.flatnonzero(rest))

    def _leans(self, fields: Fields, seen: Seen, lines: Bools) -> Bools:
        """Which of some lines may be Russian, or have a clause that is, bool [n]."""
        if not self._spoken or not (leaning := self._spoken.to_russian):
            return np.zeros(len(lines), bool)
        bare, clause = seen.added == 0, seen.clause & self._reads_words
        leans = lines & (bare | clause)
        at = np.flatnonzero(leans & ~seen.mixed)
        gained, most = leaning.of(fields, at)
        leans[at] = bare[at] & (gained > -NEAR) | clause[at] & (most > PART - NEAR)
        return leans
