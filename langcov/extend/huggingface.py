"""More pieces for a Hugging Face ``tokenizer.json``: BPE and Unigram."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools
from langcov.core.libraries import require
from langcov.errors import UserError
from langcov.extend.learn import Learned
from langcov.extend.tape import Piece, by_id
from langcov.extend.unigram import joined_score, letter_score
from langcov.extend.words import of_one_kind
from langcov.tokenizers.huggingface_structure import bytes_of_letters, spells_bytes
from langcov.tokenizers.model_file import read, refused
from langcov.tokenizers.wordforms import MARK

KINDS = ("BPE", "Unigram")


class HuggingFace:
    """A ``tokenizer.json`` with a BPE or Unigram model (``langcov.extend.protocol``).

    Raises:
        UserError: the file is no tokenizer, or has another model.
    """

    file = "tokenizer.json"
    closes = False  # a merge is of two pieces by name

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        library = require("tokenizers", "hf", "a tokenizer.json")
        with refused(f"{name}: not a tokenizer.json, or cut short"):
            self._tokenizer = library.Tokenizer.from_buffer(data)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        if getattr(self._tokenizer.model, "dropout", None):  # it would cut the same text otherwise each time
            self._tokenizer.model.dropout = None
        self._structure = json.loads(data)
        self._model = type(self._tokenizer.model).__name__
        _check(name, self._model, self._tokenizer.model)
        structure = json.loads(self._tokenizer.to_str())
        self._bytes = spells_bytes(structure)
        self.in_letters = not self._bytes
        vocab = self._tokenizer.get_vocab(with_added_tokens=False)
        self._added = {token["content"]: token["id"] for token in structure["added_tokens"]}
        closed = {
            *self._added,
            *(f"<0x{byte:02X}>" for byte in range(256)),
            structure["model"].get("unk_token"),
        }
        self.ids: dict[Piece, int] = {piece: id for piece, id in vocab.items() if piece not in closed}
        self.pieces: Collection[Piece] = vocab.keys()
        self.first_id = max([*vocab.values(), *self._added.values()]) + 1
        self.spelled: Sequence[Piece | None] = by_id(self.ids, self.first_id)
        begins = [piece is not None and str(piece).startswith(MARK) for piece in self.spelled]
        self._begins = np.array(begins) & self.in_letters

    def sequences(self, texts: list[str]) -> tuple[NDArray[np.int32], Bools]:
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        ids = [np.array(one.ids, np.int32) for one in encodings]
        # The library numbers what its pre-tokenizer cut, from 0 in each text; an added token has none.
        words = [np.array([-1 if word is None else word for word in one.word_ids]) for one in encodings]
        flat = np.concatenate([np.zeros(0, np.int32), *ids])
        begins = np.concatenate([np.zeros(0, bool), *(np.diff(one, prepend=-2) != 0 for one in words)])
        return flat, begins | self._begins[flat]

    def joinable(self, piece: Piece) -> bool:
        return self._bytes or of_one_kind(str(piece))

    def text(self, piece: Piece) -> bytes:
        return bytes_of_letters(str(piece)) if self._bytes else str(piece).replace(MARK, " ").encode()

    def extended(self, learned: Sequence[Learned]) -> bytes:
        structure = json.loads(json.dumps(self._structure))
        model = structure["model"]
        if self._model == "Unigram":
            self._add_scores(model["vocab"], learned)
        else:
            self._add_merges(model, learned)
        return json.dumps(structure, ensure_ascii=False).encode()

    def replaced(self, data: bytes, places: Mapping[int, int]) -> bytes:
        structure = json.loads(data)
        model = structure["model"]
        vocab = model["vocab"]
        if self._model == "Unigram":
            for new, old in places.items():
                vocab[old] = vocab[new]
            del vocab[self.first_id :]
            return json.dumps(structure, ensure_ascii=False).encode()
        gone = {self.spelled[old] for old in places.values()}
        model["vocab"] = {piece: places.get(id, id) for piece, id in vocab.items() if piece not in gone}
        # No piece is built of these: only the merges that make them go, the others stay in their order.
        model["merges"] = [pair for pair in model["merges"] if _joined(pair) not in gone]
        return json.dumps(structure, ensure_ascii=False).encode()

    def with_pieces(self, learned: Sequence[Learned]) -> HuggingFace:
        return HuggingFace(self.extended(learned), self._name)

    def spec(self, path: str) -> str:
        return f"hf:{path}"

    def _add_merges(self, model: dict[str, Any], learned: Sequence[Learned]) -> None:
        # The library numbers added tokens that the model lacks from the model's size on: they would move.
        model["vocab"] |= self._added | {one.piece: one.id for one in learned if one.new}
        names = {id: str(piece) for id, piece in enumerate(self.spelled)}
        names |= {one.id: str(one.piece) for one in learned}
        pairs = [(names[left], names[right]) for one in learned for left, right in one.parts if one.new]
        as_text = bool(model["merges"]) and isinstance(model["merges"][0], str)
        model["merges"] += [f"{left} {right}" if as_text else [left, right] for left, right in pairs]

    def _add_scores(self, vocab: list[list[Any]], learned: Sequence[Learned]) -> None:
        low = min(score for _, score in vocab)
        scores = {id: score for id, (_, score) in enumerate(vocab)}
        at = {content: id for content, id in self._added.items() if id >= len(vocab)}
        vocab += [[content, low] for content, id in sorted(at.items(), key=lambda item: item[1])]
        for one in learned:
            scores[one.id] = joined_score(scores, one.parts) if one.parts else letter_score(low)
            vocab.append([one.piece, scores[one.id]])


def load(rest: str) -> HuggingFace:
    """The SPEC ``hf:FILE.json``."""
    return HuggingFace(read(rest), rest)


def _joined(pair: str | list[str]) -> str:
    """What a merge makes, as files write it: ``a b``, or both in a list."""
    return pair.replace(" ", "") if isinstance(pair, str) else "".join(pair)


def _check(name: str, kind: str, model: Any) -> None:
    """Refuse what more pieces can't be put behind.

    Raises:
        UserError: says what it is, and what can.
    """
    if kind not in KINDS:
        raise UserError(
            f"{name}: a {kind} model takes the longest piece there is, so that no piece can come after the "
            f"others: a tokenizer.json of BPE or Unigram can be extended"
        )
    marks = [one for one in ("continuing_subword_prefix", "end_of_word_suffix") if getattr(model, one, None)]
    if marks:
        raise UserError(
            f"{name}: its pieces carry a {marks[0].replace('_', ' ')}, so that two don't make one"
        )
