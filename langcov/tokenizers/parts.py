"""What a tokenizer does to a text before its tokens are there, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from langcov.core.arrays import Bools
from langcov.text.strings import Strings
from langcov.tokenizers.merges import Merges

Model = Literal["bpe", "unigram", "wordpiece", "longest", "other"]


@dataclass(frozen=True, eq=False)
class Parts:
    """A tokenizer taken apart.

    Attributes:
        model: how pieces are found: by merges, by scores, the longest from the left (``wordpiece``: of a
            word; ``longest``: of the text), or otherwise.
        texts: the bytes that each id stands for, a word-start mark written as U+0020 and a mark of what goes
            on inside a word left out, empty for special tokens.
        merges: of a BPE; None for others, and where pieces mark the end of a word.
        whole: a text between two cuts that is a piece is taken without merging.
        normalise: what the text becomes first, a word-start mark written as U+0020; None: what it is.
        cut: the places of a text, in code points, at which the pre-tokenizer begins anew; None: nowhere.
        added: texts that are looked for before all else.
        unused: pieces that the model marks as not in use, bool [size].
        inside: pieces that only go on with a word (``##``), bool [size].
    """

    model: Model
    texts: Strings
    merges: Merges | None
    whole: bool
    normalise: Callable[[str], str] | None
    cut: Callable[[str], list[int]] | None
    added: Sequence[str]
    unused: Bools
    inside: Bools


@runtime_checkable
class HasParts(Protocol):
    """An adapter that can be taken apart."""

    def parts(self) -> Parts:
        """How text becomes tokens."""
