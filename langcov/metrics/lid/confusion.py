"""What languages are taken for: the cells of a confusion matrix that are wrong, most frequent first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from langcov.metrics.lid.scores import Classes, Floats, Ints


@dataclass(frozen=True, eq=False)
class Confusions:
    """Wrong cells, arrays of one length.

    Attributes:
        gold, predicted: row and column, int64.
        lines: how many, int64.
        share: of the lines of the gold class.
    """

    gold: Ints
    predicted: Ints
    lines: Ints
    share: Floats

    def of(self, kept: Ints) -> Confusions:
        """The cells at these places."""
        return Confusions(self.gold[kept], self.predicted[kept], self.lines[kept], self.share[kept])


def confusions(confusion: Ints, classes: Classes) -> Confusions:
    """All wrong cells that are not empty, the largest first, then by gold and predicted class.

    Sentinels are among them: a line that the model gives up on is not found either.

    Args:
        confusion: int64 [gold, predicted].
    """
    wrong = confusion.copy()
    wrong[np.flatnonzero(classes.covered), classes.own[classes.covered]] = 0
    gold, predicted = np.nonzero(wrong)
    lines = wrong[gold, predicted]
    found = Confusions(gold, predicted, lines, lines / confusion.sum(axis=1)[gold])
    return found.of(np.argsort(-lines, kind="stable"))


def sink(confusion: Ints, classes: Classes) -> Confusions:
    """Where the lines of the languages without a label go (``confusions`` of these)."""
    found = confusions(confusion, classes)
    return found.of(np.flatnonzero(~classes.covered[found.gold]))
