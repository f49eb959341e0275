"""From blocks of text, or records, to chunks of lines with their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.decode import Where, mend, without_mark
from langcov.text.hashing import GOLDEN, splitmix
from langcov.text.scan import find_lines


def splitmix64(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A 64-bit digest of each number: the output function of SplitMix64 (Steele et al. 2014).

    >>> hex(int(splitmix64(np.array([0]))[0]))
    '0xe220a8397b1dcdaf'
    """
    return splitmix(values.astype(np.uint64) + GOLDEN)


def name_digests(names: Iterable[bytes]) -> NDArray[np.uint64]:
    """A 64-bit digest of each name: the first 8 bytes of its BLAKE2b, little-endian, uint64 [n].

    >>> hex(int(name_digests([b""])[0])), hashlib.blake2b(b"").hexdigest()[:16]
    ('0x3590142f7026a78', '786a02f742015903')
    """
    return np.frombuffer(b"".join(hashlib.blake2b(name).digest()[:8] for name in names), "<u8")


def record_label(ordinal: int) -> int:
    """The label of a document that has no name."""
    return int(splitmix64(np.array([ordinal]))[0])


class Cutter:
    """Cuts the blocks of one source into ``Lines`` and writes down in the provenance what it did.

    Attributes:
        first: number of the next line; set it for a part of a file.
        salt: keeps lines and nameless documents of a language's second file apart from those of its first.
        full: ``options.max_lines`` has been reached.
    """

    def __init__(self, source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance) -> None:
        self.path = source.shown
        self.options = options
        self.provenance = provenance
        self.first = 0
        siblings = [other for other in corpus.sources if other.language == source.language]
        self.salt = siblings.index(source) << 40 if source in siblings else 0
        self._sha256 = hashlib.sha256()

    @property
    def full(self) -> bool:
        return self.options.max_lines is not None and self.first >= self.options.max_lines

    def cut(self, block: bytes, where: Where | None = None) -> Lines:
        """The lines of the next block; ``where`` names the place of its line i if that is not its number."""
        if self.first == 0:
            block = without_mark(block, self.provenance)
        if self.options.max_lines is not None:
            block = _head(block, self.options.max_lines - self.first)
        first = self.first
        block, skipped = mend(block, where or first, self.path, self.options, self.provenance)
        text, returns = find_lines(np.frombuffer(block, np.uint8))
        numbers: NDArray[np.int64] = np.arange(first, first + len(text))
        self.first += len(text)
        self._sha256.update(block)
        self.provenance.lines += len(text)
        self.provenance.carriage_returns += returns
        self.provenance.sha256 = self._sha256.hexdigest()
        if skipped:
            kept = np.delete(np.arange(len(text)), skipped)
            text, numbers = text[kept], numbers[kept]
        return Lines(text, numbers, splitmix64(numbers + self.salt))


def _head(block: bytes, lines: int) -> bytes:
    """The first lines of a block."""
    feeds = np.flatnonzero(np.frombuffer(block, np.uint8) == 0x0A)
    return block if lines > len(feeds) else block[: feeds[lines - 1] + 1] if lines else b""


class Record(NamedTuple):
    """A text with LFs inside, as JSONL, Parquet, CoNLL-U or the API gives it.

    Attributes:
        text: UTF-8, if it is valid at all.
        document: ordinal of its document.
        label: digest of the document's name.
        place: where it stands, from 0, for an error.
    """

    text: bytes
    document: int
    label: int
    place: int


def pack(records: Iterable[Record], cutter: Cutter, unit: str, documents: bool) -> Iterator[Lines]:
    """Chunks of lines from records; each record ends a line, a last LF of its own adds none.

    Args:
        unit: what ``Record.place`` counts, for an error: ``line``, ``record``.
        documents: whether the lines carry their documents.
    """
    held: list[Record] = []
    size = 0
    for record in records:
        held.append(record)
        size += len(record.text) + 1
        if size >= cutter.options.chunk_bytes:
            yield _packed(held, cutter, unit, documents)
            held, size = [], 0
        if cutter.full:
            return
    if held:
        yield _packed(held, cutter, unit, documents)


def _packed(held: list[Record], cutter: Cutter, unit: str, documents: bool) -> Lines:
    texts = [record.text if record.text.endswith(b"\n") else record.text + b"\n" for record in held]
    of_line = np.repeat(np.arange(len(held)), [text.count(b"\n") for text in texts])
    first = cutter.first
    lines = cutter.cut(b"".join(texts), lambda i: f"{unit} {held[of_line[i]].place + 1}")
    if not documents:
        return lines
    which = of_line[lines.numbers - first]
    ordinals = np.array([record.document for record in held], np.int64)
    labels = np.array([record.label for record in held], np.uint64)
    return replace(lines, documents=ordinals[which], labels=labels[which])


class Ordinals:
    """Numbers documents in the order in which their names first appear."""

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}

    def of(self, names: list[bytes]) -> NDArray[np.int64]:
        """Ordinal of each name, int64 [n]."""
        known = self._known
        return np.array([known.setdefault(name, len(known)) for name in names], np.int64)
