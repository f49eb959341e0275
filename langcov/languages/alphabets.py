"""The letters of a language in one script and orthography, and what is written in their stead (folds)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, cast
from unicodedata import normalize

import numpy as np
import regex

from langcov.data import read_table
from langcov.errors import UserError
from langcov.languages import BASES, Language, all_languages, both_cases, find, orthographies
from langcov.text.properties import scripts, table

BASES_OF = {"Cyrl": "russian33", "Latn": "latin26"}
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Fold:
    """What a wrong character stands for in a language."""

    right: str  # one letter of the alphabet, or a letter with its mark
    # ``palochka`` (any form that is not U+04C0 or U+04CF), ``lookalike`` (of another script) or ``twin`` (a
    # letter of the same script that the alphabet doesn't have)
    kind: Literal["palochka", "lookalike", "twin"]
    unambiguous: bool  # nothing else in this language is written with the wrong character
    # confidence, source: of the row of the table
    confidence: Confidence
    source: str


def folds_of(language: Language, letters: Collection[str], variants: Collection[str]) -> dict[str, Fold]:
    """What stands for the letters of a language, by wrong character.

    Its own rows go before those of its script. A letter or variant is never wrong. Of several rights the
    first is taken, as ambiguous; a twin by a row of the script is so too where the alphabet is not sure.

    Args:
        variants: what may stand in a text though it is no letter.
    """
    known = {*letters, *variants}
    own = {language.id, f"{language.id}/{language.orthography}"}
    found: dict[str, Fold] = {}
    for ids in own, {f"*{language.script}"}:
        claims: dict[str, list[Fold]] = {}
        for row in (row for row in _rows() if row["kind"] != "keyboard"):
            unsure = row["kind"] == "twin" and ids != own and language.facts["alphabet_confidence"] == "low"
            for wrong, right in _pairs(row, language) if ids & set(row["languages"].split()) else ():
                if right in letters and wrong not in known | found.keys():
                    sure = row["unambiguous"] == "yes" and not unsure
                    fold = Fold(right, row["kind"], sure, row["confidence"], row["source"])
                    claims.setdefault(wrong, []).append(fold)
        for wrong, folds in claims.items():
            several = len({fold.right for fold in folds}) > 1
            found[wrong] = replace(folds[0], unambiguous=False) if several else folds[0]
    marked = ((wrong, fold) for wrong, fold in _with_marks(found, letters) if wrong not in known)
    return dict(marked) | found


@cache
def _rows() -> list[dict[str, Any]]:
    return list(read_table("hygiene_folds.tsv"))


def _pairs(row: Mapping[str, str], language: Language) -> Iterator[tuple[str, str]]:
    """The wrong and right characters of a row, which leaves the capitals out where they are regular."""
    for wrong in row["wrong"].split():
        if row["kind"] in ("twin", "keyboard"):
            yield from zip(both_cases([wrong], language), both_cases([row["right"]], language))
        else:
            yield wrong, row["right"]


def _with_marks(folds: Mapping[str, Fold], letters: Collection[str]) -> Iterator[tuple[str, Fold]]:
    """Composed letters of another script for a letter with the same marks: ā, as a is а, for а̄."""
    for letter in sorted(letters):
        decomposed = normalize("NFD", letter)
        base, marks = decomposed[0], decomposed[1:]
        for wrong, fold in folds.items():
            composed = normalize("NFC", wrong + marks)
            if marks and (fold.kind, fold.right) == ("lookalike", base) and len(composed) == 1:
                yield composed, replace(fold, right=letter)


def candidates_of(
    language: Language, letters: Collection[str], variants: Collection[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """All that each letter of another script may stand for, the likeliest first, by kind of row.

    Args:
        language, letters, variants: as in ``folds_of``.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {"lookalike": {}, "keyboard": {}}
    for ids in {language.id}, {f"*{language.script}"}:
        for row in (row for row in _rows() if row["kind"] in found and ids & set(row["languages"].split())):
            of_kind = found[row["kind"]]
            for wrong, right in _pairs(row, language):
                if right in letters and wrong not in letters and wrong not in variants:
                    of_kind[wrong] = tuple(dict.fromkeys((*of_kind.get(wrong, ()), right)))
    return found


# letters that look like an apostrophe, and what is typed for them (CLDR, lenient-scope-general of ’)
_APOSTROPHES = {"ʼ": "’'", "’": "ʼ'", "ʻ": "‘`", "ˮ": '”"', "”": 'ˮ"', "׳": "'’"}


@dataclass(frozen=True, eq=False)
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
            that only some source or another orthography has, or a review doubts, are among them. None is a
            letter.
        apostrophes: those letters and variants that look like an apostrophe.
        palochka: whether ӏ is a letter.
        folds: a wrong character to what it stands for.
        lookalikes, keyboard: letters of another script to all letters that they look like, and to all that
            are typed with them on another keyboard; the likeliest first.
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
    folds: Mapping[str, Fold]
    lookalikes: Mapping[str, tuple[str, ...]]
    keyboard: Mapping[str, tuple[str, ...]]
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


_EITHER = frozenset("ӏӀіІ")
"""What a letter of another script stands for in some languages of the script only."""


@cache
def stand_in(language: Language) -> Alphabet | None:
    """All letters of the script of a language whose alphabet no source gives: those of another are foreign.

    None for scripts that are not mixed up with others.
    """
    if language.script not in BASES_OF:
        return None
    points = np.flatnonzero(table("script") == scripts().index(language.script))
    letters = frozenset(map(chr, points.tolist()))
    candidates = candidates_of(language, letters - _EITHER, _EITHER)
    return Alphabet(
        language=language.id,
        orthography=language.orthography,
        script=language.script,
        letters=letters,
        added=frozenset(),
        loans=frozenset(),
        variants={},
        apostrophes=frozenset(),
        palochka=False,
        folds=folds_of(language, letters - _EITHER, _EITHER),
        lookalikes=candidates["lookalike"],
        keyboard=candidates["keyboard"],
        confidence="low",
    )


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
    variants = _variants(language, letters)
    candidates = candidates_of(language, letters, variants)
    base = BASES[facts["base"] or BASES_OF.get(language.script, "")]
    return Alphabet(
        language=language.id,
        orthography=language.orthography,
        script=language.script,
        letters=letters,
        added=letters - {*base, *base.upper()},
        loans=cased(facts["loan_letters"].split()),
        variants=variants,
        apostrophes=frozenset("".join((*_APOSTROPHES, *_APOSTROPHES.values()))) & {*letters, *variants},
        palochka="ӏ" in letters,
        folds=folds_of(language, letters, variants),
        lookalikes=candidates["lookalike"],
        keyboard=candidates["keyboard"],
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


def _variants(language: Language, letters: Collection[str]) -> dict[str, str]:
    """What may stand in a text though it is no letter, to the letter, in both cases."""
    facts = language.facts
    pairs = [pair.partition("=")[::2] for pair in facts["variant_letters"].split()]
    pairs += [(form, letter) for letter in sorted(letters) for form in _APOSTROPHES.get(letter, "")]
    elsewhere = re.findall(r"(\S+) U\+", facts["alphabet_disagreement"])
    elsewhere += sorted(letter for other in orthographies(language) for letter in _lower(other))
    pairs += [(letter, "") for letter in (*facts["doubted_letters"].split(), *elsewhere)]
    found: dict[str, str] = {}
    for variant, letter in pairs:
        cases = zip(both_cases([variant], language), both_cases([letter or variant], language))
        found |= {one: other for one, other in cases if one not in letters and one not in found}
    return found
