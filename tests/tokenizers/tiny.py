"""Tiny real models, trained once a run, and strings that are hard on them."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import sentencepiece
from hypothesis import strategies as st

from langcov.tokenizers.protocol import Encoded, Tokenizer

_PLAIN = "кот коты котом вода воды аа а the then cat cats don't қазақ ӑшӑ 12 1234 é ﬁ tail tale — ! ..."
_HARD = (
    "'s İI ٣ ½ « » /n 中文 ไทย नि ё\u0301 \u0301 \u0308а \u0600 \u0600а \u200b а\u200b \u200bа \u200d \ufeff "
    "\xad \xb4 а\xb4 \xb4а \u037a \ufdfa \x01 \x01а а\x01 \x1c \U00010348 <unk> <s> <br> ##a \u1e9e ǅ Σς "
    "\u200b\u200b \u0344 \u212a \u2581 а\u2581 \u0e33 한글 \u1112\u1161 \u3164 \U0001f468\u200d\U0001f469"
)
_WORDS = _PLAIN.split(" ")
_ATOMS = [*_WORDS, *_HARD.split(" ")]
_WORD = st.lists(st.sampled_from(_ATOMS), min_size=1, max_size=3).map("".join)
LINES = st.lists(st.lists(_WORD, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=25)


def training_lines() -> list[str]:
    """Lines of a few short words in a fixed random order."""
    dice = random.Random(0)
    return [" ".join(dice.choices(_WORDS, k=dice.randint(1, 8))) for _ in range(400)]


def train_sentencepiece(**options: Any) -> bytes:
    """A SentencePiece model of up to 200 pieces and the options given."""
    model = io.BytesIO()
    options = {"vocab_size": 400 if options.get("byte_fallback") else 150, **options}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(training_lines()),
        model_writer=model,
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
        **options,
    )
    return model.getvalue()


def lists(encoded: Encoded) -> list[list[int]]:
    """The ids of each string."""
    return [encoded.ids[a:b].tolist() for a, b in zip(encoded.starts, encoded.starts[1:])]


def ids_by_units(tokenizer: Tokenizer, line: str) -> list[int]:
    """The ids of a line from its units, cut at every single space, whatever stands before it."""
    first, *rest = re.split(r"(?<=\S)(?= \S)", line)
    units = [first, *(unit[tokenizer.word_form == "stripped" :] for unit in rest)]
    return list(tokenizer.encode(units).ids.tolist())


def joined_pieces(tokenizer: Tokenizer, line: str) -> str:
    """What the pieces of a line's ids spell."""
    assert tokenizer.vocabulary and tokenizer.vocabulary.pieces
    ids = tokenizer.encode([line]).ids.astype(np.int64)
    return tokenizer.vocabulary.pieces[ids].packed().data.tobytes().decode()


def regular(tokenizer: Tokenizer, lines: Sequence[str]) -> list[str]:
    """The lines that need not go whole."""
    return [line for line in lines if not any(text in line for text in tokenizer.whole_line_texts)]


def charsmap(rule: str) -> bytes:
    """A normaliser of SentencePiece in its compiled form."""
    normalizer = sentencepiece.SentencePieceNormalizer(rule_name=rule)
    proto: Any = import_module("sentencepiece.sentencepiece_model_pb2").ModelProto()
    proto.ParseFromString(normalizer.serialized_model_proto())
    return bytes(proto.normalizer_spec.precompiled_charsmap)
