"""One source counted by all tokenizers: read once, segmented once, each distinct word encoded once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from langcov.corpora import Part, read, read_words
from langcov.corpora.base import Corpus, Lines, Provenance, ReadOptions, Source, WordCounts
from langcov.counters import Batch, token_counters
from langcov.errors import CannotEncode
from langcov.spans import token_spans
from langcov.tally import TEXT_COUNTERS, TOKEN_COUNTERS, FileTally, SystemTally, sum_by
from langcov.text.letters import letters
from langcov.text.strings import Strings, ranges
from langcov.text.units import cut, distinct
from langcov.tokenizers import System
from langcov.tokenizers.base import Encoded

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FROM_WORDS = "a word table holds no lines"
NO_DECODER = "the tokenizer can't decode"


@dataclass
class Job:
    """A source to count, or a part of one, and how."""

    corpus: Corpus
    source: Source
    options: ReadOptions
    words_once: bool = True
    part: Part | None = None


@dataclass(eq=False)
class Counted:
    """What came of a job."""

    tally: FileTally
    provenance: Provenance


@dataclass(eq=False)
class Chunk:
    """Lines read together, with what all tokenizers share of them."""

    text: Strings
    row: Ints
    numbers: Ints
    units: Strings = field(init=False)
    unit_line: Ints = field(init=False)
    unit_string: Ints = field(init=False)
    regular: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.text.packed()
        pieces = cut(self.text)
        self.regular, self.unit_line = pieces.regular, pieces.line
        units, self.unit_string = distinct(pieces.units)
        self.units = units.packed()
        self.filled = self.text.lengths > 0
        self.words = self.word_batch(np.ones(len(self.text), bool))
        self.others = self.line_batch(self.filled & ~self.regular)

    def word_batch(self, which: Bools) -> Batch:
        """The distinct words of the regular lines among ``which``."""
        chosen = which[self.unit_line]
        pair = self.row[self.unit_line[chosen]] * len(self.units) + self.unit_string[chosen]
        pair, count = np.unique(pair, return_counts=True)
        row, string = np.divmod(pair, max(1, len(self.units)))
        return Batch(self.units, row, string, count, lines=False)

    def line_batch(self, which: Bools) -> Batch:
        """Whole lines."""
        index = np.flatnonzero(which)
        ones = np.ones(len(index), np.int64)
        return Batch(self.text[which].packed(), self.row[which], np.arange(len(index)), ones, lines=True)

    def batches(self, system: System, words_once: bool) -> list[tuple[Batch, Ints]]:
        """What this tokenizer has to encode: distinct words where that is proved, else whole lines.

        Returns:
            Batches, each with the indices of the lines that it stands for, int64.
        """
        if not words_once or system.tokenizer.word_form is None:
            return [(self.line_batch(self.filled), np.flatnonzero(self.filled))]
        special = self.lines_with(system.tokenizer.whole_line_texts)
        if not special.any():
            words, others = self.words, self.others
        else:
            words = self.word_batch(~special)
            others = self.line_batch(self.filled & (special | ~self.regular))
        return [
            (words, np.flatnonzero(self.regular & ~special)),
            (others, np.flatnonzero(self.filled & (special | ~self.regular))),
        ]

    def lines_with(self, texts: Sequence[str]) -> Bools:
        """Lines that hold one of the strings."""
        found = np.zeros(len(self.text), bool)
        wanted = [text.encode() for text in texts if text]
        if wanted:
            pattern = re.compile(b"|".join(re.escape(text) for text in wanted))
            hits = [match.start() for match in pattern.finditer(self.text.data.data)]
            found[np.searchsorted(self.text.starts, np.array(hits, np.int64), "right") - 1] = True
        return found


def count_source(
    job: Job, systems: Sequence[System], progress: Callable[[int], None] = lambda _: None
) -> Counted:
    """Read a source once and count it with every tokenizer.

    Args:
        job: what to read.
        systems: the tokenizers; one that fails on a line is recorded as failed, the others go on.
        progress: called with the bytes of text just counted.
    """
    provenance = Provenance()
    tally = FileTally("", documents=job.corpus.documents != "none" or job.source.format == "words")
    tally.systems = {system.name: SystemTally() for system in systems}
    if job.source.format == "words":
        table = read_words(job.source, job.corpus, job.options, provenance)
        _count_table(table, systems, tally, job.source)
        progress(len(table.words.data))
    else:
        for lines in read(job.source, job.corpus, job.options, provenance, job.part):
            _count_lines(lines, systems, tally, job)
            progress(len(lines.text.data))
    tally.sha256 = provenance.sha256
    return Counted(tally, provenance)


def _count_lines(lines: Lines, systems: Sequence[System], tally: FileTally, job: Job) -> None:
    address = lines.numbers if lines.documents is None else lines.documents
    chunk = Chunk(lines.text, tally.rows(address), lines.numbers)
    if lines.labels is not None:
        leads = address == chunk.row << tally.shift
        tally.labels[chunk.row[leads]] = lines.labels[leads]
    filled, n_rows = chunk.filled, len(tally.text)
    text = _columns(tally.text)
    text["lines"] += np.bincount(chunk.row[filled], minlength=n_rows)
    text["empty_lines"] += np.bincount(chunk.row[~filled], minlength=n_rows)
    np.add.at(text["digest"], chunk.row[filled], lines.digests[filled].view(np.int64))
    for batch in (chunk.words, chunk.others):
        _count_text(batch, tally)
    for system in systems:
        part = tally.systems[system.name]
        if part.failed:
            continue
        for batch, which in chunk.batches(system, job.words_once):
            try:
                encoded, exact = _count_tokens(batch, system, part)
            except CannotEncode as error:
                line = int(chunk.numbers[which[error.index]]) if batch.lines else None
                where = job.source.path if line is None else f"{job.source.path}, line {line + 1}"
                part.failed = f"{where}: {error.reason}"
                break
            good = _round_trips(chunk, batch, which, system, encoded, exact)
            if good is None:
                part.missing["round_trip"] = NO_DECODER
            else:
                rows = _columns(part.rows, TOKEN_COUNTERS)
                rows["round_trip"] += np.bincount(chunk.row[which[good]], minlength=n_rows)


def _count_table(table: WordCounts, systems: Sequence[System], tally: FileTally, source: Source) -> None:
    n_rows = len(table.labels)
    tally.reach(n_rows)
    tally.labels[:] = table.labels
    text = _columns(tally.text)
    text["lines"] += table.lines
    text["digest"] += table.digests.view(np.int64)
    batch = Batch(table.words.packed(), table.row, table.word, table.count, lines=False)
    _count_text(batch, tally)
    for system in systems:
        part = tally.systems[system.name]
        part.failed = _table_refusal(batch.strings, system)
        if part.failed:
            continue
        try:
            _count_tokens(batch, system, part)
        except CannotEncode as error:
            word = batch.strings[error.index : error.index + 1].to_list()[0]
            part.failed = f"{source.path}, word {word.strip()[:40]!r}: {error.reason}"
        part.missing["round_trip"] = FROM_WORDS


def _table_refusal(words: Strings, system: System) -> str | None:
    """Why the tokens of the text can't be had from its words, if so."""
    tokenizer = system.tokenizer
    if tokenizer.word_form is None:
        return f"a word table won't do, give running text with --corpus: {tokenizer.word_reason}"
    joined = bytes(words.data)
    for text in tokenizer.whole_line_texts:
        if text.strip() and text.encode() in joined:
            return f"can't be measured from this word table: a word holds {text!r}, which is read in context"
    return None


