"""CLIP's merges (``clip:bpe_simple_vocab_16e6.txt.gz``): text mended and in lower case, byte-level BPE."""

from __future__ import annotations

import gzip
import html
import zlib
from typing import Any

import numpy as np

from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.tokenizers.huggingface_structure import byte_alphabet
from langcov.tokenizers.model_file import broken_utf8, cannot_encode, read, refused, sha256
from langcov.tokenizers.protocol import Adapter, Encoded, Tokenizer, Vocabulary

MERGES = 49152 - 256 - 2
"""CLIP uses so many of the file's lines, after the first."""
_END = "</w>"
_SPECIAL = ("<start_of_text>", "<end_of_text>")
_PATTERN = r"(?i)'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


class Clip(Adapter):
    """CLIP's ``SimpleTokenizer``, with its default cleaning and without the limit of 77 tokens.

    Args:
        merges: pairs of pieces, in their order.
        digest: sha256 of the file.

    Raises:
        UserError: the merges make no BPE.
        MissingLibrary: ftfy or tokenizers is not installed.
    """

    kind = "clip"
    word_reason = "ftfy mends a text by what it finds in all of it"

    def __init__(self, merges: list[tuple[str, str]], digest: str) -> None:
        self.sha256 = digest
        self._mend = require("ftfy", "clip", "CLIP's merges").fix_text
        library = require("tokenizers", "clip", "CLIP's merges")
        letters = list(byte_alphabet())
        pieces = [*letters, *(letter + _END for letter in letters), *("".join(pair) for pair in merges)]
        self._pieces = [*pieces, *_SPECIAL]
        ids = {piece: number for number, piece in enumerate(self._pieces)}
        with refused("not CLIP's merges"):
            self._tokenizer = library.Tokenizer(library.models.BPE(ids, merges, end_of_word_suffix=_END))
        steps = library.pre_tokenizers
        split = steps.Split(library.Regex(_PATTERN), "removed", invert=True)
        self._tokenizer.pre_tokenizer = steps.Sequence([split, steps.ByteLevel(False, use_regex=False)])
        self._tokenizer.add_special_tokens(list(_SPECIAL))
        self.vocabulary = _vocabulary(self._pieces)

    def encode(self, texts: list[str]) -> Encoded:
        try:
            return Encoded.of([self._encode(text) for text in texts])
        except Exception as error:
            raise cannot_encode(self._encode, texts, error) from None

    def decode(self, ids: list[list[int]]) -> list[str]:
        letters = byte_alphabet()
        texts = ["".join(self._pieces[token] for token in line) for line in ids]
        return [
            bytes(letters[letter] for letter in text).decode(errors="replace").replace(_END, " ")
            for text in texts
        ]

    def _encode(self, text: str) -> list[int]:
        mended = html.unescape(html.unescape(self._mend(text)))
        clean = " ".join(mended.split()).lower()
        ids: list[int] = self._tokenizer.encode(clean, add_special_tokens=False).ids
        return ids


def load(rest: str) -> Tokenizer:
    """The spec ``clip:FILE``, gzipped or not: a first line that is passed over, then a merge on each.

    Raises:
        UserError: the file is something else.
        MissingLibrary: ftfy or tokenizers is not installed.
    """
    data = read(rest)
    try:
        text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode()
        pairs = [line.split() for line in text.split("\n")[1 : MERGES + 1] if line]
        merges = [(left, right) for left, right in pairs]
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise UserError(f"{rest}: not CLIP's merges, or cut short: {one_line(error)}") from None
    return Clip(merges, sha256(data))


def _vocabulary(pieces: list[str]) -> Vocabulary:
    """Decoding puts a space for each end of a word, which the text need not have: no bytes are known."""
    letters: dict[str, Any] = byte_alphabet()
    data = [bytes(letters.get(letter, 32) for letter in piece.removesuffix(_END)) for piece in pieces]
    returnable = np.arange(len(pieces)) < len(pieces) - len(_SPECIAL)
    return Vocabulary(len(pieces), returnable, None, None, broken_utf8(data))
