"""Word lists (``vocab:FILE``): one token for each known whitespace word, UNK for every other."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence

import numpy as np

from langcov.errors import UserError
from langcov.tokenizers.base import Encoded, Tokenizer, Vocabulary, WordForm
from langcov.tokenizers.files import read, sha256
from langcov.tokenizers.offsets import Spans, in_bytes
from langcov.tokenizers.sniff import FASTTEXT_MAGIC

# Outside White_Space; a str pattern's own \\S also leaves out U+001C–U+001F.
_WORD = re.compile("[^\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+")


class WordList:
    """A closed vocabulary of words; the id after the last word is UNK.

    >>> WordList(["кот", "и"], "").encode(["кот и dog"]).ids.tolist()
    [0, 1, 2]
    """

    kind: str = "vocab"
    word_form: WordForm | None = "kept"
    word_reason: str = "each whitespace word is a token by itself, the space before it none"
    whole_line_texts: Sequence[str] = ()

    def __init__(self, words: Sequence[str], digest: str) -> None:
        self.sha256: str | None = digest
        self._words = list(dict.fromkeys(words))
        self._ids = {word: number for number, word in enumerate(self._words)}
        self._unknown = len(self._words)
        size = self._unknown + 1
        nothing = np.zeros(size, np.bool_)
        self.vocabulary: Vocabulary | None = Vocabulary(size, ~nothing, self._unknown, None, nothing)

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
        words = _fasttext_words(data) if data.startswith(FASTTEXT_MAGIC) else _text_words(data)
    except UnicodeDecodeError as error:
        raise UserError(f"{rest}: not a word list: byte {error.start} is not UTF-8") from None
    except (ValueError, struct.error):
        raise UserError(f"{rest}: a fastText model that is cut short") from None
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
    """The dictionary at the start of a fastText model, its words without its labels.

    After magic and version come twelve int32 and a double of arguments, then the sizes of the dictionary
    (int32 entries, words, labels; int64 tokens, pruned) and per entry a NUL-ended name, an int64 count
    and an int8 type (0 a word, 1 a label).
    """
    place = 8 + 12 * 4 + 8
    entries, _, _, _, _ = struct.unpack_from("<iiiqq", data, place)
    place += struct.calcsize("<iiiqq")
    words = []
    for _ in range(entries):
        end = data.index(b"\0", place)
        if data[end + 9] == 0:
            words.append(data[place:end].decode())
        place = end + 10
    return words
