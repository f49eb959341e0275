"""How recall changes with perturbations, a metric for each; rows perturbed and not are drawn together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from langcov.languages.perturbations import PerturbationKind
from langcov.metrics.intervals import RESAMPLES, resample
from langcov.metrics.lid.matrix import share
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.lid.metric import NO_LINES, Figures, LidMetric


def recall_change(perturbation: PerturbationKind) -> LidMetric:
    """The metric of a perturbation; there are figures where the measurement was asked for it."""
    name = perturbation.name

    def measure(run: LidMeasured) -> Figures | None:
        if name not in run.perturbations:
            return None
        values, resampled = np.full(len(run.gold), np.nan), np.full((RESAMPLES, len(run.gold)), np.nan)
        lacking = [""] * len(run.gold)
        for at, languages in enumerate(run.gold.values()):
            missing = [
                run.tallies[one].missing[name] for one in languages if name in run.tallies[one].missing
            ]
            lacking[at] = missing[0] if missing else ""
            if run.classes.covered[at] and not missing:
                counts = [_hits_and_lines(run, one, name, at) for one in languages]
                perturbed, plain, lines = np.sum([part.sum(axis=0) for part in counts], axis=0)
                values[at] = (perturbed - plain) / lines
                drawn = np.sum([resample(part) for part in counts], axis=0)
                resampled[:, at] = share((drawn[:, 0] - drawn[:, 1], drawn[:, 2]))
        return Figures(values, resampled=resampled, undefined=lacking)

    return LidMetric(
        f"recall_change_{name}",
        "difference",
        "higher",
        f"recall of the lines perturbed ({name}) − recall of the same lines as they are",
        NO_LINES,
        measure,
        perturbation=name,
    )


def _hits_and_lines(run: LidMeasured, language: str, name: str, at: int) -> NDArray[np.int64]:
    """Lines of a gold class that were identified when perturbed, as they are, and all, int64 [rows, 3]."""
    lines = run.confusion_by_row(language)
    hits = lines[:, run.classes.stands[at]].sum(axis=1)
    return np.stack([run.hits_by_row(language, name), hits, lines.sum(axis=1)], axis=1)
