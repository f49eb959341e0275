"""Characters that no reader sees or no text should hold: joiners, controls, private use, U+FFFD, bidi."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from langcov.hygiene.engine.finding import REPLACEMENT, Issue, Severity, is_joining, issue_at, script_of, span
from langcov.hygiene.engine.protocol import Check, Evidence

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
    there is no fix. Between a small letter and a capital it stands for a hyphen.
    """
    places = [place for place, character in enumerate(word) if _idle(word, place, character)]
    if not places:
        return
    verdicts = [_verdict(word, place, evidence) for place in places]
    hyphens = {place for place in places if _is_hyphen(word, place)}
    kept = (
        "-" if place in hyphens else character
        for place, character in enumerate(word)
        if place in hyphens or place not in places
    )
    fixed = "".join(kept)
    certain = any(error for error, _ in verdicts)
    cut = word.endswith(SOFT_HYPHEN) or (True, False) in verdicts
    yield issue_at(
        places,
        word,
        "invisible",
        "error" if certain else "warning",
        "{characters} can't be seen, but makes this another word to every program.",
        suggestion=None if cut else fixed,
        automatic=not cut and not hyphens and bool(fixed) and all(safe for _, safe in verdicts),
    )


def _idle(word: str, place: int, character: str) -> bool:
    if character not in INVISIBLE:
        return False
    if character not in (JOINER, NON_JOINER, "\u034f"):
        return True
    beside = _half(word[:place][::-1])[:1] + _half(word[place + 1 :])[:1]
    return any(script_of(letter) in WITHOUT_JOINERS for letter in beside)


def _is_hyphen(word: str, place: int) -> bool:
    beside = word[place - 1 : place], word[place + 1 : place + 2]
    return word[place] == SOFT_HYPHEN and beside[0].islower() and beside[1].isupper()


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


SEPARATORS = "\u2028\u2029"
CONTROLS = span(0x00, 0x08) + "\v\f" + span(0x0E, 0x1F) + span(0x7F, 0x9F)  # C0 and C1 without TAB, LF and CR
NONCHARACTERS = span(0xFDD0, 0xFDEF) + "".join(
    chr(plane << 16 | 0xFFFE | one) for plane in range(17) for one in (0, 1)
)
PRIVATE_USE = frozenset(span(0xE000, 0xF8FF) + span(0xF0000, 0xFFFFD) + span(0x100000, 0x10FFFD))
OVERRIDES = frozenset("\u202d\u202e")
BIDI = frozenset("\u061c\u200e\u200f" + span(0x202A, 0x202E) + span(0x2066, 0x2069))
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Samr", "Mand", "Adlm", "Rohg", "Yezi"})

_CONTROL = re.compile(f"[{re.escape(CONTROLS)}{NONCHARACTERS}]+|[{SEPARATORS}]+")


def control(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Control characters, noncharacters, and Unicode's own line and paragraph separators."""
    for found in _CONTROL.finditer(line):
        separator = found.group()[0] in SEPARATORS
        message = (
            "{characters} ends a line for some programs and not for others."
            if separator
            else "{characters} is no text: it is left over from a format or an encoding."
        )
        yield issue_at(range(*found.span()), line, "control", "warning" if separator else "error", message)


def private_use(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Code points that every font may draw as it likes."""
    places = [place for place, character in enumerate(word) if character in PRIVATE_USE]
    if places:
        message = "{characters} has no meaning in Unicode: only the font of the source knows the letter."
        yield issue_at(places, word, "private-use", "error", message)


def replacement(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Letters that are lost."""
    places = [place for place, character in enumerate(word) if character == REPLACEMENT]
    if places:
        message = "{characters} stands where a program could not read a letter: take it from the source."
        yield issue_at(places, word, "replacement", "error", message)


def bidi(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Marks of writing direction where nothing is written from right to left; overrides anywhere."""
    needed = evidence.language.script in RIGHT_TO_LEFT or any(
        script_of(character) in RIGHT_TO_LEFT for character in word
    )
    wrong = OVERRIDES if needed else BIDI
    places = [place for place, character in enumerate(word) if character in wrong]
    if not places:
        return
    severity: Severity = "error" if any(word[place] in OVERRIDES for place in places) else "warning"
    yield issue_at(
        places,
        word,
        "bidi",
        severity,
        "{characters} can't be seen; it turns the writing direction, which this text has no need of.",
        suggestion="".join(character for place, character in enumerate(word) if place not in places),
    )


CHECKS = (
    Check(
        "invisible",
        "Invisible characters in words",
        "Left over from web pages and line breaks; the word looks right, and no search finds it.",
        word=invisible,
        suspects=lambda evidence: INVISIBLE,
    ),
    Check(
        "control",
        "Control characters",
        "They are invisible, end lines or words for some programs, and break formats such as XML.",
        line=control,
        suspects=lambda evidence: CONTROLS + SEPARATORS + NONCHARACTERS,
    ),
    Check(
        "private-use",
        "Private-use characters",
        "A letter of an old font: other computers show a box or nothing.",
        word=private_use,
        suspects=lambda evidence: PRIVATE_USE,
    ),
    Check(
        "replacement",
        "Replacement characters (U+FFFD)",
        "A letter was lost in a conversion, and the word with it.",
        word=replacement,
        suspects=lambda evidence: REPLACEMENT,
    ),
    Check(
        "bidi",
        "Marks of writing direction",
        "They are invisible and make equal words differ; overrides can hide what a text says.",
        word=bidi,
        suspects=lambda evidence: BIDI,
    ),
)
