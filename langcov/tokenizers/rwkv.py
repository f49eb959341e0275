"""RWKV vocabularies (``rwkv:FILE.txt``): the longest token that fits, byte by byte, left to right."""

from __future__ import annotations

import ast
import re
from typing import Any

import numpy as np

from langcov.errors import UserError
from langcov.text.strings import Strings
from langcov.tokenizers.model_file import broken_utf8, check_tokens, doubts, read, sha256
from langcov.tokenizers.parts import Parts
from langcov.tokenizers.protocol import Adapter, Encoded, Tokenizer, Vocabulary
from langcov.tokenizers.wordforms import confirm

PUBLISHED = {
    "rwkv_vocab_v20230424.txt": "e6dee3d4e31b4d5c40ac99508ac6c701ceef4bed681bf2167ce9a908552bca89",
}
_OVER_SPACE = re.compile(rb"[^\t\n\v\f\r ] ")


class Rwkv(Adapter):
    """A vocabulary of byte strings, applied greedily.

    Args:
        ids: the id of each token; every single byte must be one.
        digest: sha256 of the file.
    """

    kind = "rwkv"

    def __init__(self, ids: dict[bytes, int], digest: str) -> None:
        self.sha256 = digest
        size = max(ids.values()) + 1
        self._tokens = [b""] * size
        for token, number in ids.items():
            self._tokens[number] = token
        returnable = np.array([token != b"" for token in self._tokens])
        pieces = Strings.of(self._tokens)
        self.vocabulary = Vocabulary(size, returnable, None, pieces, broken_utf8(self._tokens))
        self._trie = _trie(ids)
        crosses = any(_OVER_SPACE.search(token) for token in ids)
        self.word_form = None if crosses else "kept"
        self.word_reason = "a token reaches over a space" if crosses else "no token reaches over a space"
        confirm(self)

    def encode(self, texts: list[str]) -> Encoded:
        return Encoded.of([self._longest_matches(text.encode()) for text in texts])

    def decode(self, ids: list[list[int]]) -> list[str]:
        return [b"".join([self._tokens[token] for token in line]).decode(errors="replace") for line in ids]

    def parts(self) -> Parts:
        assert self.vocabulary is not None and self.vocabulary.pieces is not None
        nothing = np.zeros(self.vocabulary.size, np.bool_)
        return Parts("longest", self.vocabulary.pieces, None, False, None, None, (), nothing, nothing)

    def _longest_matches(self, text: bytes) -> list[int]:
        found, start, size = [], 0, len(text)
        while start < size:
            node, place = self._trie, start
            while place < size and (below := node.get(text[place])):
                node, place = below, place + 1
                if -1 in node:
                    longest, end = node[-1], place
            found.append(longest)
            start = end
        return found


def load(rest: str) -> Tokenizer:
    """The spec ``rwkv:FILE.txt``, lines of ``id literal length`` with a Python str or bytes literal.

    Raises:
        UserError: a line is something else, or a byte has no token.
    """
    data = read(rest)
    ids: dict[bytes, int] = {}
    for number, line in enumerate(data.splitlines(), 1):
        try:
            token_id, literal = line.decode().split(" ", 1)
            literal, length = literal.rsplit(" ", 1)
            token = ast.literal_eval(literal)
            token = token.encode() if isinstance(token, str) else token
            if not isinstance(token, bytes) or len(token) != int(length):
                raise ValueError("no literal of that length")
            if token in ids:
                raise ValueError("it is there twice")
            ids[token] = int(token_id)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):  # the last two: nested
            raise UserError(f"{rest}:{number}: not a line of id, literal, length, or a token again") from None
    check_tokens(rest, ids)
    made = Rwkv(ids, sha256(data))
    made.notice = doubts(rest, ids.values(), made.sha256 or "", PUBLISHED)
    return made


def _trie(ids: dict[bytes, int]) -> dict[int, Any]:
    """Nested dicts by byte; a node where a token ends has its id under -1."""
    root: dict[int, Any] = {}
    for token, number in ids.items():
        node = root
        for byte in token:
            node = node.setdefault(byte, {})
        node[-1] = number
    return root
