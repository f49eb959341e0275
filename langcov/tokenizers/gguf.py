"""The tokenizer inside a GGUF file (``gguf:FILE.gguf``), put together as what the file was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.tokenizers.bpe import byte_level
from langcov.tokenizers.huggingface import HuggingFace
from langcov.tokenizers.model_file import sha256
from langcov.tokenizers.protocol import Tokenizer
from langcov.tokenizers.rank_patterns import Pattern, pattern_of
from langcov.tokenizers.sentencepiece import BPE, CONTROL, UNKNOWN, USER_DEFINED, SentencePiece, schema

_PREFIX = "tokenizer.ggml."
PRE = {"gpt-2": "gpt2", "llama-bpe": "llama3", "qwen2": "qwen"}
"""Names of llama.cpp for pre-tokenizers, to those of patterns. It puts no text into a normal form."""
_WHOLE = {"llama-bpe"}
"""Pre-tokenizers with which a text that is a piece is not merged."""


def load(rest: str) -> Tokenizer:
    """The spec ``gguf:FILE.gguf``: of the file only the vocabulary is read.

    The sha256 is that of the vocabulary, so that it is the same for all quantisations of a model.

    Raises:
        UserError: it is no GGUF file, or one whose tokenizer can't be put together exactly.
        MissingLibrary: gguf is not installed.
    """
    fields = _fields(rest)
    model, pre = fields.get("model"), fields.get("pre")
    digest = sha256(repr(sorted(fields.items())).encode())
    try:
        if model == "llama" and USER_DEFINED not in fields["token_type"]:
            return _sentencepiece(fields, rest, digest)
        if model == "gpt2" and pre in PRE:
            return _byte_level(fields, PRE[pre], rest, digest)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise UserError(f"{rest}: its vocabulary is damaged: {one_line(error)}") from None
    added = ", with added tokens" if model == "llama" else f", {pre}" if pre else ""
    raise UserError(
        f"{rest}: a vocabulary of the kind {model}{added} can't be put together exactly: name the file that "
        f"it was made from (tokenizer.json, tokenizer.model)"
    )


def _fields(path: str) -> dict[str, Any]:
    """What the file says of its tokenizer, by key."""
    library = require("gguf", "gguf", "a GGUF file")
    try:
        fields = library.GGUFReader(path).fields
        found = {key: field.contents() for key, field in fields.items() if key.startswith(_PREFIX)}
    except OSError as error:
        raise UserError(f"{path}: can't be read: {error.strerror or error}") from None
    except Exception as error:
        raise UserError(f"{path}: not a GGUF file, or cut short: {one_line(error)}") from None
    if f"{_PREFIX}tokens" not in found:
        raise UserError(f"{path}: there is no tokenizer in this GGUF file")
    return {key.removeprefix(_PREFIX): value for key, value in found.items() if "chat_template" not in key}


def _sentencepiece(fields: Mapping[str, Any], name: str, digest: str) -> Tokenizer:
    """A SentencePiece BPE; llama.cpp's types of tokens have the numbers of SentencePiece."""
    proto = schema().ModelProto()
    for text, score, kind in zip(fields["tokens"], fields["scores"], fields["token_type"], strict=True):
        proto.pieces.add(piece=text, score=score, type=kind)
    trainer, normalizer = proto.trainer_spec, proto.normalizer_spec
    trainer.model_type, trainer.vocab_size = BPE, len(proto.pieces)
    trainer.byte_fallback = "<0x00>" in fields["tokens"]
    trainer.unk_id = list(fields["token_type"]).index(UNKNOWN)
    normalizer.name = "identity"
    normalizer.add_dummy_prefix = bool(fields.get("add_space_prefix", True))
    normalizer.remove_extra_whitespaces = bool(fields.get("remove_extra_whitespaces", False))
    made = SentencePiece(proto.SerializeToString(), name)
    made.sha256 = digest
    return made


def _byte_level(fields: Mapping[str, Any], pattern: str, name: str, digest: str) -> Tokenizer:
    """A byte-level BPE; tokens that were added as text are found in text, special ones are not."""
    tokens, types = fields["tokens"], np.array(fields["token_type"])
    pairs = [merge.split(" ") for merge in fields["merges"]]
    cut = Pattern(pattern_of(pattern), None, pattern)
    ids = {text: number for number, text in enumerate(tokens)}
    made = byte_level(name, ids, [(left, right) for left, right in pairs], cut, whole=fields["pre"] in _WHOLE)
    library = require("tokenizers", "hf", "a GGUF file")
    added = [tokens[number] for number in np.flatnonzero(types == USER_DEFINED).tolist()]
    made.add_tokens([library.AddedToken(text, normalized=False) for text in added])
    tokenizer = HuggingFace(made.to_str().encode(), name, "gguf", digest)
    if tokenizer.vocabulary:
        tokenizer.vocabulary.returnable[np.flatnonzero(types == CONTROL)] = False
    return tokenizer
