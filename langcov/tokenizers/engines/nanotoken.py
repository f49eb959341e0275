"""nanotoken: WordPiece in Rust."""

from __future__ import annotations

import numpy as np

from langcov.core.libraries import require
from langcov.text.strings import Strings
from langcov.tokenizers.content import Content
from langcov.tokenizers.protocol import Encoded

NAME = "nanotoken"


class Nanotoken:
    """A tokenizer loaded into nanotoken.

    Raises:
        MissingLibrary: nanotoken is not installed.
        Exception: of the library, where it can't load such a file.
    """

    def __init__(self, content: Content, scheme: str = "") -> None:
        self._tokenizer = require(NAME, "fast", NAME).WordPieceTokenizer.from_json(content.data)

    def holds(self, content: Content) -> bool:
        """Whether what was loaded has the ids and pieces of the file."""
        vocab = self._tokenizer.get_vocab(with_added_tokens=False)
        return {number: piece.encode() for piece, number in vocab.items()} == content.tokens

    def encode(self, strings: Strings) -> Encoded:
        """Encode each string."""
        ids, offsets = self._tokenizer.encode_batch(
            strings.to_bytes(), add_special_tokens=False, parallel=False
        )
        self._tokenizer.clear_cache()  # each word is asked for once
        return Encoded(ids.view(np.int32), offsets)