def _count_text(batch: Batch, tally: FileTally) -> None:
    text = _columns(tally.text)
    for name, values in batch.text.items():
        text[name] += batch.by_row(values, len(tally.text))
    keys, owner = letters(batch.strings)
    tally.letters.add(keys, batch.totals[owner])


def encode(batch: Batch, system: System) -> tuple[Encoded, Bools]:
    """Encode the strings of a batch in the form the tokenizer wants.

    Returns:
        The tokens, and which strings were encoded without their U+0020, bool [n].
    """
    strings = batch.strings
    stripped = np.zeros(len(strings), bool)
    if not batch.lines and system.tokenizer.word_form == "stripped" and len(strings):
        stripped = strings.data[strings.starts] == 0x20
    texts = Strings(strings.data, strings.starts + stripped, strings.ends).to_list()
    return system.tokenizer.encode(texts), stripped


def _count_tokens(batch: Batch, system: System, part: SystemTally) -> tuple[Encoded, Bools]:
    """Encode a batch and add its counters; also which strings its tokens spell exactly."""
    tokenizer, strings = system.tokenizer, batch.strings
    encoded, stripped = encode(batch, system)
    spans = token_spans(tokenizer, strings, encoded, stripped)
    counters, missing = token_counters(batch, encoded, spans, tokenizer.vocabulary)
    rows = _columns(part.rows, TOKEN_COUNTERS)
    for name, values in counters.items():
        rows[name] += batch.by_row(values, len(part.rows))
    part.missing |= missing
    _count_ids(batch, encoded, part)
    exact = np.zeros(len(strings), bool) if spans is None else spans.exact
    return encoded, exact


