"""What decides the ids of a tokenizer: what an engine is built from and compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, eq=False)
class Content:
    """A tokenizer as its file has it.

    Attributes:
        recipe: all but the vocabulary that ids depend on, as JSON would hold it: format, algorithm,
            pre-tokenizer, normaliser, decoder. A certificate is for a recipe.
        tokens: the bytes of each id.
        merges: the merges of a BPE in their order; None where the file ranks pieces by other means.
        sha256: of the file; None for an object whose file isn't known.
        data: the file that an engine loads, special and added tokens left out where the format allows.
        special: strings that the engine may treat otherwise than as text.
        library: the distribution whose ids are the reference (``tokenizers``, ``sentencepiece``).
    """

    recipe: Mapping[str, Any]
    tokens: Mapping[int, bytes]
    merges: Sequence[tuple[bytes, bytes]] | None
    sha256: str | None
    data: bytes
    special: Sequence[str]
    library: str


@runtime_checkable
class HasContent(Protocol):
    """An adapter that an engine could stand behind."""

    def content(self) -> Content | None:
        """What the ids depend on; None where no engine has this kind of model."""
