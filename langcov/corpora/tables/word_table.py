"""Word tables: the counts of distinct words as a corpus format of their own (MEASURES, Word tables).

A header line ``language row place word count``, tab-separated, and rows of these; or, in a compact table,
``language place word uses``, where each word has one line (``uses``). ``place`` is
``start`` or ``inside`` (then the word stands for U+0020 + word). Before the header ``#alignment`` says
how its languages are aligned, ``#changed-runs language number`` how many runs of White_Space of the text
were not the one U+0020 that the table has, and a ``#row`` for each row of each language carries its digest,
its lines that are not empty and its label: ``#row language row digest lines label``, digest and label in hex.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Ints, Offsets
from langcov.core.failures import given
from langcov.corpora.base import MAX_LINE, Alignment, Provenance, ReadOptions, Source, WordCounts
from langcov.corpora.readers.decode import fix
from langcov.corpora.readers.streams import blocks, bounded, stamp, whole
from langcov.corpora.rows import DOCUMENT_ROWS
from langcov.errors import UserError
from langcov.text.count import nonspace_code_points
from langcov.text.distinct import distinct
from langcov.text.scan import find_lines
from langcov.text.strings import Strings

NO_ROW = "each of its rows needs a '#row' line, counted from 0"
TWICE = "a word is there twice in one place of one row"
MOST = 1 << 49
"""Bytes of the longest row times the rows: then each sum of a resample, of tokens too, stays below 2**53."""
HEADER = b"language\trow\tplace\tword\tcount\n"
COMPACT = b"language\tplace\tword\tuses\n"
_HEAD = re.compile(  # a line before it
    rb"#alignment\t(none|lines|keys)"
    rb"|#row\t[^\t]+\t\d{1,15}\t[\da-f]{1,16}\t\d{1,15}\t[\da-f]{1,16}"
    rb"|#changed-runs\t[^\t]+\t\d{1,15}"
)
_SECTIONS = re.compile(rb"(?P<language>[^\t\n]+)\t.*\n(?:(?P=language)\t.*\n)*")


class Table:
    """A word table, cut by language.

    Attributes:
        alignment: as its first line says, ``none`` where it doesn't.
        compact: whether each word has one line; then it is read as a stream (``word_stream``).
        counts: language to its rows of the table; of a compact one, nothing.
        rows: language to the fields of its ``#row`` lines.
        changed_runs: language to the number of its ``#changed-runs`` line, where there is one.
    """

    def __init__(self, path: str) -> None:
        head, header, body = opening(path).partition(COMPACT)
        self.compact = bool(header)
        if not self.compact:
            data, _ = fix(whole(path), 0, path, ReadOptions(), Provenance())
            head, header, body = data.partition(HEADER)
        if not header:
            raise UserError(f"{path} is no word table: it lacks the line 'language row place word count'")
        self.alignment: Alignment = "none"
        self.rows: dict[str, list[list[bytes]]] = {}
        self.changed_runs: dict[str, int] = {}
        said = set[bytes]()
        for number, line in enumerate(head.splitlines(), 1):
            kind, *fields = line.split(b"\t")
            what = line.rpartition(b"\t")[0]
            if not _HEAD.fullmatch(line) or what in said:
                shown = line[:60].decode(errors="replace")
                raise UserError(
                    f"{path}, line {number}: {shown!r} is no line of a word table, or there twice"
                )
            if kind == b"#row":
                self.rows.setdefault(fields[0].decode(), []).append(fields[1:])
                continue
            said.add(what)
            if kind == b"#alignment":
                self.alignment = cast(Alignment, fields[0].decode())
            else:
                self.changed_runs[fields[0].decode()] = int(fields[1])
        self.counts: dict[str, bytes] = {}
        if self.compact:
            self.counts = dict.fromkeys(self.rows, b"")
            return
        body = body if body.endswith(b"\n") else body + b"\n"
        at = 0
        while section := _SECTIONS.match(body, at):
            language = section["language"].decode()
            self.counts[language] = self.counts.get(language, b"") + section[0]
            at = section.end()
        if at < len(body):
            number = data.count(b"\n", 0, len(head) + len(header) + at) + 1
            raise UserError(f"{path}, line {number}: a row of five fields, separated by TAB, was expected")
        if not self.counts:
            raise UserError(f"{path} holds no words")
        for language in (self.rows | self.changed_runs).keys() - self.counts.keys():
            raise UserError(f"{path} has rows of {language} but no words: it is cut short, or was edited")


def opening(path: str) -> bytes:
    """How a table begins: its comments, and the line after them."""
    held = bytearray()
    for piece in bounded(blocks(path), MAX_LINE, path):
        held += piece
        lines = held.rfind(b"\n") + 1
        if any(line[:1] != b"#" for line in held[:lines].splitlines()[-1:]) or not held.startswith(b"#"):
            break
    return bytes(held)


def open_table(path: str) -> Table:
    """The table in a file; the last one opened is kept, as its languages are asked for one by one."""
    with given(path):
        return _open(path, stamp(path))


@lru_cache(maxsize=1)
def _open(path: str, when: tuple[int, ...] | None) -> Table:
    return Table(path)


def check_options(source: Source, options: ReadOptions) -> Table:
    """The table of a source, if it can be read so.

    Raises:
        UserError: no such table or language, or an option that a table can't follow.
    """
    if options.max_lines is not None:
        raise UserError(f"{source.path} is a word table, which has no first lines: leave out --max-lines")
    if options.normalize == "NFKC":
        raise UserError(f"{source.path} is a word table: NFKC can break words apart, so it needs the text")
    table = open_table(source.path)
    if source.language not in table.counts:
        known = ", ".join(sorted(table.counts))
        raise UserError(f"{source.path} has no {source.language} (there: {known})")
    return table


def parsed_table(source: Source, table: Table, options: ReadOptions, provenance: Provenance) -> WordCounts:
    """One language of a table that is not compact.

    Raises:
        UserError: a malformed row.
    """
    section = table.counts[source.language]
    rows = table.rows.get(source.language, [])
    provenance.sha256 = hashlib.sha256(section + row_lines(rows)).hexdigest()
    try:
        found = _parse(section, rows)
    except (ValueError, OverflowError) as problem:
        raise malformed(source, problem) from None
    return told(found, source, table, options, provenance)


def malformed(source: Source, problem: Exception) -> UserError:
    """The error for a table that can be of no text."""
    return UserError(f"{source.path}, {source.language}: {problem}; make it anew with condense")


def told(
    found: WordCounts, source: Source, table: Table, options: ReadOptions, provenance: Provenance
) -> WordCounts:
    """The same, normalised, with what the head of the table says; of that the provenance is told."""
    provenance.lines = int(found.lines.sum())
    found = replace(found, changed_runs=table.changed_runs.get(source.language))
    provenance.changed_runs, provenance.unsaid = found.changed_runs or 0, int(found.changed_runs is None)
    if options.normalize != "none":
        form = options.normalize
        words = Strings.of([unicodedata.normalize(form, word) for word in found.words])
        found = replace(found, words=words)
    return found


def row_lines(rows: list[list[bytes]]) -> bytes:
    """Fields of rows as lines, for a digest."""
    return b"".join(b"\t".join(fields) + b"\n" for fields in rows)


def row_facts(rows: list[list[bytes]]) -> WordCounts:
    """The labels, digests and lines of rows, without words.

    Raises:
        ValueError: they are not counted from 0.
    """
    if [int(fields[0]) for fields in rows] != list(range(len(rows))):
        raise ValueError(NO_ROW)
    none = np.zeros(0, np.int64)
    return WordCounts(
        Strings.of([]),
        *(none, none, none),
        np.array([int(fields[3], 16) for fields in rows], np.uint64),
        np.array([int(fields[1], 16) for fields in rows], np.uint64),
        np.array([int(fields[2]) for fields in rows], np.int64),
    )


def _parse(section: bytes, rows: list[list[bytes]]) -> WordCounts:
    text, _ = find_lines(np.frombuffer(section, np.uint8))
    data = text.data
    tabs = np.flatnonzero(data == 0x09)
    line = np.searchsorted(text.starts, tabs, "right") - 1
    if (np.bincount(line, minlength=len(text)) != 4).any():
        raise ValueError("a row of five fields, separated by TAB, was expected")
    row_tab, place_tab, word_tab, count_tab = tabs.reshape(-1, 4).T
    row = _integers(data, row_tab + 1, place_tab)
    count = _integers(data, count_tab + 1, text.ends)
    inside = places(data, place_tab + 1, word_tab)
    if (data[word_tab + 1] == 0x20).any():
        raise ValueError("a word begins with a space")
    # The TAB before an inside word becomes the U+0020 that it stands for.
    buffer = data.copy()
    buffer[word_tab[inside]] = 0x20
    words, word = distinct(Strings(buffer, word_tab + ~inside, count_tab))
    if len(row) and row.max() >= len(rows):
        raise ValueError(NO_ROW)
    table = replace(row_facts(rows), words=words, row=row, word=word, count=count)
    seen = Seen(table.lines, table.labels)
    pairs = np.sort(row * len(words) + word)
    if (pairs[1:] == pairs[:-1]).any():
        raise ValueError(TWICE)
    seen.add(table, inside[np.unique(word, return_index=True)[1]])
    seen.check()
    return table


class Seen:
    """What the counts of a table came to so far, by which it can be that of a text or not."""

    def __init__(self, lines: Ints, labels: NDArray[np.uint64]) -> None:
        """Nothing yet of a language whose rows have so many lines, int64 [rows], and these labels."""
        self._lines, self._labels = lines, labels
        self._starts = np.zeros(len(lines), np.int64)  # words at the start of a line
        self._sizes = np.zeros(len(lines))  # bytes of all words

    def add(self, table: WordCounts, inside: NDArray[np.bool_]) -> None:
        """Add some counts; ``inside`` says of each word whether it stands inside a line.

        Raises:
            ValueError: says what can't be.
        """
        if not table.count.all():
            raise ValueError("a count is 0")
        if not nonspace_code_points(table.words).all():
            raise ValueError("a word is empty")
        rows, first = len(self._lines), ~inside[table.word]
        self._starts += np.bincount(table.row[first], table.count[first], minlength=rows).astype(np.int64)
        sizes = table.count.astype(float) * table.words.lengths[table.word]
        self._sizes += np.bincount(table.row, sizes, minlength=rows)

    def check(self) -> None:
        """See that all of it can be.

        Raises:
            ValueError: says what can't be.
        """
        rows = len(self._lines)
        for wrong, problem in (
            (rows > DOCUMENT_ROWS, f"it has {rows} rows, {DOCUMENT_ROWS} are the most"),
            (rows * self._sizes.max(initial=0) >= MOST, "its counts are too large to be added up exactly"),
            (
                not self._lines.all() or (self._starts != self._lines).any(),
                "a row has other lines than starts of them",
            ),
            (len(np.unique(self._labels)) < rows, "two rows have the same label"),
        ):
            if wrong:
                raise ValueError(problem)


def places(data: Bytes, starts: Offsets, ends: Offsets) -> NDArray[np.bool_]:
    """Whether each place is ``inside``, bool [n]."""
    names, which = distinct(Strings(data, starts, ends))
    if not set(names) <= {"start", "inside"}:
        raise ValueError("place must be 'start' or 'inside'")
    return np.array([name == "inside" for name in names], bool)[which]


def _integers(data: Bytes, starts: Offsets, ends: Offsets) -> Offsets:
    """Decimal numbers in a buffer, int64 [n]."""
    lengths = ends - starts
    values = np.zeros(len(starts), np.int64)
    if (lengths < 1).any() or (lengths > 15).any():
        raise ValueError("a whole number is missing or too long")
    for place in range(int(lengths.max(initial=0))):
        there = place < lengths
        digits = data[starts[there] + place].astype(np.int64) - 0x30
        if (digits < 0).any() or (digits > 9).any():
            raise ValueError("row and count must be whole numbers")
        values[there] = values[there] * 10 + digits
    return values
