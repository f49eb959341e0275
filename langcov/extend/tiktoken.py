"""More ranks for a ``.tiktoken`` file."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from langcov.core.arrays import Bools
from langcov.core.kinds import split_query
from langcov.errors import UserError
from langcov.extend.learn import Learned
from langcov.extend.tape import Piece, by_id
from langcov.tokenizers.model_file import read, sha256
from langcov.tokenizers.protocol import Encoded
from langcov.tokenizers.rank_patterns import pattern_for, special_ids
from langcov.tokenizers.tiktoken import as_file, make_encoding, read_ranks


class Tiktoken:
    """A file of ranks and the regex that text is cut by (``langcov.extend.protocol.Extender``).

    Raises:
        UserError: it is no such file, or its regex is not known.
    """

    file = "ranks.tiktoken"
    closes = True
    in_letters = False

    def __init__(self, data: bytes, path: str, query: str, first_id: int | None = None) -> None:
        self._path = path
        self._pattern = pattern_for(path, query, sha256(data))
        self._ranks = read_ranks(path, data)
        self._encoding = make_encoding(path, self._pattern.regex, self._ranks)
        try:
            self._cut = regex.compile(self._pattern.regex)
        except regex.error as error:
            raise UserError(f"{path}: its pattern can't be read here: {error}") from None
        self.ids: dict[Piece, int] = dict(self._ranks.items())
        self.pieces: Collection[Piece] = self.ids.keys()
        last = max(self._ranks.values())
        if first_id is not None and first_id <= last:
            raise UserError(f"--first-id {first_id}: ids up to {last} are taken in {path}")
        self.first_id = first_id or _first_free(path, self._pattern.name, last)
        self.spelled: Sequence[Piece | None] = by_id(self.ids, self.first_id)
        self._known: dict[str, list[int]] = {}

    def sequences(self, texts: list[str]) -> tuple[NDArray[np.int32], Bools]:
        if self._pattern.form:
            texts = [unicodedata.normalize(self._pattern.form, text) for text in texts]
        parts = (found[0] for text in texts for found in self._cut.finditer(text))
        encoded = Encoded.of(list(map(self._encoded, parts)))
        begins = np.zeros(len(encoded.ids), bool)
        begins[encoded.starts[:-1]] = True
        return encoded.ids, begins

    def _encoded(self, part: str) -> list[int]:
        """The ids of something that is merged by itself."""
        found = self._known.get(part)
        if found is None:
            found = self._known[part] = self._encoding._encode_single_piece(part)
        return found

    def joinable(self, piece: Piece) -> bool:
        return True

    def text(self, piece: Piece) -> bytes:
        return bytes(piece) if isinstance(piece, bytes) else piece.encode()

    def extended(self, learned: Sequence[Learned]) -> bytes:
        return as_file(self._ranks | {self.text(one.piece): one.id for one in learned if one.new})

    def with_pieces(self, learned: Sequence[Learned]) -> Tiktoken:
        return Tiktoken(
            self.extended(learned), self._path, f"pattern={self._pattern.name or self._pattern.regex}"
        )

    def spec(self, path: str) -> str:
        if self._pattern.name:
            return f"tiktoken:{path}?pattern={self._pattern.name}"
        return f"tiktoken:{path}?pattern={self._pattern.regex}"


def load(rest: str, first_id: int | None = None) -> Tiktoken:
    """The SPEC ``tiktoken:FILE[?pattern=…]``."""
    path, _, query = split_query(rest)
    return Tiktoken(read(path), path, query, first_id)


def _first_free(path: str, pattern: str, last: int) -> int:
    """The id after all ranks and special tokens.

    Raises:
        UserError: nobody knows the special tokens.
    """
    special = special_ids(pattern)
    if special is None:
        raise UserError(
            f"{path}: its special tokens have ids too, which no file of ranks says: name the first id that "
            f"is free with --first-id ({last + 1} or more)"
        )
    return max([last, *special]) + 1
