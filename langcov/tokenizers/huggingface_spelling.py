"""How WordPiece and Unigram of a ``tokenizer.json`` spell words around an UNK."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from langcov.text.strings import Strings
from langcov.tokenizers.huggingface_structure import Part, flat
from langcov.tokenizers.protocol import Vocabulary
from langcov.tokenizers.spelling import ALONE, CHANGED, KNOWN, RUN, Spelling
from langcov.tokenizers.wordforms import MARK

_LETTERWISE = {
    "Precompiled",
    "BertNormalizer",
    "NFC",
    "NFD",
    "NFKC",
    "NFKD",
    "Lowercase",
    "StripAccents",
    "Nmt",
}
"""Normalisers that leave a text as it is that has no marks, and no letter that they change by itself."""
_PREFIX = "##"


def read_spelling(structure: Part, tokenizer: Any, vocabulary: Vocabulary) -> Spelling | None:
    """None where the structure is not one of which it is known.

    Args:
        structure: a ``tokenizer.json``.
        tokenizer: of the library, loaded from it.
        vocabulary: of it.
    """
    model, unknown = structure["model"], vocabulary.unknown
    steps = [step["type"] for step in flat(structure["pre_tokenizer"])]
    if unknown is None or not {step["type"] for step in flat(structure["normalizer"])} <= _LETTERWISE:
        return None
    special = {token["id"] for token in structure["added_tokens"]} | {unknown}
    if model["type"] == "WordPiece" and steps == ["BertPreTokenizer"]:
        if model["continuing_subword_prefix"] != _PREFIX:
            return None
        texts = _texts(model["vocab"].items(), vocabulary.size, special)
        pieces = Strings.of(text.removeprefix(_PREFIX) for text in texts)
        joins = np.zeros(vocabulary.size, bool)
        return Spelling(pieces, unknown, False, True, joins, _kind_of_bert(tokenizer))
    splits = [step for step in flat(structure["pre_tokenizer"]) if step["type"] == "Metaspace"]
    if model["type"] == "Unigram" and steps in (["Metaspace"], ["WhitespaceSplit", "Metaspace"]):
        if splits[0]["replacement"] != MARK or splits[0]["prepend_scheme"] != "always":
            return None
        texts = _texts(((text, n) for n, (text, _) in enumerate(model["vocab"])), vocabulary.size, special)
        letters = {text for text in texts if len(text) == 1}
        joins = np.array([text[:1] not in letters for text in texts])
        return Spelling(
            Strings.of(text.replace(MARK, " ") for text in texts),
            unknown,
            True,
            False,
            joins,
            _kind_of_unigram(tokenizer, letters),
        )
    return None


def _texts(numbered: Any, size: int, special: set[int]) -> Sequence[str]:
    """The text of each id, empty for those that stand for none."""
    texts = [""] * size
    for text, number in numbered:
        if number not in special:
            texts[number] = text
    return texts


def _kind_of_bert(tokenizer: Any) -> Callable[[str], int]:
    """A code point is put between two letters and read by the library."""

    def kind(char: str) -> int:
        text = f"a{char}a"
        if tokenizer.normalizer is not None and tokenizer.normalizer.normalize_str(text) != text:
            return CHANGED
        parts = [part for part, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)]
        return {(text,): RUN, ("a", char, "a"): ALONE}.get(tuple(parts), CHANGED)

    return kind


def _kind_of_unigram(tokenizer: Any, letters: set[str]) -> Callable[[str], int]:
    """Of a letter that is a piece no UNK is made."""

    def kind(char: str) -> int:
        text = f"a{char}a"
        if char == MARK or (tokenizer.normalizer and tokenizer.normalizer.normalize_str(text) != text):
            return CHANGED
        if char == " ":
            return KNOWN if MARK in letters else CHANGED
        return KNOWN if char in letters else RUN

    return kind