def _count_ids(batch: Batch, encoded: Encoded, part: SystemTally) -> None:
    ids = encoded.ids.astype(np.int64)
    part.ids.add(ids, np.repeat(batch.totals, encoded.counts))
    if part.row_ids is not None:
        tokens = encoded.counts[batch.string]
        which = ranges(encoded.starts[batch.string], tokens)
        part.row_ids.add(np.repeat(batch.row, tokens) << 32 | ids[which], np.repeat(batch.count, tokens))
        part.limit()


def _round_trips(
    chunk: Chunk, batch: Batch, which: Ints, system: System, encoded: Encoded, exact: Bools
) -> Bools | None:
    """Which of the lines the library decodes to themselves, bool [lines]; None if it can't decode.

    Where the tokens of every word spell it, so do those of the line; the others are decoded by the
    library, whole.
    """
    good = np.zeros(len(which), bool)
    if not batch.lines:
        bad_units = ~exact[chunk.unit_string]
        bad = np.bincount(chunk.unit_line, weights=bad_units, minlength=len(chunk.text))[which] > 0
        good = ~bad
    rest = np.flatnonzero(~good)
    if len(rest):
        tokens = encoded if batch.lines else line_tokens(chunk, which[rest], encoded)
        ids = np.split(tokens.ids, tokens.starts[1:-1])
        decoded = system.tokenizer.decode([part.tolist() for part in ids])
        if decoded is None:
            return None
        good[rest] = [got == text for got, text in zip(decoded, chunk.text[which[rest]])]
    return good


def line_tokens(chunk: Chunk, which: Ints, encoded: Encoded) -> Encoded:
    """The tokens of some regular lines, put together from those of their words."""
    wanted = np.zeros(len(chunk.text), bool)
    wanted[which] = True
    chosen = wanted[chunk.unit_line]
    units = chunk.unit_string[chosen]
    counts = encoded.counts[units]
    per_line = sum_by(chunk.unit_line[chosen], counts, len(chunk.text))[which]
    starts = np.concatenate([[0], np.cumsum(per_line)])
    return Encoded(encoded.ids[ranges(encoded.starts[units], counts)], starts)


def _columns(rows: Ints, names: Sequence[str] = TEXT_COUNTERS) -> dict[str, Ints]:
    """The counters as views into the rows, so that they can be added to by name."""
    return dict(zip(names, rows.T))
