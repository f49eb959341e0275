"""Letters of another alphabet: a neighbour's that looks like one's own, one that no source has, a variant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.spelling import Reading, is_plain, issue, knows, readings
from langcov.hygiene.engine.suspicious import no_alphabet, suspects

COMMONER = 20
"""A twin is fixed where the right letter is as many times as frequent in the file. A file that has the wrong
letter as often and the right one never is likely to be in the neighbour's language: then it is no error."""

TWIN = "{wrong} is of another alphabet; this language has {right}."


def _twin(word: str, evidence: Evidence) -> Iterator[Issue]:
    for reading in readings(word, evidence.alphabet):
        rights = reading.of_kind("twin")
        if not rights:
            continue
        attested = evidence.attested(reading.whole) if reading.whole else 0
        kinds = {reading.part[place].nfc.lower() for place in rights}
        one_language = bool(reading.whole and (attested or len(kinds) == 1))
        folds = [reading.issues[place][0] for place in rights]
        sure = one_language and all(fold.unambiguous and fold.confidence != "low" for fold in folds)
        wrong = _count(evidence, {reading.part[place].nfc for place in rights})
        right = _count(evidence, rights.values())
        found = issue(
            "twin",
            "error" if sure and (right >= wrong or (not right and wrong < COMMONER)) else "warning",
            word,
            reading,
            rights,
            TWIN,
            rights,
            automatic=sure and right >= COMMONER * max(wrong, 1),
        )
        # ү in Mari is a slip for ӱ, or the word is Kyrgyz
        known = attested or all(fold.unambiguous for fold in folds)
        yield found if known else replace(found, suggestion=None)


def _count(evidence: Evidence, letters: Collection[str]) -> int:
    """How often letters stand in the file, in both cases."""
    cases = {case for letter in letters for case in (letter.lower(), letter.upper())}
    return evidence.times(cases)


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
        "twin",
        "Letter of a neighbour's alphabet",
        "Cyrillic has several letters for what looks like one (ң ҥ ӊ, қ ҡ, ө ӧ ѳ). A word with "
        "the wrong one is another word to software.",
        word=_twin,
        suspects=suspects,
        unjudged=no_alphabet,
    ),
    Check(
        "alphabet",
        "Letter outside the alphabet",
        "A letter that the orthography doesn't have is a slip of the keyboard or of text "
        "recognition, or its word, name or line is of another language.",
        word=_outside,
        suspects=suspects,
        unjudged=no_alphabet,
    ),
    Check(
        "variant",
        "Variant of a letter",
        "Some letters are written in more than one way, by habit, place or time. None is wrong, "
        "but searching and counting need one.",
        word=_variant,
        suspects=suspects,
        unjudged=no_alphabet,
    ),
)
