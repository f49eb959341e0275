"""Integer counters, a row per resampling unit: parts of a corpus add up in any order, to the same bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from langcov.rows import DOCUMENT_ROWS, LINE_ROWS, fold, row_of, shift_for

Ints = NDArray[np.int64]

TEXT_COUNTERS = ("lines", "empty_lines", "words", "uax29_words", "chars", "graphemes", "bytes", "digest")
TOKEN_COUNTERS = (
    "tokens",
    "unknown_tokens",
    "byte_tokens",
    "continued_words",
    "retained_words",
    "unknown_words",
    "split_characters",
    "round_trip",
)
SMALL_KEYS = 1 << 21
CELLS = 1 << 20
"""Tokens, and rows × distinct ids, up to which ids are counted by row (for an interval of the entropy)."""


@dataclass(eq=False)
class Histogram:
    """Counts of integer keys, sorted by key, int64 [n] each."""

    keys: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, keys: Ints, counts: Ints) -> None:
        """Add counts, of keys in any order and repeated as they may be."""
        # Nearly all keys are small (ids, bare letters): counting them needs no sorting.
        large = np.flatnonzero(keys >= SMALL_KEYS)
        small = np.delete(keys, large) if len(large) else keys
        dense = sum_by(small, np.delete(counts, large) if len(large) else counts, 0)
        seen = np.flatnonzero(dense)
        keys = np.concatenate([self.keys, seen, keys[large]])
        counts = np.concatenate([self.counts, dense[seen], counts[large]])
        self.keys, place = np.unique(keys, return_inverse=True)
        self.counts = sum_by(place, counts, len(self.keys))


def sum_by(place: Ints, values: Ints, size: int) -> Ints:
    """Sums of ``values`` that share a ``place``, int64 [size].

    Raises:
        OverflowError: a sum passes 2**53, where floats stop being exact integers.
    """
    sums = np.bincount(place, weights=values, minlength=size)
    if len(sums) and sums.max() >= 2**53:
        raise OverflowError("a counter passed 2**53")
    return sums.astype(np.int64)


def add_by_row(rows: Ints, row: Ints, values: NDArray[np.int32], which: Ints) -> None:
    """Add ``values[which]`` to the rows that they belong to.

    Args:
        rows: counters by row, int64 [rows, counters]; changed in place.
        row: of each value, int64 [n]; neighbours of one row are summed at once.
        values: int32 [m, counters].
        which: int64 [n].
    """
    edges = np.flatnonzero(np.diff(row, prepend=-1))
    if len(edges):
        sums = np.add.reduceat(np.take(values, which, axis=0), edges, axis=0, dtype=np.int64)
        np.add.at(rows, row[edges], sums)


@dataclass(eq=False)
class SystemTally:
    """What one tokenizer did to one file.

    Attributes:
        rows: ``TOKEN_COUNTERS`` by row, int64 [rows, counters].
        ids: how often each id was returned.
        row_ids: the same by row, keyed ``row << 32 | id``; None once there are too many tokens.
        missing: counters that could not be had, each with the reason.
        failed: why nothing could be measured (then the rest means nothing).
    """

    rows: Ints = field(default_factory=lambda: np.zeros((0, len(TOKEN_COUNTERS)), np.int64))
    ids: Histogram = field(default_factory=Histogram)
    row_ids: Histogram | None = field(default_factory=Histogram)
    missing: dict[str, str] = field(default_factory=dict)
    failed: str | None = None

    def limit(self) -> None:
        """Give up the ids by row once there are too many tokens; more never make them fewer."""
        if int(self.rows[:, TOKEN_COUNTERS.index("tokens")].sum()) > CELLS:
            self.row_ids = None


@dataclass(eq=False)
class FileTally:
    """The counters of one file, or of a part of it; rows are as fine as its own lines allow.

    Attributes:
        sha256: of the decoded text; orders files independently of their names.
        documents: whether an address is that of a document, else of a line.
        shift: a row is ``address >> shift``.
        units: one past the largest address seen.
        text: ``TEXT_COUNTERS`` by row, int64 [rows, counters]; ``digest`` wraps modulo 2**64.
        labels: the label of each row's first document, uint64 [rows] (0 for lines).
        letters: how often each letter occurs, keyed ``mark << 21 | base``.
        systems: a tally per tokenizer.
    """

    sha256: str
    documents: bool
    shift: int = 0
    units: int = 0
    text: Ints = field(default_factory=lambda: np.zeros((0, len(TEXT_COUNTERS)), np.int64))
    labels: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    letters: Histogram = field(default_factory=Histogram)
    systems: dict[str, SystemTally] = field(default_factory=dict)

    @property
    def row_limit(self) -> int:
        """Rows at most, before neighbours join."""
        return DOCUMENT_ROWS if self.documents else LINE_ROWS

    def reach(self, units: int) -> None:
        """Make room for addresses below ``units``; rows join where there would be too many."""
        self.units = max(self.units, units)
        self.raise_to(shift_for(self.units, self.row_limit))
        missing = (self.units + (1 << self.shift) - 1 >> self.shift) - len(self.text)
        if missing > 0:
            self.text = _grow(self.text, missing)
            self.labels = np.concatenate([self.labels, np.zeros(missing, np.uint64)])
            for system in self.systems.values():
                system.rows = _grow(system.rows, missing)

    def rows(self, address: Ints) -> Ints:
        """The rows of these addresses, int64 [n]; room is made for them first."""
        if len(address):
            self.reach(int(address.max()) + 1)
        return row_of(address, self.shift)

    def raise_to(self, shift: int) -> None:
        """Join neighbouring rows until a row holds ``2**shift`` addresses."""
        steps = shift - self.shift
        if steps <= 0:
            return
        self.shift = shift
        self.text = fold(self.text, steps)
        self.labels = self.labels[:: 1 << steps]
        for system in self.systems.values():
            system.rows = fold(system.rows, steps)
            if system.row_ids is not None:
                key = system.row_ids.keys
                joined = Histogram()
                joined.add((key >> 32 >> steps) << 32 | (key & 0xFFFFFFFF), system.row_ids.counts)
                system.row_ids = joined

    def merge(self, other: FileTally) -> None:
        """Add another part of the same file; ``other`` is used up."""
        shift = max(self.shift, other.shift)
        self.raise_to(shift)
        other.raise_to(shift)
        units = max(self.units, other.units)
        self.reach(units)
        other.raise_to(self.shift)
        other.reach(units)
        self.text += other.text
        self.labels = np.maximum(self.labels, other.labels)
        self.letters.add(other.letters.keys, other.letters.counts)
        for name, system in other.systems.items():
            mine = self.systems[name]
            mine.rows += system.rows
            mine.ids.add(system.ids.keys, system.ids.counts)
            if mine.row_ids is None or system.row_ids is None:
                mine.row_ids = None
            else:
                mine.row_ids.add(system.row_ids.keys, system.row_ids.counts)
            mine.limit()
            mine.missing = system.missing | mine.missing
            mine.failed = mine.failed or system.failed


def _grow(values: Ints, rows: int) -> Ints:
    return np.concatenate([values, np.zeros((rows, values.shape[1]), np.int64)])


@dataclass(frozen=True, eq=False)
class Tally:
    """One language of a corpus, all its files in their final order.

    Attributes:
        text: ``TEXT_COUNTERS`` → int64 [rows].
        labels: what a row is called in every language, uint64 [rows].
        tokens: system → ``TOKEN_COUNTERS`` → int64 [rows].
        ids: system → histogram of ids.
        row_ids: system → (row, position of the id in ``ids``, count); None beyond the budget.
        missing, failed: by system, as in SystemTally.
    """

    text: Mapping[str, Ints]
    labels: NDArray[np.uint64]
    tokens: Mapping[str, Mapping[str, Ints]]
    ids: Mapping[str, Histogram]
    row_ids: Mapping[str, tuple[Ints, Ints, Ints] | None]
    letters: Histogram
    missing: Mapping[str, Mapping[str, str]]
    failed: Mapping[str, str | None]

    @property
    def n_rows(self) -> int:
        """Rows of the language."""
        return len(self.labels)


def final_shift(files: Sequence[FileTally]) -> int:
    """The shift that the row rule gives to all files of one language together."""
    return max([shift_for(sum(file.units for file in files), file.row_limit) for file in files], default=0)


def combine(files: Sequence[FileTally], shift: int) -> Tally:
    """Put the files of one language one after another, ordered by content, rows at ``shift``.

    Rows in which no line was counted are left out: they hold nothing to resample. Their empty lines go
    to the first row, as no metric asks where those are.
    """
    files = sorted(files, key=lambda file: file.sha256)
    for file in files:
        file.raise_to(shift)
    text = np.concatenate([file.text for file in files])
    used = text[:, TEXT_COUNTERS.index("lines")] > 0
    labels = np.concatenate(
        [file.labels if file.documents else np.arange(len(file.text), dtype=np.uint64) for file in files]
    )
    empty = TEXT_COUNTERS.index("empty_lines")
    text[np.argmax(used), empty] += text[~used, empty].sum()
    place = np.cumsum(used) - 1
    offsets = np.cumsum([0] + [len(file.text) for file in files])
    tokens, ids, row_ids, missing, failed = {}, {}, {}, {}, {}
    for name in files[0].systems:
        parts = [file.systems[name] for file in files]
        rows = np.concatenate([part.rows for part in parts])[used]
        tokens[name] = dict(zip(TOKEN_COUNTERS, np.ascontiguousarray(rows.T)))
        ids[name] = Histogram()
        for part in parts:
            ids[name].add(part.ids.keys, part.ids.counts)
        row_ids[name] = _row_ids(parts, offsets, place, ids[name].keys, int(used.sum()))
        missing[name] = {key: why for part in reversed(parts) for key, why in part.missing.items()}
        failed[name] = next((part.failed for part in parts if part.failed), None)
    letters = Histogram()
    for file in files:
        letters.add(file.letters.keys, file.letters.counts)
    return Tally(
        dict(zip(TEXT_COUNTERS, np.ascontiguousarray(text[used].T))),
        labels[used],
        tokens,
        ids,
        row_ids,
        letters,
        missing,
        failed,
    )


def _row_ids(
    parts: Sequence[SystemTally], offsets: Ints, place: Ints, ids: Ints, n_rows: int
) -> tuple[Ints, Ints, Ints] | None:
    """Row, position in ``ids`` and count, or None where the budget is passed."""
    histograms = [part.row_ids for part in parts]
    tokens = sum(int(part.rows[:, TOKEN_COUNTERS.index("tokens")].sum()) for part in parts)
    if max(tokens, n_rows * len(ids)) > CELLS or any(histogram is None for histogram in histograms):
        return None
    kept = [histogram for histogram in histograms if histogram is not None]
    row = np.concatenate([place[(h.keys >> 32) + offset] for h, offset in zip(kept, offsets)])
    column = np.searchsorted(ids, np.concatenate([h.keys & 0xFFFFFFFF for h in kept]))
    return row, column, np.concatenate([h.counts for h in kept])
