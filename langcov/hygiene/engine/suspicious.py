"""Which letters make a word worth judging, and which languages can't be judged by their letters."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from langcov.hygiene.engine.finding import script_of
from langcov.hygiene.engine.protocol import Evidence
from langcov.hygiene.engine.spelling import SIGNS, STRESS
from langcov.languages.alphabets import Alphabet, stand_in
from langcov.text.properties import scripts, table

KIN = ("Latn", "Grek", "Cyrl")
"""Scripts that are mixed up with one another."""


@lru_cache(maxsize=1)
def suspicious(alphabet: Alphabet | None, script: str) -> frozenset[str]:
    """The letters that make a word worth judging, one code point each.

    Args:
        alphabet: of the language; without one nothing can be judged.
        script: of the language.
    """
    if alphabet is None:
        return frozenset()
    kin = [index for index, name in enumerate(scripts()) if name in (*KIN, script)]
    letters = frozenset(map(chr, np.flatnonzero(np.isin(table("script"), kin))))
    single = {fold for fold in alphabet.folds if len(fold) == 1} - SIGNS
    return letters.union(single, STRESS, alphabet.variants.keys() - alphabet.apostrophes) - alphabet.letters


@lru_cache(maxsize=1)
def foreign(alphabet: Alphabet | None, script: str) -> frozenset[str]:
    """The letters of other scripts that stand for no letter of the language, one code point each."""
    known = alphabet.folds.keys() if alphabet else ()
    of_others = suspicious(alphabet, script).difference(known, STRESS)
    return frozenset(letter for letter in of_others if len(letter) == 1 and script_of(letter) != script)


def signs(alphabet: Alphabet | None) -> set[str]:
    """The signs that stand for a letter: they make a word worth judging only where they touch another."""
    return set(SIGNS & alphabet.folds.keys()) if alphabet else set()


def suspects(evidence: Evidence) -> frozenset[str]:
    """The ``suspicious`` letters of the language of a file."""
    return suspicious(alphabet_for(evidence), evidence.language.script)


def alphabet_for(evidence: Evidence) -> Alphabet | None:
    """The alphabet of a file; where no source gives one, all letters of its script."""
    return evidence.alphabet or stand_in(evidence.language)


def no_alphabet(evidence: Evidence) -> str | None:
    """Why the letters of a language can't be judged."""
    return None if evidence.alphabet else "no alphabet of this language is known"


def no_script(evidence: Evidence) -> str | None:
    """Why it can't be told which letters are of another script."""
    return None if alphabet_for(evidence) else no_alphabet(evidence)
