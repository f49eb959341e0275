"""What LID metrics are computed from: the added answers of one model on one corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from langcov.core.arrays import Floats, Ints
from langcov.counting.lid_tally import LENGTHS, Cells, LanguageTally
from langcov.lid.classes import groups, stands_for
from langcov.lid.judge import Judge
from langcov.lid.labels import Sentinel
from langcov.metrics.intervals import RESAMPLES, resample
from langcov.metrics.lid.matrix import Classes, Matrix

FEWEST_LINES = 10  # a gold class of fewer lines stays out of means: it would weigh as much as any
ONE_LABEL = "the model was asked for its best label only (--top 3)"


@dataclass(frozen=True, eq=False)
class Scored:
    """A sparse histogram, flat arrays of one length; a cell may occur more than once."""

    # gold, predicted: rows and columns of the confusion matrix, int64
    gold: Ints
    predicted: Ints
    step: Ints  # of the top score, int64; −1 where there is none
    lines: Ints  # how many, int64
    length: Ints  # the place of their length in ``LENGTHS``, int64


@dataclass(frozen=True)
class Thresholds:
    """Scores from which on the answers of a model are taken."""

    corpus: str  # on which they were found
    steps: Mapping[str, int]  # the step of the score for each gold class, −1 where none is good enough
    failed: str | None = None  # why there are none, where the model failed on a line of that corpus


@dataclass(frozen=True, eq=False)
class LidMeasured:
    """One model on one corpus: all that its records are computed from."""

    judge: Judge  # the model, and what its labels mean
    corpus: str
    tallies: Mapping[str, LanguageTally]  # by the language of the source
    independent: bool  # whether lines are (no documents), so that shares of them have Wilson's interval
    top: int
    perturbations: Sequence[str]
    # the share of a language in the text that is to be filtered; None: as in the test
    base_rate: float | None = None
    thresholds: Thresholds | None = None  # those that the corpus is tested at; None: its own

    @property
    def failed(self) -> str | None:
        """Why there are no figures of the corpus, if the model failed on a line of it."""
        return next((tally.failed for tally in self.tallies.values() if tally.failed), None)

    @cached_property
    def gold(self) -> dict[str, list[str]]:
        """The gold classes that have lines, sorted, and the languages of each."""
        found: dict[str, list[str]] = {}
        for language, tally in self.tallies.items():
            if len(tally.answers.lines):
                found.setdefault(self.judge.gold_name(language), []).append(language)
        return dict(sorted(found.items()))

    @cached_property
    def lines(self) -> Ints:
        """Lines of each gold class, int64 [gold]."""
        return np.array(
            [sum(int(self.tallies[one].answers.lines.sum()) for one in ones) for ones in self.gold.values()],
            np.int64,
        )

    @cached_property
    def columns(self) -> Ints:
        """The classes of the model that are predicted or right, and all sentinels: indices into its names."""
        right = [any(stands_for(name, gold) for gold in self.gold) for name in self.judge.names]
        kept = np.array(right)
        kept[: len(Sentinel)] = True
        for tally in self.tallies.values():
            kept[self.judge.predicted[tally.answers.label]] = True
        return np.flatnonzero(kept)

    @cached_property
    def names(self) -> list[str]:
        """What the columns are called."""
        return [self.judge.names[at] for at in self.columns.tolist()]

    def column(self, cells: Cells) -> Ints:
        """The column of each cell's label, int64."""
        return np.searchsorted(self.columns, self.judge.predicted[cells.label])

    @cached_property
    def classes(self) -> Classes:
        """What rows and columns of the confusion matrix are."""
        stands = [[stands_for(name, gold) for name in self.names] for gold in self.gold]
        sisters = [[_are_sisters(name, gold) for name in self.names] for gold in self.gold]
        shape = len(self.gold), len(self.names)
        return Classes(
            np.array(stands, bool).reshape(shape),
            {sentinel.value: self.names.index(sentinel.value) for sentinel in Sentinel},
            np.array(sisters, bool).reshape(shape),
            self.lines >= FEWEST_LINES,
        )

    def confusion_by_row(self, language: str) -> Ints:
        """Lines of a language, int64 [rows, predicted]."""
        tally = self.tallies[language]
        counts = np.zeros((tally.n_rows, len(self.columns)), np.int64)
        np.add.at(counts, (tally.answers.row, self.column(tally.answers)), tally.answers.lines)
        return counts

    def hits_by_row(self, language: str, asked: str) -> Ints:
        """Lines of a language that were identified, int64 [rows]."""
        tally = self.tallies[language]
        return tally.hits.get(asked, np.zeros(tally.n_rows, np.int64))

    def members(self) -> Iterator[tuple[int, str]]:
        """Each language that has lines, with the gold class that it is counted in."""
        for gold, languages in enumerate(self.gold.values()):
            for language in languages:
                yield gold, language

    @cached_property
    def confusion(self) -> Ints:
        """All lines, int64 [gold, predicted]."""
        found = np.zeros((len(self.gold), len(self.columns)), np.int64)
        for gold, language in self.members():
            found[gold] += self.confusion_by_row(language).sum(axis=0)
        return found

    @cached_property
    def matrix(self) -> Matrix:
        """All lines."""
        return Matrix(self.confusion, self.classes, None if self.top3 else self.hits("top3"))

    @cached_property
    def resampled(self) -> Matrix:
        """The same in each resample; how many languages are observed is that of all lines."""
        return Matrix(self._confusion_resampled(), self.classes, observed=int(self.matrix.observed_languages))

    @cached_property
    def by_length(self) -> Matrix:
        """All lines by length: [lengths, gold, predicted]."""
        counts = np.zeros((len(LENGTHS), *self.confusion.shape), np.int64)
        scored = self.scored
        np.add.at(counts, (scored.length, scored.gold, scored.predicted), scored.lines)
        return Matrix(counts, self.classes)

    def _confusion_resampled(self) -> Floats:
        """Lines in each resample, each language keeping its rows, float64 [resamples, gold, predicted]."""
        found = np.zeros((RESAMPLES, *self.confusion.shape))
        for gold, language in self.members():
            counts = self.confusion_by_row(language)
            predicted = np.flatnonzero(counts.any(axis=0))  # a few of all columns
            found[:, gold, predicted] += resample(counts[:, predicted])
        return found

    def hits(self, asked: str) -> Ints:
        """Lines identified, int64 [gold]."""
        found = np.zeros(len(self.gold), np.int64)
        for gold, language in self.members():
            found[gold] += self.hits_by_row(language, asked).sum()
        return found

    @cached_property
    def scored(self) -> Scored:
        """Lines by gold, prediction, score and length."""
        none = np.zeros(0, np.int64)
        parts: list[tuple[Ints, ...]] = [(none,) * 5]
        for gold, language in self.members():
            cells = self.tallies[language].answers
            place = np.full_like(cells.lines, gold)
            parts.append((place, self.column(cells), cells.step, cells.lines, cells.length))
        return Scored(*(np.concatenate(column) for column in zip(*parts)))

    @cached_property
    def rows(self) -> Ints:
        """Rows of each gold class, those of its languages, int64 [gold]."""
        return np.array(
            [sum(self.tallies[one].n_rows for one in ones) for ones in self.gold.values()], np.int64
        )

    @property
    def top3(self) -> str | None:
        """Why the best three labels are not known, if so."""
        return None if self.top >= 3 else ONE_LABEL


def _are_sisters(predicted: str, gold: str) -> bool:
    """Whether a prediction is of the group of sister languages of a gold class.

    One without a script is taken in that of the gold class.
    """
    code, _, script = gold.partition("_")
    language, _, written = predicted.partition("_")
    group = _group(code, script)
    return bool(group) and group == _group(language, written or script)


def _group(code: str, script: str) -> str:
    """The group of a class, itself being one perhaps; empty where it is in none."""
    named = groups()
    return named.get(f"{code}_{script}") or named.get(code) or (code if code in named.values() else "")
