"""What a reader is given: a file that it can read as blocks of lines, and what packs its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from langcov.core.names import size_of
from langcov.corpora.base import Provenance, ReadOptions, Source
from langcov.corpora.readers.decode import (
    HEAD,
    Where,
    decoded,
    ends_with_cr,
    fix,
    in_utf8,
    is_text,
    lf_for_cr,
    whole_lines,
    without_mark,
)
from langcov.corpora.readers.foreign import plain
from langcov.corpora.readers.parts import WHOLE, Part
from langcov.corpora.readers.records import LEAVE_OUT, NULL
from langcov.corpora.readers.streams import blocks, bounded, peeked, too_long
from langcov.corpora.readers.texts import Block, Record, Texts
from langcov.errors import ChoiceError
from langcov.text.scan import find_lines
from langcov.text.strings import LF

Fix = Callable[[bytes, Where], tuple[bytes, Mapping[int, bytes]]]
"""What becomes of lines that are not text: as ``langcov.corpora.readers.decode.fix``."""
MANY_BYTES = 1 << 25
"""Of a block: it has a line so long that its code points are not kept beside it."""
Join = Callable[[Iterator[bytes], str], Iterator[bytes]]
"""Joins blocks of a file so that what belongs together stands in one of them: (blocks, path)."""


@dataclass(eq=False)
class File:
    """A source of running text while it is read.

    Attributes:
        source: what is read.
        options: how.
        provenance: filled in with what is dropped or fixed on the way.
        keyed: a measurement compares its lines by their keys, each of which must be another.
        fix: what becomes of lines that are not text; None: what ``options.encoding_errors`` says.
        again: it was read before and found to be right, so nothing is looked at that can only be wrong.
        part: what is read of it.
        line: number of the line after those read so far, or of the record of a file that is not of lines.
        documents: number of the document after those.
        given: lines of the records so far, where only some are wanted.
        languages: how often its records name each language, as they write it, where that is asked for.
        line_end: what its lines end with, once it is read: LF (perhaps after a CR), or CR alone.
    """

    source: Source
    options: ReadOptions
    provenance: Provenance = field(default_factory=Provenance)
    keyed: bool = False
    fix: Fix | None = None
    again: bool = False
    part: Part = WHOLE
    line: int = field(default=0, init=False)
    documents: int = field(default=0, init=False)
    given: int = 0
    languages: Counter[str] = field(default_factory=Counter, init=False)
    line_end: bytes = field(default=b"\n", init=False)

    def __post_init__(self) -> None:
        self.line, self.documents = self.part.line, self.part.document

    @property
    def path(self) -> str:
        """What an error calls it."""
        return self.source.shown

    @property
    def full(self) -> bool:
        """Whether the records so far hold as many lines as are wanted."""
        return self.options.max_lines is not None and self.given >= self.options.max_lines

    def wants(self, language: str, times: int = 1) -> bool:
        """Whether rows that name this language take part; counts them."""
        self.languages[language] += times
        return self.source.only is None or language in self.source.only

    def document(self) -> int:
        """The number of the next document."""
        self.documents += 1
        return self.documents - 1

    def null(self, place: str, line: int) -> Record:
        """Holds the place of a record whose text is null.

        Raises:
            ChoiceError: such records are not to be left out.
        """
        if self.options.null == "error":
            raise ChoiceError(f"{place}: field {self.options.text_field!r} {NULL}", *LEAVE_OUT)
        self.provenance.skipped += 1
        return Record(b"", line, document=self.document(), left_out=True)

    def lines(self, join: Join | None = None) -> Iterator[Block]:
        """Its lines, where each is one for ``options.max_lines``, in blocks of about ``options.chunk_bytes``.

        Args:
            join: what has to stand in one block.

        Raises:
            UserError: it can't be read, or some of it is not text.
        """
        most = self.options.max_lines
        for first, data in self._raw(join):
            if most is None:
                yield self._block(first, data)
                continue
            data = _head(data, most - first)
            yield self._block(first, data)
            if first + _feeds(data) >= most:
                return

    def blocks(self, join: Join | None = None) -> Iterator[Block]:
        """Its lines, as ``lines`` gives them, until the records made of them are ``full``.

        Args:
            join: what has to stand in one block.

        Raises:
            UserError: it can't be read, or some of it is not text.
        """
        for first, data in self._raw(join):
            yield self._block(first, data)
            if self.full:
                return

    def _raw(self, join: Join | None) -> Iterator[tuple[int, bytes]]:
        """The number of the first line of each block, and its bytes."""
        pieces = blocks(self.source.path, self.options.chunk_bytes, self.part.start, self.part.end)
        if not self.part.start and not self.again:
            pieces = plain(pieces, self.path, self.source.format)
        pieces = in_utf8(pieces, self.options.encoding, self.path)
        if not self.part.start:
            pieces = self._with_feeds(pieces)
        pieces = bounded(pieces, self.options.max_line, self.path, self.line)
        strict = self.options.encoding_errors == "strict" and not self.fix
        found = whole_lines(pieces, self.options.chunk_bytes, strict)
        for data in join(found, self.path) if join else found:
            first = self.line
            self.line += _feeds(data)
            yield first, without_mark(data, self.provenance) if first == 0 else data

    def _with_feeds(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same bytes, in which lines end with LF."""
        head, pieces = peeked(pieces, HEAD, b"\n")
        if not ends_with_cr(head):
            return pieces
        self.line_end = b"\r"
        return lf_for_cr(pieces, self.path, self.provenance)

    def _block(self, first: int, data: bytes) -> Block:
        if self.again:
            return Block(first, data)
        if len(data) >= MANY_BYTES and is_text(data):
            return Block(first, data)
        text = decoded(data)
        if text is not None:
            return Block(first, data, decoded=text)
        data, lost = self._fixed(data, first)
        if max(lost, default=-1) == _feeds(data):
            data += b"\n"  # the last line, now empty, stays a line
        return Block(first, data, lost)

    def _fixed(self, data: bytes, where: Where) -> tuple[bytes, Mapping[int, bytes]]:
        if self.fix:
            return self.fix(data, where)
        return fix(data, where, self.path, self.options, self.provenance)

    def texts(self, records: Iterable[Record], unit: str = "line") -> Iterator[Texts]:
        """The texts of records of a file that is not of lines, in pieces of about ``options.chunk_bytes``.

        Args:
            records: as many as there are; no more are taken than ``options.max_lines`` needs.
            unit: what ``Record.line`` counts, for an error.

        Raises:
            UserError: some of them is not text.
        """
        held, size, most = [], 0, self.options.max_line
        for record in self._wanted(records):
            longest = max(map(len, record.text.split(b"\n"))) if len(record.text) > most else 0
            if longest > most:
                raise too_long(f"{self.path}, {unit} {record.line + 1}", size_of(longest), most)
            held.append(record)
            size += len(record.text) + 1
            if size >= self.options.chunk_bytes:
                yield self._packed(held, None, unit)
                held, size = [], 0
        if held:
            yield self._packed(held, None, unit)

    def pack(self, records: Iterable[Record], block: Block) -> Texts:
        """The texts of the records of a block, no more than ``options.max_lines`` needs.

        Raises:
            UserError: some of them is not text.
        """
        return self._packed(list(self._wanted(records)), block, "line")

    def _wanted(self, records: Iterable[Record]) -> Iterable[Record]:
        return records if self.options.max_lines is None else self._first(records)

    def _first(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in () if self.full else records:
            self.given += record.lines
            yield record
            if self.full:
                return

    def _packed(self, records: Sequence[Record], block: Block | None, unit: str) -> Texts:
        ended = [text if text[-1:] == b"\n" else text + b"\n" for text in (record.text for record in records)]
        data, sizes = b"".join(ended), np.array([text.count(b"\n") for text in ended], np.int64)
        of_line = np.repeat(np.arange(len(records)), sizes)
        if self.options.max_lines is not None:
            of_line = of_line[: len(of_line) - max(0, self.given - self.options.max_lines)]
            data = _head(data, len(of_line))
        data, lost = self._fixed(data, lambda i: f"{unit} {records[of_line[i]].line + 1}")
        text, returns = find_lines(np.frombuffer(data, np.uint8))
        left_out = np.array([record.left_out for record in records], bool)[of_line]
        left_out[list(lost)] = True
        documents = [record.document for record in records if record.document is not None]
        return Texts(
            text,
            np.array([record.line for record in records], np.int64)[of_line],
            returns,
            text.starts[(np.cumsum(sizes) - sizes)[of_line]],
            np.array([record.before for record in records], np.int64)[of_line],
            left_out if left_out.any() else None,
            documents=np.array(documents, np.int64)[of_line] if documents else None,
            names={r.document: r.name for r in records if r.document is not None and r.name is not None},
            parts={record.line: record.parts for record in records if record.parts},
            places={record.line: record.place for record in records if record.place},
            block=block,
        )


def _feeds(data: bytes) -> int:
    """How many LFs there are: ten times as fast as bytes count them."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == LF))


def _head(data: bytes, lines: int) -> bytes:
    """The first lines of some."""
    feeds = np.flatnonzero(np.frombuffer(data, np.uint8) == LF)
    return data if lines > len(feeds) else data[: feeds[lines - 1] + 1] if lines else b""
