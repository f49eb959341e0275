"""Changes of spelling that users meet, by name and language: the robustness of models is measured with them.

``langcov/data/perturbations.tsv`` has the letters, each with its source and how sure it is: ``high`` is a
keyboard layout or a practice of that very language, ``medium`` an account of its alphabet or a mark left
out, ``low`` a neighbour's layout or the letter's Unicode name. What no source covers is a reason, never a
guess (docs/decisions/0006-perturbations.md).

Another package adds its own through the entry-point group ``langcov.perturbations``: a ``PerturbationKind``,
or a list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from unicodedata import normalize

from langcov.core.plugins import named, registry
from langcov.data import read_table
from langcov.errors import UserError
from langcov.languages import BASES, Language, alphabet, orthographies
from langcov.text.perturb import (
    Perturbation,
    in_own_letters,
    respell,
    through_code_page,
    upper,
    without_digits,
)

PALOCHKA = "ӏ"
CODE_PAGE = "cp1251"
CASED = ("Cyrl", "Latn", "Armn")
SURENESS = ("low", "medium", "high")
ENTRY_POINTS = "langcov.perturbations"


@dataclass(frozen=True)
class PerturbationKind:
    """A perturbation before its language is known.

    Attributes:
        name: as in options and results (``lookalike``).
        what: it does, as the rest of "tokens added by …".
        for_language: the change as it is for a language, or the reason why the language has none.
    """

    name: str
    what: str
    for_language: Callable[[Language], Perturbation | str]


@cache
def perturbations() -> dict[str, PerturbationKind]:
    """All perturbations by name, those of plug-ins last."""
    return registry(
        {kind.name: kind for kind in _BUILTIN}, ENTRY_POINTS, "perturbation", named(PerturbationKind)
    )


def check_names(names: Sequence[str]) -> None:
    """Refuse what is no perturbation."""
    for name in names:
        if name not in perturbations():
            raise UserError(f"unknown perturbation {name!r}: known are {', '.join(perturbations())}")


@cache
def perturb(name: str, language: Language) -> Perturbation | str:
    """A perturbation as it is for a language, or the reason why the language has none.

    >>> from langcov.languages import find
    >>> from langcov.text.strings import Strings
    >>> typed = perturb("base_letters", find("tat"))
    >>> typed(Strings.of(["Рәхмәт сүзе"])).to_list(), typed.confidence
    (['Рэхмэт сузе'], 'medium')
    >>> perturb("base_letters", find("bxr"))
    'no source says what is typed for һ'
    """
    check_names([name])
    return perturbations()[name].for_language(language)


def _case(language: Language) -> Perturbation | str:
    if language.script not in CASED:
        return "its script has no upper case in use"
    return Perturbation("case", partial(upper, dotted="ı" in alphabet(language)))


def _question(language: Language) -> Perturbation | str:
    if reason := _why_no_letters(language):
        return reason
    if not any(b"?" in letter.encode(CODE_PAGE, "replace") for letter in _letters(language)):
        return f"{CODE_PAGE} has all its letters"
    return Perturbation("question", partial(through_code_page, page=CODE_PAGE))


def _lookalike(language: Language) -> Perturbation | str:
    return _why_not_cyrillic(language) or _respelling("lookalike", language)


def _cyrillic(language: Language) -> Perturbation | str:
    if reason := _why_no_letters(language):
        return reason
    alike: dict[str, str] = {}
    for letter, row in _rows("lookalike", language).items():
        if letter.lower() in _letters(language):
            alike.setdefault(row["becomes"], letter)
    return Perturbation("cyrillic", in_own_letters(alike))


def _base_letters(language: Language) -> Perturbation | str:
    letters = _letters(language)
    reason = _why_no_letters(language) or _why_no_base(letters, language)
    return reason or _respelling(
        "base_letters", language, both_cases=True, only=letters | _occasional(language)
    )


def _of_letter(name: str, letter: str, what: str, both_cases: bool = False) -> PerturbationKind:
    """The change of a letter that an alphabet has or not."""

    def for_language(language: Language) -> Perturbation | str:
        reason = _why_no_letters(language)
        if not reason and letter not in _letters(language):
            reason = f"its alphabet has no {letter}"
        return reason or _respelling(name, language, both_cases)

    return PerturbationKind(name, what, for_language)


def _why_not_cyrillic(language: Language) -> str:
    return "" if language.script == "Cyrl" else "not written in Cyrillic"


def _why_no_letters(language: Language) -> str:
    return _why_not_cyrillic(language) or ("" if _letters(language) else "its alphabet is not known")


_BUILTIN = (
    PerturbationKind("case", "upper case", _case),
    PerturbationKind(
        "nfd",
        "canonical decomposition (NFD)",
        lambda language: Perturbation("nfd", partial(normalize, "NFD")),
    ),
    _of_letter(
        "palochka", PALOCHKA, "the palochka in its other form, U+04CF for U+04C0 and U+04C0 for U+04CF"
    ),
    _of_letter("palochka_one", PALOCHKA, "the palochka as the digit 1"),
    _of_letter("palochka_capital_i", PALOCHKA, "the palochka as the Latin I"),
    _of_letter("palochka_small_l", PALOCHKA, "the palochka as the Latin l"),
    _of_letter("palochka_bar", PALOCHKA, "the palochka as |"),
    _of_letter("palochka_ukrainian_i", PALOCHKA, "the palochka as U+0406"),
    PerturbationKind(
        "lookalike", "every Cyrillic letter that looks like a Latin one as that one", _lookalike
    ),
    PerturbationKind(
        "cyrillic",
        "Latin letters in Cyrillic words, or in words of look-alikes only, as the letters they look like",
        _cyrillic,
    ),
    PerturbationKind(
        "base_letters",
        "letters that Russian lacks typed as the Russian letters they are based on",
        _base_letters,
    ),
    _of_letter("yo", "ё", "ё as е", both_cases=True),
    PerturbationKind("question", "letters lost as ? in a conversion through cp1251", _question),
    PerturbationKind("digits", "digits left out", lambda language: Perturbation("digits", without_digits)),
)


def _why_no_base(letters: set[str], language: Language) -> str:
    """Signs without upper case (apostrophes) and the palochka are no letters to be typed as Russian ones."""
    added = {letter for letter in letters if letter.upper() != letter} - {*BASES["russian33"], PALOCHKA}
    unknown = sorted(added - _rows("base_letters", language).keys())
    if unknown:
        return f"no source says what is typed for {' '.join(unknown)}"
    if not added:
        return f"its alphabet adds no letter to the Russian one{' but ӏ' * (PALOCHKA in letters)}"
    return ""


def _respelling(
    name: str, language: Language, both_cases: bool = False, only: set[str] | None = None
) -> Perturbation:
    """The change of letters that the data has for a language.

    Args:
        name: of the perturbation in the data.
        language: its rows go before those for all.
        both_cases: capitals are changed likewise.
        only: leaves out all other letters.
    """
    rows, letters = _rows(name, language), _letters(language)
    if only is not None:
        rows = {letter: row for letter, row in rows.items() if letter in only}
    pairs = {letter: row["becomes"] for letter, row in rows.items()}
    if both_cases:
        pairs |= {normalize("NFC", old.upper()): new.capitalize() for old, new in pairs.items()}
    usual = [row for letter, row in rows.items() if letter in letters] or list(rows.values())
    confidence = min((row["confidence"] for row in usual), key=SURENESS.index)
    return Perturbation(
        name, respell(pairs), confidence, tuple(sorted({row["source"] for row in rows.values()}))
    )


def _letters(language: Language) -> set[str]:
    letters = {letter for other in orthographies(language) for letter in alphabet(other)}
    return {letter for letter in letters if letter == letter.lower()}


def _occasional(language: Language) -> set[str]:
    """Letters beside the alphabet: optional, of loans, variants, doubted."""
    columns = ("optional_letters", "loan_letters", "variant_letters", "doubted_letters")
    named = " ".join(other.facts[column] for other in orthographies(language) for column in columns)
    return {letter.partition("=")[0] for letter in named.split()}


def _rows(name: str, language: Language) -> dict[str, dict[str, str]]:
    """The rows of a perturbation by letter: a language's own go before those for all (``*``)."""
    rows = [row for row in _table() if row["perturbation"] == name]
    general = {row["letter"]: row for row in rows if row["languages"] == "*"}
    return general | {row["letter"]: row for row in rows if language.id in row["languages"].split()}


@cache
def _table() -> list[dict[str, str]]:
    return read_table("perturbations.tsv")
