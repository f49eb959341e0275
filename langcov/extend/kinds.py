"""From a SPEC to a tokenizer that can be given more pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langcov.errors import UserError
from langcov.extend import huggingface, sentencepiece, tiktoken
from langcov.extend.protocol import Extender
from langcov.tokenizers.kinds import KINDS, read_catalog

_LOAD: dict[str, Callable[..., Extender]] = {
    "hf": huggingface.load,
    "spm": sentencepiece.load,
    "tiktoken": tiktoken.load,
}
WHICH = "spm:FILE.model (BPE, Unigram), hf:FILE.json (BPE, Unigram) and tiktoken:FILE can be extended"
_WHY = {
    "bpe": "two files: name the tokenizer.json of the same tokenizer",
    "bytes": "a yardstick has no pieces",
    "chars": "a yardstick has no pieces",
    "clip": "its pieces mark the end of a word, so that two don't make one",
    "gguf": "the file holds a model: extend the tokenizer that it was made of",
    "rwkv": "it takes the longest token there is, so that no token can come after the others",
    "tekken": "its special tokens stand before its ranks, whose number is fixed",
    "vocab": "a list of words has no pieces",
    "wordpiece": "it takes the longest piece there is, so that no piece can come after the others",
}


def extender(spec: str, first_id: int | None = None) -> Extender:
    """A tokenizer by its SPEC, ready to be given pieces.

    Args:
        first_id: of the new pieces, where the file doesn't say which ids are free (ranks).

    Raises:
        UserError: its kind can't be extended (and which can), or there is no such file.
        MissingLibrary: the library behind it is not installed.
    """
    names = {name: entry.spec for name, entry in read_catalog().items()}
    _, _, kind, rest = KINDS.parts(spec, names)
    if kind not in _LOAD:
        why = f": {_WHY[kind]}" if kind in _WHY else ""
        raise UserError(f"{spec}: a tokenizer of the kind {kind} can't be extended{why}; {WHICH}")
    if first_id is not None and kind != "tiktoken":
        raise UserError(f"{spec}: --first-id is for files of ranks: here new pieces follow the last id")
    more: dict[str, Any] = {"first_id": first_id} if kind == "tiktoken" else {}
    return _LOAD[kind](rest, **more)
