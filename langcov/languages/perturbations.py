"""Changes of spelling that users meet, by name and language: the robustness of models is measured with them.

``langcov/data/perturbations.tsv`` has the letters, each with its source and how sure it is: ``high`` is a
keyboard layout or a practice of that very language, ``medium`` an account of its alphabet or a mark left
out, ``low`` a neighbour's layout or the letter's Unicode name. What no source covers is a reason, never a
guess (docs/decisions/0006-perturbations.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from unicodedata import normalize

from langcov.data import read_table
from langcov.errors import UserError
from langcov.languages import BASES, Language, alphabet, orthographies
from langcov.text.perturb import Perturbation, respell, through_code_page, upper, without_digits

PALOCHKA = "ӏ"
CODE_PAGE = "cp1251"
CASED = ("Cyrl", "Latn", "Armn")
SURENESS = ("low", "medium", "high")
_BOTH_CASES = ("base_letters", "yo")

PERTURBATIONS = {
    "case": "upper case",
    "nfd": "canonical decomposition (NFD)",
    "palochka": "the palochka in its other form, U+04CF for U+04C0 and U+04C0 for U+04CF",
    "palochka_one": "the palochka as the digit 1",
    "palochka_capital_i": "the palochka as the Latin I",
    "palochka_small_l": "the palochka as the Latin l",
    "palochka_bar": "the palochka as |",
    "palochka_ukrainian_i": "the palochka as U+0406",
    "lookalike": "every Cyrillic letter that looks like a Latin one as that one",
    "base_letters": "letters that Russian lacks typed as the Russian letters they are based on",
    "yo": "ё as е",
    "question": "letters lost as ? in a conversion through cp1251",
    "digits": "digits left out",
}
"""What each perturbation does, by name."""


def check_names(names: Sequence[str]) -> None:
    """Refuse what is no perturbation.

    Raises:
        UserError: says which, and what there is.
    """
    unknown = [name for name in names if name not in PERTURBATIONS]
    if unknown:
        raise UserError(f"unknown perturbation {unknown[0]!r}: known are {', '.join(PERTURBATIONS)}")


@cache
def perturb(name: str, language: Language) -> Perturbation | str:
    """A perturbation as it is for a language, or the reason why the language has none.

    Args:
        name: one of ``PERTURBATIONS``.
        language: the language in its script; all its orthographies are covered.

    Raises:
        UserError: no perturbation has that name.

    >>> from langcov.languages import find
    >>> from langcov.text.strings import Strings
    >>> typed = perturb("base_letters", find("tat"))
    >>> typed(Strings.of(["Рәхмәт сүзе"])).to_list(), typed.confidence
    (['Рэхмэт сузе'], 'medium')
    >>> perturb("base_letters", find("bxr"))
    'no source says what is typed for һ'
    """
    check_names([name])
    if reason := _why_not(name, language):
        return reason
    if name == "case":
        return Perturbation(name, partial(upper, dotted="ı" in alphabet(language)))
    if name == "nfd":
        return Perturbation(name, partial(normalize, "NFD"))
    if name == "digits":
        return Perturbation(name, without_digits)
    if name == "question":
        return Perturbation(name, partial(through_code_page, page=CODE_PAGE))
    return _respelling(name, language)


def _why_not(name: str, language: Language) -> str:
    """Why a language has no such perturbation; empty if it has."""
    if name in ("nfd", "digits"):
        return ""
    if name == "case":
        return "" if language.script in CASED else "its script has no upper case in use"
    if language.script != "Cyrl":
        return "not written in Cyrillic"
    if name == "lookalike":
        return ""
    letters = _letters(language)
    if not letters:
        return "its alphabet is not known"
    if name == "question":
        lost = any(b"?" in letter.encode(CODE_PAGE, "replace") for letter in letters)
        return "" if lost else f"{CODE_PAGE} has all its letters"
    if name == "base_letters":
        return _why_no_base(letters, language)
    wanted = "ё" if name == "yo" else PALOCHKA
    return "" if wanted in letters else f"its alphabet has no {wanted}"


def _why_no_base(letters: set[str], language: Language) -> str:
    """Signs without upper case (apostrophes) and the palochka are no letters to be typed as Russian ones."""
    added = {letter for letter in letters if letter.upper() != letter} - {*BASES["russian33"], PALOCHKA}
    unknown = sorted(added - _rows("base_letters", language).keys())
    if unknown:
        return f"no source says what is typed for {' '.join(unknown)}"
    if not added:
        return f"its alphabet adds no letter to the Russian one{' but ӏ' * (PALOCHKA in letters)}"
    return ""


def _respelling(name: str, language: Language) -> Perturbation:
    """The change of letters that the data has for a language; of base letters only its own."""
    rows, letters = _rows(name, language), _letters(language)
    if name == "base_letters":
        rows = {letter: row for letter, row in rows.items() if letter in letters | _occasional(language)}
    pairs = {letter: row.becomes for letter, row in rows.items()}
    if name in _BOTH_CASES:
        pairs |= {normalize("NFC", old.upper()): new.capitalize() for old, new in pairs.items()}
    usual = [row for letter, row in rows.items() if letter in letters] or list(rows.values())
    confidence = min((row.confidence for row in usual), key=SURENESS.index)
    return Perturbation(
        name, respell(pairs), confidence, tuple(sorted({row.source for row in rows.values()}))
    )


def _letters(language: Language) -> set[str]:
    """The lower-case letters of all orthographies."""
    letters = {letter for other in orthographies(language) for letter in alphabet(other)}
    return {letter for letter in letters if letter == letter.lower()}


def _occasional(language: Language) -> set[str]:
    """Letters beside the alphabet: optional, of loans, variants, doubted."""
    columns = ("optional_letters", "loan_letters", "variant_letters", "doubted_letters")
    named = " ".join(other.facts[column] for other in orthographies(language) for column in columns)
    return {letter.partition("=")[0] for letter in named.split()}


@dataclass(frozen=True)
class _Row:
    languages: str
    becomes: str
    confidence: str
    source: str


def _rows(name: str, language: Language) -> dict[str, _Row]:
    """The rows of a perturbation by letter: a language's own go before those for all (``*``)."""
    rows = _table().get(name, [])
    general = {letter: row for letter, row in rows if row.languages == "*"}
    return general | {letter: row for letter, row in rows if language.id in row.languages.split()}


@cache
def _table() -> dict[str, list[tuple[str, _Row]]]:
    table: dict[str, list[tuple[str, _Row]]] = {}
    for row in read_table("perturbations.tsv"):
        name, letter = row.pop("perturbation"), row.pop("letter")
        table.setdefault(name, []).append((letter, _Row(**row)))
    return table
