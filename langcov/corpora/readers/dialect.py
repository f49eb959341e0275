"""What parts the cells of a table, and rows whose cells stand in quotation marks (RFC 4180).

A ``.tsv`` has TAB between its cells, a ``.csv`` comma, semicolon or TAB, whichever parts its first rows
evenly; ``--delimiter`` says another.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

import numpy as np

from langcov.core.arrays import Bools, Bytes, Offsets
from langcov.corpora.readers.decode import BYTE_ORDER_MARK
from langcov.corpora.readers.file import File
from langcov.corpora.readers.streams import peeked
from langcov.corpora.readers.texts import Block, Piece
from langcov.errors import UserError
from langcov.text.scan import CR, find_lines, is_lead
from langcov.text.strings import LF, Strings

QUOTE = 0x22
SAMPLE = 1 << 16  # bytes whose rows tell what parts the cells
MOST_ROW = 1 << 20  # bytes of a row with an open quotation mark, above which it is taken for a stray one
_ROWS = 20
_DELIMITERS = "\t,;"


@dataclass
class Dialect:
    """How the rows of a table are written.

    Attributes:
        delimiter: between its cells, a character of ASCII.
        quoted: whether cells may stand in quotation marks; else these are part of the text.
        stated: whether the first line only says the delimiter, ``sep=;``, as Excel writes it.
    """

    delimiter: str = "\t"
    quoted: bool = False
    stated: bool = False

    def whole_rows(self, file: File, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Finds the dialect of a file, and joins its blocks of lines so that each is of whole rows."""
        head, pieces = peeked(pieces, SAMPLE)
        self._find(file, head[:SAMPLE].removeprefix(BYTE_ORDER_MARK).decode("utf-8", "replace"))
        if not self.quoted:
            yield from pieces
            return
        held, first = b"", 0
        for piece in pieces:
            data = held + piece
            size = _closed(data)
            if len(data) - size > MOST_ROW:
                break
            held = data[size:]
            first += data.count(b"\n", 0, size)
            if size:
                yield data[:size]
        if held:
            raise UserError(
                f"{file.path}, line {first + 1}: a quotation mark opens a cell here and none closes it: "
                'close it, or write the mark twice ("") in a cell that stands in quotation marks'
            )

    def _find(self, file: File, head: str) -> None:
        options, form = file.options, file.source.format
        if head.startswith("sep=") and form == "csv":
            self.delimiter, self.quoted, self.stated = head[4:5], True, True
        if options.delimiter is not None:
            self.delimiter, self.quoted = options.delimiter, form == "csv" or options.delimiter != "\t"
        elif form == "csv" and not self.stated:
            self.delimiter, self.quoted = _even(file.path, head, options.text_column), True


def _even(path: str, head: str, wanted: str | int | None) -> str:
    """The delimiter that parts the first rows into the most cells, as many in each as in the first.

    One that gives the column that is wanted by its name goes before others.

    Raises:
        UserError: two do so equally well.
    """
    scores: dict[str, tuple[bool, int, int]] = {}
    for one in _DELIMITERS:
        reader = csv.reader(StringIO(head.replace("\0", ""), newline=""), delimiter=one)
        rows = [row for row in islice(reader, _ROWS) if row]
        if rows and len(rows[0]) > 1:
            even = sum(len(row) == len(rows[0]) for row in rows)
            scores[one] = (wanted in rows[0], even, len(rows[0]))
    found = [one for one in scores if scores[one] == max(scores.values())]
    if len(found) > 1:
        names = " or ".join(map(repr, found))
        raise UserError(f"{path}: {names} may stand between its cells: say which with --delimiter")
    return found[0] if found else ","


