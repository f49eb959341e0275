"""Word tables: the counts of distinct words as a corpus format of their own (MEASURES, Word tables).

A header line ``language row place word count``, tab-separated, and rows of these. ``place`` is
``start`` or ``inside`` (then the word stands for U+0020 + word). Before the header ``#alignment`` says
how its languages are aligned, ``#changed-runs language number`` how many runs of White_Space of the text
were not the one U+0020 that the table has, and a ``#row`` for each row of each language carries its digest,
its lines that are not empty and its label: ``#row language row digest lines label``, digest and label in hex.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Ints, Offsets
from langcov.core.failures import given
from langcov.core.files import write_whole
from langcov.corpora.base import Alignment, Corpus, Provenance, ReadOptions, Source, WordCounts
from langcov.corpora.readers.decode import fix
from langcov.corpora.readers.streams import bare, compressed, stamp, whole
from langcov.corpora.rows import DOCUMENT_ROWS
from langcov.errors import UserError
from langcov.text.count import nonspace_code_points
from langcov.text.distinct import distinct
from langcov.text.scan import find_lines
from langcov.text.strings import Strings

MOST = 1 << 49
"""Bytes of the longest row times the rows: then each sum of a resample, of tokens too, stays below 2**53."""
HEADER = b"language\trow\tplace\tword\tcount\n"
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
        counts: language to its rows of the table.
        rows: language to the fields of its ``#row`` lines.
        changed_runs: language to the number of its ``#changed-runs`` line, where there is one.
    """

    def __init__(self, path: str) -> None:
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


def open_table(path: str) -> Table:
    """The table in a file; the last one opened is kept, as its languages are asked for one by one."""
    with given(path):
        return _open(path, stamp(path))


@lru_cache(maxsize=1)
def _open(path: str, when: tuple[int, ...] | None) -> Table:
    return Table(path)


def read_words(source: Source, corpus: Corpus, options: ReadOptions, provenance: Provenance) -> WordCounts:
    """One language of a word table.

    Args:
        options: ``normalize`` applies to the words; ``max_lines`` has no meaning here.
        provenance: filled in; its sha256 is of this language's part of the table.

    Raises:
        UserError: no such table or language, a malformed row, or an option that a table can't follow.
    """
    if options.max_lines is not None:
        raise UserError(f"{source.path} is a word table, which has no first lines: leave out --max-lines")
    if options.normalize == "NFKC":
        raise UserError(f"{source.path} is a word table: NFKC can break words apart, so it needs the text")
    table = open_table(source.path)
    if source.language not in table.counts:
        known = ", ".join(sorted(table.counts))
        raise UserError(f"{source.path} has no {source.language} (there: {known})")
    section = table.counts[source.language]
    rows = table.rows.get(source.language, [])
    provenance.sha256 = _sha256(section, rows)
    try:
        found = _parse(section, rows)
    except (ValueError, OverflowError) as problem:
        raise UserError(f"{source.path}, {source.language}: {problem}; make it anew with condense") from None
    provenance.lines = int(found.lines.sum())
    found = replace(found, changed_runs=table.changed_runs.get(source.language))
    provenance.changed_runs, provenance.unsaid = found.changed_runs or 0, int(found.changed_runs is None)
    if options.normalize != "none":
        form = options.normalize
        words = Strings.of([unicodedata.normalize(form, word) for word in found.words])
        found = replace(found, words=words)
    return found


