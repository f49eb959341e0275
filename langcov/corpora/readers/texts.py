"""What a reader gives: the texts of a file, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Offsets
from langcov.text.count import code_points
from langcov.text.scan import CR
from langcov.text.strings import LF, Strings, ranges


@dataclass(frozen=True, eq=False)
class Block:
    """Some neighbouring lines of a file.

    Attributes:
        first: number of its first line, from 0.
        data: valid UTF-8 without the byte-order mark; only the last line of a file may lack its LF.
        lost: lines that are no text, by their place in the block, and their bytes; in ``data`` they are
            empty.
        decoded: ``data``, if it was decoded to see whether it is text.
    """

    first: int
    data: bytes
    lost: Mapping[int, bytes] = field(default_factory=dict)
    decoded: str | None = None

    @cached_property
    def bytes(self) -> Bytes:
        """The same as ``data``, uint8 [n_bytes]."""
        return np.frombuffer(self.data, np.uint8)

    @property
    def points(self) -> NDArray[np.uint32] | None:
        """Its code points, uint32 [m], if it was decoded."""
        return None if self.decoded is None else np.frombuffer(self.decoded.encode("utf-32-le"), "<u4")


class Piece(NamedTuple):
    """A part of a text that is made of several places of a file.

    Attributes:
        start: code points before it in the text.
        line: of the file, from 0.
        column: code points before it in the line.
    """

    start: int
    line: int
    column: int


class Record(NamedTuple):
    """A text that may hold LFs, as JSON lines, Parquet, CoNLL-U or the API give it.

    Attributes:
        text: UTF-8, if it is valid at all.
        line: of the file, or the record of a file that is not of lines, from 0.
        before: code points before the text in that line, where it stands there as it is.
        document: ordinal of its document; None where the format knows none.
        name: of the document, if it has one.
        left_out: it holds the place of a text that can't be read.
        parts: of a text that is made of several places, from left to right.
        place: where it stands in a document, which is not of lines, in words.
    """

    text: bytes
    line: int
    before: int = 0
    document: int | None = None
    name: bytes | None = None
    left_out: bool = False
    parts: tuple[Piece, ...] = ()
    place: str = ""

    @property
    def lines(self) -> int:
        """How many lines it holds: a last LF of its own adds none."""
        return self.text.count(b"\n") + (not self.text.endswith(b"\n"))


@dataclass(frozen=True, eq=False)
class Texts:
    """Some neighbouring texts of a file; the number of a text in its file is its address in a measurement.

    Attributes:
        text: text i is part of line i of its buffer, without the line end; the sha256 of a source is that of
            its buffers.
        lines: the line of the file (of Parquet, the record) that each is in, from 0, int64 [n], ascending.
        returns: CRs before LFs that were dropped.
        origins: the byte of the buffer at which the file's line, or the record, of each begins, int64 [n];
            None where each begins with its text.
        before: code points before that byte in the line of the file, int64 [n]; None for 0.
        left_out: what is no text, though it has a number: an empty row, a header, what can't be read, bool
            [n]; None where all are texts.
        keys: of each; None where the format or the file has none.
        documents: ordinal of the document of each, int64 [n]; None where the format knows none.
        names: of those documents that have one, by ordinal.
        parts: of texts that are made of several places, by the line.
        places: of texts of a document, where each stands in it, in words, by the line.
        block: the lines of the file that these are all the texts of; None where the file is not of lines.
    """

    text: Strings
    lines: Offsets
    returns: int = 0
    origins: Offsets | None = None
    before: Offsets | None = None
    left_out: NDArray[np.bool_] | None = None
    keys: Strings | None = None
    documents: Offsets | None = None
    names: Mapping[int, bytes] = field(default_factory=dict)
    parts: Mapping[int, Sequence[Piece]] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    block: Block | None = None

    def __len__(self) -> int:
        return len(self.lines)

    def picked(self, lines: Strings, which: NDArray[np.bool_]) -> Texts:
        """Some of the texts, as if the other lines of the buffer were not there.

        Args:
            lines: of the buffer; text i is in line i.
            which: those that stay, bool [n].
        """
        ended = np.append(self.text.data, np.uint8(LF))
        starts, sizes = lines.starts[which], lines.lengths[which] + 1
        data = ended[ranges(starts, sizes)]
        origins = np.cumsum(sizes) - sizes
        data[origins + sizes - 1] = LF
        some, moved = self.text[which], origins - starts
        return replace(
            self,
            text=Strings(data, some.starts + moved, some.ends + moved),
            lines=self.lines[which],
            returns=int((ended[lines.ends[which]] == CR).sum()),
            origins=origins,
            before=None if self.before is None else self.before[which],
            left_out=None if self.left_out is None else self.left_out[which],
            keys=None if self.keys is None else self.keys[which],
        )

    @property
    def kept(self) -> NDArray[np.bool_] | slice:
        """Which are not left out, as an index."""
        return slice(None) if self.left_out is None else ~self.left_out

    @property
    def prefixes(self) -> Offsets:
        """Code points before each text in its line of the file, or in the text of its record, int64 [n]."""
        found = np.zeros(len(self), np.int64) if self.before is None else self.before.copy()
        if self.origins is not None and (later := np.flatnonzero(self.origins != self.text.starts)).size:
            found[later] += code_points(Strings(self.text.data, self.origins, self.text.starts)[later])
        return found
