"""All LID metrics by name: each stands in the file that computes it, and here is where it is found.

Another package adds its own through the entry-point group ``langcov.metrics``: a ``LidMetric``, or a list of
them.
"""

from __future__ import annotations

from functools import cache

from langcov.core.plugins import registry
from langcov.languages.perturbations import perturbations
from langcov.metrics.lid import averages, calibration, lengths, purity, shares, thresholds
from langcov.metrics.lid.metric import LidMetric
from langcov.metrics.lid.robustness import recall_change
from langcov.metrics.metric import ENTRY_POINTS, metrics_of

MODULES = (shares, averages, purity, calibration, thresholds, lengths)


@cache
def lid_metrics() -> dict[str, LidMetric]:
    """All of them, those of plug-ins last."""
    builtin = [metric for module in MODULES for metric in module.METRICS]
    builtin += map(recall_change, perturbations().values())
    own = {metric.name: metric for metric in builtin}
    return registry(own, ENTRY_POINTS, "metric", metrics_of(LidMetric))
