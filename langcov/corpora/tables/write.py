"""Word tables written, as they come: sorted by language, word and row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.core.files import replacing
from langcov.core.work import Progress
from langcov.corpora.base import Alignment
from langcov.corpora.readers.streams import bare, compressing
from langcov.corpora.tables.sorted_counts import Counts
from langcov.corpora.tables.uses import written
from langcov.corpora.tables.word_table import COMPACT, HEADER
from langcov.errors import UserError


@dataclass(frozen=True, eq=False)
class TableRows:
    """What a table says of the rows of a language, and of its text (``WordCounts``)."""

    labels: NDArray[np.uint64]
    digests: NDArray[np.uint64]
    lines: Ints
    changed_runs: int | None

    def text(self, language: str) -> str:
        """Its lines before the counts."""
        fields = zip(self.digests.tolist(), self.lines.tolist(), self.labels.tolist())
        return "".join(
            f"#row\t{language}\t{row}\t{digest:016x}\t{lines}\t{label:x}\n"
            for row, (digest, lines, label) in enumerate(fields)
        )


@dataclass(frozen=True, eq=False)
class Written:
    """One language of a table that is to be written."""

    rows: TableRows
    counts: Iterator[Counts]


def check_target(path: Path) -> None:
    """See, before all is counted, that a table may be written there.

    Raises:
        UserError: the name doesn't end like a word table's, or there is no such folder.
    """
    if not bare(str(path)).endswith(".words.tsv"):
        raise UserError(f"{path}: a word table is called X.words.tsv, or that with .xz, .zst or .gz")
    if not path.parent.is_dir():
        raise UserError(f"{path}: cannot be written, there is no folder {path.parent}")


def write_words(
    path: Path, tables: Mapping[str, Written], alignment: Alignment, compact: bool, progress: Progress
) -> int:
    """Write a word table, compressed as its suffix says; the same counts give the same bytes.

    Returns:
        How many counts of a word in a row it has.
    """
    check_target(path)
    runs = "".join(
        f"#changed-runs\t{language}\t{tables[language].rows.changed_runs}\n" for language in sorted(tables)
    )
    rows = "".join(tables[language].rows.text(language) for language in sorted(tables))
    head = f"#alignment\t{alignment}\n{runs}{rows}".encode() + (COMPACT if compact else HEADER)
    entries, form = 0, _words if compact else _counts
    progress.start(len(tables), "writing the table")
    try:
        with replacing(path.resolve()) as file, compressing(str(path), file, gzip_level=9) as packed:
            packed.write(head)
            for language in sorted(tables):
                for block in tables[language].counts:
                    text = form(language.encode(), block)
                    packed.write(text)
                    entries += len(block.count)
                    progress.advance(language, len(text))
                progress.finish(language)
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror}); name another file") from error
    return entries


def _counts(language: bytes, block: Counts) -> bytes:
    """A line for each word in each row."""
    words = [word.encode() for word in block.words]
    fields = zip(block.row.tolist(), block.word.tolist(), block.count.tolist())
    return b"".join(
        b"%b\t%d\t%b\t%b\t%d\n" % (language, row, _place(words[i]), words[i].removeprefix(b" "), count)
        for row, i, count in fields
    )


def _words(language: bytes, block: Counts) -> bytes:
    """A line for each word, with all of its rows."""
    starts = np.searchsorted(block.word, np.arange(len(block.words) + 1))
    characters, at = written(starts, block.row, block.count)
    uses = characters.tobytes()
    return b"".join(
        b"%b\t%b\t%b\t%b\n" % (language, _place(word), word.removeprefix(b" "), uses[start:end])
        for word, (start, end) in zip((word.encode() for word in block.words), pairwise(at.tolist()))
    )


def _place(word: bytes) -> bytes:
    return b"inside" if word[:1] == b" " else b"start"
