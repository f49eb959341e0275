"""Independent answers to check ``langcov.text`` against, and hostile strings to ask about."""

from __future__ import annotations

import regex
from hypothesis import strategies as st
from uniseg.wordbreak import word_break
from uniseg.wordbreak import words as uniseg_segments

from langcov.text.properties import WordBreak, table
from langcov.text.strings import Strings
from langcov.text.words import WordSpans

EVERY_KIND = [
    *"aгӑ1٣_カアก漢각가갹각\u05d0\"'.:;,·‿©☃👩🦰🏽🇦🇷½Ⅷ№-—",  # letters, digits, Hangul, Hebrew, emoji, middles
    *" \t\r\n\v\x1c\x85\xa0\u1680\u2028\u202f\u3000\u200b\0",  # white space, controls, U+202F ExtendNumLet
    *"\u0301\u0488\u200d\u200c\ufe0f\u20e3\u093f\u0903",  # marks, joiners, variation selectors
    *"\u0600\u070f\u0d4e\xad\u2060\ufeff\U000e0041",  # Prepend, Format, tags
    *"\u0915\u094d\u0937\u0b15\u0b4d\u0a3c\u1000\u1039",  # conjuncts
]
"""At least one code point of each class that a rule of UAX #29 names; the same in Unicode 15 to 18."""

LONE_LINKER = regex.compile(
    r"(?:\A|[^\p{InCB=Consonant}\p{InCB=Extend}\p{InCB=Linker}])\p{InCB=Extend}*\p{InCB=Linker}"
    r"[\p{InCB=Extend}\p{InCB=Linker}]*\p{InCB=Consonant}"
)
"""Linker and consonant with no consonant before: `regex` 2026.11 keeps them together, GB9c does not."""
KEEPS_LONE_LINKERS = len(regex.findall(r"\X", "\u094d\u0937")) == 1
"""The last `regex` for Python 3.10 is older, and does not."""

other = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\u1cf5\u1cf6\U00011a3a").filter(
    lambda char: word_break(char).value == WordBreak(table("word_break")[ord(char)]).name
)
hostile = st.text(st.sampled_from(EVERY_KIND) | other, max_size=12)
texts = st.lists(hostile, min_size=1, max_size=8)


def whitespace_words(text: str) -> int:
    return len(regex.findall(r"\P{White_Space}+", text))


def graphemes(text: str) -> int:
    """Clusters that `regex` finds, fixed at lone linkers."""
    return len(regex.findall(r"\X", text)) + KEEPS_LONE_LINKERS * len(LONE_LINKER.findall(text))


def uax29_words(text: str) -> list[str]:
    return [segment for segment in uniseg_segments(text) if regex.search(r"[\p{L}\p{N}]", segment)]


def by_string(strings: Strings, words: WordSpans) -> list[list[str]]:
    """The words of each string, as text."""
    found: list[list[str]] = [[] for _ in range(len(strings))]
    spans = Strings(strings.packed().data, words.starts, words.ends)
    for owner, word in zip(words.owner.tolist(), spans):
        found[owner].append(word)
    return found
