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
        tokens: the bytes of each id, as the file has them.
        merges: in their order; empty where the file has none.
        data: the file that an engine loads, special and added tokens left out.
        special: the strings of these, and others that are the library's.
        library: the distribution whose ids are the reference (``tokenizers``).
        shift: what is added to the file's numbers to give ids.
    """

    recipe: Mapping[str, Any]
    tokens: Mapping[int, bytes]
    merges: Sequence[tuple[bytes, bytes]]
    data: bytes
    special: Sequence[str]
    library: str
    shift: int = 0


@runtime_checkable
class HasContent(Protocol):
    """An adapter that an engine could stand behind."""

    def content(self) -> Content | None:
        """What the ids depend on; None where no engine has this kind of model."""
