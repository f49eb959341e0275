"""Characters inside words that no reader sees: soft hyphens, zero-width characters, joiners."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from langcov.hygiene.engine.characters import is_joining, issue_at, script_of
from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check

SOFT_HYPHEN, NON_JOINER, JOINER = "\u00ad", "\u200c", "\u200d"
INVISIBLE = frozenset({SOFT_HYPHEN, NON_JOINER, JOINER, "\u034f", "\u180e", "\u200b", "\u2060", "\ufeff"})
WITHOUT_JOINERS = frozenset({"Cyrl", "Latn", "Grek", "Armn", "Geor"})
"""Scripts whose letters have no joined forms to choose from."""


def invisible(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Invisible characters that do nothing for the word they stand in.

    ZWJ and ZWNJ are right in emoji and in scripts with joined forms. A fix is automatic where it can't join
    what are two words: at the edge of a word; between letters if the halves are no words of the file, or the
    whole is one; else a space may be meant, and there is no fix. A soft hyphen may be left over from the end
    of a line: the whole must be a word of the file, and at the end of a word, whose other half comes next,
    there is no fix.
    """
    places = [place for place, character in enumerate(word) if _idle(word, place, character)]
    if not places:
        return
    verdicts = [_verdict(word, place, evidence) for place in places]
    fixed = "".join(character for place, character in enumerate(word) if place not in places)
    certain = any(error for error, _ in verdicts)
    cut = word.endswith(SOFT_HYPHEN) or (True, False) in verdicts
    yield issue_at(
        places,
        word,
        "invisible",
        "error" if certain else "warning",
        "{characters} can't be seen, but makes this another word to every program.",
        suggestion=None if cut else fixed,
        automatic=not cut and bool(fixed) and all(safe for _, safe in verdicts),
    )


def _idle(word: str, place: int, character: str) -> bool:
    if character not in INVISIBLE:
        return False
    if character not in (JOINER, NON_JOINER, "\u034f"):
        return True
    beside = _half(word[:place][::-1])[:1] + _half(word[place + 1 :])[:1]
    return any(script_of(letter) in WITHOUT_JOINERS for letter in beside)


def _half(text: str) -> str:
    """The letters that a text begins with, invisible characters left out."""
    letters = takewhile(lambda character: character in INVISIBLE or is_joining(character), text)
    return "".join(character for character in letters if character not in INVISIBLE)


def _verdict(word: str, place: int, evidence: Evidence) -> tuple[bool, bool]:
    """Whether the character at a place is wrong for certain, and whether it may go without being asked."""
    before, after = _half(word[:place][::-1])[::-1], _half(word[place + 1 :])
    whole, first, second = map(evidence.attested, (before + after, before, after))
    inside = bool(before and after)
    if word[place] == SOFT_HYPHEN:
        return (inside and whole > 0,) * 2
    if word[place] == JOINER:
        return False, False
    at_edge = all(character in INVISIBLE for character in word[:place]) or all(
        character in INVISIBLE for character in word[place + 1 :]
    )
    return True, at_edge or (inside and (whole > 0 or not (first and second)))


CHECKS = (
    Check(
        "invisible",
        "Invisible characters in words",
        "Left over from web pages and line breaks; the word looks right, and no search finds it.",
        word=invisible,
        suspects=lambda evidence: INVISIBLE,
    ),
)
