"""Words encoded in the form in which their tokens are those of the line, many in one call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.text.strings import Strings
from langcov.tokenizers.base import Encoded, Tokenizer

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LINE_BYTES = 1 << 12
"""Length of the lines that words are put into: long enough that a call costs little."""
SPACE = 0x20


def is_inside(words: Strings) -> Bools:
    """Words that stand inside a line: they begin with a U+0020, bool [n]."""
    inside = np.zeros(len(words), bool)
    filled = np.flatnonzero(words.lengths)
    inside[filled] = words.data[words.starts[filled]] == SPACE
    return inside


def encode_words(tokenizer: Tokenizer, words: Strings) -> tuple[Encoded, Bools]:
    """Encode words of regular lines so that the tokens of a line are those of its words.

    Args:
        tokenizer: one that has a ``word_form``.
        words: back to back in their buffer; one inside a line begins with its U+0020.

    Returns:
        The tokens, and which words were encoded without their U+0020, bool [n].

    Raises:
        CannotEncode: with the index of the word.
    """
    inside = is_inside(words)
    stripped = inside & (tokenizer.word_form == "stripped")
    texts = Strings(words.data, words.starts + stripped, words.ends).to_list()
    return tokenizer.encode(texts), stripped
