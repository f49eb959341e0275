"""What a LID model did to a file, and all files of a language put together.

Counted are labels as the model gives them: which of them are right is asked only where all is added up, so a
tally serves every policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from langcov.core.arrays import Ints
from langcov.counting.sums import Histogram, sum_by
from langcov.counting.tally import FileTally, arrange
from langcov.lid.stored import Said

LENGTH_BITS, LABEL_BITS, STEP_BITS = 3, 16, 13
MANY = 1 << 16
"""Answers that are added up at once; more where there are more already, so that none is sorted often."""
LENGTHS = ("1-10", "11-20", "21-50", "51-100", "101+")  # the classes of lines by code points


@dataclass(eq=False)
class LidTally:
    """What one model did to one file."""

    # lines by row, length bucket, label and score step, keyed ``row << 32 | length << 29 | label + 1 << 13 |
    # step + 1`` (−1: no label, no score); but for ``waiting``
    answers: Histogram = field(default_factory=Histogram)
    # lines identified, by what was asked (``top3``, a perturbation), keyed ``row << 32``
    hits: dict[str, Histogram] = field(default_factory=dict)
    off_script: int = 0  # lines most of whose letters are of another script than the source declares
    apart: Counter[str] = field(default_factory=Counter)  # lines counted apart, by the list they are on
    # perturbations that the language doesn't have, with the reason
    missing: dict[str, str] = field(default_factory=dict)
    failed: str | None = None  # why nothing could be measured (then the rest means nothing)
    said: list[Said] = field(default_factory=list)  # the answers themselves, if they are to be kept, in parts
    waiting: list[Ints] = field(default_factory=list)  # keys of lines that are not in ``answers`` yet

    def settle(self) -> None:
        """Add up what waits."""
        if self.waiting:
            keys = np.concatenate(self.waiting)
            self.answers.add(keys, np.ones_like(keys))
            self.waiting = []

    def grow(self, rows: int) -> None:
        """Rows without lines take no room."""

    def fold(self, steps: int) -> None:
        self.settle()
        self.answers = self.answers.folded(steps)
        self.hits = {name: histogram.folded(steps) for name, histogram in self.hits.items()}

    def merge(self, other: LidTally) -> None:
        self.settle()
        other.settle()
        self.answers.add(other.answers.keys, other.answers.counts)
        for name, histogram in other.hits.items():
            self.hits.setdefault(name, Histogram()).add(histogram.keys, histogram.counts)
        self.off_script += other.off_script
        self.apart.update(other.apart)
        self.missing |= other.missing
        self.failed = self.failed or other.failed
        self.said += other.said

    def ease(self, other: LidTally) -> None:
        """All is of rows."""

    def add(self, row: Ints, length: Ints, label: Ints, step: Ints) -> None:
        """Count the best label of some lines, int64 [n] each."""
        answer = (length << LABEL_BITS | label + 1) << STEP_BITS | step + 1
        self.waiting.append(row << 32 | answer)
        if sum(map(len, self.waiting)) >= max(MANY, len(self.answers.keys)):
            self.settle()

    def hit(self, name: str, row: Ints) -> None:
        """Count lines that were identified, by their row, int64 [n]."""
        self.hits.setdefault(name, Histogram()).add(row << 32, np.ones_like(row))


@dataclass(frozen=True, eq=False)
class Cells:
    """A sparse histogram, flat int64 arrays of one length."""

    row: Ints  # among the rows of the language
    length: Ints  # the place in ``LENGTHS``
    label: Ints  # of the model, −1 for none
    step: Ints  # of the score, −1 for none
    lines: Ints  # how many


@dataclass(frozen=True, eq=False)
class LanguageTally:
    """One model on one language of a corpus, all its files in their final order."""

    n_rows: int  # rows that hold lines
    answers: Cells  # lines by row, length, label and score
    hits: dict[str, Ints]  # by what was asked, lines identified by row, int64 [rows]
    # off_script, apart, missing, failed: as in ``LidTally``
    off_script: int
    apart: Counter[str]
    missing: dict[str, str]
    failed: str | None


def combine_lid(files: Sequence[FileTally[LidTally]], shift: int, name: str) -> LanguageTally:
    """Put what one model did to the files of one language together, rows at ``shift``."""
    made = arrange(files, shift)
    place, total = made.place, LidTally()
    for file, offset in zip(made.files, made.offsets.tolist()):
        part: LidTally = file.systems[name]
        part.settle()
        total.merge(
            LidTally(
                _moved(part.answers, place, offset),
                {asked: _moved(found, place, offset) for asked, found in part.hits.items()},
                part.off_script,
                part.apart,
                part.missing,
                part.failed,
            )
        )
    if total.failed:  # how far it came hangs on the chunks that the text was read in
        total = replace(total, answers=Histogram(), hits={})
    n_rows = int(made.used.sum())
    return LanguageTally(
        n_rows,
        _cells(total.answers),
        {asked: sum_by(found.keys >> 32, found.counts, n_rows) for asked, found in total.hits.items()},
        total.off_script,
        total.apart,
        total.missing,
        total.failed,
    )


def _moved(histogram: Histogram, place: Ints, offset: int) -> Histogram:
    """The rows of a file as rows of the language."""
    keys = place[(histogram.keys >> 32) + offset] << 32 | histogram.keys & 0xFFFFFFFF
    return Histogram(keys, histogram.counts)


def _cells(histogram: Histogram) -> Cells:
    answer, step = np.divmod(histogram.keys, 1 << STEP_BITS)
    place, label = np.divmod(answer, 1 << LABEL_BITS)
    row, length = np.divmod(place, 1 << LENGTH_BITS)
    return Cells(row, length, label - 1, step - 1, histogram.counts)


def length_bucket(chars: Ints) -> Ints:
    """The place in ``LENGTHS`` of each number of code points, int64 of the same shape.

    >>> length_bucket(np.array([1, 10, 11, 100, 101])).tolist()
    [0, 0, 1, 3, 4]
    """
    return np.asarray(np.searchsorted([10, 20, 50, 100], chars))
