"""SentencePiece models (``spm:FILE.model``) and ``SentencePieceProcessor`` objects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import starmap
from typing import Any

import numpy as np

from langcov.core.libraries import one_line, require
from langcov.errors import MissingLibrary, UserError
from langcov.text.strings import Strings
from langcov.tokenizers.charsmap import rewrites_space
from langcov.tokenizers.content import Content
from langcov.tokenizers.merges import Merges, first_points, splits
from langcov.tokenizers.model_file import cannot_encode, read, sha256
from langcov.tokenizers.offsets import in_bytes
from langcov.tokenizers.parts import Model, Parts
from langcov.tokenizers.protocol import Adapter, Encoded, Spans, Tokenizer, Vocabulary, WordForm
from langcov.tokenizers.wordforms import MARK, confirm, crosses_mark, over_spaces

# The numbers of sentencepiece_model.proto: TrainerSpec.ModelType and ModelProto.SentencePiece.Type.
UNIGRAM, BPE, WORD, CHAR = 1, 2, 3, 4
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
IN_TEXT = (NORMAL, USER_DEFINED, UNUSED)
Pieces = Sequence[tuple[str, int]]
"""Each with its type."""
_NORMALIZER = ("add_dummy_prefix", "remove_extra_whitespaces", "escape_whitespaces")
_MANY = 1000  # texts that are looked for in every string
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


class SentencePiece(Adapter):
    """A SentencePiece model.

    Args:
        model: the serialised model; a processor's own settings (sampling, an added ``<s>``) stay behind.
        name: the file, for messages.

    Raises:
        UserError: the bytes are not a SentencePiece model.
        MissingLibrary: sentencepiece or protobuf is not installed.
    """

    kind = "sentencepiece"

    def __init__(self, model: bytes, name: str) -> None:
        library = require("sentencepiece", "all", "a SentencePiece model")
        proto = schema().ModelProto()
        try:
            proto.ParseFromString(model)
            pieces = [(piece.piece, piece.type) for piece in proto.pieces]
            if not pieces:
                raise ValueError("it has no pieces")
            if not (proto.HasField("trainer_spec") and proto.HasField("normalizer_spec")):
                raise ValueError("its pieces are not followed by how it was trained and normalises text")
            if not all(isinstance(text, str) for text, _ in pieces):  # protobuf leaves it bytes
                raise ValueError("a piece is not UTF-8")
            self._processor = library.SentencePieceProcessor(model_proto=model)
        except Exception as error:  # protobuf and sentencepiece share no narrower class
            raise UserError(f"{name}: not a SentencePiece model, or cut short: {one_line(error)}") from None
        self.sha256 = sha256(model)
        self.vocabulary = _vocabulary(pieces, proto.trainer_spec.byte_fallback)
        self._is_byte = np.array([kind == BYTE for _, kind in pieces])
        self.word_form, self.word_reason, crossing = _word_form(proto, pieces)
        self.whole_line_texts = (MARK, *crossing)
        confirm(self)

    def encode(self, texts: list[str]) -> Encoded:
        try:
            return Encoded.of(self._processor.encode(texts))
        except Exception as error:
            raise cannot_encode(self._processor.encode, texts, error) from None

    def decode(self, ids: list[list[int]]) -> list[str]:
        return [self._processor.decode(line) if line else "" for line in ids]

    def offsets(self, texts: list[str]) -> Spans | None:
        answers = self._processor.encode(texts, return_type="proto")
        return in_bytes(texts, [self._origins(text, answer) for text, answer in zip(texts, answers)])

    def content(self) -> Content | None:
        """For an engine, of a BPE with byte fallback."""
        data = self._processor.serialized_model_proto()
        proto = schema().ModelProto.FromString(data)
        trainer, normalizer = proto.trainer_spec, proto.normalizer_spec
        if trainer.model_type != BPE or not trainer.byte_fallback:
            return None
        recipe = {
            "format": "sentencepiece",
            "model": {"type": "BPE", "byte_fallback": True, "suffix": trainer.treat_whitespace_as_suffix},
            "normalizer": {name: getattr(normalizer, name) for name in _NORMALIZER},
            "charsmap": sha256(normalizer.precompiled_charsmap),
        }
        tokens = {n: _as_loaded(one.piece, one.type) for n, one in enumerate(proto.pieces)}
        special = _of_no_engine(proto.pieces)
        if len(special) > _MANY or any(len(text) == 1 and text.strip() for text in special):
            return None  # of Grok-1, every word with a digit would be the library's
        return Content(recipe, tokens, (), data, special, "sentencepiece")

    def parts(self) -> Parts:
        assert self.vocabulary is not None and self.vocabulary.pieces is not None
        proto = schema().ModelProto.FromString(self._processor.serialized_model_proto())
        kinds: dict[int, Model] = {BPE: "bpe", UNIGRAM: "unigram"}
        model = kinds.get(proto.trainer_spec.model_type, "other")
        return Parts(
            model=model,
            texts=self.vocabulary.pieces,
            merges=_merges(proto) if model == "bpe" else None,
            whole=False,
            normalise=lambda text: str(self._processor.normalize(text)).replace(MARK, " "),
            cut=None,
            added=[piece.piece.replace(MARK, " ") for piece in proto.pieces if piece.type == USER_DEFINED],
            unused=np.array([piece.type == UNUSED for piece in proto.pieces]),
            inside=np.zeros(self.vocabulary.size, np.bool_),
        )

    def _origins(self, text: str, answer: Any) -> list[tuple[int, int]]:
        """The characters [begin, end) that became each piece, the mark before a word apart.

        The library's own begin and end won't do: a character that became several (½, ﬁ) or is spelled in
        bytes it gives to the last of their pieces alone. The pieces, joined, are the normalised text.
        """
        normal, origin = self._processor.normalize(text, with_offsets=True)
        begins = np.array(origin)
        ends = np.append(begins, len(text))[np.searchsorted(begins, begins, "right")]
        char_of_byte = np.repeat(np.arange(len(normal) + 1), [len(char.encode()) for char in normal] + [1])
        sizes = [
            (1, 0) if self._is_byte[piece.id] else (len(piece.piece.encode()), _marks(piece.piece))
            for piece in answer.pieces
        ]
        size, marks = np.array(sizes, np.int64).reshape(-1, 2).T
        stop = np.cumsum(size)
        lone = size == marks
        begin = begins[char_of_byte[stop - size + np.where(lone, 0, marks)]]
        end = np.where(lone, begin, ends[char_of_byte[stop - 1]])
        return list(zip(begin.tolist(), end.tolist()))


def load(rest: str) -> Tokenizer:
    """The spec ``spm:FILE.model``."""
    return SentencePiece(read(rest), rest)


def schema() -> Any:
    """The protobuf classes of SentencePiece models.

    Raises:
        MissingLibrary: protobuf is not installed.
        UserError: it is too old.
    """
    try:
        return require("sentencepiece.sentencepiece_model_pb2", "all", "a SentencePiece model")
    except MissingLibrary:
        raise
    except Exception as error:  # protobuf's VersionError, itself not importable from old versions
        message = "sentencepiece wants a newer protobuf: pip install --upgrade protobuf"
        raise UserError(f"{message} ({one_line(error)})") from None


def _merges(proto: Any) -> Merges:
    """Pieces whose halves are pieces or characters, the highest score first."""
    scores = np.array([piece.score for piece in proto.pieces], np.float32)
    order = np.unique(-scores, return_inverse=True)[1].tolist()
    ids = {
        piece.piece.replace(MARK, " "): number
        for number, piece in enumerate(proto.pieces)
        if piece.type in (NORMAL, UNUSED)
    }
    first = first_points(ids, len(proto.pieces))
    return Merges.of(splits(ids, order.__getitem__, first), first)


def _marks(piece: str) -> int:
    """Bytes of the word-start marks, or spaces, that a piece begins with."""
    return len(piece.encode()) - len(piece.lstrip(MARK + " ").encode())


def _vocabulary(given: Pieces, fallback: bool) -> Vocabulary:
    types = np.array([kind for _, kind in given])
    unknown = None if fallback else int(np.flatnonzero(types == UNKNOWN)[0])
    returnable = np.isin(types, [NORMAL, USER_DEFINED, *([BYTE] if fallback else [UNKNOWN])])
    pieces = Strings.of(starmap(_bytes_of, given))
    return Vocabulary(len(types), returnable, unknown, pieces, types == BYTE)


def _bytes_of(piece: str, kind: int) -> bytes:
    if kind == NORMAL:
        return piece.replace(MARK, " ").encode()
    if kind == BYTE and (value := _BYTE.fullmatch(piece)):
        return bytes.fromhex(value[1])
    return piece.replace(MARK, " ").encode() if kind in IN_TEXT else b""


def _as_loaded(piece: str, kind: int) -> bytes:
    """A piece as engines show it, its word marks kept."""
    value = _BYTE.fullmatch(piece) if kind == BYTE else None
    return bytes.fromhex(value[1]) if value else piece.encode()


def _of_no_engine(pieces: Any) -> list[str]:
    """Texts that engines take for special tokens, and pieces of equal score, which they merge otherwise."""
    times = Counter(one.score for one in pieces if one.type == NORMAL)
    alike = [one.piece.replace(MARK, " ") for one in pieces if one.type == NORMAL and times[one.score] > 1]
    named = [one.piece for one in pieces if one.type in (CONTROL, USER_DEFINED, UNUSED, UNKNOWN)]
    return [text for text in (*named, *alike) if text != " "]


def _takes_space(piece: str) -> bool:
    """Whether a piece (user-defined, so found in the raw text) joins words by a space or takes a word's own.

    Runs of two and more spaces, which some models name as pieces, stand in no line that is cut.
    """
    return " " in piece and (piece == " " or piece.strip(" ") != "")


def _word_form(proto: Any, given: Pieces) -> tuple[WordForm | None, str, Sequence[str]]:
    """What lets a line be cut at its spaces, or what stands against it; and texts that it may not hold."""
    pieces = [text for text, kind in given if (MARK in text[1:] or " " in text) and kind in IN_TEXT]
    texts, said = over_spaces([piece for piece in pieces if crosses_mark(piece)])
    if reason := _in_the_way(proto, given):
        return None, reason, ()
    if any(map(_takes_space, pieces)):
        return None, "a piece takes the space of a word", ()
    if texts is None or (texts and proto.normalizer_spec.precompiled_charsmap):
        return None, said, ()
    form: WordForm = "stripped" if proto.normalizer_spec.add_dummy_prefix else "kept"
    return form, f"{said} and the normaliser leaves single spaces alone", texts


def _in_the_way(proto: Any, given: Pieces) -> str:
    """Why the model or its normaliser may read a word otherwise than in its line; empty if they can't."""
    trainer, normalizer = proto.trainer_spec, proto.normalizer_spec
    if trainer.model_type == WORD:
        return "unknown words that follow one another are one token"
    if trainer.model_type not in (BPE, CHAR):
        # A whole line's Viterbi search sums float32 scores, so ties between segmentations of a word
        # fall otherwise behind other words (1 of 204,292 real lines, 209 of 3,000 hostile ones).
        return "ties of a unigram model's float sums fall otherwise in a line than in a word"
    if trainer.treat_whitespace_as_suffix or not normalizer.escape_whitespaces:
        return "its word marks don't stand before words"
    if not trainer.byte_fallback and not {(MARK, NORMAL), (MARK, USER_DEFINED)} & set(given):
        return "the word mark itself is unknown, so unknown words join"
    if normalizer.remove_extra_whitespaces and not normalizer.add_dummy_prefix:
        return "it drops the space before a word that stands alone"
    if normalizer.precompiled_charsmap and not normalizer.remove_extra_whitespaces:
        return "its normaliser may write a space beside another"
    if rewrites_space(normalizer.precompiled_charsmap):
        return "its normaliser rewrites spaces"
    return ""
