"""Letters that the orthography of the language doesn't have, and the variants of those that it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.spelling import Reading, is_plain, issue, knows, no_alphabet, readings, suspects

OUTSIDE = "The alphabet doesn't have {wrong}."
LOAN = "The alphabet has {wrong} in no word of its own."
VARIANT = "{wrong} is a variant; the alphabet has {right}."
FREE = "{wrong} is in some sources on the alphabet only."


def _outside(word: str, evidence: Evidence) -> Iterator[Issue]:
    for reading in readings(word, evidence.alphabet):
        outside = [
            place
            for place in reading.own
            if place not in reading.issues and not knows(reading.alphabet, reading.part[place].nfc)
        ]
        if not outside or reading.numeral:
            continue
        if all(map(is_plain, reading.letters(outside))):
            yield issue("alphabet", "note", word, reading, outside, LOAN)
        else:
            severity: Severity = "note" if _is_taken_over(reading) else "warning"
            yield issue("alphabet", severity, word, reading, outside, OUTSIDE)


def _is_taken_over(reading: Reading) -> bool:
    """Whether it looks like a name, or a foreign word, which Latin text takes over letter by letter."""
    letters = reading.letters(reading.own)
    return reading.alphabet.script == "Latn" and (
        letters[0].isupper() or reading.alphabet.added.isdisjoint(letters)
    )


def _variant(word: str, evidence: Evidence) -> Iterator[Issue]:
    for reading in readings(word, evidence.alphabet):
        alphabet = reading.alphabet
        for place, cluster in enumerate(reading.part):
            if cluster.nfc in alphabet.variants.keys() - alphabet.apostrophes:
                right = alphabet.variants[cluster.nfc]
                message = FREE if right == cluster.nfc else VARIANT
                found = issue("variant", "note", word, reading, [place], message, {place: right})
                yield replace(found, suggestion=None)


CHECKS = (
    Check(
        "alphabet",
        "Letter outside the alphabet",
        "A letter that the orthography doesn't have is a slip of the keyboard or of text recognition, or its "
        "word, name or line is of another language.",
        word=_outside,
        suspects=suspects,
        unjudged=no_alphabet,
    ),
    Check(
        "variant",
        "Variant of a letter",
        "Some letters are written in more than one way, by habit, place or time. None is wrong, but "
        "searching and counting need one.",
        word=_variant,
        suspects=suspects,
        unjudged=no_alphabet,
    ),
)