def _closed(data: bytes) -> int:
    """How many bytes of lines are rows that are whole: up to the last LF outside quotation marks."""
    quotes = np.flatnonzero(np.frombuffer(data, np.uint8) == QUOTE)
    if not len(quotes) % 2:
        return len(data)
    feeds = np.flatnonzero(np.frombuffer(data[: quotes[-1]], np.uint8) == LF)
    outside = feeds[np.searchsorted(quotes, feeds) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


class Rows:
    """The rows of a block of lines, and where their cells part.

    Attributes:
        first: number of the block's first line.
        lines: of the block, without their line ends.
        returns: CRs before LFs that were dropped.
        rows: without their line ends; a quoted cell may hold LFs.
        numbers: the line that each row begins with, in the block, int64 [n].
        of_line: the row of each line, int64 [n_lines]; all of them where each line is one.
        delimiters: the bytes that part cells, int64 [k].
    """

    def __init__(self, block: Block, dialect: Dialect, path: str) -> None:
        self.first, (self.lines, self.returns) = block.first, find_lines(block.bytes)
        data = block.bytes
        self._quotes = np.flatnonzero(data == QUOTE) if dialect.quoted else np.empty(0, np.int64)
        self.delimiters = np.flatnonzero(data == ord(dialect.delimiter))
        self.rows, self.numbers = self.lines, np.arange(len(self.lines))
        self.of_line: Offsets | slice = slice(None)
        if len(self._quotes):
            self._check(data, block, ord(dialect.delimiter), path)
            self.delimiters = self.delimiters[self._outside(self.delimiters)]
            begins = self._outside(self.lines.starts)
            self.of_line, self.numbers = np.cumsum(begins) - 1, np.flatnonzero(begins)
            last = np.append(self.numbers[1:], len(self.lines)) - 1
            self.rows = Strings(data, self.lines.starts[begins], self.lines.ends[last])

    def _outside(self, places: Offsets) -> Bools:
        outside: Bools = np.searchsorted(self._quotes, places) % 2 == 0
        return outside

    def _check(self, data: Bytes, block: Block, delimiter: int, path: str) -> None:
        """See that quotation marks stand around cells, or in pairs inside them.

        Raises:
            UserError: one doesn't; or a line that is not text was emptied, and with it a mark.
        """
        opening, closing = self._quotes[::2], self._quotes[1::2]
        before = data[np.maximum(opening - 1, 0)]
        after = np.append(data, np.uint8(LF))[closing + 1]
        wrong = opening[~(np.isin(before, [delimiter, LF, QUOTE]) | (opening == 0))]
        wrong = np.append(wrong, closing[~np.isin(after, [delimiter, LF, CR, QUOTE])])
        if len(wrong):
            line = block.first + int(np.searchsorted(self.lines.starts, wrong.min(), side="right"))
            raise UserError(
                f"{path}, line {line}: a quotation mark inside a cell: put the cell in quotation marks and "
                'write the mark twice (""), as spreadsheets do'
            )
        odd = [number for number, line in block.lost.items() if line.count(b'"') % 2]
        if odd:
            raise UserError(f"{path}, line {block.first + odd[0] + 1}: not valid text inside a quoted cell")

    def bare(self, cells: Strings) -> Strings:
        """Cells without the quotation marks around them."""
        first, end = (np.searchsorted(self._quotes, edge) for edge in (cells.starts, cells.ends))
        quoted = end > first  # the last row of --max-lines may lack its closing mark
        return Strings(cells.data, cells.starts + quoted, cells.ends - (quoted & ((end - first) % 2 == 0)))

    def pieces(self, cells: Strings) -> Pieces:
        """What each line of the block holds of the bare cells of a column, each mark in them written once."""
        if isinstance(self.of_line, slice):
            return Pieces(cells, self.lines, None, {})
        lines, starts, ends = self.lines, cells.starts[self.of_line], cells.ends[self.of_line]
        missing = (starts > lines.ends) | (ends < lines.starts)
        text = Strings(
            lines.data, np.clip(starts, lines.starts, lines.ends), np.clip(ends, lines.starts, lines.ends)
        )
        rank = np.searchsorted(self._quotes, text.ends) - np.searchsorted(self._quotes, text.starts)
        inside = np.repeat(np.arange(len(text)), rank)
        first = np.searchsorted(self._quotes, text.starts[inside])
        nth = np.arange(len(inside)) - np.repeat(np.cumsum(rank) - rank, rank)
        second = nth % 2 == 1
        dropped = self._quotes[(first + nth)[second]]
        if not len(dropped):
            return Pieces(text, lines, missing, {})
        kept = np.ones(len(lines.data), bool)
        kept[dropped] = False
        data = lines.data[kept]

        def moved(strings: Strings) -> Strings:
            shifts = (np.searchsorted(dropped, edge) for edge in (strings.starts, strings.ends))
            before, after = shifts
            return Strings(data, strings.starts - before, strings.ends - after)

        parts = _parts(text, lines, inside[second], dropped, self.first)
        return Pieces(moved(text), moved(lines), missing, parts)


@dataclass(frozen=True, eq=False)
class Pieces:
    """The texts of a column, one a line.

    Attributes:
        text: of each line.
        lines: of the buffer of the texts.
        missing: lines that hold nothing of the column, bool [n]; None for none.
        parts: by the line of the file, where a text stands there with its marks doubled.
    """

    text: Strings
    lines: Strings
    missing: Bools | None
    parts: dict[int, Sequence[Piece]]


def _parts(
    text: Strings, lines: Strings, owners: Offsets, dropped: Offsets, first: int
) -> dict[int, Sequence[Piece]]:
    """Where the parts of each text begin that has dropped marks: in the text, and in its line.

    Args:
        text, lines: as they stand.
        owners: the line of each dropped mark, int64 [k].
        dropped: the byte of each, int64 [k].
        first: the number of line 0.
    """
    points = np.append(0, np.cumsum(is_lead(text.data)))
    parts: dict[int, list[Piece]] = {}
    for line, column, at in zip(
        (first + owners).tolist(),
        (points[text.starts] - points[lines.starts])[owners].tolist(),
        (points[dropped] - points[text.starts[owners]]).tolist(),
    ):
        there = parts.setdefault(line, [Piece(0, line, column)])
        there.append(Piece(at - len(there) + 1, line, column + at + 1))
    return dict(parts)
