"""Word tables read: all words of a language at once, or some at a time, whatever the size of the table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from langcov.core.arrays import Bools
from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source, WordCounts
from langcov.corpora.readers.file import File
from langcov.corpora.tables import word_table
from langcov.corpora.tables.sorted_counts import by_bytes
from langcov.corpora.tables.uses import parsed
from langcov.corpora.tables.word_table import COMPACT, NO_ROW, Seen, check_options, malformed
from langcov.errors import UserError
from langcov.text.distinct import distinct
from langcov.text.scan import find_lines
from langcov.text.strings import Strings

AT_ONCE = 2 << 20  # bytes of a compact table that are read at once: some 50,000 words


def read_words(source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance) -> WordCounts:
    """One language of a word table.

    Args:
        options: ``normalize`` applies to the words; ``max_lines`` has no meaning here.
        provenance: filled in; its sha256 is of this language's part of the table.

    Raises:
        UserError: no such table or language, a malformed row, or an option that a table can't follow.
    """
    found = list(stream_words(source, corpus, options, provenance))
    return found[0] if len(found) == 1 else _joined(found)


def stream_words(
    source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance
) -> Iterator[WordCounts]:
    """The same, of a compact table some words at a time: each has all rows, and its own counts.

    Args:
        options, provenance: as of ``read_words``; complete at the end.

    Raises:
        UserError: as ``read_words``; what can't be said before, at the end.
    """
    table = check_options(source, options)
    if not table.compact:
        yield word_table.parsed_table(source, table, options, provenance)
        return
    rows, digest = table.rows[source.language], hashlib.sha256()
    try:
        facts = word_table.row_facts(rows)
        seen = Seen(facts.lines, facts.labels)
        for found, inside in _batches(source, digest, facts):
            seen.add(found, inside)
            yield word_table.told(found, source, table, options, provenance)
        seen.check()
    except (ValueError, OverflowError) as problem:
        raise malformed(source, problem) from None
    digest.update(word_table.row_lines(rows))
    provenance.sha256 = digest.hexdigest()


def _batches(source: Source, digest: hashlib._Hash, facts: WordCounts) -> Iterator[tuple[WordCounts, Bools]]:
    """Some words of a language at a time, in order, and which of them stand inside a line."""
    last, wanted, body = b"", source.language.encode() + b"\t", False
    for block in File(Source("", source.path, "txt"), ReadOptions(chunk_bytes=AT_ONCE)).lines():
        data = block.data if block.data.endswith(b"\n") else block.data + b"\n"
        if not body:
            _, header, data = data.partition(COMPACT)
            body = bool(header)
        if not (section := _section(data, wanted)):
            continue
        if section.count(b"\n" + wanted) + 1 < section.count(b"\n"):
            raise ValueError("a line of another language, or of none, stands among its own")
        digest.update(section)
        found, inside = _parse(section, facts)
        order = by_bytes(found.words)
        ends = found.words[order[[0, -1]]]
        first, final = (word.encode() for word in ends)
        if (np.diff(order) != 1).any() or first <= last or len(distinct(found.words)[0]) < len(order):
            raise ValueError("its words are not in order, or one is there twice")
        last = final
        yield found, inside


def _section(data: bytes, wanted: bytes) -> bytes:
    """The lines of a language among whole lines: they stand together."""
    start = 0 if data.startswith(wanted) else data.find(b"\n" + wanted) + 1
    if not data.startswith(wanted, start):
        return b""
    last = data.rfind(b"\n" + wanted) + 1
    return data[start : data.index(b"\n", max(start, last)) + 1]


def _parse(section: bytes, facts: WordCounts) -> tuple[WordCounts, Bools]:
    text, _ = find_lines(np.frombuffer(section, np.uint8))
    data = text.data
    tabs = np.flatnonzero(data == 0x09)
    line = np.searchsorted(text.starts, tabs, "right") - 1
    if (np.bincount(line, minlength=len(text)) != 3).any():
        raise ValueError("a line of four fields, separated by TAB, was expected")
    place_tab, word_tab, uses_tab = tabs.reshape(-1, 3).T
    inside = word_table.places(data, place_tab + 1, word_tab)
    if (data[word_tab + 1] == 0x20).any():
        raise ValueError("a word begins with a space")
    word, row, count = parsed(Strings(data, uses_tab + 1, text.ends))
    if len(row) and row.max() >= len(facts.lines):
        raise ValueError(NO_ROW)
    # The TAB before an inside word becomes the U+0020 that it stands for.
    buffer = data.copy()
    buffer[word_tab[inside]] = 0x20
    words = Strings(buffer, word_tab + ~inside, uses_tab)
    return replace(facts, words=words, row=row, word=word, count=count), inside


def _joined(parts: list[WordCounts]) -> WordCounts:
    """All words at once."""
    if not parts:
        raise UserError("a word table without words")
    packed = [part.words.packed() for part in parts]
    shifts = np.cumsum([0, *(len(words.data) for words in packed)])
    before = np.cumsum([0, *(len(words) for words in packed)])
    words = Strings(
        np.concatenate([words.data for words in packed]),
        np.concatenate([words.starts + shift for words, shift in zip(packed, shifts)]),
        np.concatenate([words.ends + shift for words, shift in zip(packed, shifts)]),
    )
    return replace(
        parts[0],
        words=words,
        row=np.concatenate([part.row for part in parts]),
        word=np.concatenate([part.word + first for part, first in zip(parts, before)]),
        count=np.concatenate([part.count for part in parts]),
    )
