"""From running text to a word table: counts that can be shared where the text can not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints, grown
from langcov.core.work import Progress
from langcov.corpora.align import check_lines
from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source
from langcov.corpora.readers.formats import WORDS, read_told
from langcov.corpora.readers.streams import changed
from langcov.corpora.rows import DOCUMENT_ROWS, LINE_ROWS, apart, row_of, shift_for
from langcov.corpora.tables.sorted_counts import SortedCounts
from langcov.corpora.tables.write import TableRows, Written, check_target, write_words
from langcov.errors import UserError
from langcov.text.strings import Strings
from langcov.text.units import collapse, cut

PUBLIC = frozenset({"CC0-1.0", "LicenseRef-public-domain", "public domain"})
"""Licences under which a row may be as short as it comes."""
LEAST_LINES = 25
LEAST_WORDS = 300

Labels = NDArray[np.uint64]


@dataclass(frozen=True)
class Summary:
    """What ``condense`` did."""

    lines: int  # lines that are not empty
    words: int  # running words counted
    entries: int  # rows of counts in the table
    rows: Mapping[str, int]  # language to its resampling rows
    changed_runs: int  # runs of White_Space that were not one U+0020 between two words
    sha256: Mapping[str, Sequence[str]]  # language to the sha256 of each decoded text that was counted


def condense(
    corpus: Corpus,
    out: Path,
    options: ReadOptions | None = None,
    *,
    compact: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Write the word table of a corpus; the same text and options give the same bytes.

    It is sorted and added up on disk, beside the table: memory does not grow with the text.

    Runs of White_Space become one U+0020 and are trimmed at both ends of a line. A row is a document
    or a run of lines, as everywhere (MEASURES, Rows). Where the licence is not one of ``PUBLIC``,
    neighbouring rows are joined until each holds 25 lines and 300 words, in an aligned corpus in all
    languages alike, so that no sentence can be put together again.

    Args:
        out: ``X.words.tsv``, also ``.xz``, ``.zst`` or ``.gz``.
        compact: each word on one line with all of its rows: a tenth of the size where a text is large.

    Raises:
        UserError: the text can't be read, is too little to be shared, or the table can't be written.
    """
    options, progress = options or ReadOptions(), progress or Progress()
    check_target(out)
    if any(source.format == WORDS for source in corpus.sources):
        raise UserError(f"{corpus.name} is a word table already")
    progress.start(len(corpus.sources))
    surveys = {source: _survey(source, corpus, options, progress) for source in corpus.sources}
    check_lines(corpus, ((source, survey.lines) for source, survey in surveys.items()))
    aligned = corpus.alignment != "none"
    counts = {language: _LanguageCounts(SortedCounts(out.parent), aligned) for language in corpus.languages}
    shifts = _shifts(corpus, surveys)
    progress.start(len(corpus.sources), "counting words")
    for language, count in counts.items():
        for source in _in_order(corpus, language, surveys):
            sha256 = count.read(source, corpus, options, shifts[language], progress)
            if sha256 != surveys[source].sha256:
                raise changed(source.path)
        count.counts.write()
    together = [list(counts)] if aligned else [[language] for language in counts]
    tables: dict[str, Written] = {}
    for languages in together:
        chosen = {language: counts[language] for language in languages}
        least = (0, 0) if corpus.licence in PUBLIC else (LEAST_LINES, LEAST_WORDS)
        group_of = _groups(chosen, *least)
        tables |= {language: count.table(group_of) for language, count in chosen.items()}
    entries = write_words(out, tables, corpus.alignment, compact, progress)
    return Summary(
        lines=sum(int(table.rows.lines.sum()) for table in tables.values()),
        words=sum(int(count.words.sum()) for count in counts.values()),
        entries=entries,
        rows={language: len(table.rows.lines) for language, table in tables.items()},
        changed_runs=sum(count.changed for count in counts.values()),
        sha256={
            language: [surveys[source].sha256 for source in _in_order(corpus, language, surveys)]
            for language in counts
        },
    )


@dataclass
class _Survey:
    lines: int
    units: int
    sha256: str


def _survey(source: Source, corpus: Corpus, options: ReadOptions, progress: Progress) -> _Survey:
    """Read a source once to know its lines, its documents and its content."""
    provenance = Provenance()
    documents = -1
    for lines in read_told(source, corpus, options, provenance, progress):
        if lines.documents is not None:
            documents = max(documents, int(lines.documents.max(initial=-1)))
    units = documents + 1 if corpus.documents != "none" else provenance.lines
    return _Survey(provenance.lines, units, provenance.sha256)


def _shifts(corpus: Corpus, surveys: Mapping[Source, _Survey]) -> dict[str, int]:
    limit = LINE_ROWS if corpus.documents == "none" else DOCUMENT_ROWS
    shifts = dict.fromkeys(corpus.languages, 0)
    for language in shifts:
        shifts[language] = shift_for(sum(surveys[s].units for s in surveys if s.language == language), limit)
    return shifts if corpus.alignment == "none" else dict.fromkeys(shifts, max(shifts.values()))


