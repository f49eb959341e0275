"""The letters of a text beside the alphabet of its language: by frequency, missing, rare, foreign."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from langcov.core.ui import _, plural, whole
from langcov.hygiene.engine.report import Report
from langcov.languages import both_cases, find
from langcov.languages.alphabets import alphabet_of
from langcov.report.characters import spoken_name_of

ENOUGH = 2_000  # letters of a text, from which one that never stands in it tells something
RARE = 10_000
"""Of so many letters a rare one is not even one."""
SHOWN = 12  # foreign letters


@dataclass(frozen=True)
class Letters:
    """What the letters of a text say.

    Attributes:
        used: letters of the alphabet, small for both cases, with their numbers, the most frequent first.
        rare, missing: those below one in ``RARE``, and those that never occur, but for letters of loans.
        foreign: letters that the alphabet doesn't have, with their numbers, the most frequent first.
    """

    used: Sequence[tuple[str, int]]
    rare: Sequence[str]
    missing: Sequence[str]
    foreign: Sequence[tuple[str, int]]

    def notes(self) -> list[str]:
        """What is odd about them, a sentence each."""
        foreign = [f"{spoken_name_of(letter)} {whole(n)}×" for letter, n in self.foreign[:SHOWN]]
        rest = len(self.foreign) - SHOWN
        more = [plural("and {n} more letter", "and {n} more letters", rest)] * (rest > 0)
        return [
            *[_("Never in this text: {letters}", letters=" ".join(self.missing))] * bool(self.missing),
            *[_("Rarer than 1 in 10,000 letters: {letters}", letters=" ".join(self.rare))] * bool(self.rare),
            *[_("Letters that the alphabet does not have: {letters}", letters=", ".join(foreign + more))]
            * bool(foreign),
        ]


def letters_of(report: Report) -> Letters | None:
    """The letters of a checked text; None where no alphabet is known, or there is nothing to say."""
    alphabet = alphabet_of(report.language, report.orthography) if report.characters else None
    if alphabet is None:
        return None
    language, often = find(report.language), report.characters
    foreign = {
        letter: n
        for letter, n in often.items()
        if unicodedata.category(letter)[0] == "L"
        and letter not in alphabet.letters | alphabet.variants.keys()
    }
    if report.letters < ENOUGH:
        return Letters((), (), (), _ranked(foreign)) if foreign else None
    cases = {small: both_cases([small], language) for small in sorted(alphabet.letters) if len(small) == 1}
    capitals = {form for small, forms in cases.items() for form in forms if form != small}
    used = {small: sum(often.get(form, 0) for form in cases[small]) for small in cases.keys() - capitals}
    rare = [small for small, n in _ranked(used) if 0 < n * RARE < report.letters]
    missing = sorted(small for small, n in used.items() if not n and small not in alphabet.loans)
    return Letters(_ranked({small: n for small, n in used.items() if n}), rare, missing, _ranked(foreign))


def _ranked(often: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(often.items(), key=lambda item: (-item[1], item[0]))
