"""What the foreign letters of a word stand for: of several readings the one that the file knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from math import prod

from langcov.hygiene.engine.likely import likeliest
from langcov.hygiene.engine.protocol import Evidence, folded
from langcov.hygiene.engine.spelling import Part, Reading, fixed, knows
from langcov.hygiene.engine.vocabulary import vocabulary

MOST = 64
"""Readings of one word that are looked up."""
LETTERS_OF = {"0": "оөә", "3": "з", "4": "ч", "6": "бө"}
"""Digits, and the letters that they are typed for."""
LEAST = 4
"""Characters of a word in which digits, or letters of another keyboard, stand for some: others are labels."""
FEW = 8
"""Readings of one word of which the likeliest is looked for."""
_NONE: Mapping[int, str] = {}


def look_alike(reading: Reading, evidence: Evidence) -> tuple[dict[int, str], int]:
    """What the look-alikes of a part stand for, by place, and how often the file has it so.

    The most frequent of all readings; 0 where the file has none: then one of a bundled table, or the first.

    Args:
        reading: of a part that is in the alphabet once they are replaced.
        evidence: of the file.
    """
    rights = reading.of_kind("lookalike")
    ways = _ways(
        [*rights], [reading.alphabet.lookalikes.get(reading.part[place].nfc, ()) for place in rights]
    )
    others = _others(reading, rights)
    known = _most_frequent(reading.part, ways, evidence, others)
    if not known and len(ways) > 1 and reading.own:
        known = _in_tables(reading.part, ways, evidence, others)
    return known or (rights, evidence.attested(reading.whole or ""))


def typed(reading: Reading, evidence: Evidence) -> dict[int, str] | None:
    """What the foreign letters of a part stand for, looks aside, where the file has the word; else None."""
    known = _most_frequent(reading.part, _typed(reading), evidence, _others(reading, reading.foreign))
    return known[0] if known else None


def likely_typed(reading: Reading, evidence: Evidence) -> dict[int, str] | None:
    """The same where the file doesn't have the word, but one reading alone is a likely word.

    A foreign letter at the end may be an ending of another language, or a key of a menu.
    """
    ways, others = _typed(reading), _others(reading, reading.foreign)
    short = len(reading.part) < max(LEAST, 2 * len(reading.foreign))
    if short or not 0 < len(ways) <= FEW or len(reading.part) - 1 in reading.foreign:
        return None
    best = likeliest([fixed(reading.part, {**others, **rights}) for rights in ways], evidence.language)
    return None if best is None else ways[best]


def _typed(reading: Reading) -> list[dict[int, str]]:
    """All that foreign letters may stand for, by their looks or by the keys that they are typed with."""
    letters = [reading.part[place].nfc for place in reading.foreign]
    tables = (reading.alphabet.lookalikes, reading.alphabet.keyboard)
    options = [[right for table in tables for right in table.get(letter, ())] for letter in letters]
    return _ways(reading.foreign, options)


def letters_for_digits(reading: Reading, evidence: Evidence) -> tuple[dict[int, str], int] | None:
    """What digits between letters stand for, by place, where the file or a bundled table has the word.

    Returns:
        the letters and how often the file has the word; else None.
    """
    part, digits = reading.part, [place for place, one in enumerate(reading.part) if one.nfc in LETTERS_OF]
    inside = digits and digits[0] > 0 and digits[-1] < len(part) - 1
    if not inside or len(part) < LEAST or not len(digits) <= len(reading.own) == len(part) - len(digits):
        return None
    capitals = reading.letters(reading.own).isupper()
    cased = [
        LETTERS_OF[part[place].nfc].upper() if capitals else LETTERS_OF[part[place].nfc] for place in digits
    ]
    ways = _ways(digits, [[letter for letter in of if knows(reading.alphabet, letter)] for of in cased])
    return _most_frequent(part, ways, evidence) or _in_tables(part, ways, evidence)


def _others(reading: Reading, places: Collection[int]) -> dict[int, str]:
    """What stands for another letter at other places."""
    return {place: right for place, (_, right) in reading.issues.items() if place not in places}


def _ways(places: Sequence[int], options: Sequence[Sequence[str]]) -> list[dict[int, str]]:
    several = 0 < prod(map(len, options)) <= MOST
    return [dict(zip(places, letters)) for letters in product(*options)] if several else []


def _most_frequent(
    part: Part, ways: Sequence[dict[int, str]], evidence: Evidence, others: Mapping[int, str] = _NONE
) -> tuple[dict[int, str], int] | None:
    """The way to replace letters that makes the most frequent word of the file, and how often it has it."""
    counts = [evidence.attested(fixed(part, {**others, **rights})) for rights in ways]
    most = max(counts, default=0)
    return (ways[counts.index(most)], most) if most else None


def _in_tables(
    part: Part, ways: Sequence[dict[int, str]], evidence: Evidence, others: Mapping[int, str] = _NONE
) -> tuple[dict[int, str], int] | None:
    """The first way that makes a word of a bundled table, and 0; not before it's known what the file has."""
    if evidence.counts is None or not ways:
        return None
    words = vocabulary(evidence.language.id)
    found = (rights for rights in ways if folded(fixed(part, {**others, **rights})) in words)
    return next(((rights, 0) for rights in found), None)
