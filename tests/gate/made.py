"""Text of no language, and a tokenizer whose ids are known by hand."""

from __future__ import annotations

import zlib

import numpy as np

import langcov

WORDS = [
    "алма",
    "күл",
    "таш",
    "юл",
    "су",
    "ут",
    "бер",
    "ике",
    "өч",
    "дүрт",
    "ай",
    "көн",
    "төн",
    "кеше",
    "бала",
]


def text(lines: int, seed: int = 0) -> list[str]:
    """Lines of words of no language in no order, of 4 to 12 words each."""
    draw = np.random.RandomState(seed)
    return [" ".join(draw.choice(WORDS, draw.randint(4, 13))) for _ in range(lines)]


def ids_of(word: str) -> list[int]:
    """Two pieces of each word."""
    return [zlib.crc32(part.encode()) % 50_000 for part in (word[:2], word[2:]) if part]


def tokenizer(change=lambda at, ids: ids):
    """A callable; ``change`` is given the number of each line and its ids."""

    def encode(lines):
        return [
            change(at, [id for word in line.split() for id in ids_of(word)]) for at, line in enumerate(lines)
        ]

    return encode


def measured(change=lambda at, ids: ids, lines=None, name="t", **more):
    lines = lines or {"tat": text(400), "bak": text(400, 1)}
    return langcov.measure_tokenizers({name: tokenizer(change)}, lines, hygiene=False, **more)


def verdicts(found) -> set[str]:
    return {one.verdict for one in found.changes}
