"""How a tokenizer writes each letter of an alphabet inside a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.counting.lost_text import came_back
from langcov.counting.spans import token_spans
from langcov.counting.sums import Histogram
from langcov.errors import CannotMeasure
from langcov.text.scripts import BASE_BITS
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Encoded, Tokenizer

CARRIERS = ("q", "ж", "0")
"""What a letter is put between: another script's letter doesn't join with it; one that the tokenizer doesn't
know may hide it (WordPiece makes the whole word one UNK), so there are several."""


def single_letters(tokenizer: Tokenizer, letters: Sequence[str]) -> NDArray[np.bool_] | None:
    """Which letters are exactly one token of their own inside a word, not UNK, bool [letters].

    Inside a word: between two of the ``CARRIERS``, whichever lets it stand alone. The word must come back
    when it is decoded: a lone byte of a letter, or a letter that became another, is not that letter. None
    where the tokenizer can't tell where its tokens lie.
    """
    found = np.zeros(len(letters), bool)
    for carrier in CARRIERS:
        alone = _alone(tokenizer, letters, carrier)
        if alone is None:
            return None
        found |= alone
    return found


def _alone(tokenizer: Tokenizer, letters: Sequence[str], carrier: str) -> NDArray[np.bool_] | None:
    words = [f"{carrier}{letter}{carrier}" for letter in letters]
    strings = Strings.of(words)
    encoded = tokenizer.encode(words)
    spans = token_spans(tokenizer, strings, encoded, np.zeros(len(words), bool))
    if spans is None:
        return None
    owner = np.repeat(np.arange(len(words)), encoded.counts)
    left = len(carrier.encode())
    right = (strings.lengths - left)[owner]
    begin, end = spans.begin - strings.starts[owner], spans.end - strings.starts[owner]
    overlaps = (begin < right) & (end > left) & (end > begin)
    exact = overlaps & (begin == left) & (end == right)
    vocabulary = tokenizer.vocabulary
    if vocabulary is not None and vocabulary.unknown is not None:
        exact &= encoded.ids != vocabulary.unknown
    n = len(words)
    alone = (np.bincount(owner[overlaps], minlength=n) == 1) & (np.bincount(owner[exact], minlength=n) == 1)
    return alone & _come_back(tokenizer, strings, encoded)


def _come_back(tokenizer: Tokenizer, strings: Strings, encoded: Encoded) -> NDArray[np.bool_]:
    """Which words are decoded to themselves; all, where nothing can be decoded and nothing is left out."""
    try:
        found = came_back(tokenizer, strings, encoded)
    except CannotMeasure:
        drops = tokenizer.vocabulary is not None and tokenizer.vocabulary.drops
        return np.full(len(strings), not drops)
    return found.lost + found.changed == 0


def letter_uses(letters: Sequence[str], counted: Histogram) -> NDArray[np.int64]:
    """How often each letter occurs, however the corpus composes it, int64 [letters].

    A letter under a mark of no letter of the alphabet (a stress mark) is that letter, unless Unicode has
    one character for both: that is another letter.

    Args:
        letters: in NFC.
        counted: code points with the mark after them, keyed ``mark << 21 | base``.
    """
    uses = dict.fromkeys(letters, 0)
    for key, count in zip(counted.keys.tolist(), counted.counts.tolist()):
        mark, base = divmod(key, 1 << BASE_BITS)
        marked = unicodedata.normalize("NFC", chr(base) + (chr(mark) if mark else ""))
        letter = marked if marked in uses else marked[0]
        if letter in uses:
            uses[letter] += count
    return np.array([uses[letter] for letter in letters], np.int64)
