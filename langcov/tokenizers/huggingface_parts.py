"""A ``tokenizer.json`` taken apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from langcov.core.arrays import Bools
from langcov.text.strings import Strings
from langcov.tokenizers.huggingface_structure import Part, bytes_of_letters, read_vocabulary, spells_bytes
from langcov.tokenizers.merges import Merges, first_bytes, first_points
from langcov.tokenizers.parts import Model, Parts
from langcov.tokenizers.wordforms import MARK

_MODELS: Mapping[str, Model] = {"BPE": "bpe", "Unigram": "unigram", "WordPiece": "wordpiece"}


def read_parts(
    structure: Part, normalise: Callable[[str], str] | None, cut: Callable[[str], list[int]] | None
) -> Parts:
    """How text becomes tokens.

    Args:
        structure: the file.
        normalise, cut: as of ``Parts``, by the library itself.
    """
    model, vocabulary = structure["model"], read_vocabulary(structure)
    pieces = vocabulary.pieces
    return Parts(
        model=_MODELS.get(model["type"], "other"),
        texts=_texts(structure, vocabulary.size) if pieces is None else pieces,
        merges=_merges(structure) if model["type"] == "BPE" else None,
        whole=bool(model.get("ignore_merges")),
        normalise=normalise,
        cut=cut,
        added=[token["content"] for token in structure["added_tokens"]],
        unused=np.zeros(vocabulary.size, np.bool_),
        inside=_inside(model, vocabulary.size),
    )


def _merges(structure: Part) -> Merges | None:
    """The merges of a BPE; None where its pieces mark the start or end of a word."""
    model = structure["model"]
    if model.get("continuing_subword_prefix") or model.get("end_of_word_suffix"):
        return None
    ids = model["vocab"]
    pairs = (
        (ids[left], ids[right], number, ids[left + right])
        for number, (left, right) in enumerate(model["merges"])
    )
    if spells_bytes(structure):
        return Merges.of(pairs, first_bytes({bytes_of_letters(text): number for text, number in ids.items()}))
    spaced = {text.replace(MARK, " "): number for text, number in ids.items()}
    return Merges.of(pairs, first_points(spaced, max(ids.values()) + 1))


def _texts(structure: Part, size: int) -> Strings:
    """What each id stands for where decoding is more than joining: without the sign of what goes on."""
    model, texts = structure["model"], [""] * size
    vocabulary = model["vocab"]
    if isinstance(vocabulary, Mapping):
        prefix = model.get("continuing_subword_prefix") or ""
        for text, number in vocabulary.items():
            texts[number] = text.removeprefix(prefix) if text != prefix else text
    special = {token["id"] for token in structure["added_tokens"] if token["special"]}
    return Strings.of("" if number in special else text for number, text in enumerate(texts))


def _inside(model: Part, size: int) -> Bools:
    """The pieces with the sign of what goes on."""
    inside, prefix = np.zeros(size, np.bool_), model.get("continuing_subword_prefix")
    if prefix and isinstance(model["vocab"], Mapping):
        inside[[n for text, n in model["vocab"].items() if text.startswith(prefix) and text != prefix]] = True
    return inside
