"""Files read for a check: what is not text is written down, and the reading goes on."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.readers.decode import Where, is_text
from langcov.corpora.readers.file import File
from langcov.corpora.readers.formats import WORDS, read, texts_in
from langcov.corpora.tables.read import read_words
from langcov.errors import UserError
from langcov.hygiene.reading.fields import Fields, fields_of

BLOCK = 1 << 19
"""Bytes of a file that are looked at together: what is made of them fits the processor's cache."""
_log = logging.getLogger(__name__)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


@dataclass
class Unreadable:
    """Lines of a file that are not text in its encoding."""

    numbers: list[int] = field(default_factory=list)  # of the lines, from 0
    columns: list[int] = field(default_factory=list)  # the first byte of each that is wrong, from 0


@dataclass
class Reading:
    """How the texts of a file are found."""

    options: ReadOptions  # encoding, field or column of the text, size of blocks
    # makes the error for a file most of whose text is in another encoding: (path, number of the line, its
    # bytes)
    refuse: Callable[[str, int, bytes], UserError] | None = None

    def file(self, source: Source, unreadable: Unreadable | None) -> File:
        """A source, to be read by the reader of its format.

        Args:
            unreadable: where lines are written down that are not text; they are left out. None says that the
                file was read before, and is all text.
        """

        def lost(block: bytes, where: Where) -> tuple[bytes, Mapping[int, bytes]]:
            if unreadable is None or callable(where):  # lines of records
                return _as_text(block), {}
            return self._without_bad_lines(block, where, source.path, unreadable)

        return File(source, self.options, fix=lost, again=unreadable is None)

    def _without_bad_lines(
        self, block: bytes, first: int, path: str, unreadable: Unreadable
    ) -> tuple[bytes, Mapping[int, bytes]]:
        lines = block.split(b"\n")
        bad = {number: line for number, line in enumerate(lines) if not is_text(line)}
        beyond_ascii = sum(not line.isascii() for line in lines)
        if self.refuse and 10 * len(bad) > max(beyond_ascii, 10):
            raise self.refuse(path, first + min(bad), block)
        for number, line in bad.items():
            unreadable.numbers.append(first + number)
            unreadable.columns.append(_bad_byte(line))
            lines[number] = b""
        return b"\n".join(lines), bad


def read_fields(source: Source, reading: Reading, unreadable: Unreadable | None) -> Iterator[Fields]:
    """The texts of a file, with their places, in blocks of about ``options.chunk_bytes``."""
    small = replace(reading.options, chunk_bytes=min(reading.options.chunk_bytes, BLOCK))
    file = replace(reading, options=small).file(source, unreadable)
    for texts in texts_in(file):
        fields = fields_of(texts)
        if len(fields):
            yield fields
    if file.provenance.skipped and not file.again:
        _log.warning("%s: records or cells without text, left out: %d", file.path, file.provenance.skipped)


def read_measured(
    source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance
) -> Iterator[Fields]:
    """The texts of a source as a measurement counts them: of a word table, its different words."""
    if source.format == WORDS:
        counts = read_words(source, corpus, options, provenance)
        times = np.bincount(counts.word, counts.count, len(counts.words)).astype(np.int64)
        yield Fields.cut(counts.words, np.arange(len(counts.words)), times=times)
        return
    for lines in read(source, corpus, options, provenance):
        yield Fields.cut(lines.text, lines.places)


def _as_text(data: bytes) -> bytes:
    """With U+FFFD for half a pair of surrogates, which JSON can escape, and for what is not UTF-8."""
    data = _SURROGATE.sub("\ufffd".encode(), data)
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace").encode()
    return data


def _bad_byte(line: bytes) -> int:
    try:
        line.decode()
    except UnicodeDecodeError as problem:
        return problem.start
    return line.find(b"\0")
