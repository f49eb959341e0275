"""One source counted by all tokenizers: read once, segmented once, each distinct word encoded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from langcov.core.arrays import Ints
from langcov.corpora.base import Lines, Provenance
from langcov.corpora.readers.formats import read
from langcov.corpora.tables.read import stream_words
from langcov.counting.batch import Batch, LineTokens
from langcov.counting.chunk import Chunk, Finder, line_tokens, special_texts
from langcov.counting.count_batch import (
    Tallied,
    count_letters_and_words,
    count_row_ids,
    count_text_of,
    count_tokens,
)
from langcov.counting.counters import count_each, text_columns, token_columns
from langcov.counting.distinct_words import WordTable, table_bytes
from langcov.counting.jobs import Counted, Job, Place
from langcov.counting.long_lines import Seen, apart, is_long, parts_of
from langcov.counting.perturbed import perturbed_tallies
from langcov.counting.sums import sum_by
from langcov.counting.table_counter import TableCounter
from langcov.counting.tally import FileTally
from langcov.counting.token_tally import SystemTally
from langcov.counting.uses import Uses
from langcov.counting.word_uses import WordUses
from langcov.errors import CannotDecode, CannotEncode
from langcov.text.perturb import Perturbation
from langcov.text.strings import Strings
from langcov.tokenizers import System

Tables = dict[tuple[Place, str], WordTable]
"""Of the words of a source and of each change to it."""
Finish = Callable[[System, LineTokens], None]
NOTHING = Finder(())
"""Of parts of a line that was looked through as a whole."""


def count_source(
    job: Job,
    systems: Sequence[System],
    progress: Callable[[int], None] = lambda _: None,
    tables: Tables | None = None,
) -> Counted:
    """Read a source once and count it with every tokenizer.

    Args:
        systems: the tokenizers; one that fails on a line is recorded as failed, the others go on.
        progress: called with the bytes of text just counted.
        tables: keeps what is known of words from one piece of a source to the next, for the same systems: a
            frequent word is then encoded once, not once a piece.
    """
    provenance = Provenance()
    tally: Tallied = FileTally(
        "", job.corpus.documents != "none" or job.source.format == "words", job.corpus.alignment != "none"
    )
    tally.words = WordUses() if job.keep_words else None
    tally.systems = {system.name: SystemTally() for system in systems}
    changes = perturbed_tallies(job, systems, tally)
    if job.source.format == "words":
        counted: list[tuple[Perturbation | None, TableCounter]] = [
            (None, TableCounter(systems, tally, job.source))
        ]
        counted += [(change, TableCounter(systems, perturbed, job.source)) for change, perturbed in changes]
        for table in stream_words(job.source, job.corpus, job.options, provenance):
            for change, words in counted:
                words.add(table, change)
            progress(len(table.words.data))
        for _, words in counted:
            words.finish()
    else:
        known = _taken(tables, job.place)
        counter = _LineCounter(job, systems, tally, known.get(""))
        others = [
            (change, _LineCounter(job, systems, perturbed, known.get(change.name)))
            for change, perturbed in changes
        ]
        for lines in read(job.source, job.corpus, job.options, provenance, job.part):
            counter.add(lines)
            for change, other in others:
                other.add(replace(lines, text=change(lines.text)))
            progress(len(lines.text.data))
        counter.flush()  # of changed text, ids and letters are not asked for
        if tables is not None and job.part is not None:
            named = [("", counter), *((change.name, other) for change, other in others)]
            tables |= {(job.place, name): one.table for name, one in named if one.is_sound()}
    tally.sha256 = provenance.sha256
    return Counted(tally, provenance)


def _taken(tables: Tables | None, place: Place) -> dict[str, WordTable]:
    """The tables of a source by change; nothing stays: one that is left in the middle is of no use."""
    found = {name: table for (of, name), table in (tables or {}).items() if of == place}
    if tables:
        tables.clear()
    return found


class _LineCounter:
    """Adds lines to a tally; the words of regular lines go through a table."""

    def __init__(
        self, job: Job, systems: Sequence[System], tally: Tallied, table: WordTable | None = None
    ) -> None:
        self.path, self.place, self.tally, self.systems = job.source.shown, job.source.place, tally, systems
        self.by_words = [s for s in systems if job.words_once and s.tokenizer.word_form is not None]
        # A line that one tokenizer reads as a whole goes whole to all of them: its figures are the same.
        self.special = Finder(text for s in self.by_words for text in special_texts(s.tokenizer))
        room = table_bytes(job.memory, len(systems), 1 + len(job.perturbations))
        self.table = table or WordTable(self.by_words, room)
        self.table.begin()

    def add(self, lines: Lines) -> None:
        """Count some lines."""
        for some in apart(lines):
            row = self.tally.place(some.numbers, some.documents, some.labels)
            columns = self.tally.columns
            for name, counter in text_columns().lines.items():
                np.add.at(columns[name], row, counter.counted(some, len(row)))
            if not self._add_in_parts(some, row):
                self._add_whole(Chunk(some.text, row, some.places, self.special))

    def _add_in_parts(self, lines: Lines, row: Ints) -> bool:
        """Count a long line that all tokenizers can be given word by word; says whether it was one."""
        text, able = lines.text, len(self.by_words) == len(self.systems)
        if not able or not is_long(text) or self.special.within(text).any() or not (parts := parts_of(text)):
            return False
        seen = {system.name: Seen() for system in self.systems}
        for number, part in enumerate(parts):
            chunk = Chunk(part, row, lines.places, NOTHING, goes_on=number > 0)
            self._count_words(chunk, lambda system, some: seen[system.name].add(some))
            self._make_room()
        for system in self._measurable(self.systems):
            self._attempt(system, self._count_line, seen[system.name].line(system.tokenizer, text), row)
        return True

    def _count_line(self, system: System, line: LineTokens, row: Ints) -> None:
        _count_lines(line, row, self._part(system))

    def _add_whole(self, chunk: Chunk) -> None:
        """Count lines that are held whole."""
        part = self._part
        self._count_words(
            chunk, lambda system, lines: _count_lines(lines, chunk.row[chunk.regular], part(system))
        )
        others, all_lines = chunk.filled & ~chunk.regular, None
        whole = chunk.lines(others)
        if len(whole):
            count_text_of(whole, self.tally)
        for system in self._measurable(self.systems):
            if system in self.by_words:
                self._attempt(system, self._count_whole, chunk, whole, np.flatnonzero(others))
            else:
                all_lines = all_lines or chunk.lines(chunk.filled)
                self._attempt(system, self._count_whole, chunk, all_lines, np.flatnonzero(chunk.filled))
        self._make_room()

    def _make_room(self) -> None:
        if self.table.is_full:
            self.flush()
            self.table.keep_frequent()

    def flush(self) -> None:
        """Add what is known of the words as a whole; those that were kept and not met again add nothing."""
        table = self.table
        met = np.flatnonzero(table.totals)
        count_letters_and_words(table.words[met].packed(), table.totals[met], self.tally)
        for system in self._measurable(self.by_words):
            encoded, ids = table.tokens[system.name].encoded, self._part(system).ids
            for run in encoded.runs():
                times = run.spread(table.totals)
                some = np.flatnonzero(times)
                ids.add(encoded.ids[run.items][some].astype(np.int64), times[some])
            word, change = table.tokens[system.name].changes
            some = np.flatnonzero(table.totals[word])
            self._part(system).changed.add(change[some], table.totals[word[some]])

    def is_sound(self) -> bool:
        """Whether the table has the tokens of all its words by all tokenizers."""
        return len(self._measurable(self.by_words)) == len(self.by_words)

    def _part(self, system: System) -> SystemTally:
        return self.tally.systems[system.name]

    def _measurable(self, systems: Sequence[System]) -> list[System]:
        return [system for system in systems if not self._part(system).failed]

    def _attempt(self, system: System, count: Callable[..., None], *args: Any) -> None:
        """Count with a tokenizer; if its library can't read its own tokens, that costs this one only."""
        try:
            count(system, *args)
        except CannotDecode as error:
            self._part(system).failed = f"{self.path}: {error}"

    def _fail(self, system: System, line: int, error: CannotEncode) -> None:
        self._part(system).failed = f"{self.place(line)}: {error.reason}"

    def _count_words(self, chunk: Chunk, finish: Finish) -> None:
        """Count the words of regular lines, which are finished as a whole then."""
        unit_word, fresh = self.table.add(chunk.units)
        unit_row = chunk.row[chunk.unit_line]
        uses = Uses(unit_row, unit_word, len(self.table.words))
        uses.add(text_columns().of_words(self.tally.text), self.table.counters)
        pairs = lru_cache(partial(_pairs, self.table.words, unit_row, unit_word))
        for system in self._measurable(self.by_words):
            self._attempt(system, self._count_units, chunk, fresh, uses, pairs, finish)

    def _count_units(
        self,
        system: System,
        chunk: Chunk,
        fresh: list[Batch],
        uses: Uses,
        pairs: Callable[[], Batch],
        finish: Finish,
    ) -> None:
        part, tokens = self._part(system), self.table.tokens[system.name]
        try:
            for batch in fresh:
                tokens.add(batch, system)
            part.missing |= tokens.missing
        except CannotEncode as error:
            new = len(tokens.exact) + error.index
            first = chunk.unit_line[np.flatnonzero(uses.word == new)[0]]
            self._fail(system, int(chunk.places[first]), error)
            return
        uses.add(token_columns().of_words(part.rows), tokens.counters)
        uses.add(part.digests[:, np.newaxis], tokens.digests)
        part.limit()
        if part.row_ids is not None:
            count_row_ids(pairs(), tokens.encoded, part)
        finish(system, self._regular_lines(chunk, uses, system))

    def _regular_lines(self, chunk: Chunk, uses: Uses, system: System) -> LineTokens:
        """The regular lines of a chunk, their tokens those of their words."""
        tokens, which = self.table.tokens[system.name], np.flatnonzero(chunk.regular)
        encoded = tokens.encoded
        spelled, unknown = np.ones(len(chunk.text), bool), np.zeros(len(chunk.text), bool)
        spelled[chunk.unit_line[uses.of(~tokens.exact[uses.words])]] = False
        unknown[chunk.unit_line[uses.of(tokens.unknown(uses.words))]] = True
        return LineTokens(
            system.tokenizer,
            chunk.text[which],
            lambda some: line_tokens(chunk, uses.word, which[some], encoded),
            spelled[which],
            unknown[which],
        )

    def _count_whole(self, system: System, chunk: Chunk, batch: Batch, which: Ints) -> None:
        part = self._part(system)
        if not len(which):
            return
        try:
            encoded = count_tokens(batch, system, part)
        except CannotEncode as error:
            self._fail(system, int(chunk.places[which[error.index]]), error)
            return
        none = np.zeros(len(which), bool)
        lines = LineTokens(system.tokenizer, batch.strings, encoded.__getitem__, none, none)
        _count_lines(lines, batch.row, part)


def _count_lines(lines: LineTokens, row: Ints, part: SystemTally) -> None:
    """Add the counters that take lines as a whole to the rows of these."""
    counted, missing = count_each(token_columns().lines, lines, len(lines))
    part.missing |= missing
    columns = part.columns
    for name, values in counted.items():
        columns[name] += sum_by(row, values, len(part.rows))


def _pairs(words: Strings, row: Ints, word: Ints) -> Batch:
    """How often each word stands in each row."""
    pair, count = np.unique(row * len(words) + word, return_counts=True)
    return Batch(words, *np.divmod(pair, max(1, len(words))), count, lines=False)
