"""The texts of a file, streamed block by block, each with its line in the file as an editor shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.decode import BYTE_ORDER_MARK, is_text, text_blocks
from langcov.corpora.files import blocks
from langcov.corpora.read import WORDS, read
from langcov.corpora.read_jsonl import record_text
from langcov.corpora.words import read_words
from langcov.errors import UserError
from langcov.text.scan import find_lines, is_lead, points_of
from langcov.text.strings import LF, Bytes, Offsets, Strings, ranges

TAB = 0x09
BLOCK = 1 << 19
"""Bytes of a file that are looked at together: what is made of them fits the processor's cache."""
_TEXT = re.compile(rb"^\#[ \t]*text[ \t]*=[ ]?([^\r\n]*)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class Fields:
    """Some texts out of a file.

    Attributes:
        data: the texts, each followed by an LF, valid UTF-8, uint8 [n_bytes].
        starts: first byte of each text in ``data``, int64 [n].
        numbers: the line of the file each is in, from 0, int64 [n], ascending.
        prefixes: code points before each text in its line of the file, int64 [n].
        returns: how many CRs stood before an LF.
        times: how often each text stands in the file, where it is a word of a word table, int64 [n].
        decoded: the code points of ``data``, where they are known already, uint32 [m].
    """

    data: Bytes
    starts: Offsets
    numbers: Offsets
    prefixes: Offsets
    returns: int = 0
    times: Offsets | None = None
    decoded: NDArray[np.uint32] | None = None

    @classmethod
    def of(cls, lines: Iterable[str], first: int = 0) -> Fields:
        """Lines of a file, from number ``first`` on."""
        packed = Strings.of([f"{line}\n" for line in lines])
        numbers = first + np.arange(len(packed))
        return cls(packed.data, packed.starts, numbers, np.zeros_like(numbers))

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def texts(self) -> Strings:
        """The texts without their LFs (a CR before one stays)."""
        return Strings(self.data, self.starts, np.append(self.starts[1:], len(self.data)) - 1)

    @cached_property
    def points(self) -> NDArray[np.uint32]:
        """The code points of the texts and their LFs, uint32 [m]."""
        return points_of(self.data) if self.decoded is None else self.decoded

    @cached_property
    def leads(self) -> Offsets:
        """The byte at which each code point starts, int64 [m]."""
        return np.flatnonzero(is_lead(self.data))

    @cached_property
    def first(self) -> Offsets:
        """Index of the first code point of each text, int64 [n]."""
        return np.append(0, np.flatnonzero(self.points == LF)[:-1] + 1)

    @property
    def sizes(self) -> Offsets:
        """Code points of each text, int64 [n]."""
        return np.diff(self.first, append=len(self.points)) - 1

    @cached_property
    def uses(self) -> Offsets:
        """How often each code point stands in the file, as far as these texts go, int64 [largest]."""
        if self.times is None:
            return np.bincount(self.points)
        return weighted_uses(self.points, self.times)


def weighted_uses(points: NDArray[np.uint32], times: Offsets) -> Offsets:
    """How often each code point stands in texts that stand ``times`` in a file, int64 [largest].

    Args:
        points: of the texts, each with its LF.
        times: of each text, int64 [n]; negative ones take away.
    """
    ends = points == LF
    return np.bincount(points, times[np.cumsum(ends) - ends]).astype(np.int64)


@dataclass
class Unreadable:
    """Lines of a file that are not text in its encoding.

    Attributes:
        numbers: of the lines, from 0.
        columns: the first byte of each that is wrong, from 0.
    """

    numbers: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


@dataclass
class Reading:
    """How the texts of a file are found.

    Attributes:
        options: encoding, JSONL field, size of blocks.
        column: the TAB-separated column of a ``.tsv`` that holds the text, from 0.
        refuse: makes the error for a file most of whose text is in another encoding: (path, number of the
            line, its bytes).
    """

    options: ReadOptions
    column: int = 1
    refuse: Callable[[str, int, bytes], UserError] | None = None


def read_fields(source: Source, reading: Reading, unreadable: Unreadable) -> Iterator[Fields]:
    """The texts of a file in blocks of about ``options.chunk_bytes``.

    A line that is not text becomes an empty text and is written down in ``unreadable``.

    Raises:
        UserError: the file can't be read, or is mostly not in this encoding.
    """
    cut = cutter(source, reading)
    if cut is None:
        yield from read_measured(source, Corpus(source.path, (source,)), reading.options)
        return
    for raw, points, first in _raw_blocks(source, reading, unreadable):
        fields = cut(raw, first)
        if len(fields):
            yield replace(fields, decoded=points) if fields.data is raw else fields


def cutter(source: Source, reading: Reading) -> Callable[[Bytes, int], Fields] | None:
    """What cuts the texts out of lines, given in UTF-8 with an LF at the end, and the number of the first.

    None for a format that is not of lines.
    """
    cuts: dict[str, Callable[[Bytes, int], Fields]] = {
        "txt": _whole,
        "tsv": partial(_column, reading.column),
        "conllu": _sentences,
        "jsonl": partial(_records, source.path, reading.options.text_field),
    }
    return cuts.get(source.format)


def read_measured(source: Source, corpus: Corpus, options: ReadOptions) -> Iterator[Fields]:
    """The texts of a source as a measurement reads them: of a word table, its different words.

    Raises:
        UserError: the file can't be read.
    """
    if source.format == WORDS:
        counts = read_words(source, corpus, options, Provenance())
        times = np.bincount(counts.word, counts.count, len(counts.words)).astype(np.int64)
        numbers = np.arange(len(counts.words))
        yield _cut_out(*_padded(counts.words), np.zeros_like(numbers), numbers, times=times)
        return
    for lines in read(source, corpus, options, Provenance()):
        raw, texts = _padded(lines.text)
        yield _cut_out(raw, texts, texts.starts, lines.numbers)


def _padded(texts: Strings) -> tuple[Bytes, Strings]:
    """The buffer of some strings with a byte after the last of them."""
    raw = np.append(texts.data, np.uint8(LF))
    return raw, Strings(raw, texts.starts, texts.ends)


def _raw_blocks(
    source: Source, reading: Reading, unreadable: Unreadable
) -> Iterator[tuple[Bytes, NDArray[np.uint32], int]]:
    """Whole lines of a file as valid UTF-8 that ends with an LF, their code points, number of the first."""
    first = 0
    options = replace(reading.options, chunk_bytes=min(reading.options.chunk_bytes, BLOCK))
    for block in text_blocks(blocks(source.path, BLOCK), options, source.path):
        if first == 0:
            block = block.removeprefix(BYTE_ORDER_MARK)
        if not block.endswith(b"\n"):
            block += b"\n"
        points = _decoded(block)
        if points is None:
            block = _without_bad_lines(block, first, source.path, reading, unreadable)
            points = points_of(np.frombuffer(block, np.uint8))
        raw = np.frombuffer(block, np.uint8)
        yield raw, points, first
        first += int(np.count_nonzero(raw == LF))


def _decoded(block: bytes) -> NDArray[np.uint32] | None:
    """The code points of a block, None if it is not text."""
    try:
        return None if b"\0" in block else points_of(np.frombuffer(block, np.uint8))
    except UnicodeDecodeError:
        return None


def _without_bad_lines(
    block: bytes, first: int, path: str, reading: Reading, unreadable: Unreadable
) -> bytes:
    lines = block.split(b"\n")
    bad = [number for number, line in enumerate(lines) if not is_text(line)]
    beyond_ascii = sum(not line.isascii() for line in lines)
    if reading.refuse and 10 * len(bad) > max(beyond_ascii, 10):
        raise reading.refuse(path, first + bad[0], block)
    for number in bad:
        unreadable.numbers.append(first + number)
        unreadable.columns.append(_bad_byte(lines[number]))
        lines[number] = b""
    return b"\n".join(lines)


def _bad_byte(line: bytes) -> int:
    try:
        line.decode()
    except UnicodeDecodeError as problem:
        return problem.start
    return line.find(b"\0")


def _whole(raw: Bytes, first: int) -> Fields:
    ends = np.flatnonzero(raw == LF)
    starts = np.append(0, ends[:-1] + 1)
    returns = int(np.count_nonzero(raw[np.maximum(ends - 1, 0)] == 0x0D))
    return Fields(raw, starts, first + np.arange(len(ends)), np.zeros(len(ends), np.int64), returns)


def _column(column: int, raw: Bytes, first: int) -> Fields:
    """The text between the TABs of each line; a line with fewer columns has none."""
    lines, returns = find_lines(raw)
    tabs = np.flatnonzero(raw == TAB)
    before = np.searchsorted(tabs, lines.starts) + column - 1
    after = before + 1
    bounds = np.append(tabs, len(raw))
    starts = lines.starts if column == 0 else bounds[np.minimum(before, len(tabs))] + 1
    ends = np.minimum(bounds[np.minimum(after, len(tabs))], lines.ends)
    there = np.flatnonzero(starts <= lines.ends)
    return _cut_out(
        raw, Strings(raw, starts[there], ends[there]), lines.starts[there], first + there, returns
    )


def _sentences(raw: Bytes, first: int) -> Fields:
    """What stands after ``# text =``."""
    spans = np.array([match.span(1) for match in _TEXT.finditer(raw.tobytes())], np.int64).reshape(-1, 2)
    feeds = np.flatnonzero(raw == LF)
    line = np.searchsorted(feeds, spans[:, 0])
    line_starts = np.append(0, feeds + 1)[line]
    return _cut_out(raw, Strings(raw, spans[:, 0], spans[:, 1]), line_starts, first + line, 0)


def _records(path: str, field: str, raw: Bytes, first: int) -> Fields:
    """The text of each JSON record; where it holds LFs it is several, all of one line of the file."""
    texts: list[str] = []
    numbers: list[int] = []
    for number, row in enumerate(raw.tobytes().split(b"\n"), first):
        if row and not row.isspace():
            lines = text_of_record(row, f"{path}, line {number + 1}", field).split("\n")
            texts += lines
            numbers += [number] * len(lines)
    packed = Strings.of([f"{text}\n" for text in texts])
    return Fields(packed.data, packed.starts, np.array(numbers, np.int64), np.zeros(len(texts), np.int64))


def text_of_record(row: bytes, place: str, field: str) -> str:
    """As ``record_text``; of half a pair of surrogates, which JSON can escape, nothing is known: U+FFFD."""
    return _SURROGATE.sub("\ufffd", record_text(row, place, field))


def _cut_out(
    raw: Bytes,
    texts: Strings,
    line_starts: Offsets,
    numbers: Offsets,
    returns: int = 0,
    times: Offsets | None = None,
) -> Fields:
    """Texts copied out of their buffer, in which a byte follows each of them."""
    lengths = texts.lengths + 1
    data = raw[ranges(texts.starts, lengths)]
    starts = np.cumsum(lengths) - lengths
    data[starts + texts.lengths] = LF
    leads = np.append(0, np.cumsum((raw & 0xC0) != 0x80))
    return Fields(data, starts, numbers, leads[texts.starts] - leads[line_starts], returns, times)


def text_column(source: Source, letters: NDArray[np.bool_], options: ReadOptions) -> int:
    """Which column of a ``.tsv`` has most of a language's letters; in a tie the second: ``key<TAB>text``.

    Args:
        source: a ``.tsv``.
        letters: the language's letters, those beyond its base if it has any, bool [0x110000].
        options: how the file is read.
    """
    for raw, _, _ in _raw_blocks(source, Reading(options), Unreadable()):
        rows = [row.split("\t") for row in raw[:65536].tobytes().decode("utf-8", "ignore").split("\n")]
        width = max(map(len, rows))
        score = [0] * max(width, 2)
        for row in rows:
            for column, text in enumerate(row):
                score[column] += sum(letters[ord(character)] for character in text)
        return max(range(len(score)), key=lambda column: (score[column], column == 1))
    return 1
