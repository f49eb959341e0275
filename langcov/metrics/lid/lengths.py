"""Metrics of lines of one length in code points."""

from __future__ import annotations

from collections.abc import Callable

from langcov.core.arrays import Floats
from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.lid.averages import f1
from langcov.metrics.lid.matrix import Matrix, share
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.lid.metric import NEVER, Figures, LidMetric, Measure
from langcov.metrics.lid.shares import accuracy, precision, recall

NO_LENGTHS = "no interval: lines of one length are not resampled"
NO_LINES = "no lines of this length"


def at_length(metric: str, length: str) -> str:
    """The name of a metric of the lines of one of ``LENGTHS``.

    >>> at_length("recall", "1-10")
    'recall_1-10_chars'
    """
    return f"{metric}_{length}_chars"


def _of(bucket: int, score: Callable[[Matrix], Floats]) -> Measure:
    """The figures of lines of one length, and the lines that they rest on."""

    def measure(run: LidMeasured) -> Figures:
        values = score(run.by_length)[bucket]
        lines = run.by_length.lines if values.ndim else run.by_length.total
        return Figures(values, reason=NO_LENGTHS, n=lines[bucket])

    return measure


def _metrics(
    name: str, undefined: str, score: Callable[[Matrix], Floats], of_all: bool = False
) -> list[LidMetric]:
    """A metric for each length: of the gold classes, or of all of them together."""
    return [
        LidMetric(
            at_length(name, length),
            "share",
            "higher",
            f"{name}, of lines of {length} code points",
            undefined,
            None if of_all else _of(bucket, score),
            _of(bucket, score) if of_all else None,
        )
        for bucket, length in enumerate(LENGTHS)
    ]


METRICS = (
    *_metrics("precision", NEVER, lambda matrix: share(precision(matrix))),
    *_metrics("recall", NO_LINES, lambda matrix: share(recall(matrix))),
    *_metrics("f1", f"{NO_LINES}, {NEVER}", f1),
    *_metrics("accuracy", NO_LINES, lambda matrix: share(accuracy(matrix)), of_all=True),
)
