"""What a language-identification metric is, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from langcov.core.arrays import Floats, Ints
from langcov.errors import CannotMeasure
from langcov.metrics.intervals import wilson
from langcov.metrics.lid.matrix import Counts, Matrix, Ratio, share
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.metric import Metric, Shown

UNSUPPORTED = "unsupported: the model has no label for it"
COUNTED_IN = "counted in "  # before the name of the class that has the figures of a language
NO_LINES = "no lines"
NEVER = "never predicted"
NO_ROWS = "no interval: scores are not counted by row"


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of a metric: one for each gold class, or one of all together; arrays of that shape."""

    values: Floats  # NaN where the definition divides zero by zero, float64 […]
    bounds: tuple[Floats, Floats] | None = None  # of the interval, float64 […] each
    # the values in each resample of the rows, float64 [RESAMPLES, …]; an interval from it
    resampled: Floats | None = None
    reason: str | None = None  # why there is no interval, where there is neither
    n: Ints | None = None  # lines that each rests on, int64 […]; None: all lines of the class, or of the test
    # why a value is NaN, for each that has a reason of its own; the others are empty
    undefined: Sequence[str] | None = None


Measure = Callable[[LidMeasured], Figures | None]
"""Gives figures; None where they were not asked for. Where they can't be had it raises ``CannotMeasure``."""


@dataclass(frozen=True)
class LidMetric(Metric):
    """A metric of a model on each language, on all of them together (language null), or both.

    Attributes:
        undefined: why there is no value where the definition divides zero by zero.
        of_classes: the figures of the gold classes, int64 [gold].
        of_all: the figure of all of them together.
        of_members: a language that is counted in a class with others is told so under this metric.
        shown: None here by default: the report leads with those of langcov, each in its place.
    """

    undefined: str
    of_classes: Measure | None = None
    of_all: Measure | None = None
    of_members: bool = field(default=False, kw_only=True)
    shown: Shown | None = field(default=None, kw_only=True)


def shares(ratio: Callable[[Matrix], Ratio]) -> Measure:
    """Shares of lines, from (hits, trials): of independent lines with Wilson's interval, else resampled."""

    def measure(run: LidMeasured) -> Figures:
        hits, trials = ratio(run.matrix)
        values = share((hits, trials))
        if run.independent:
            return Figures(values, bounds=wilson(hits, trials))
        return Figures(values, resampled=share(ratio(run.resampled)))

    return measure


def scores(score: Callable[[Matrix], Floats]) -> Measure:
    """Figures of a confusion matrix, the rows of its lines resampled."""
    return lambda run: Figures(score(run.matrix), resampled=score(run.resampled))


def shares_of_best_three(ratio: Callable[[Matrix, Counts], Ratio]) -> Measure:
    """Shares of lines, from the matrix and the lines whose own class is among the best three."""

    def measure(run: LidMeasured) -> Figures:
        if run.matrix.hits3 is None:
            raise CannotMeasure(run.top3 or "")
        hits, trials = ratio(run.matrix, run.matrix.hits3)
        bounds = wilson(hits, trials) if run.independent else None
        return Figures(share((hits, trials)), bounds=bounds, reason=None if bounds else NO_ROWS)

    return measure


def together(ratio: Callable[[Matrix], Ratio]) -> Callable[[Matrix], Ratio]:
    """A ratio of each class, of all of them added up."""

    def added(matrix: Matrix) -> Ratio:
        top, bottom = ratio(matrix)
        return top.sum(axis=-1), bottom.sum(axis=-1)

    return added
