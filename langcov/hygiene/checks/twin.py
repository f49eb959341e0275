"""A letter of a neighbour's alphabet that looks like one of the language's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.spelling import issue, no_alphabet, readings, suspects

COMMONER = 20
"""A twin is fixed where the right letter is as many times as frequent in the file. A file that has the wrong
letter as often and the right one never is likely to be in the neighbour's language: then it is no error."""

TWIN = "{wrong} is of another alphabet; this language has {right}."


def _twin(word: str, evidence: Evidence) -> Iterator[Issue]:
    for reading in readings(word, evidence.alphabet):
        attested = evidence.attested(reading.whole) if reading.whole else 0
        rights = reading.of_kind("twin")
        if not rights:
            continue
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


CHECKS = (
    Check(
        "twin",
        "Letter of a neighbour's alphabet",
        "Cyrillic has several letters for what looks like one (ң ҥ ӊ, қ ҡ, ө ӧ ѳ). A word with the wrong one "
        "is another word to software.",
        word=_twin,
        suspects=suspects,
        unjudged=no_alphabet,
    ),
)
