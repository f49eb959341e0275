"""Text that was typed without the letters its alphabet adds to the base: `missing-letters`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.reading.fields import Fields, Uses
from langcov.languages import both_cases
from langcov.text.properties import table

ENOUGH = 2_000  # letters of a text that can be judged

LEAST_PER_MILLE = 3
"""Added letters in 1,000, below which a text lacks them. Of the 162 texts of 2,000 letters or more that
FLORES+, NTREX, UDHR, Common Voice, GATITOS, Tatoeba and UD have in an alphabet with such letters, those in
order have 10 (Even) to 293 (Azerbaijani); below 3 are UD Abaza (0: its palochka is a Latin I) and the
Ossetian list of GATITOS (2.3: its æ is Latin)."""

SCARCE = frozenset("ѝЍ")
"""Letters of one or two short words, without which a text can do: ѝ, 0.02 in 1,000 letters of Bulgarian."""


UDHR = 10_000
"""Letters of a translation of the UDHR, roughly: in so many those of ``letters_in_udhr`` were counted."""

EXPECTED, RARE = 20, 10
"""A letter is missing where there would be 20 at its share in the UDHR, and is a tenth of that at most."""


class MissingLetters(LineCheck):
    """Counts the added letters of a file: all of them together, and each that the UDHR has often enough.

    Letters that only some texts have are never missing.
    """

    checks = (
        About(
            "missing-letters",
            "Letters of the alphabet are missing",
            "Where a keyboard or a font lacks the letters that an alphabet adds, others are typed "
            "for them, and different words become one.",
        ),
    )

    def __init__(self, context: Context) -> None:
        alphabet = self._alphabet = context.alphabet
        self._added: list[str] = []
        self._usual: dict[str, int] = {}
        if alphabet:
            optional = both_cases(context.language.facts["optional_letters"].split(), context.language)
            self._added = sorted(
                alphabet.added - alphabet.loans - alphabet.apostrophes - SCARCE - {*optional}
            )
            in_udhr = (pair.partition(":") for pair in context.language.facts["letters_in_udhr"].split())
            self._usual = {letter: int(count) for letter, _, count in in_udhr if letter in self._added}
        self._uses = Uses()

    def add(self, fields: Fields) -> None:
        self._uses.add(fields.uses)

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        if self.unjudged():
            return
        found, total = sum(map(self._count, self._added)), self._letters
        small = [letter for letter in self._added if letter == letter.lower()]
        missing = dict(self._missing(total))
        if 1000 * found < LEAST_PER_MILLE * total:
            message = (
                "Only {found} of {total} letters are of those that the alphabet adds ({letters}): "
                "the text may have been typed without them."
            )
            values = {"found": str(found), "total": str(total), "letters": " ".join(small)}
            yield None, Issue("missing-letters", "warning", 0, 0, "", message, values)
        elif missing:
            message = (
                "Of some letters there are few or none, though as much of the UDHR has more: {letters}. "
                "Others may have been typed for them."
            )
            values = {"letters": ", ".join(f"{letter} ({count})" for letter, count in missing.items())}
            yield None, Issue("missing-letters", "warning", 0, 0, "", message, values)

    def _missing(self, total: int) -> Iterator[tuple[str, int]]:
        """The letters that are far rarer than in the UDHR, and how often each stands."""
        for letter, usual in self._usual.items():
            count = self._count(letter) + self._count(letter.upper())
            if usual * total >= EXPECTED * UDHR and count * RARE * UDHR <= usual * total:
                yield letter, count

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
        counts = self._uses.counts
        return int(counts[table("script")[: len(counts)] > 0].sum())

    def _count(self, letter: str) -> int:
        """How often a letter occurs, composed or not (then as often as the rarest of its parts, at most)."""
        parts = unicodedata.normalize("NFD", letter)
        whole = self._uses.of(letter) if len(letter) == 1 else 0
        apart = min(map(self._uses.of, parts)) if len(parts) > 1 else 0
        return whole + apart


CHECKS = (MissingLetters,)
