"""Letters of another script: those that look like the right ones, and those that just stand in a word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from langcov.hygiene.evidence import Evidence
from langcov.hygiene.finding import Fault, Severity
from langcov.hygiene.registry import Check
from langcov.hygiene.spelling import (
    PALOCHKAS,
    ROMAN,
    Reading,
    fault,
    is_plain,
    no_alphabet,
    readings,
    script_of,
    suspects,
)

ALIKE = "Letters of another script look like {right}: {wrong}."
WHOLE = "The word is in letters of another script that look like its own: {wrong}."
INVERSE = "The word is of another script, but for {wrong} instead of {right}."
NUMERAL = "A Roman numeral has letters of another script: {wrong} instead of {right}."
MIXED = "Letters of another script stand in the word: {wrong}."


def _faults(word: str, evidence: Evidence) -> Iterator[Fault]:
    for reading in readings(word, evidence.alphabet):
        if reading.numeral:
            yield from _numeral(word, reading)
        elif not reading.foreign:
            continue
        elif not reading.own:
            yield from _all_foreign(word, reading, evidence)
        elif reading.whole:
            yield from _mixed(word, reading, evidence)
        elif not PALOCHKAS.issuperset(reading.letters(reading.own)):
            yield from _other(word, reading)


def _numeral(word: str, reading: Reading) -> Iterator[Fault]:
    numeral = {place: cluster.nfc for place, cluster in enumerate(reading.part[: reading.numeral])}
    rights = {place: ROMAN[letter] for place, letter in numeral.items() if letter in ROMAN}
    odd = any(letter not in ROMAN or letter == "І" for letter in numeral.values())
    if rights and odd and len(numeral) > 1:
        yield fault("lookalike", "warning", word, reading, rights, NUMERAL, rights)


def _all_foreign(word: str, reading: Reading, evidence: Evidence) -> Iterator[Fault]:
    """A word of foreign letters alone is likely to be foreign, unless no other alphabet has them."""
    if not reading.whole or len(reading.foreign) < len(reading.part):
        return
    letters = reading.letters(reading.foreign)
    rights = reading.of_kind("lookalike")
    attested = evidence.attested(reading.whole)
    severity: Severity | None
    automatic = False
    if any(
        right in reading.alphabet.added and not is_plain(reading.part[place].nfc)
        for place, right in rights.items()
    ):
        automatic = bool(attested) or (letters.islower() and _is_of_script(evidence, reading.alphabet.script))
        severity = "error" if automatic else "warning"
    elif len(letters) == 1:
        severity = "note" if attested else None
    elif letters.islower():
        automatic = bool(attested)
        severity = "error" if attested else "warning"
    elif letters.istitle():
        severity = "warning" if attested else "note"
    else:
        severity = None
    if severity:
        yield fault("lookalike", severity, word, reading, rights, WHOLE, rights, automatic)


def _is_of_script(evidence: Evidence, script: str) -> bool:
    """Whether most letters of the file are of a script."""
    letters = {letter: count for letter, count in evidence.letters.items() if script_of(letter) != "Zyyy"}
    own = sum(count for letter, count in letters.items() if script_of(letter) == script)
    return own * 2 > sum(letters.values())


def _mixed(word: str, reading: Reading, evidence: Evidence) -> Iterator[Fault]:
    """A word that is right in its own script once all foreign letters are replaced."""
    rights = reading.of_kind("lookalike")
    attested = bool(evidence.attested(reading.whole or ""))
    runs = _runs(reading)
    stem = runs[0] if len(runs) == 2 and script_of(runs[0][0]) != reading.alphabet.script else ""
    if len(stem) > 1 and stem.isupper() and runs[1].islower():
        return
    added = all(
        right in reading.alphabet.added and reading.faults[place][0].unambiguous
        for place, right in rights.items()
    )
    automatic = attested or (added and stem != "I")
    certain = len(stem) == 1 and stem.islower() if stem else not _is_seam(runs)
    inverse = {} if attested or automatic else _inverse(reading)
    if inverse and not stem:
        yield fault("lookalike", "error", word, reading, inverse, INVERSE, inverse)
    else:
        severity: Severity = "error" if automatic or certain else "warning"
        yield fault("lookalike", severity, word, reading, rights, ALIKE, rights, automatic)


def _other(word: str, reading: Reading) -> Iterator[Fault]:
    """A mixed word that no replacement makes a word of its own script."""
    runs = _runs(reading)
    if len(runs) == 2 and script_of(runs[0][0]) != reading.alphabet.script:
        return
    if inverse := _inverse(reading):
        yield fault("lookalike", "error", word, reading, inverse, INVERSE, inverse)
    else:
        severity: Severity = "warning" if _is_seam(runs) else "error"
        yield fault("mixed-script-word", severity, word, reading, reading.foreign, MIXED)


def _runs(reading: Reading) -> list[str]:
    """The letters, cut where the script changes from the language's own to another and back."""
    letters = [
        (place in reading.own, cluster.nfc)
        for place, cluster in enumerate(reading.part)
        if cluster.script != "Zyyy"
    ]
    return ["".join(letter for _, letter in run) for _, run in groupby(letters, key=lambda letter: letter[0])]


def _is_seam(runs: list[str]) -> bool:
    """Whether a name of capitals is joined to a word of small letters (ЯндексGPT), on purpose perhaps."""
    return len(runs) == 2 and runs[0][-1].islower() and runs[1][0].isupper()


def _inverse(reading: Reading) -> dict[int, str]:
    """What the word's own letters stand for if it is a foreign word; nothing where it can't be one."""
    if len(reading.foreign) < len(reading.own):
        return {}
    scripts = {reading.part[place].script for place in reading.foreign}
    letters = {
        fold.right: wrong
        for wrong, fold in reading.alphabet.folds.items()
        if fold.kind == "lookalike" and is_plain(wrong) and script_of(wrong) in scripts
    }
    own = {place: reading.part[place].nfc for place in reading.own}
    return (
        {place: letters[letter] for place, letter in own.items()}
        if own.items() and letters.keys() >= {*own.values()}
        else {}
    )


def _only(check: str, word: str, evidence: Evidence) -> Iterator[Fault]:
    return (found for found in _faults(word, evidence) if found.check == check)


CHECKS = (
    Check(
        "lookalike",
        "Letter of another script that looks right",
        "A Latin or Greek letter in a Cyrillic word, or the other way round, can't be seen, but makes it "
        "another word to search, to dictionaries and to tokenizers.",
        word=partial(_only, "lookalike"),
        suspects=suspects,
        unjudged=no_alphabet,
    ),
    Check(
        "mixed-script-word",
        "Word of two scripts",
        "A word holds letters of two scripts, and is no foreign stem with an ending of the language.",
        word=partial(_only, "mixed-script-word"),
        suspects=suspects,
        unjudged=no_alphabet,
    ),
)
