"""The letters of a language in one script and orthography, and what is written in their stead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Fold:
    """What a wrong character stands for in a language.

    Attributes:
        right: one letter of the alphabet, or a letter with its mark.
        kind: ``palochka`` (any form that is not U+04C0 or U+04CF), ``lookalike`` (of another script) or
            ``twin`` (a letter of the same script that the alphabet doesn't have).
        unambiguous: nothing else in this language is written with the wrong character.
        confidence, source: of the row of the table.
    """

    right: str
    kind: Literal["palochka", "lookalike", "twin"]
    unambiguous: bool
    confidence: Confidence
    source: str


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language (``langcov/data/languages.tsv``, ``hygiene_folds.tsv``).

    All sets hold both cases, in NFC; a letter may be a base with a mark that has no composed form.

    Attributes:
        language, orthography: ``evn_Cyrl``, and empty for the main orthography.
        script: ISO 15924.
        letters: all that its words are written with: of the base, added, optional, loan-only, of digraphs.
        added: letters beyond the base (the Russian 33, a to z); all of them where there is no base.
        loans: letters that stand in loan words only.
        variants: another way to write a letter, to the letter; to itself where the table names none.
        apostrophes: those letters and variants that look like an apostrophe.
        palochka: whether ӏ is a letter.
        digraphs: letters written with more than one character.
        folds: a wrong character to what it stands for.
        confidence: of the alphabet as a whole.
    """

    language: str
    orthography: str
    script: str
    letters: frozenset[str]
    added: frozenset[str]
    loans: frozenset[str]
    variants: Mapping[str, str]
    apostrophes: frozenset[str]
    palochka: bool
    digraphs: tuple[str, ...]
    folds: Mapping[str, Fold]
    confidence: Confidence


def alphabet_of(language: str, orthography: str = "") -> Alphabet | None:
    """The alphabet of a language id, None where no source gives one.

    Args:
        language: ``tat_Cyrl``.
        orthography: another than the main one, by its name in the table.
    """
    raise NotImplementedError
