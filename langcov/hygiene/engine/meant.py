"""Where a word changes from one script to another, and whether that is meant: variables, units, ЯндексGPT."""

from __future__ import annotations

import re
from itertools import groupby

from langcov.hygiene.engine.spelling import Reading

_SYMBOL = re.compile("[A-Z]{0,2}[α-ξπ-ω]")
_UNIT = re.compile(r"μ[^\W\d_]{1,4}")
_VARIABLE = re.compile("[xyzXYZF]")
ABBREVIATION = 4
"""Letters of an abbreviation at most."""
SINGLE = "'’‘ʼʻʽ`´ʹ′ˈʾ＇"
"""What apostrophes are written as."""
_DOUBLED = re.compile("XX|YY|ZZ")


def runs_of(reading: Reading) -> list[str]:
    """The letters, cut where the script changes from the language's own to another and back."""
    palochkas = reading.of_kind("palochka")
    letters = [
        (place in reading.own or place in palochkas, cluster.nfc)
        for place, cluster in enumerate(reading.part)
        if cluster.script != "Zyyy"
    ]
    return ["".join(letter for _, letter in run) for _, run in groupby(letters, key=lambda letter: letter[0])]


def is_seam(runs: list[str]) -> bool:
    """Whether a name is joined to a word of small letters (ЯндексGPT), perhaps on purpose."""
    return len(runs) == 2 and not runs[0][-1].isupper() and runs[1][0].isupper()


def is_numbered(runs: list[str]) -> bool:
    """Whether a word of small letters has one capital at its end, which tells it from others: ПозицияX."""
    return is_seam(runs) and len(runs[1]) == 1 and len(runs[0]) > 1


def is_meant(runs: list[str], reading: Reading) -> bool:
    """Whether letters of another script have their reason in the word."""
    named = _is_half_translated(runs, reading) or _is_ended(runs, reading) or is_suffixed(runs, reading)
    return named or _is_variable(runs, reading) or is_symbol(reading) or _is_unit(reading)


def _is_half_translated(runs: list[str], reading: Reading) -> bool:
    """Whether a name has an abbreviation for its second half, or one for its first: НоваGRF, TracЖурнал."""
    if not is_seam(runs) or not runs[0].istitle() or len(runs[1]) == 1:
        return False
    first = 0 in reading.foreign and 1 < len(runs[0]) <= ABBREVIATION
    return runs[1].isupper() or (first and runs[1].istitle())


def _is_ended(runs: list[str], reading: Reading) -> bool:
    """Whether a name has an ending of another script behind an apostrophe, as its line may be: Firefox'ни."""
    if len(runs) != 2 or not runs[0][0].isupper() or not runs[1].islower():
        return False
    places = [place for place, cluster in enumerate(reading.part) if cluster.script == "Zyyy"]
    apostrophe = len(runs[0]) > 2 and places == [len(runs[0])]
    return apostrophe and 0 in reading.own and reading.letters(places) in SINGLE


def is_suffixed(runs: list[str], reading: Reading) -> bool:
    """Whether small letters stand after what a text calls a thing in capitals: ПРЕФИКСaa."""
    cased = len(runs) == 2 and runs[0].isupper() and runs[1].islower()
    return cased and 0 in reading.own and min(map(len, runs)) > 1


def _is_variable(runs: list[str], reading: Reading) -> bool:
    """Whether a variable stands at a word whose script has no such letter, or twice: xՄինիմում, ИксYY."""
    if len(runs) != 2:
        return False
    name = reading.letters(reading.foreign)
    unlike = reading.alphabet.script not in ("Cyrl", "Grek") and not reading.issues
    return bool(unlike and _VARIABLE.fullmatch(name)) or bool(is_seam(runs) and _DOUBLED.fullmatch(name))


def _is_unit(reading: Reading) -> bool:
    """Whether a unit has the Greek letter of its prefix: μсек."""
    greek = reading.letters(reading.foreign)
    return greek == "μ" and _UNIT.fullmatch(reading.letters(range(len(reading.part)))) is not None


def is_symbol(reading: Reading) -> bool:
    """Whether it is a Greek letter that stands for itself, be it after Latin capitals: ι, Hα."""
    return _SYMBOL.fullmatch(reading.letters(range(len(reading.part)))) is not None and bool(reading.foreign)
