"""Texts in which a piece might come about: itself, itself beside something, the characters that it cuts."""

from __future__ import annotations

import string
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

SAMPLED = 64, 4096
"""Characters that are tried for a piece that is part of one: first so many, then so many."""
_LEFTS = ("", "q", "Q", "ж", "Ж", "0", "字", "\u0301", " ", "\n", *string.punctuation)
_RIGHTS = ("", "q", "Ж", "0", ".", "\n", " ", "\u0301")
_ENDINGS = ("s", "t", "m", "d", "re", "ve", "ll")
"""Of English contractions, which patterns keep together behind an apostrophe, in either case."""
CONTEXTS: Sequence[tuple[str, str]] = (
    *product(_LEFTS, _RIGHTS),
    *product(("", "q", "Q", " "), (form for end in _ENDINGS for form in (end, end.upper()))),
)
"""What stands before and behind a piece; first nothing."""
_CONTINUATION = range(0x80, 0xC0)
_SIZES = {2: range(0xC2, 0xE0), 3: range(0xE0, 0xF0), 4: range(0xF0, 0xF5)}
"""The lead bytes of characters of so many bytes."""


def forms(text: str) -> list[str]:
    """A piece's text, and without its space, which some libraries put before a text themselves.

    >>> forms(" ак"), forms("ак"), forms(" ")
    ([' ак', 'ак'], ['ак'], [' '])
    """
    return [text, text[1:]] if text.startswith(" ") and len(text) > 1 else [text]


def completions(piece: bytes, most: int) -> list[str]:
    """Texts that hold a piece which is no whole UTF-8: some of the characters whose part it is.

    Args:
        piece: bytes that cut a character at the start, at the end, or both.
        most: how many characters of each kind are taken, evenly out of all.

    >>> completions("ӏ".encode()[:1], 2), completions(b"\\xff", 2)
    (['Ӏ', 'ӿ'], [])
    """
    texts = list(_inside(piece, most))
    size = len(piece)
    for head in range(min(4, size)):
        for tail in range(min(4, size - head + 1)):
            middle = piece[head : size - tail]
            if (head or tail) and middle and _decodes(middle):
                before = list(_ending(piece[:head], most)) if head else [""]
                behind = list(_beginning(piece[size - tail :], most)) if tail else [""]
                few = len(before) > 1 and len(behind) > 1
                pairs = product(before[:8], behind[:8]) if few else product(before, behind)
                texts += [left + middle.decode() + right for left, right in pairs]
            elif head and tail and not middle:
                texts += [a + b for a, b in product(*_both(piece, head, most))]
    return list(dict.fromkeys(texts))


def _both(piece: bytes, head: int, most: int) -> tuple[list[str], list[str]]:
    """Characters that end as a piece begins, and those that begin as it goes on."""
    return list(_ending(piece[:head], most))[:8], list(_beginning(piece[head:], most))[:8]


def _inside(piece: bytes, most: int) -> Iterator[str]:
    """Characters that hold a piece, which is a part of one alone."""
    for size, leads in _SIZES.items():
        for at in range(size - len(piece) + 1):
            if len(piece) < size:
                slots = [leads, *[_CONTINUATION] * (size - 1)]
                slots[at : at + len(piece)] = [range(byte, byte + 1) for byte in piece]
                yield from _some(slots, leads, most)


def _ending(tail: bytes, most: int) -> Iterator[str]:
    for size, leads in _SIZES.items():
        if len(tail) < size:
            free = [leads, *[_CONTINUATION] * (size - 1 - len(tail))]
            yield from _some([*free, *(range(byte, byte + 1) for byte in tail)], leads, most)


def _beginning(head: bytes, most: int) -> Iterator[str]:
    for size, leads in _SIZES.items():
        if len(head) < size and head[0] in leads:
            fixed = [range(byte, byte + 1) for byte in head]
            yield from _some([*fixed, *[_CONTINUATION] * (size - len(head))], leads, most)


def _some(slots: Sequence[range], leads: range, most: int) -> str:
    """Some of the characters whose bytes are out of these, evenly out of all."""
    if slots[0].start not in leads or any(slot.start not in _CONTINUATION for slot in slots[1:]):
        return ""
    sizes = [len(slot) for slot in slots]
    total = int(np.prod(sizes))
    numbers = np.unique(np.linspace(0, total - 1, min(total, most)).astype(np.int64))
    places = zip(slots, np.unravel_index(numbers, sizes))
    made = np.stack([slot.start + place for slot, place in places], axis=1).astype(np.uint8)
    return made.tobytes().decode("utf-8", "ignore")  # without surrogates and longer forms than needed


def is_sound(data: bytes) -> bool:
    """Whether some text holds these bytes in a row, whatever they cut at its ends.

    >>> is_sound("ӏа".encode()[1:]), is_sound("ӏа".encode()[:3]), is_sound(b"\\xd0a")
    (True, True, False)
    """
    inner = len(data) - len(data.lstrip(bytes(_CONTINUATION)))
    try:
        getincrementaldecoder("utf-8")().decode(data[inner:])
    except UnicodeDecodeError:
        return False
    return inner < max(_SIZES)


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
