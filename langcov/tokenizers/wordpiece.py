"""WordPiece vocabularies (``wordpiece:vocab.txt``), with BERT's pre-tokenizer, cased or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from langcov.core.kinds import split_query
from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.tokenizers.huggingface import HuggingFace
from langcov.tokenizers.model_file import read, refused, sha256
from langcov.tokenizers.protocol import Tokenizer

_CASED = {"lowercase": False, "strip_accents": False, "handle_chinese_chars": True}
_SPECIAL = ("[UNK]", "[SEP]", "[CLS]", "[PAD]", "[MASK]")
_SAID = {"": True, "true": True, "false": False}
_MANY = 1000
"""Pieces with small letters, and none with a capital, that no cased vocabulary has."""


def load(rest: str) -> Tokenizer:
    """The spec ``wordpiece:vocab.txt[?lowercase][&strip_accents]``.

    A piece on each line, its number the id, ``[UNK]`` among them. What the query doesn't say, the
    ``tokenizer_config.json`` beside a ``vocab.txt`` does, as transformers reads it; else it is cased.

    Raises:
        UserError: there is no ``[UNK]``, without which the library fails on some texts; or all pieces are
            of small letters and nothing says what is done to capitals.
        MissingLibrary: tokenizers is not installed.
    """
    library = require("tokenizers", "hf", "a WordPiece vocabulary")
    path, _, query = split_query(rest)
    data = read(path)
    said: dict[str, Any] = {**_beside(Path(path)), **_asked(rest, query)}
    with refused(f"{path}: not a WordPiece vocabulary"):
        made = library.Tokenizer(library.models.WordPiece.from_file(path, unk_token="[UNK]"))
    if made.token_to_id("[UNK]") is None:
        raise UserError(f"{path}: not a WordPiece vocabulary: no line is [UNK]")
    if "lowercase" not in said and _has_no_capitals(made.get_vocab()):
        raise UserError(
            f"{path}: no piece has a capital letter: write {path}?lowercase (or ?lowercase=false)"
        )
    if said.get("strip_accents") is None:
        said["strip_accents"] = said.get("lowercase", False)
    made.add_special_tokens([token for token in _SPECIAL if made.token_to_id(token) is not None])
    made.normalizer = library.normalizers.BertNormalizer(**{**_CASED, **said})
    made.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    made.decoder = library.decoders.WordPiece()
    other = {key: value for key, value in said.items() if value != _CASED[key]}
    digest = sha256(data + json.dumps(other, sort_keys=True).encode() if other else data)
    return HuggingFace(made.to_str().encode(), path, "wordpiece", digest)


def _asked(spec: str, query: str) -> dict[str, bool]:
    """What a query says.

    Raises:
        UserError: it is something else.
    """
    asked = dict(parse_qsl(query, keep_blank_values=True))
    if not asked.keys() <= {"lowercase", "strip_accents"} or not _SAID.keys() >= set(asked.values()):
        raise UserError(f"{spec}: write ?lowercase or ?strip_accents (or both with &), =false for not")
    return {key: _SAID[value] for key, value in asked.items()}


def _beside(path: Path) -> dict[str, Any]:
    """What the ``tokenizer_config.json`` beside a ``vocab.txt`` says; empty where there is none.

    Raises:
        UserError: it can't be read, or words are found by another program first.
    """
    file = path.with_name("tokenizer_config.json")
    if path.name != "vocab.txt" or not file.is_file():
        return {}
    try:
        config: dict[str, Any] = json.loads(read(file))
        wanted = config.get("do_lower_case", True), config.get("strip_accents")
        cutter, chinese = (
            config.get("word_tokenizer_type", "basic"),
            config.get("tokenize_chinese_chars", True),
        )
    except (ValueError, AttributeError) as error:
        raise UserError(f"{file}: not a tokenizer_config.json: {one_line(error)}") from None
    if cutter != "basic":
        raise UserError(f"{file}: words are cut by {cutter} first: give the tokenizer from Python instead")
    return {"lowercase": wanted[0], "strip_accents": wanted[1], "handle_chinese_chars": chinese}


def _has_no_capitals(pieces: Mapping[str, int]) -> bool:
    texts = [piece for piece in pieces if piece not in _SPECIAL and not piece.startswith("[unused")]
    small = sum(text.islower() for text in texts)
    return small >= _MANY and not any(text != text.lower() for text in texts)
