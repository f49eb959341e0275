"""Text that was typed without the letters its alphabet adds to the base: `missing-letters`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import numpy as np

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck, about
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS, table

ENOUGH = 2_000  # letters of a text that can be judged

LEAST_PER_MILLE = 3
"""Added letters in 1,000, below which a text lacks them. Of the 162 texts of 2,000 letters or more that
FLORES+, NTREX, UDHR, Common Voice, GATITOS, Tatoeba and UD have in an alphabet with such letters, those in
order have 10 (Even) to 293 (Azerbaijani); below 3 are UD Abaza (0: its palochka is a Latin I) and the
Ossetian list of GATITOS (2.3: its æ is Latin)."""

SCARCE = frozenset("ѝЍ")
"""Letters of one or two short words, without which a text can do: ѝ, 0.02 in 1,000 letters of Bulgarian."""


class MissingLetters(LineCheck):
    """Counts the added letters of a file; one letter that is missing alone may just be rare."""

    checks = (About(*about("missing-letters")),)

    def __init__(self, context: Context) -> None:
        alphabet = self._alphabet = context.alphabet
        self._added: list[str] = []
        if alphabet:
            self._added = sorted(alphabet.added - alphabet.loans - alphabet.apostrophes - SCARCE)
        self._counts = np.zeros(CODE_POINTS, np.int64)

    def add(self, fields: Fields) -> None:
        self._counts[: len(fields.uses)] += fields.uses

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        if self.unjudged():
            return
        found, total = sum(map(self._count, self._added)), self._letters
        if 1000 * found < LEAST_PER_MILLE * total:
            message = (
                "Only {found} of {total} letters are of those that the alphabet adds ({letters}): "
                "the text may have been typed without them."
            )
            small = [letter for letter in self._added if letter == letter.lower()]
            values = {"found": str(found), "total": str(total), "letters": " ".join(small)}
            yield None, Issue("missing-letters", "warning", 0, 0, "", message, values)

    def unjudged(self) -> Mapping[str, str]:
        (check,) = self.ids()
        if self._alphabet is None:
            return {check: "no source gives the alphabet"}
        if not self._added:
            return {check: "the alphabet adds no letters that every text has"}
        if self._letters < ENOUGH:
            return {check: "the text has fewer than 2,000 letters"}
        return {}

    @property
    def _letters(self) -> int:
        return int(self._counts[table("script") > 0].sum())

    def _count(self, letter: str) -> int:
        """How often a letter occurs, composed or not (then as often as the rarest of its parts, at most)."""
        parts = unicodedata.normalize("NFD", letter)
        whole = int(self._counts[ord(letter)]) if len(letter) == 1 else 0
        apart = min(int(self._counts[ord(part)]) for part in parts) if len(parts) > 1 else 0
        return whole + apart


CHECKS = (MissingLetters,)
