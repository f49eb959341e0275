"""Keyed text: ``key<TAB>text``; the key says which sentence a line is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.cutter import Cutter, Ordinals, name_digests
from langcov.corpora.readers.decode import text_blocks
from langcov.corpora.readers.streams import blocks
from langcov.errors import UserError
from langcov.text.strings import Strings


def read_tsv(source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance) -> Iterator[Lines]:
    """Chunks of the texts of a keyed file; empty rows are no lines.

    With documents by ``key-prefix`` a document's name is what stands before the ``/`` of its keys.

    Raises:
        UserError: a row without TAB, or a key that was there before; names file and lines.
    """
    cutter = Cutter(source, corpus, options, provenance)
    wanted = re.compile(corpus.keys.encode()) if corpus.keys else None
    seen: dict[int, int] = {}
    ordinals = Ordinals()
    for block in text_blocks(blocks(source.path, options.chunk_bytes), options, source.path):
        keys, lines = _keyed(cutter.cut(block), source.path)
        if wanted:
            kept = np.array([wanted.fullmatch(key) is not None for key in keys], bool)
            keys = [key for key, keep in zip(keys, kept) if keep]
            lines = Lines(lines.text[kept], lines.numbers[kept], lines.digests[kept])
        digests = name_digests(keys)
        _no_duplicates(keys, digests.tolist(), lines, seen, source.path)
        if corpus.alignment != "lines":
            lines = replace(lines, digests=digests)
        if corpus.documents == "key-prefix":
            names = [key.partition(b"/")[0] for key in keys]
            lines = replace(lines, documents=ordinals.of(names), labels=name_digests(names))
        yield lines
        if cutter.full:
            return


def _keyed(lines: Lines, path: str) -> tuple[list[bytes], Lines]:
    """Split each row at its first TAB."""
    filled = lines.text.lengths > 0
    text, numbers, digests = lines.text[filled], lines.numbers[filled], lines.digests[filled]
    tabs = np.append(np.flatnonzero(text.data == 0x09), len(text.data))
    first = tabs[np.searchsorted(tabs, text.starts)]
    bare = first >= text.ends
    if bare.any():
        number = int(numbers[np.argmax(bare)]) + 1
        raise UserError(f"{path}, line {number}: no TAB; a .tsv row is key<TAB>text (plain lines: .txt)")
    data = text.data.tobytes()
    keys = [data[start:end] for start, end in zip(text.starts.tolist(), first.tolist())]
    return keys, Lines(Strings(text.data, first + 1, text.ends), numbers, digests)


def _no_duplicates(
    keys: list[bytes], digests: list[int], lines: Lines, seen: dict[int, int], path: str
) -> None:
    for key, digest, number in zip(keys, digests, lines.numbers.tolist()):
        before = seen.setdefault(digest, number)
        if before != number:
            name = key.decode()
            raise UserError(f"{path}: the key {name!r} of line {number + 1} is that of line {before + 1} too")
