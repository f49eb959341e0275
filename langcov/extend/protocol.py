"""What has to be known of a tokenizer that can be given more pieces, whatever library stands behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools
from langcov.extend.learn import Learned
from langcov.extend.tape import Piece


class Extender(Protocol):
    """A tokenizer whose file can be written with more pieces.

    Attributes:
        file: what such a file is called.
        spelled: what each id spells, as the file writes it; None for one that nothing is joined to.
        ids: of the pieces that joins could make up.
        first_id: what the first new piece gets: nothing that is there has it or one above it.
        closes: whether neighbours that spell a piece are joined without being asked.
        pieces: all that are merged, those too that are never given out.
        in_letters: whether a letter without a piece is spelled in bytes, or unknown.
    """

    file: str
    spelled: Sequence[Piece | None]
    ids: dict[Piece, int]
    first_id: int
    closes: bool
    in_letters: bool
    pieces: Collection[Piece]

    def sequences(self, texts: list[str]) -> tuple[NDArray[np.int32], Bools]:
        """The ids of texts, int32 [n], and which begin something that no join reaches over, bool [n]."""

    def joinable(self, piece: Piece) -> bool:
        """Whether something that two neighbours spell could be a piece."""

    def text(self, piece: Piece) -> bytes:
        """The bytes of text that a piece stands for, a word-start mark as U+0020."""

    def extended(self, learned: Sequence[Learned]) -> bytes:
        """The file with these pieces behind all others."""

    def with_pieces(self, learned: Sequence[Learned]) -> Extender:
        """The tokenizer that is in the file with these pieces."""

    def spec(self, path: str) -> str:
        """The SPEC of a file that ``extended`` gave."""


@runtime_checkable
class Trims(Protocol):
    """An ``Extender`` whose file can say of a piece that it is not in use."""

    def trimmed(self, data: bytes, ids: Iterable[int]) -> bytes:
        """A file that ``extended`` gave, in which some pieces are never given out; their ids stay."""


@runtime_checkable
class ReusesIds(Protocol):
    """An ``Extender`` whose pieces may have any id: it doesn't say when they are merged."""

    def replaced(self, data: bytes, places: Mapping[int, int]) -> bytes:
        """A file that ``extended`` gave, with its new pieces (keys) in the place of old ones (values)."""
