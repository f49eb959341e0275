"""What LID metrics are computed from: the added answers of one model on one corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.counting.lid_tally import LENGTHS, Cells, LanguageTally
from langcov.lid.classes import class_codes, groups
from langcov.lid.judge import Judge
from langcov.lid.labels import Sentinel
from langcov.metrics.intervals import RESAMPLES, resample
from langcov.metrics.lid.matrix import Classes, Matrix

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ONE_LABEL = "the model was asked for its best label only (--top 3)"


@dataclass(frozen=True, eq=False)
class Scored:
    """A sparse histogram, flat arrays of one length; a cell may occur more than once.

    Attributes:
        gold, predicted: rows and columns of the confusion matrix, int64.
        step: of the top score, int64; −1 where there is none.
        lines: how many, int64.
        length: the place of their length in ``LENGTHS``, int64.
    """

    gold: Ints
    predicted: Ints
    step: Ints
    lines: Ints
    length: Ints


@dataclass(frozen=True, eq=False)
class LidMeasured:
    """One model on one corpus: all that its records are computed from.

    Attributes:
        judge: the model, and what its labels mean.
        corpus: its name.
        tallies: by the language of the source.
        independent: whether lines are (no documents), so that shares of them have Wilson's interval.
        top: how many labels were asked for.
        perturbations: names of those that were made.
    """

    judge: Judge
    corpus: str
    tallies: Mapping[str, LanguageTally]
    independent: bool
    top: int
    perturbations: Sequence[str]

    @cached_property
    def gold(self) -> dict[str, list[str]]:
        """The gold classes that have lines, sorted, and the languages of each."""
        found: dict[str, list[str]] = {}
        for language, tally in self.tallies.items():
            names = self.judge.gold_names(language)
            for script in np.unique(tally.answers.script).tolist():
                languages = found.setdefault(names[script], [])
                languages += [language] * (language not in languages)
        return dict(sorted(found.items()))

    def place(self, language: str) -> Ints:
        """The gold class of a language's lines in each script, −1 where there are none, int64 [scripts]."""
        number = {name: at for at, name in enumerate(self.gold)}
        return np.array([number.get(name, -1) for name in self.judge.gold_names(language)], np.int64)

    @cached_property
    def columns(self) -> Ints:
        """The classes of the model that are predicted or gold, and all sentinels: indices into its names."""
        kept = np.zeros(len(self.judge.names), bool)
        kept[: len(Sentinel)] = True
        for tally in self.tallies.values():
            kept[self._predicted(tally.answers)] = True
        own = {name: at for at, name in enumerate(self.judge.names)}
        kept[[own[name] for name in self.gold if name in own]] = True
        return np.flatnonzero(kept)

    def _predicted(self, cells: Cells) -> Ints:
        return self.judge.predicted[cells.label, cells.script]

    def column(self, cells: Cells) -> Ints:
        """The column of each cell's label, int64."""
        return np.searchsorted(self.columns, self._predicted(cells))

    @cached_property
    def classes(self) -> Classes:
        """What rows and columns of the confusion matrix are."""
        names = [self.judge.names[at] for at in self.columns.tolist()]
        number = {name: at for at, name in enumerate(names)}
        own = np.array([number.get(name, -1) for name in self.gold], np.int64)
        sentinels = {sentinel.value: number[sentinel.value] for sentinel in Sentinel}
        return Classes(own, len(names), sentinels, (_groups(list(self.gold)), _groups(names)))

    def confusion_by_row(self, language: str) -> Ints:
        """Lines of a language, int64 [rows, gold, predicted]."""
        tally = self.tallies[language]
        cells, place = tally.answers, self.place(language)
        counts = np.zeros((tally.n_rows, len(self.gold), self.classes.columns), np.int64)
        np.add.at(counts, (cells.row, place[cells.script], self.column(cells)), cells.lines)
        return counts

    def hits_by_row(self, language: str, asked: str) -> Ints:
        """Lines of a language that were identified, int64 [rows, gold]."""
        tally = self.tallies[language]
        counts = np.zeros((tally.n_rows, len(self.gold)), np.int64)
        cells = tally.hits.get(asked)
        if cells is not None:
            np.add.at(counts, (cells.row, self.place(language)[cells.script]), cells.lines)
        return counts

    @cached_property
    def confusion(self) -> Ints:
        """All lines, int64 [gold, predicted]."""
        return np.sum([self.confusion_by_row(language).sum(axis=0) for language in self.tallies], axis=0)

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
        for language in self.tallies:
            counts = self.confusion_by_row(language)
            gold, predicted = np.nonzero(counts.any(axis=0))  # a few of all cells
            if len(gold):
                found[:, gold, predicted] += resample(counts[:, gold, predicted])
        return found

    def hits(self, asked: str) -> Ints:
        """Lines identified, int64 [gold]."""
        return np.sum([self.hits_by_row(language, asked).sum(axis=0) for language in self.tallies], axis=0)

    @cached_property
    def scored(self) -> Scored:
        """Lines by gold, prediction, score and length."""
        parts = [
            (self.place(language)[cells.script], self.column(cells), cells.step, cells.lines, cells.row)
            for language, tally in self.tallies.items()
            for cells in [tally.scored]
        ]
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


def _groups(names: Sequence[str]) -> Ints:
    """A number for the group of sister languages of each class, −1 for none, int64 [n]."""
    grouped, order = class_codes("group", [], []), sorted(set(groups().values()))
    codes = [
        (code, grouped.code(code, script)) for code, _, script in (name.partition("_") for name in names)
    ]
    numbers = {group: at for at, group in enumerate(order)}
    return np.array([numbers.get(code, numbers.get(group, -1)) for code, group in codes], np.int64)
