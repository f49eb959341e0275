"""Metrics that are shares of lines: right ones, wrong ones by kind, discarded ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from langcov.lid.labels import Sentinel
from langcov.metrics.lid.matrix import Counts, Matrix, Ratio
from langcov.metrics.lid.metric import (
    NEVER,
    NO_LINES,
    LidMetric,
    shares,
    shares_of_best_three,
    together,
)

ALONE = "no line of another language in the test"


def precision(matrix: Matrix) -> Ratio:
    """False positives are counted from every gold language of the test."""
    return matrix.right, matrix.claimed


def recall(matrix: Matrix) -> Ratio:
    """What needs a label has no trials where the model has none."""
    return matrix.right, matrix.known


def false_positive_rate(matrix: Matrix) -> Ratio:
    """Of the lines of all other gold languages."""
    others = (matrix.total[..., None] - matrix.lines) * matrix.classes.covered
    return matrix.claimed - matrix.right, others


def accuracy(matrix: Matrix) -> Ratio:
    """Lines of unsupported languages are wrong."""
    return matrix.right.sum(axis=-1), matrix.total


def best_three(matrix: Matrix, hits: Counts) -> Ratio:
    """Of each class."""
    return hits, matrix.known


def _of_either(
    name: str,
    better: Literal["lower", ""],
    definition: str,
    hits: Callable[[Matrix], Counts],
) -> LidMetric:
    """A share of the lines of each class, and of all."""

    def ratio(matrix: Matrix) -> Ratio:
        return hits(matrix), matrix.lines

    return LidMetric(name, "share", better, definition, NO_LINES, shares(ratio), shares(together(ratio)))


def _predicted_as(name: str) -> Callable[[Matrix], Counts]:
    return lambda matrix: matrix.confusion[..., matrix.classes.sentinels[name]]


METRICS = (
    LidMetric(
        "precision",
        "share",
        "higher",
        "TP / (TP + FP), FP from every gold language of the test",
        NEVER,
        shares(precision),
        of_members=True,
    ),
    LidMetric(
        "recall", "share", "higher", "TP / lines of the language", NO_LINES, shares(recall), of_members=True
    ),
    LidMetric(
        "false_positive_rate",
        "share",
        "lower",
        "FP / lines of all other gold languages",
        ALONE,
        shares(false_positive_rate),
    ),
    LidMetric(
        "top3_accuracy",
        "share",
        "higher",
        "lines whose own class is among the best three / lines",
        NO_LINES,
        shares_of_best_three(best_three),
        shares_of_best_three(lambda matrix, hits: (hits.sum(axis=-1), matrix.total)),
    ),
    LidMetric(
        "top3_accuracy_covered",
        "share",
        "higher",
        "top3_accuracy, of the lines of languages that have a label",
        NO_LINES,
        of_all=shares_of_best_three(lambda matrix, hits: together(lambda m: best_three(m, hits))(matrix)),
    ),
    _of_either("discard_rate", "", "lines predicted as no language / lines", lambda m: m.discarded),
    *(
        _of_either(
            f"discard_rate_{one.value.replace('-', '_')}",
            "",
            f"lines predicted as {one.value} / lines",
            _predicted_as(one.value),
        )
        for one in Sentinel
    ),
    _of_either(
        "within_group_error",
        "lower",
        "lines taken for a sister language of the same group / lines",
        lambda matrix: matrix.within,
    ),
    _of_either(
        "between_group_error",
        "lower",
        "lines taken for a language outside the group / lines",
        lambda matrix: matrix.between,
    ),
    LidMetric(
        "accuracy",
        "share",
        "higher",
        "right lines / lines, those of unsupported languages being wrong",
        NO_LINES,
        of_all=shares(accuracy),
    ),
    LidMetric(
        "accuracy_covered",
        "share",
        "higher",
        "right lines / lines, of the languages that have a label",
        NO_LINES,
        of_all=shares(together(recall)),
    ),
)
