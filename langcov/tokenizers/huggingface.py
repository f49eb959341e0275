"""Hugging Face ``tokenizer.json`` files, from disk or the Hub, and objects of the library."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.libraries import is_library_failure, one_line, require
from langcov.errors import UserError
from langcov.tokenizers.content import Content
from langcov.tokenizers.huggingface_content import read_content
from langcov.tokenizers.huggingface_parts import read_parts
from langcov.tokenizers.huggingface_spelling import read_spelling
from langcov.tokenizers.huggingface_structure import read_vocabulary, read_word_form, spells_bytes
from langcov.tokenizers.model_file import cannot_encode, check_ids, read, refused, sha256
from langcov.tokenizers.offsets import in_bytes, over_marks
from langcov.tokenizers.parts import Parts
from langcov.tokenizers.protocol import Adapter, Encoded, Spans, Tokenizer
from langcov.tokenizers.wordforms import MARK, confirm


class HuggingFace(Adapter):
    """A tokenizer of the ``tokenizers`` library.

    What belongs to training and batching is switched off: truncation, padding, BPE dropout.

    Args:
        data: the content of a ``tokenizer.json``.
        name: the file, for messages.
        kind: ``huggingface``, or the format that is read through this library.
        digest: sha256 of the file where that isn't ``data``.
        model: takes the place of the one in ``data``, which has lost the last bits of its scores there.

    Raises:
        UserError: the text is not a tokenizer.
        MissingLibrary: tokenizers is not installed.
    """

    def __init__(
        self,
        data: bytes,
        name: str,
        kind: str = "huggingface",
        digest: str | None = None,
        model: Any | None = None,
    ) -> None:
        library = require("tokenizers", "hf", "a tokenizer.json")
        with refused(f"{name}: not a tokenizer.json, or cut short"):
            tokenizer = library.Tokenizer.from_buffer(data)
            check_ids(set(tokenizer.get_vocab().values()))  # the library counts up to the last to write it
            check_ids(tokenizer.get_vocab(with_added_tokens=False).values())
        if model is not None:
            tokenizer.model = model
        tokenizer.no_truncation()
        tokenizer.no_padding()
        if getattr(tokenizer.model, "dropout", None):
            tokenizer.model.dropout = None
        self.kind = kind
        self.sha256 = digest or sha256(data)
        self._tokenizer = tokenizer
        written = tokenizer.to_str()
        structure = json.loads(written)
        # Scores change a little with each reading and writing: an engine has to read what was read here.
        self._scored = data if structure["model"]["type"] == "Unigram" and model is None else b""
        known = read_vocabulary(structure)
        self.vocabulary = replace(known, spelling=read_spelling(structure, tokenizer, known))
        # Without a decoder the library joins tokens with spaces, letters that stand for bytes as they are.
        self._no_decoder = structure["decoder"] is None and spells_bytes(structure)
        added = [token["content"] for token in structure["added_tokens"]]
        self.word_form, self.word_reason, crossing = read_word_form(structure)
        self.whole_line_texts = (*added, *crossing, *([MARK] if MARK in written else []))
        confirm(self)

    def encode(self, texts: list[str]) -> Encoded:
        placed = self._loses_text()
        encode = self._tokenizer.encode_batch if placed else self._tokenizer.encode_batch_fast
        try:
            encodings = encode(texts, add_special_tokens=False)
        except BaseException as error:
            if not is_library_failure(error):
                raise
            raise cannot_encode(self._encode_one, texts, error) from None
        encoded = Encoded.of([encoding.ids for encoding in encodings])
        if not placed:
            return encoded

        def offsets(which: NDArray[np.int64]) -> Spans:
            chosen = which.tolist()
            return self._places([texts[i] for i in chosen], [encodings[i] for i in chosen], encoded[which])

        return replace(encoded, offsets=offsets)

    def decode(self, ids: list[list[int]]) -> list[str] | None:
        if self._no_decoder:
            return None
        return list(self._tokenizer.decode_batch(ids, skip_special_tokens=False))

    def offsets(self, texts: list[str]) -> Spans | None:
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return self._places(texts, encodings, Encoded.of([encoding.ids for encoding in encodings]))

    def content(self) -> Content | None:
        structure = json.loads(self._tokenizer.to_str())
        if structure["model"]["type"] == "Unigram":
            if not self._scored:
                return None
            structure["model"]["vocab"] = json.loads(self._scored)["model"]["vocab"]
        return read_content(structure)

    def parts(self) -> Parts:
        return read_parts(json.loads(self._tokenizer.to_str()), self._normalised(), self._cuts())

    def _normalised(self) -> Callable[[str], str] | None:
        step = self._tokenizer.normalizer
        return None if step is None else lambda text: str(step.normalize_str(text)).replace(MARK, " ")

    def _cuts(self) -> Callable[[str], list[int]] | None:
        step = self._tokenizer.pre_tokenizer
        if step is None:
            return None
        return lambda text: [begin for _, (begin, _) in step.pre_tokenize_str(text)]

    def _loses_text(self) -> bool:
        """Whether tokens may not spell their text, so that the library has to say where they lie."""
        vocabulary = self.vocabulary
        return vocabulary is None or vocabulary.pieces is None or vocabulary.unknown is not None

    def _places(self, texts: list[str], encodings: list[Any], encoded: Encoded) -> Spans:
        begin, end = in_bytes(texts, [encoding.offsets for encoding in encodings])
        # The library gives a mark that it put before a word the word's first letter.
        lone = encoded.ids == self._tokenizer.token_to_id(MARK)
        return over_marks(texts, encoded.counts, (begin, np.where(lone, begin, end)))

    def _encode_one(self, text: str) -> None:
        self._tokenizer.encode(text, add_special_tokens=False)


def load(rest: str) -> Tokenizer:
    """The specs ``hf:FILE.json`` and ``hf:ORG/REPO[@REVISION]``."""
    is_file = rest.endswith(".json") or Path(rest).exists()
    if not is_file and re.fullmatch(r"[\w.-]+/[\w.-]+(@.+)?", rest):
        return HuggingFace(read(_download(rest)), f"hf:{rest}")
    return HuggingFace(read(rest), rest)


def of_object(tokenizer: Any) -> Tokenizer:
    """The adapter of a ``tokenizers.Tokenizer`` (or one of its ready-made classes), which stays as it is.

    Args:
        tokenizer: this, or a tokenizer of transformers that has one.

    Raises:
        UserError: it has parts written in Python, which can't be copied.
    """
    beside = _file_beside(tokenizer)
    tokenizer = getattr(tokenizer, "backend_tokenizer", tokenizer)
    tokenizer = getattr(tokenizer, "_tokenizer", tokenizer)
    try:
        text = tokenizer.to_str()
    except Exception as error:
        message = "this tokenizer can't be written as JSON; give a function that returns its ids instead"
        raise UserError(f"{message} ({one_line(error)})") from None
    # JSON is read with an error in the last place of some scores, and then ties fall otherwise.
    model = tokenizer.model
    exact = type(model).__name__ == "Unigram" and getattr(model, "alpha", None) is None
    adapter = HuggingFace(text.encode(), type(tokenizer).__name__, model=model if exact else None)
    adapter.beside = beside
    return adapter


def _file_beside(thing: Any) -> str:
    """The ``tokenizer.json`` that lies where a tokenizer of transformers was loaded from; empty for none."""
    name, settings = getattr(thing, "name_or_path", ""), getattr(thing, "init_kwargs", {})
    if not name:
        return ""
    if (file := Path(name) / "tokenizer.json").is_file():
        return str(file)
    with suppress(Exception):  # no library, no such repository, nothing of it in the cache
        hub = require("huggingface_hub", "hf", name)
        cached = hub.try_to_load_from_cache(name, "tokenizer.json", revision=settings.get("_commit_hash"))
        return cached if isinstance(cached, str) else ""
    return ""


def _download(repository: str) -> str:
    """The path of a repository's ``tokenizer.json`` in the cache of huggingface_hub, fetched if need be."""
    hub = require("huggingface_hub", "hf", f"hf:{repository}")
    name, _, revision = repository.partition("@")
    try:
        return str(hub.hf_hub_download(name, "tokenizer.json", revision=revision or None))
    except Exception as error:  # of the Hub, the network, the cache, a wrong name
        message = f"hf:{repository}: tokenizer.json can't be had from the Hub or its cache"
        raise UserError(f"{message}: {one_line(error)}") from None
