"""Integer counters, a row per resampling unit: parts of a corpus add up in any order, to the same bits.

What a system did to a file is a ``Part`` of its tally (``token_tally``, ``lid_tally``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints, grown
from langcov.corpora.rows import DOCUMENT_ROWS, LINE_ROWS, apart, fold, row_of, shift_for
from langcov.counting.counters import text_columns
from langcov.counting.sums import Histogram
from langcov.counting.word_uses import WordUses


class Part(Protocol):
    """What a system did to one file, by row."""

    failed: str | None

    def grow(self, rows: int) -> None:
        """Make room for more rows."""

    def fold(self, steps: int) -> None:
        """Join ``2**steps`` neighbouring rows."""

    def merge(self, other: Any) -> None:
        """Add another part of the same file, its rows as coarse and as many."""

    def ease(self, other: Any) -> None:
        """Take from the part of another file of the same language what is not of its rows."""


SystemPart = TypeVar("SystemPart", bound=Part)


@dataclass(eq=False)
class FileTally(Generic[SystemPart]):
    """The counters of one file, or of a part of it; rows are as fine as its own lines allow."""

    sha256: str  # of the decoded text; orders files independently of their names
    documents: bool  # whether an address is that of a document, else of a line
    aligned: bool = True  # whether its lines have partners in other languages, by which their digests go
    shift: int = 0  # a row is ``address >> shift``
    units: int = 0  # one past the largest address seen
    # the counters of the text by row, int64 [rows, counters]; ``columns`` has them by name
    text: Ints = field(default_factory=lambda: text_columns().rows())
    # the label of each row's first document, uint64 [rows] (0 for lines)
    labels: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    # how often each letter occurs, keyed ``mark << 21 | base``
    letters: Histogram = field(default_factory=Histogram)
    words: WordUses | None = None  # of all distinct words, where they are asked for
    systems: dict[str, SystemPart] = field(default_factory=dict)  # a tally per tokenizer, or LID model
    # the same lines after a change, by its name (of tokenizers)
    perturbed: dict[str, FileTally[SystemPart]] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Ints]:
        """The counters of the text by name, views into ``text``, int64 [rows] each."""
        return text_columns().by_name(self.text)

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
            self.text = grown(self.text, missing)
            self.labels = np.concatenate([self.labels, np.zeros(missing, np.uint64)])
            for system in self.systems.values():
                system.grow(missing)

    def rows(self, address: Ints) -> Ints:
        """The rows of these addresses, int64 [n]; room is made for them first."""
        if len(address):
            self.reach(int(address.max()) + 1)
        return row_of(address, self.shift)

    def place(self, numbers: Ints, documents: Ints | None, labels: NDArray[np.uint64] | None) -> Ints:
        """The rows of some lines, int64 [n]; a row is called as its first document is."""
        address = numbers if documents is None else documents
        row = self.rows(address)
        if labels is not None:
            leads = address == row << self.shift
            self.labels[row[leads]] = labels[leads]
        return row

    def raise_to(self, shift: int) -> None:
        """Join neighbouring rows until a row holds ``2**shift`` addresses."""
        steps = shift - self.shift
        if steps <= 0:
            return
        self.shift = shift
        self.text = fold(self.text, steps)
        self.labels = self.labels[:: 1 << steps]
        for system in self.systems.values():
            system.fold(steps)

    def merge(self, other: FileTally[SystemPart]) -> None:
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
        if self.words and other.words:
            self.words.merge(other.words)
        for name, system in other.systems.items():
            self.systems[name].merge(system)
        for name, perturbed in other.perturbed.items():
            self.perturbed[name].merge(perturbed)


def final_shift(files: Sequence[FileTally[Any]]) -> int:
    """The shift that the row rule gives to all files of one language together."""
    units = sum(file.units for file in files)
    return max([shift_for(units, limit) for limit in {file.row_limit for file in files}], default=0)


def ease(files: Sequence[FileTally[Any]]) -> None:
    """Let all files of a language so far take little room, however many they are; no figure changes.

    Rows become as coarse as the rule will have them at least, and what has no rows is added up in the first.

    Args:
        files: the last one is new.
    """
    first, last = files[0], files[-1]
    shift = final_shift(files)
    for file in files if first.shift < shift else files[-1:]:
        for each in (file, *file.perturbed.values()):
            each.raise_to(shift)
    if last is not first:
        first.letters.add(last.letters.keys, last.letters.counts)
        last.letters = Histogram()
        for name, part in first.systems.items():
            part.ease(last.systems[name])


@dataclass(frozen=True, eq=False)
class Arranged:
    """The files of one language one after another, ordered by content, without rows that hold no line."""

    files: Sequence[FileTally[Any]]  # in that order
    text: Mapping[str, Ints]  # the counters of the text by name, int64 [rows] each
    labels: NDArray[np.uint64]  # what a row is called in every language, uint64 [rows]
    used: NDArray[np.bool_]  # which of all rows are kept, bool
    offsets: Ints  # the first row of each file before any is left out, int64 [files + 1]

    @property
    def place(self) -> Ints:
        """Where each row stands among those kept, int64."""
        return np.cumsum(self.used) - 1


def arrange(files: Sequence[FileTally[Any]], shift: int) -> Arranged:
    """Put the files of one language together, rows at ``shift``.

    Rows in which no line was counted are left out: they hold nothing to resample. Their empty lines go
    to the first row, as no metric asks where those are.
    """
    files = sorted(files, key=lambda file: file.sha256)
    for file in files:
        for each in (file, *file.perturbed.values()):
            each.raise_to(shift)
    text = np.concatenate([file.text for file in files])
    columns = text_columns().by_name(text)
    used, empty = columns["lines"] > 0, columns["empty_lines"]
    salts = [np.uint64(0) if file.aligned else apart(position) for position, file in enumerate(files)]
    columns["digest"].view(np.uint64)[:] += np.repeat(salts, [len(file.text) for file in files])
    labels = np.concatenate(
        [
            file.labels + salt if file.documents else np.arange(len(file.text), dtype=np.uint64)
            for file, salt in zip(files, salts)
        ]
    )
    empty[np.argmax(used)] += empty[~used].sum()
    offsets = np.cumsum([0] + [len(file.text) for file in files])
    kept = {name: values[used] for name, values in columns.items()}
    return Arranged(files, kept, labels[used], used, offsets)
