"""How a tokenizer writes each letter of an alphabet inside a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.spans import token_spans
from langcov.tally import Histogram
from langcov.text.letters import BASE_BITS
from langcov.text.strings import Strings
from langcov.tokenizers.base import Tokenizer


def carrier_for(letter: str) -> str:
    """A letter of another script, which no vocabulary joins to this one: the letter stands between two.

    >>> carrier_for("ә"), carrier_for("ğ")
    ('q', 'ж')
    """
    return "ж" if "LATIN" in unicodedata.name(letter[0], "") else "q"


def single_letters(tokenizer: Tokenizer, letters: Sequence[str]) -> NDArray[np.bool_] | None:
    """Which letters are exactly one token of their own inside a word, not UNK, bool [letters].

    None where the tokenizer can't tell where its tokens lie.
    """
    words = [f"{carrier_for(letter)}{letter}{carrier_for(letter)}" for letter in letters]
    strings = Strings.of(words)
    encoded = tokenizer.encode(words)
    spans = token_spans(tokenizer, strings, encoded, np.zeros(len(words), bool))
    if spans is None:
        return None
    owner = np.repeat(np.arange(len(words)), encoded.counts)
    left = np.array([len(carrier_for(letter).encode()) for letter in letters])
    right = strings.lengths - left
    overlaps = (spans.begin < right[owner]) & (spans.end > left[owner]) & (spans.end > spans.begin)
    exact = overlaps & (spans.begin == left[owner]) & (spans.end == right[owner])
    vocabulary = tokenizer.vocabulary
    if vocabulary is not None and vocabulary.unknown is not None:
        exact &= encoded.ids != vocabulary.unknown
    n = len(words)
    return (np.bincount(owner[overlaps], minlength=n) == 1) & (np.bincount(owner[exact], minlength=n) == 1)


def letter_uses(letters: Sequence[str], counted: Histogram) -> NDArray[np.int64]:
    """How often each letter occurs, however the corpus composes it, int64 [letters].

    Args:
        letters: in NFC.
        counted: code points with the mark after them, keyed ``mark << 21 | base``.
    """
    uses = dict.fromkeys(letters, 0)
    for key, count in zip(counted.keys.tolist(), counted.counts.tolist()):
        mark, base = divmod(key, 1 << BASE_BITS)
        letter = unicodedata.normalize("NFC", chr(base) + (chr(mark) if mark else ""))
        if letter in uses:
            uses[letter] += count
    return np.array([uses[letter] for letter in letters], np.int64)
