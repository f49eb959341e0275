"""Word lists (``vocab:FILE``): one token for each known whitespace word, UNK for every other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from langcov.core import fasttext_file
from langcov.errors import UserError
from langcov.tokenizers.model_file import read, sha256
from langcov.tokenizers.offsets import in_bytes
from langcov.tokenizers.protocol import Adapter, Encoded, Spans, Tokenizer, Vocabulary, WordForm

# Outside White_Space; a str pattern's own \\S also leaves out U+001C–U+001F.
_WORD = re.compile("[^\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+")


class WordList(Adapter):
    """A closed vocabulary of words; the id after the last word is UNK.

    >>> WordList(["кот", "и"], "").encode(["кот и dog"]).ids.tolist()
    [0, 1, 2]
    """

    kind = "vocab"
    word_form: WordForm | None = "kept"
    word_reason = "each whitespace word is a token by itself, the space before it none"

    def __init__(self, words: Sequence[str], digest: str) -> None:
        self.sha256 = digest
        self._words = list(dict.fromkeys(words))
        self._ids = {word: number for number, word in enumerate(self._words)}
        self._unknown = len(self._words)
        size = self._unknown + 1
        nothing = np.zeros(size, np.bool_)
        self.vocabulary = Vocabulary(size, ~nothing, self._unknown, None, nothing)

    def encode(self, texts: list[str]) -> Encoded:
        known = self._ids.get
        return Encoded.of([[known(word, self._unknown) for word in _WORD.findall(text)] for text in texts])

    def decode(self, ids: list[list[int]]) -> list[str]:
        words = [*self._words, "<unk>"]
        return [" ".join([words[token] for token in line]) for line in ids]

    def offsets(self, texts: list[str]) -> Spans | None:
        return in_bytes(texts, [[found.span() for found in _WORD.finditer(text)] for text in texts])


def load(rest: str) -> Tokenizer:
    """The spec ``vocab:FILE``: a word on each line, a fastText ``.vec``, or a fastText ``.bin``/``.ftz``.

    Raises:
        UserError: the file is none of these.
    """
    data = read(rest)
    try:
        words = _fasttext_words(data) if data.startswith(fasttext_file.MAGIC) else _text_words(data)
    except UnicodeDecodeError as error:
        raise UserError(f"{rest}: not a word list: byte {error.start} is not UTF-8") from None
    except ValueError as error:
        raise UserError(f"{rest}: {error}") from None
    if not words:
        raise UserError(f"{rest}: no words in it")
    return WordList(words, sha256(data))


def _text_words(data: bytes) -> list[str]:
    lines = data.decode("utf-8-sig").split("\n")
    header = re.fullmatch(r"\d+ (\d+)\s*", lines[0])
    if header and len(lines) > 1 and lines[1].rstrip().count(" ") == int(header[1]):
        lines = [line.partition(" ")[0] for line in lines[1:]]
    return [word for word in map(str.strip, lines) if word]


def _fasttext_words(data: bytes) -> list[str]:
    return [word.decode() for word in fasttext_file.contents(data).words]
