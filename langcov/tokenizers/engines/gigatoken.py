"""gigatoken: byte-level BPE, and BPE with byte fallback, in Rust with SIMD."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from langcov.core.libraries import require
from langcov.text.strings import LF, Strings
from langcov.tokenizers.content import Content
from langcov.tokenizers.protocol import Encoded

NAME = "gigatoken"
CELLS = 1 << 24
"""Tokens, filled up to one length, up to which they are put into a matrix."""


class Gigatoken:
    """A tokenizer loaded into gigatoken.

    Args:
        content: of the tokenizer.
        scheme: what gigatoken calls the pattern of a file of ranks.

    Raises:
        MissingLibrary: gigatoken is not installed.
        Exception: of the library, where it can't load such a file.
    """

    def __init__(self, content: Content, scheme: str = "") -> None:
        self._library = require(NAME, "fast", NAME)
        self._tokenizer = _loaded(self._library, content, scheme)
        self._shift = np.int32(content.shift)

    def holds(self, content: Content) -> bool:
        """Whether what was loaded has the ids, bytes and merges of the file, as far as it has any."""
        if self._tokenizer.vocab != content.tokens:
            return False
        return not content.merges or self._tokenizer.merges == content.merges

    def encode(self, strings: Strings) -> Encoded:
        """Encode each string; an empty one has no tokens."""
        given, longest = self._given(strings), int(strings.lengths.max(initial=1))
        if longest * len(strings) <= CELLS:
            rows, counts = self._tokenizer.encode_batch_padded(given, 0)
            ids = rows[np.arange(rows.shape[1]) < counts[:, np.newaxis]].view(np.int32)
            starts = np.append(0, np.cumsum(counts))
        else:  # what holds this answer takes half a second to import
            layout = self._tokenizer.encode_batch(given).layout
            ids, starts = np.asarray(layout.content.data).view(np.int32), np.asarray(layout.offsets.data)
        return Encoded(ids + self._shift if self._shift else ids, starts)

    def _given(self, strings: Strings) -> Any:
        """Strings as one buffer; as a list where one is empty, which it would skip, or holds an LF."""
        data = strings.apart().data
        if (strings.lengths == 0).any() or np.count_nonzero(data == LF) > len(strings):
            return strings.to_list()
        return self._library.BytesSource(data.tobytes(), separator=b"\n")


def _loaded(library: Any, content: Content, scheme: str) -> Any:
    kind = content.recipe["format"]
    if kind == "sentencepiece":
        return library.Tokenizer.from_sentencepiece(content.data)
    if kind == "tokenizer.json":
        return library.Tokenizer.from_json(content.data)
    with TemporaryDirectory() as folder:  # it reads ranks from a file only
        path = Path(folder) / "ranks.tiktoken"
        path.write_bytes(content.data)
        return library.Tokenizer.from_tiktoken(path, pretokenizer=scheme, special_tokens={})
