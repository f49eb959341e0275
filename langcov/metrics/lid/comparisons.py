"""Language-ID models against one another: which has the highest macro F1, where that is certain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from langcov.metrics.intervals import too_few
from langcov.metrics.lid.averages import macro_f1_gold
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.paired import compared
from langcov.results.result import Rows


def comparisons(runs: Sequence[LidMeasured]) -> Rows:
    """The highest macro F1 of all gold languages against each other model's, as rows of the result.

    Args:
        runs: of one corpus, of the models that somebody could choose, none of which failed.
    """
    if len(runs) < 2 or too_few(int(runs[0].rows.sum())):
        return []
    value = np.array([float(macro_f1_gold(run.matrix)) for run in runs])
    drawn = np.stack([macro_f1_gold(run.resampled) for run in runs], axis=1)
    if not (np.isfinite(value).all() and np.isfinite(drawn).all()):
        return []
    where = {"corpus": runs[0].corpus, "language": None, "metric": "macro_f1_gold", "reference": None}
    names = [run.judge.system.name for run in runs]
    return [where | one._asdict() for one in compared(names, value, drawn, int(value.argmax()))]
