"""The letters of a language in one script and orthography, and what is written in their stead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import regex

from langcov.errors import UserError
from langcov.languages import BASES, Language, all_languages, both_cases, find, orthographies

Confidence = Literal["high", "medium", "low"]
_APOSTROPHES = "'’ʼ‘ʻˮ”\"׳"


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
        added: letters beyond the Russian 33 or a to z; all of them in other scripts.
        loans: letters that stand in loan words only.
        variants: another way to write a letter, to the letter; to itself where the table names none. Letters
            that a source lists and a review doubts are among them. None of them is a letter.
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


@cache
def alphabet_of(language: str, orthography: str = "") -> Alphabet | None:
    """The alphabet of a language, None where no source gives one.

    Args:
        language: ``tat_Cyrl``, or another code or name of it.
        orthography: another than the main one, by its name in the table.

    Raises:
        UserError: no language or no orthography has that name.

    >>> alphabet_of("che").palochka, sorted(alphabet_of("tat").added)[:3]
    (True, ['Җ', 'җ', 'Ң'])
    """
    known = {other.orthography: other for other in orthographies(find(language))}
    if orthography not in known:
        names = ", ".join(filter(None, known)) or "none but the main one"
        raise UserError(f"{language} has no orthography {orthography!r} in the table: known are {names}")
    return _alphabet(known[orthography])


@cache
def letter_languages() -> Mapping[str, frozenset[str]]:
    """The ids of the languages that have a letter, by lower-case letter; in any of their orthographies.

    >>> sorted(letter_languages()["ҙ"])
    ['bak_Cyrl', 'nio_Cyrl']
    """
    found: dict[str, set[str]] = {}
    for row in (row for language in all_languages() for row in orthographies(language)):
        for letter in _lower(row):
            found.setdefault(letter, set()).add(row.id)
    return {letter: frozenset(ids) for letter, ids in found.items()}


def _alphabet(language: Language) -> Alphabet | None:
    facts = language.facts
    if not facts["letters"]:
        return None

    def cased(letters: Collection[str]) -> frozenset[str]:
        return frozenset(both_cases(letters, language))

    letters = cased(_lower(language))
    pairs = [pair.partition("=")[::2] for pair in facts["variant_letters"].split()]
    pairs += [(doubted, "") for doubted in facts["doubted_letters"].split()]
    cases = [
        zip(both_cases([variant], language), both_cases([letter or variant], language))
        for variant, letter in pairs
        if variant not in letters
    ]
    variants = {variant: letter for case in cases for variant, letter in case}
    base = facts["base"] or {"Cyrl": "russian33", "Latn": "latin26"}.get(language.script, "")
    return Alphabet(
        language=language.id,
        orthography=language.orthography,
        script=language.script,
        letters=letters,
        added=letters - cased(BASES[base]),
        loans=cased(facts["loan_letters"].split()),
        variants=variants,
        apostrophes=frozenset(_APOSTROPHES) & (letters | variants.keys()),
        palochka="ӏ" in letters,
        digraphs=tuple(facts["digraphs"].split()),
        folds=_folds(language, letters, letters | variants.keys()),
        confidence=cast(Confidence, facts["alphabet_confidence"]),
    )


def _lower(language: Language) -> set[str]:
    """All lower-case letters that its words are written with; empty where they are not known."""
    if not language.facts["letters"]:
        return set()
    columns = ("letters", "optional_letters", "loan_letters")
    listed = {letter for column in columns for letter in language.facts[column].split()} - {"(none)"}
    parts = {part for digraph in language.facts["digraphs"].split() for part in regex.findall(r"\X", digraph)}
    missing = language.facts["base_missing"].split()
    return listed | parts | set(BASES[language.facts["base"]]).difference(missing)


def _folds(language: Language, letters: frozenset[str], known: frozenset[str]) -> dict[str, Fold]:
    """What stands for the letters; ``known`` are letters and variants, which are never wrong."""
    return {}
