"""More pieces for a SentencePiece model: BPE and Unigram."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools
from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.extend.learn import Learned
from langcov.extend.tape import Piece
from langcov.extend.unigram import joined_score, letter_score
from langcov.extend.words import of_one_kind
from langcov.tokenizers.model_file import read
from langcov.tokenizers.protocol import Encoded
from langcov.tokenizers.sentencepiece import BPE, CHAR, NORMAL, UNUSED, WORD, schema
from langcov.tokenizers.wordforms import MARK


class SentencePiece:
    """A SentencePiece model (``langcov.extend.protocol``).

    Raises:
        UserError: the bytes are no such model, or it is one of words or letters.
    """

    file = "tokenizer.model"
    in_letters = True

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        library = require("sentencepiece", "all", "a SentencePiece model")
        self._data = data
        proto = schema().ModelProto()
        try:
            proto.ParseFromString(data)
            self._processor = library.SentencePieceProcessor(model_proto=data)
        except Exception as error:  # protobuf and sentencepiece share no narrower class
            raise UserError(f"{name}: not a SentencePiece model, or cut short: {one_line(error)}") from None
        kind = proto.trainer_spec.model_type
        if kind in (WORD, CHAR):
            raise UserError(
                f"{name}: a model of {'words' if kind == WORD else 'letters'} joins no pieces: "
                "a SentencePiece BPE or Unigram model can be extended"
            )
        self.closes = kind == BPE
        normal = [piece.piece if piece.type == NORMAL else None for piece in proto.pieces]
        self.spelled: Sequence[Piece | None] = normal
        self.ids: dict[Piece, int] = {piece: id for id, piece in enumerate(normal) if piece is not None}
        self.pieces: Collection[Piece] = {piece.piece for piece in proto.pieces}
        self.first_id = len(normal)
        self._scores = {id: piece.score for id, piece in enumerate(proto.pieces) if piece.type == NORMAL}
        self._begins = np.array([(piece or "").startswith(MARK) for piece in normal])

    def sequences(self, texts: list[str]) -> tuple[NDArray[np.int32], Bools]:
        encoded = Encoded.of(self._processor.encode(texts, num_threads=1))
        begins = self._begins[encoded.ids]
        begins[encoded.starts[:-1][encoded.counts > 0]] = True
        return encoded.ids, begins

    def joinable(self, piece: Piece) -> bool:
        return of_one_kind(str(piece))

    def text(self, piece: Piece) -> bytes:
        return str(piece).replace(MARK, " ").encode()

    def extended(self, learned: Sequence[Learned]) -> bytes:
        proto = schema().ModelProto()
        proto.ParseFromString(self._data)
        low, scores = min(self._scores.values()), dict(self._scores)
        last = np.float32(low)
        for one in learned:
            if not one.new:
                continue
            if self.closes:
                # Merged after all old ones, and in the order of choice. The file holds float32, and Mistral's
                # lowest score is -1e9: one less is the same number there.
                score = float(last := np.nextafter(last, np.float32(-np.inf)))
            else:
                score = joined_score(scores, one.parts) if one.parts else letter_score(low)
            scores[one.id] = score
            proto.pieces.add(piece=one.piece, score=score, type=NORMAL)
        proto.trainer_spec.vocab_size = len(proto.pieces)
        return bytes(proto.SerializeToString())

    def trimmed(self, data: bytes, ids: Iterable[int]) -> bytes:
        proto = schema().ModelProto()
        proto.ParseFromString(data)
        for id in ids:
            proto.pieces[id].type = UNUSED
        return bytes(proto.SerializeToString())

    def replaced(self, data: bytes, places: Mapping[int, int]) -> bytes:
        proto = schema().ModelProto()
        proto.ParseFromString(data)
        for new, old in places.items():
            proto.pieces[old].CopyFrom(proto.pieces[new])  # its score says when it is merged, not its id
        del proto.pieces[self.first_id :]
        proto.trainer_spec.vocab_size = len(proto.pieces)
        return bytes(proto.SerializeToString())

    def with_pieces(self, learned: Sequence[Learned]) -> SentencePiece:
        return SentencePiece(self.extended(learned), self._name)

    def spec(self, path: str) -> str:
        return f"spm:{path}"


def load(rest: str) -> SentencePiece:
    """The SPEC ``spm:FILE.model``."""
    return SentencePiece(read(rest), rest)
