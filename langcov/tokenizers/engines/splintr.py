"""splintr: Unigram in Rust."""

from __future__ import annotations

import numpy as np

from langcov.core.libraries import require
from langcov.text.strings import Strings
from langcov.tokenizers.content import Content
from langcov.tokenizers.protocol import Encoded
from langcov.tokenizers.wordforms import MARK

NAME = "splintr-rs"
MODULE = "splintr"


class Splintr:
    """A tokenizer loaded into splintr.

    Raises:
        MissingLibrary: splintr-rs is not installed.
        Exception: of the library, where it can't load such a file.
    """

    def __init__(self, content: Content, scheme: str = "") -> None:
        self._tokenizer = require(MODULE, "fast", NAME).from_json_bytes(content.data)

    def holds(self, content: Content) -> bool:
        """Whether what was loaded has the ids and pieces of the file; it doesn't show scores."""
        return self._tokenizer.vocab_size == len(content.tokens) and all(
            self._tokenizer.decode_token_bytes(number) == piece.replace(MARK.encode(), b" ")
            for number, piece in content.tokens.items()
            if self._tokenizer.decode_token_bytes(number)  # nothing of special tokens
        )

    def encode(self, strings: Strings) -> Encoded:
        """Encode each string."""
        ids, offsets = self._tokenizer.encode_batch_flat(strings.to_list())
        return Encoded(np.frombuffer(ids, np.int32), np.frombuffer(offsets, np.int64))
