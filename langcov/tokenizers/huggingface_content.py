"""What of a ``tokenizer.json`` decides its ids, as an engine wants it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from langcov.tokenizers.content import Content
from langcov.tokenizers.huggingface_structure import (
    BYTE,
    UTF8_BYTES,
    Part,
    added_token_in_the_way,
    bytes_of_letters,
    flat,
)

_LISTS = ("vocab", "merges")


def read_content(structure: Part) -> Content | None:
    """What an engine needs of a BPE that can spell any text, of WordPiece and of Unigram; None for others.

    Added tokens are left out of what it loads, so that it can't look for them; text that holds one is the
    library's. Where the library could find one that the text itself doesn't show, no engine will do.

    Args:
        structure: a ``tokenizer.json`` as the library writes it; of Unigram the vocabulary must be the file's
            own, as scores change when they are written again.
    """
    model = structure["model"]
    made = {"BPE": _bpe, "WordPiece": _word_piece, "Unigram": _unigram}.get(model["type"])
    if made is None or added_token_in_the_way(structure["added_tokens"], flat(structure["normalizer"])):
        return None
    settings = {key: None if value == "" else value for key, value in model.items()}
    recipe = {
        "format": "tokenizer.json",
        "model": {key: value for key, value in settings.items() if key not in _LISTS},
        "normalizer": structure["normalizer"],
        "pre_tokenizer": _for_ids(structure["pre_tokenizer"], ("trim_offsets",)),
        "decoder": _for_ids(structure["decoder"], ("trim_offsets", "add_prefix_space", "use_regex")),
    }
    bare = {**structure, "model": settings, "added_tokens": [], "post_processor": None}
    special = [token["content"] for token in structure["added_tokens"]]
    return made(structure, recipe, json.dumps(bare).encode(), special)


def _bpe(structure: Part, recipe: Part, data: bytes, special: list[str]) -> Content | None:
    model = structure["model"]
    levels = any(step["type"] == "ByteLevel" for step in flat(structure["pre_tokenizer"]))
    to_bytes = bytes_of_letters if levels else _bytes_of_piece
    tokens = {number: to_bytes(text) for text, number in model["vocab"].items()}
    if not UTF8_BYTES.issubset(tokens.values()):
        return None
    merges = [(to_bytes(left), to_bytes(right)) for left, right in model["merges"]]
    return Content(recipe, tokens, merges, data, special, "tokenizers")


def _word_piece(structure: Part, recipe: Part, data: bytes, special: list[str]) -> Content:
    tokens = {number: text.encode() for text, number in structure["model"]["vocab"].items()}
    return Content(recipe, tokens, (), data, special, "tokenizers")


def _unigram(structure: Part, recipe: Part, data: bytes, special: list[str]) -> Content:
    """No engine shows the scores that it has loaded, so a certificate is for one vocabulary."""
    vocab = structure["model"]["vocab"]
    digest = hashlib.sha256(json.dumps(vocab).encode()).hexdigest()
    model = {**recipe["model"], "vocab": f"sha256:{digest}"}
    tokens = {number: text.encode() for number, (text, _) in enumerate(vocab)}
    return Content({**recipe, "model": model}, tokens, (), data, special, "tokenizers")


def _bytes_of_piece(text: str) -> bytes:
    """The bytes of a piece with byte fallback; its word marks stay."""
    value = BYTE.fullmatch(text)
    return bytes.fromhex(value[1]) if value else text.encode()


def _for_ids(part: Any, ignored: tuple[str, ...]) -> Any:
    """A part without those settings of ``ByteLevel`` on which no id depends."""
    if isinstance(part, list):
        return [_for_ids(step, ignored) for step in part]
    if not isinstance(part, Mapping):
        return part
    levels = part.get("type") == "ByteLevel"
    return {key: _for_ids(value, ignored) for key, value in part.items() if not (levels and key in ignored)}
