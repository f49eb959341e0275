"""Lines given through the API."""

from __future__ import annotations

from collections.abc import Iterator

from langcov.corpora.readers.decode import without_mark
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Record, Texts


def read_memory(file: File) -> Iterator[Texts]:
    """The lines; an LF inside a string separates lines, one at its end adds none."""
    return file.texts(_records(file))


def _records(file: File) -> Iterator[Record]:
    number = 0
    for place, string in enumerate(file.source.lines):
        text = string.encode("utf-8", "surrogatepass")
        record = Record(text if place else without_mark(text, file.provenance), number)
        yield record
        number += record.lines
