"""The confusion matrix that language-identification metrics are functions of (MEASURES, LID).

A confusion matrix is int64 […, gold, predicted] (or float64 of whole numbers, from ``resample``): lines of
each gold class by the class predicted for them. Leading axes are rows, resamples or lengths; each matrix is
measured for itself. 1,000 resamples are 8,000 bytes a cell: leave out the columns that nobody predicted and
that stand for no gold class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from langcov.core.arrays import Bools, Floats, Ints
from langcov.metrics.tokenizers.measured import quotient

Counts = Ints | Floats
Ratio = tuple[Counts, Counts]


@dataclass(frozen=True, eq=False)
class Classes:
    """What the rows and columns of a confusion matrix mean.

    A label without a script is one column, right for its language in every script; on a line of another
    language it is a false positive of each gold class that it stands for.

    Raises:
        ValueError: a sentinel stands for a gold class.
    """

    stands: Bools  # whether each column is right on lines of each gold class, bool [gold, predicted]
    sentinels: Mapping[str, int]  # the columns that are no language, by the sentinel's name
    # whether each column is of the group of sister languages of each gold class, its own columns among them,
    # bool [gold, predicted]. None: no errors by group.
    sisters: Bools | None = None
    # the gold classes that means are of, those of enough lines, bool [gold]. None: all.
    averaged: Bools | None = None

    def __post_init__(self) -> None:
        if self.stands[:, ~self.languages].any():
            raise ValueError("a sentinel stands for a gold class")

    @property
    def covered(self) -> Bools:
        """Which gold classes the model has a label for, bool [gold]."""
        return np.asarray(self.stands.any(axis=1))

    @property
    def languages(self) -> Bools:
        """Which columns are languages, not sentinels, bool [predicted]."""
        found = np.ones(self.stands.shape[1], bool)
        found[list(self.sentinels.values())] = False
        return found


@dataclass(frozen=True, eq=False)
class Matrix:
    """A confusion matrix, and what its metrics share."""

    confusion: Counts  # lines, […, gold, predicted]
    classes: Classes  # what rows and columns mean
    # lines whose own class is among the best three predictions, […, gold]; None: not asked for
    hits3: Counts | None = None
    # how many languages the whole sample shows; to be given for resamples, which can only lose languages.
    # None: those of each matrix.
    observed: int | None = None

    @cached_property
    def lines(self) -> Counts:
        """Lines of each gold class, […, gold]."""
        return self.confusion.sum(axis=-1)

    @cached_property
    def known(self) -> Counts:
        """The same, 0 where the model has no label, […, gold]."""
        return self.lines * self.classes.covered

    @cached_property
    def total(self) -> Counts:
        """All lines, […]."""
        return self.lines.sum(axis=-1)

    @cached_property
    def averaged(self) -> Bools:
        """The gold classes that have lines and that means are of, bool […, gold]."""
        present = self.lines > 0
        return present if self.classes.averaged is None else present & self.classes.averaged

    @cached_property
    def right(self) -> Counts:
        """Lines predicted as what stands for their class, […, gold]."""
        return np.asarray(np.einsum("...gp,gp->...g", self.confusion, self.classes.stands))

    @cached_property
    def wrong(self) -> Counts:
        """Lines on which each column is wrong, […, predicted]."""
        return np.asarray(np.einsum("...gp,gp->...p", self.confusion, ~self.classes.stands))

    @cached_property
    def claimed(self) -> Counts:
        """Lines predicted as each gold class: right ones and false positives, […, gold]."""
        return self.right + self.wrong @ self.classes.stands.T

    @cached_property
    def discarded(self) -> Counts:
        """Lines predicted as no language, […, gold]."""
        return self.confusion[..., ~self.classes.languages].sum(axis=-1)

    @cached_property
    def within(self) -> Counts:
        """Lines taken for a sister language of the same group, […, gold]."""
        if self.classes.sisters is None:
            return np.zeros_like(self.lines)
        others = self.classes.sisters & ~self.classes.stands
        return np.asarray(np.einsum("...gp,gp->...g", self.confusion, others))

    @property
    def between(self) -> Counts:
        """Lines taken for a language outside the group, […, gold]."""
        return self.lines - self.right - self.discarded - self.within

    @cached_property
    def observed_languages(self) -> Ints:
        """How many languages means are of, and how many more are predicted, int64 […]."""
        if self.observed is not None:
            return np.full(self.total.shape, self.observed)
        named = (self.confusion.sum(axis=-2) > 0) & self.classes.languages
        named &= ~((self.lines > 0) @ self.classes.stands)
        return np.asarray(self.averaged.sum(axis=-1) + named.sum(axis=-1))


def share(ratio: Ratio) -> Floats:
    """Top / bottom, NaN for 0/0, float64 […]."""
    top, bottom = ratio
    return quotient(np.asarray(top, np.float64), np.asarray(bottom, np.float64))