def _sha256(section: bytes, rows: list[list[bytes]]) -> str:
    return hashlib.sha256(section + b"".join(b"\t".join(fields) + b"\n" for fields in rows)).hexdigest()


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
    inside = _places(data, place_tab + 1, word_tab)
    if (data[word_tab + 1] == 0x20).any():
        raise ValueError("a word begins with a space")
    # The TAB before an inside word becomes the U+0020 that it stands for.
    buffer = data.copy()
    buffer[word_tab[inside]] = 0x20
    words, word = distinct(Strings(buffer, word_tab + ~inside, count_tab))
    if [int(fields[0]) for fields in rows] != list(range(len(rows))) or (len(row) and row.max() >= len(rows)):
        raise ValueError("each of its rows needs a '#row' line, counted from 0")
    table = WordCounts(
        words=words,
        row=row,
        word=word,
        count=count,
        labels=np.array([int(fields[3], 16) for fields in rows], np.uint64),
        digests=np.array([int(fields[1], 16) for fields in rows], np.uint64),
        lines=np.array([int(fields[2]) for fields in rows], np.int64),
    )
    starts = np.bincount(row[~inside], count[~inside], minlength=len(rows))
    _check(table, starts.astype(np.int64))
    return table


def _check(table: WordCounts, starts: Ints) -> None:
    """See that a table can be that of a text.

    Args:
        starts: words at the start of a line, of each row, int64 [rows].

    Raises:
        ValueError: says what can't be.
    """
    rows = len(table.lines)
    pairs = np.sort(table.row * len(table.words) + table.word)
    longest = np.bincount(table.row, table.count.astype(float) * table.words.lengths[table.word]).max()
    for wrong, problem in (
        (rows > DOCUMENT_ROWS, f"it has {rows} rows, {DOCUMENT_ROWS} are the most"),
        (rows * longest >= MOST, "its counts are too large to be added up exactly"),
        (not table.count.all(), "a count is 0"),
        (not table.lines.all() or (starts != table.lines).any(), "a row has other lines than starts of them"),
        (len(np.unique(table.labels)) < rows, "two rows have the same label"),
        ((pairs[1:] == pairs[:-1]).any(), "a word is there twice in one place of one row"),
        (not nonspace_code_points(table.words).all(), "a word is empty"),
    ):
        if wrong:
            raise ValueError(problem)


def _places(data: Bytes, starts: Offsets, ends: Offsets) -> NDArray[np.bool_]:
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


def check_target(path: Path) -> None:
    """See, before all is counted, that a table may be written there.

    Raises:
        UserError: the name doesn't end like a word table's, or there is no such folder.
    """
    if not bare(str(path)).endswith(".words.tsv"):
        raise UserError(f"{path}: a word table is called X.words.tsv, or that with .xz, .zst or .gz")
    if not path.parent.is_dir():
        raise UserError(f"{path}: cannot be written, there is no folder {path.parent}")


def write_words(path: Path, tables: Mapping[str, WordCounts], alignment: Alignment) -> None:
    """Write a word table, compressed as its suffix says; the same counts give the same bytes."""
    check_target(path)
    rows = "".join(_row_lines(language, tables[language]) for language in sorted(tables))
    body = b"".join(_count_lines(language, tables[language]) for language in sorted(tables))
    runs = "".join(
        f"#changed-runs\t{language}\t{tables[language].changed_runs}\n"
        for language in sorted(tables)
        if tables[language].changed_runs is not None
    )
    table = f"#alignment\t{alignment}\n{runs}{rows}".encode() + HEADER + body
    write_whole(path, compressed(str(path), table))


def _row_lines(language: str, table: WordCounts) -> str:
    fields = zip(table.digests.tolist(), table.lines.tolist(), table.labels.tolist())
    return "".join(
        f"#row\t{language}\t{row}\t{digest:016x}\t{lines}\t{label:x}\n"
        for row, (digest, lines, label) in enumerate(fields)
    )


def _count_lines(language: str, table: WordCounts) -> bytes:
    words = [word.encode() for word in table.words]
    rank = np.empty(len(words), np.int64)
    rank[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words))
    order = np.lexsort((table.row, rank[table.word]))
    fields = zip(table.row[order].tolist(), table.word[order].tolist(), table.count[order].tolist())
    name = language.encode()
    return b"".join(
        b"%b\t%d\t%b\t%b\t%d\n"
        % (name, row, b"inside" if words[i][:1] == b" " else b"start", words[i].removeprefix(b" "), count)
        for row, i, count in fields
    )