def _in_order(corpus: Corpus, language: str, surveys: Mapping[Source, _Survey]) -> list[Source]:
    """A language's files by content; aligned ones in the order of the card, which pairs them."""
    mine = [source for source in corpus.sources if source.language == language]
    return mine if corpus.alignment != "none" else sorted(mine, key=lambda source: surveys[source].sha256)


@dataclass
class _LanguageCounts:
    """Words of one language by row, before rows are joined."""

    counts: SortedCounts
    aligned: bool
    # labels, lines, digests, words: of each row so far; an unaligned row's label is its index
    labels: Labels = field(default_factory=lambda: np.zeros(0, np.uint64))
    lines: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    digests: Labels = field(default_factory=lambda: np.zeros(0, np.uint64))
    words: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    changed: int = 0  # runs of White_Space that were changed
    files: int = 0

    def read(
        self, source: Source, corpus: Corpus, options: ReadOptions, shift: int, progress: Progress
    ) -> str:
        """Add a file, its rows after those of the files before it; returns the sha256 of its text."""
        offset = len(self.lines)
        provenance = Provenance()
        for lines in read_told(source, corpus, options, provenance, progress):
            text, changed_runs = collapse(lines.text)
            self.changed += changed_runs
            address = lines.numbers if lines.documents is None else lines.documents
            row = row_of(address, shift) + offset
            self._reach(int(row.max(initial=-1)) + 1)
            if lines.labels is not None and self.aligned:
                leads = address == row_of(address, shift) << shift
                self.labels[row[leads]] = lines.labels[leads]
            self._add(text, row, lines)
        if not self.aligned:
            self.digests[offset:] += apart(self.files)
        self.files += 1
        return provenance.sha256

    def _reach(self, rows: int) -> None:
        """Have rows up to this many."""
        new = np.arange(len(self.lines), rows)
        self.labels = np.concatenate([self.labels, new.astype(np.uint64)])
        self.digests = np.concatenate([self.digests, np.zeros(len(new), np.uint64)])
        self.lines, self.words = grown(self.lines, len(new)), grown(self.words, len(new))

    def _add(self, text: Strings, row: Ints, lines: Lines) -> None:
        filled = text.lengths > 0
        np.add.at(self.lines, row[filled], 1)
        np.add.at(self.digests, row[filled], lines.digests[filled])
        pieces = cut(text)
        self.words += np.bincount(row[pieces.line], minlength=len(self.words))
        self.counts.add(pieces.units, row[pieces.line])

    def table(self, group_of: Mapping[int, int]) -> Written:
        """The counts with rows joined; ``group_of`` maps the label of a row to that of its group."""
        group = np.array([group_of[label] for label in self.labels.tolist()], np.uint64)
        used = self.lines > 0
        labels, first, place = np.unique(group[used], return_index=True, return_inverse=True)
        order = np.argsort(np.argsort(first))
        new_row = np.zeros(len(group), np.int64)
        new_row[used] = order[place]
        lines = np.zeros(len(labels), np.int64)
        digests = np.zeros(len(labels), np.uint64)
        np.add.at(lines, new_row[used], self.lines[used])
        np.add.at(digests, new_row[used], self.digests[used])
        rows = TableRows(labels[np.argsort(first)], digests, lines, self.changed)
        return Written(rows, (block.in_rows(new_row) for block in self.counts.merged()))


def _groups(counts: Mapping[str, _LanguageCounts], least_lines: int, least_words: int) -> dict[int, int]:
    """Label of each row → label of the first row of its group, the same in all languages.

    A group is closed once every language has enough in it; what is left over joins the last group.
    """
    amounts = {
        name: dict(zip(count.labels.tolist(), zip(count.lines.tolist(), count.words.tolist())))
        for name, count in counts.items()
    }
    labels = dict.fromkeys(label for rows in amounts.values() for label in rows)
    groups: list[list[int]] = [[]]
    held = dict.fromkeys(counts, (0, 0))
    for label in labels:
        groups[-1].append(label)
        for name, rows in amounts.items():
            lines, words = rows.get(label, (0, 0))
            held[name] = held[name][0] + lines, held[name][1] + words
        if all(lines >= least_lines and words >= least_words for lines, words in held.values()):
            groups.append([])
            held = dict.fromkeys(counts, (0, 0))
    rest = groups.pop()
    if not groups and rest:
        short = min(held, key=lambda name: held[name])
        raise UserError(
            f"{short} has only {held[short][0]} lines and {held[short][1]} words: a table of text not in "
            f"the public domain needs {least_lines} and {least_words} a row (its card can say that it is)"
        )
    if groups:
        groups[-1] += rest
    joined = 1 << shift_for(len(groups), DOCUMENT_ROWS)
    groups = [list(chain(*groups[at : at + joined])) for at in range(0, len(groups), joined)]
    return {label: group[0] for group in groups for label in group}
