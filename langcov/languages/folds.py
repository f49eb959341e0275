"""What is written in the stead of letters: the table of ``hygiene_folds.tsv`` (its card is beside it)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal
from unicodedata import normalize

from langcov.data import read_table
from langcov.languages import Language, both_cases

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


def folds_of(language: Language, letters: Collection[str], variants: Collection[str]) -> dict[str, Fold]:
    """What stands for the letters of a language, by wrong character.

    Its own rows go before those of its script. A letter or variant is never wrong. Of several rights the
    first is taken, as ambiguous; a twin by a row of the script is so too where the alphabet is not sure.

    Args:
        language: in its script and orthography.
        letters: both cases.
        variants: what may stand in a text though it is no letter.
    """
    known = {*letters, *variants}
    own = {language.id, f"{language.id}/{language.orthography}"}
    found: dict[str, Fold] = {}
    for ids in own, {f"*{language.script}"}:
        claims: dict[str, list[Fold]] = {}
        for row in _rows():
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
    """The wrong and right characters of a row; capitals of twins are regular, so the row leaves them out."""
    for wrong in row["wrong"].split():
        if row["kind"] == "twin":
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
