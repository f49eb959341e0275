"""Letters that are written otherwise than in Unicode's normal form NFC, and marks that stand twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from langcov.hygiene.engine.finding import Issue, clusters, is_mark, issue_at, marks, named, span
from langcov.hygiene.engine.protocol import Check, Evidence

_CEDILLAS = {f"{letter}\u0327": right for letter, right in zip("сСзЗкКнНтТхХчЧ", "ҫҪҙҘқҚңҢҭҬҳҲҷҶ")}
_PAIRS = re.compile("|".join(_CEDILLAS))

LAST = 0x2FA1D  # no code point beyond it is written otherwise in NFC


def not_nfc(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Clusters that NFC writes otherwise; a mark with no composed form is right as it stands.

    Where only the order of marks differs a warning: Arabic and Hebrew are typed in another order than NFC's.
    """
    yield from _cedillas(word, evidence)
    fixed = unicodedata.normalize("NFC", word)
    if fixed == word:
        return
    wrong = [found for found in clusters(word) if not unicodedata.is_normalized("NFC", found.group())]
    places = [place for found in wrong for place in range(*found.span())] or range(len(word))
    right = "".join(unicodedata.normalize("NFC", found.group()) for found in wrong) or fixed
    yield issue_at(
        places,
        word,
        "nfc",
        "warning" if sorted(word) == sorted(fixed) else "error",
        "{characters} is {right} in the normal form NFC: programs take the two for different letters.",
        {"characters": named("".join(word[place] for place in places)), "right": named(right)},
        fixed,
        automatic=True,
    )


def _cedillas(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Letters with a cedilla that the alphabet has as one letter; NFC composes no Cyrillic ones."""
    alphabet = evidence.alphabet
    places = [
        found.start()
        for found in _PAIRS.finditer(word)
        if alphabet and found[0] not in alphabet.letters and _CEDILLAS[found[0]] in alphabet.letters
    ]
    if places:
        both = [at for place in places for at in (place, place + 1)]
        right = "".join(_CEDILLAS[word[place : place + 2]] for place in places)
        message = "{characters} looks like the letter {right}: programs take the two for different letters."
        values = {"characters": named("".join(word[at] for at in both)), "right": named(right)}
        fixed = _PAIRS.sub(lambda pair: _CEDILLAS[pair[0]] if pair.start() in places else pair[0], word)
        yield issue_at(both, word, "nfc", "error", message, values, fixed, automatic=True)


def doubled_mark(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Marks that their letter has already, composed or not."""
    places = [place for found in clusters(word) for place in _repeated(word, *found.span())]
    if places:
        yield issue_at(
            places,
            word,
            "doubled-mark",
            "error",
            "{characters} stands twice on one letter; on the screen the two lie on each other.",
            suggestion="".join(character for place, character in enumerate(word) if place not in places),
        )


def _repeated(word: str, start: int, end: int) -> Iterator[int]:
    """The places of marks of a cluster that came before in it."""
    seen: set[str] = set()
    for place in range(start, end):
        parts = unicodedata.normalize("NFD", word[place])
        if is_mark(word[place]) and seen.issuperset(parts):
            yield place
        seen.update(filter(is_mark, parts))


@cache
def _suspects() -> frozenset[str]:
    """Characters that NFC may write otherwise (its quick check says No or Maybe)."""
    never = (char for char in map(chr, range(LAST + 1)) if not unicodedata.is_normalized("NFC", char))
    return marks().union(never, span(0x1100, 0x11FF))  # Hangul jamo are joined too, and are letters


CHECKS = (
    Check(
        "nfc",
        "Letters not in NFC",
        "The same letter in two encodings is two letters to a search, a tokenizer and a word count.",
        word=not_nfc,
        suspects=lambda evidence: _suspects(),
    ),
    Check(
        "doubled-mark",
        "A combining mark twice on one letter",
        "Nobody sees it, and the word is another word to every program.",
        word=doubled_mark,
        suspects=lambda evidence: marks(),
    ),
)
