"""The confusion matrix that language-identification metrics are functions of (MEASURES, LID).

A confusion matrix is int64 […, gold, predicted] (or float64 of whole numbers, from ``resample``): lines of
each gold class by the class predicted for them. Leading axes are rows, resamples or lengths; each matrix is
measured for itself. 1,000 resamples are 8,000 bytes a cell: leave out the columns that nobody predicted and
no gold class owns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.metrics.tokenizers.measured import quotient

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats
Ratio = tuple[Counts, Counts]


@dataclass(frozen=True, eq=False)
class Classes:
    """What the rows and columns of a confusion matrix mean.

    Attributes:
        own: the column of each gold class, −1 where the model has no label for it, int64 [gold].
        columns: how many there are.
        sentinels: the columns that are no language, by the sentinel's name.
        groups: a number for each gold class and for each column, int64 [gold] and [predicted]: equal
            numbers from 0 on are sister languages, −1 is in no group. None: no errors by group.

    Raises:
        ValueError: two gold classes own one column, or one owns a sentinel.
    """

    own: Ints
    columns: int
    sentinels: Mapping[str, int]
    groups: tuple[Ints, Ints] | None = None

    def __post_init__(self) -> None:
        owned = self.own[self.covered]
        if len(np.unique(owned)) < len(owned) or not self.languages[owned].all():
            raise ValueError("a column is the own class of two gold classes, or is a sentinel")

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which gold classes the model has a label for, bool [gold]."""
        return np.asarray(self.own >= 0)

    @property
    def languages(self) -> NDArray[np.bool_]:
        """Which columns are languages, not sentinels, bool [predicted]."""
        found = np.ones(self.columns, bool)
        found[list(self.sentinels.values())] = False
        return found

    @property
    def owner(self) -> Ints:
        """The gold class of each column, −1 where it has none, int64 [predicted]."""
        found = np.full(self.columns, -1)
        found[self.own[self.covered]] = np.flatnonzero(self.covered)
        return found


@dataclass(frozen=True, eq=False)
class Matrix:
    """A confusion matrix, and what its metrics share.

    Attributes:
        confusion: lines, […, gold, predicted].
        classes: what rows and columns mean.
        hits3: lines whose own class is among the best three predictions, […, gold]; None: not asked for.
        observed: how many languages the whole sample shows; to be given for resamples, which can only lose
            languages. None: those of each matrix.
    """

    confusion: Counts
    classes: Classes
    hits3: Counts | None = None
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
    def right(self) -> Counts:
        """Lines predicted as their own class, […, gold]; 0 where there is none."""
        own = self.confusion[..., np.arange(len(self.classes.own)), self.classes.own]
        return np.where(self.classes.covered, own, 0)

    @cached_property
    def predicted(self) -> Counts:
        """Lines predicted as each column, […, predicted]."""
        return self.confusion.sum(axis=-2)

    @cached_property
    def claimed(self) -> Counts:
        """Lines of any language predicted as each gold class, […, gold]."""
        return np.where(self.classes.covered, self.predicted[..., self.classes.own], 0)

    @cached_property
    def discarded(self) -> Counts:
        """Lines predicted as no language, […, gold]."""
        return self.confusion[..., ~self.classes.languages].sum(axis=-1)

    @cached_property
    def within(self) -> Counts:
        """Lines taken for a sister language of the same group, […, gold]."""
        if self.classes.groups is None:
            return np.zeros_like(self.lines)
        gold, predicted = self.classes.groups
        sisters = (gold[:, None] == predicted) & (gold[:, None] >= 0) & self.classes.languages
        sisters &= self.classes.owner != np.arange(len(gold))[:, None]
        return np.asarray(np.einsum("...gp,gp->...g", self.confusion, sisters))

    @property
    def between(self) -> Counts:
        """Lines taken for a language outside the group, […, gold]."""
        return self.lines - self.right - self.discarded - self.within

    @cached_property
    def observed_languages(self) -> Ints:
        """How many languages have lines or are predicted, int64 […]."""
        if self.observed is not None:
            return np.full(self.total.shape, self.observed)
        classes, present = self.classes, self.lines > 0
        predicted = (self.predicted > 0) & classes.languages
        predicted[..., classes.own[classes.covered]] &= ~present[..., classes.covered]
        return np.asarray(present.sum(axis=-1) + predicted.sum(axis=-1))


def share(ratio: Ratio) -> Floats:
    """Top / bottom, NaN for 0/0, float64 […]."""
    top, bottom = ratio
    return quotient(np.asarray(top, np.float64), np.asarray(bottom, np.float64))
