"""Files read for a check: block by block, what is not text written down, the texts cut out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.readers.decode import BYTE_ORDER_MARK, is_text, text_blocks
from langcov.corpora.readers.formats import WORDS, read
from langcov.corpora.readers.streams import blocks
from langcov.corpora.tables.word_table import read_words
from langcov.errors import UserError
from langcov.hygiene.reading.cutters import cut_out, cutter
from langcov.hygiene.reading.fields import Fields
from langcov.text.scan import points_of
from langcov.text.strings import LF, Bytes, Strings

BLOCK = 1 << 19
"""Bytes of a file that are looked at together: what is made of them fits the processor's cache."""


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


def read_fields(source: Source, reading: Reading, unreadable: Unreadable | None) -> Iterator[Fields]:
    """The texts of a file in blocks of about ``options.chunk_bytes``.

    A line that is not text becomes an empty text and is written down in ``unreadable``; None says that the
    file is known to be all text.

    Raises:
        UserError: the file can't be read, or is mostly not in this encoding.
    """
    cut = cutter(source, reading.column, reading.options.text_field)
    if cut is None:
        yield from read_measured(source, Corpus(source.path, (source,)), reading.options)
        return
    for raw, points, first in _raw_blocks(source, reading, unreadable):
        fields = cut(raw, first)
        if len(fields):
            yield replace(fields, decoded=points) if fields.data is raw else fields


def read_measured(source: Source, corpus: Corpus, options: ReadOptions) -> Iterator[Fields]:
    """The texts of a source as a measurement reads them: of a word table, its different words.

    Raises:
        UserError: the file can't be read.
    """
    if source.format == WORDS:
        counts = read_words(source, corpus, options, Provenance())
        times = np.bincount(counts.word, counts.count, len(counts.words)).astype(np.int64)
        numbers = np.arange(len(counts.words))
        yield cut_out(*_padded(counts.words), None, numbers, times)
        return
    for lines in read(source, corpus, options, Provenance()):
        raw, texts = _padded(lines.text)
        yield cut_out(raw, texts, None, lines.numbers)


def _padded(texts: Strings) -> tuple[Bytes, Strings]:
    """The buffer of some strings with a byte after the last of them."""
    raw = np.append(texts.data, np.uint8(LF))
    return raw, Strings(raw, texts.starts, texts.ends)


def _raw_blocks(
    source: Source, reading: Reading, unreadable: Unreadable | None
) -> Iterator[tuple[Bytes, NDArray[np.uint32] | None, int]]:
    """Whole lines of a file as valid UTF-8 that ends with an LF, the number of the first, and between these
    their code points, unless the file is known to be text.
    """
    first = 0
    options = replace(reading.options, chunk_bytes=min(reading.options.chunk_bytes, BLOCK))
    for block in text_blocks(blocks(source.path, BLOCK), options, source.path):
        if first == 0:
            block = block.removeprefix(BYTE_ORDER_MARK)
        if not block.endswith(b"\n"):
            block += b"\n"
        points = None if unreadable is None else _decoded(block)
        if points is None and unreadable is not None:
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
