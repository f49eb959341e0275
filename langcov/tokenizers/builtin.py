"""``bytes`` and ``chars``: tokenizers whose every figure is known beforehand."""

from __future__ import annotations

import sys

import numpy as np

from langcov.text.scan import utf8_lengths
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Adapter, Encoded, Vocabulary, WordForm


class Bytes(Adapter):
    """Each UTF-8 byte is a token, its id the byte.

    >>> Bytes().encode(["я!"]).ids.tolist()
    [209, 143, 33]
    """

    kind = "bytes"
    word_form: WordForm | None = "kept"
    word_reason = "each byte is a token by itself"

    def __init__(self) -> None:
        every = np.arange(256)
        pieces = Strings(every.astype(np.uint8), every, every + 1)
        self.vocabulary = Vocabulary(256, every >= 0, None, pieces, every >= 0x80)

    def encode(self, texts: list[str]) -> Encoded:
        packed = Strings.of(texts)
        return Encoded(packed.data.astype(np.int32), np.append(0, packed.ends))

    def decode(self, ids: list[list[int]]) -> list[str]:
        return [bytes(line).decode(errors="replace") for line in ids]


class Chars(Adapter):
    """Each code point is a token, its id the code point.

    >>> Chars().encode(["я!"]).ids.tolist()
    [1103, 33]
    """

    kind = "chars"
    word_form: WordForm | None = "kept"
    word_reason = "each code point is a token by itself"

    def __init__(self) -> None:
        every = np.arange(sys.maxunicode + 1)
        scalar = (every < 0xD800) | (every > 0xDFFF)
        lengths = utf8_lengths(every.astype(np.uint32)) * scalar
        text = every[scalar].astype("<u4").tobytes().decode("utf-32-le").encode()
        ends = np.cumsum(lengths)
        pieces = Strings(np.frombuffer(text, np.uint8), ends - lengths, ends)
        nothing = np.zeros(len(every), np.bool_)
        self.vocabulary = Vocabulary(len(every), scalar, None, pieces, nothing)

    def encode(self, texts: list[str]) -> Encoded:
        ids = np.frombuffer("".join(texts).encode("utf-32-le"), "<i4").astype(np.int32)
        return Encoded(ids, np.cumsum([0, *map(len, texts)]))

    def decode(self, ids: list[list[int]]) -> list[str]:
        return [np.array(line, "<u4").tobytes().decode("utf-32-le", "surrogatepass") for line in ids]
