"""The palochka: other characters in its place, its small form among capitals, itself in a Latin word."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.engine.protocol import PALOCHKA, Check, Evidence, folded
from langcov.hygiene.engine.spelling import SIGNS, Reading, issue, readings
from langcov.hygiene.engine.suspicious import no_alphabet, signs, suspects
from langcov.hygiene.engine.vocabulary import is_ending

CAPITALS = frozenset("IІΙ")
"""Capitals that are written for the palochka."""

WRONG = "The palochka is written as {wrong}."
IN_LATIN = "A palochka stands among Latin letters: {wrong}."
SMALL = "The small palochka stands in a word of capitals; its capital is {right}."


def _palochka(word: str, evidence: Evidence) -> Iterator[Issue]:
    alphabet = evidence.alphabet
    if not alphabet or not alphabet.palochka:
        return
    for reading in readings(word, alphabet):
        attested = evidence.attested(reading.whole) if reading.whole else 0
        if reading.of_kind("palochka"):
            yield from _wrong(word, reading, attested, evidence)
        elif reading.foreign and not reading.whole and {*reading.letters(reading.own)} in ({"ӏ"}, {"Ӏ"}):
            yield from _in_latin(word, reading)


def _wrong(word: str, reading: Reading, attested: int, evidence: Evidence) -> Iterator[Issue]:
    places = reading.of_kind("palochka")
    if reading.foreign and not attested:
        return
    wrong = {reading.part[place].nfc for place in places}
    if (
        verdict := _of_signs(wrong, reading, places, attested, evidence.language.id)
        if wrong & SIGNS
        else _of_letters(reading, attested)
    ):
        rights = _forms(reading, places, evidence)
        yield issue("palochka", verdict[0], word, reading, places, WRONG, rights, verdict[1])


def _of_letters(reading: Reading, attested: int) -> tuple[Severity, bool]:
    """I, l and the like beside a letter are always wrong, if all the rest of the word is right."""
    sure = all(fold.unambiguous for fold, _ in reading.issues.values())
    return ("error", True) if attested or (reading.whole and sure) else ("warning", False)


def _of_signs(
    wrong: set[str], reading: Reading, places: dict[int, str], attested: int, language: str
) -> tuple[Severity, bool] | None:
    """Of 1, | and !, which are also labels (А1), notes, marks of morphemes: the file has to know the word."""
    letters = reading.letters(reading.own)
    inside = min(places) > 0 and max(places) < len(reading.part) - 1
    if not attested and not inside and ("|" in wrong or _is_number(reading, max(places), language)):
        return None
    label = len(letters) < 2 or (letters.isupper() and (len(letters) < 3 or not (attested or inside)))
    if "!" in wrong or "|" in wrong:
        return ("error" if attested and "!" not in wrong else "warning"), False
    if any(cluster.nfc.isdigit() and cluster.nfc not in wrong for cluster in reading.part):
        return None
    if label:
        return ("warning", False) if attested and letters.islower() else None
    return ("error" if attested or (inside and not letters.isupper()) else "warning"), bool(attested)


def _is_number(reading: Reading, place: int, language: str) -> bool:
    """Whether a sign is the last, and no word known of a language that has words in a palochka ends so."""
    whole = folded(reading.whole or "")
    last = place == len(reading.part) - 1 and is_ending(language, PALOCHKA)
    return last and not is_ending(language, whole[-2:])


def _forms(reading: Reading, places: Collection[int], evidence: Evidence) -> dict[int, str]:
    """The capital in a word of capitals and where the file writes it in all words, else the small one.

    A word that begins with a capital I has a capital where most of its places begin a sentence, in a file
    whose lines begin with capitals.
    """
    letters = reading.letters(reading.own)
    capitals = len(letters) > 1 and letters.isupper()
    common = evidence.times("Ӏ") > evidence.times("ӏ")
    rights = dict.fromkeys(places, "Ӏ" if capitals or common else "ӏ")
    if 0 in rights and reading.part[0].nfc in CAPITALS:
        place = evidence.place(reading.letters(range(len(reading.part))))
        if evidence.capitalized and 2 * place.first > place.seen:
            rights[0] = "Ӏ"
    return rights


def _in_latin(word: str, reading: Reading) -> Iterator[Issue]:
    """What a blind replacement of l, or of the I of a Roman numeral, leaves behind."""
    if len(reading.foreign) > 1 or reading.numeral:
        rights = dict.fromkeys(reading.own, "I" if reading.numeral else "l")
        yield issue("palochka", "error", word, reading, reading.own, IN_LATIN, rights)


def _small(word: str, evidence: Evidence) -> Iterator[Issue]:
    alphabet = evidence.alphabet
    for reading in readings(word, alphabet if alphabet and alphabet.palochka else None):
        small = [place for place in reading.own if reading.part[place].text == "ӏ"]
        others = reading.letters([*set(reading.own).difference(small), *reading.foreign])
        if small and others.isupper() and len(others) > 1 and not reading.foreign:
            yield issue(
                "palochka-form", "error", word, reading, small, SMALL, dict.fromkeys(small, "Ӏ"), True
            )


CHECKS = (
    Check(
        "palochka",
        "Palochka written as another character",
        "The palochka is on few keyboards. A word that has I, l, 1 or | instead can't be found, "
        "sorted or read aloud by software; a tokenizer cuts it into other pieces.",
        word=_palochka,
        suspects=suspects,
        beside=lambda evidence: signs(evidence.alphabet) - {"!"},
        between=lambda evidence: signs(evidence.alphabet) & {"!"},  # which may end a word
        unjudged=no_alphabet,
    ),
    Check(
        "palochka-form",
        "Small palochka among capitals",
        "U+04CF is the small palochka, U+04C0 its capital, which words of small letters often "
        "have too. The small one in a word of capitals is a slip.",
        word=_small,
        capitals=True,
        unjudged=no_alphabet,
    ),
)
