"""gigatoken: byte-level BPE, and BPE with byte fallback, in Rust with SIMD."""

from __future__ import annotations

import numpy as np

from langcov.core.libraries import require
from langcov.tokenizers.content import Content
from langcov.tokenizers.protocol import Encoded

NAME = "gigatoken"


class Gigatoken:
    """A tokenizer loaded into gigatoken.

    Raises:
        MissingLibrary: gigatoken is not installed.
        Exception: of the library, where it can't load such a file.
    """

    def __init__(self, content: Content) -> None:
        self._tokenizer = require(NAME, "fast", NAME).Tokenizer.from_json(content.data)

    def holds(self, content: Content) -> bool:
        """Whether what was loaded has the ids, bytes and merges of the file."""
        return self._tokenizer.vocab == content.tokens and self._tokenizer.merges == content.merges

    def encode(self, texts: list[str]) -> Encoded:
        """Encode each string; an empty one has no tokens."""
        layout = self._tokenizer.encode_batch(texts).layout
        return Encoded(np.asarray(layout.content.data).view(np.int32), np.asarray(layout.offsets.data))
