"""Language-ID models against one another: which has the highest macro F1, where that is certain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Floats
from langcov.metrics.intervals import too_few
from langcov.metrics.lid.averages import macro_f1_gold
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.paired import compared
from langcov.results.result import Rows


class Contender(NamedTuple):
    """A model that somebody could choose, and its macro F1 of all gold languages."""

    name: str
    classes: frozenset[
        frozenset[str]
    ]  # the languages of each gold class, which hang on the labels of a model
    rows: int
    value: float
    drawn: Floats  # in each resample of the rows, float64 [resamples]


def contender(run: LidMeasured) -> Contender:
    """A model on one corpus, on which it did not fail."""
    return Contender(
        run.judge.system.name,
        frozenset(map(frozenset, run.gold.values())),
        int(run.rows.sum()),
        float(macro_f1_gold(run.matrix)),
        macro_f1_gold(run.resampled),
    )


def comparisons(corpus: str, models: Sequence[Contender]) -> Rows:
    """The highest macro F1 against each other model's, as rows of the result.

    Means over other classes are not compared.
    """
    if len(models) < 2 or too_few(models[0].rows) or len({model.classes for model in models}) > 1:
        return []
    value, drawn = np.array([m.value for m in models]), np.stack([m.drawn for m in models], axis=1)
    if not (np.isfinite(value).all() and np.isfinite(drawn).all()):
        return []
    where = {"corpus": corpus, "language": None, "metric": "macro_f1_gold", "reference": None}
    names = [model.name for model in models]
    return [where | one._asdict() for one in compared(names, value, drawn, int(value.argmax()))]
