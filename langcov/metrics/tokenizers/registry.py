"""All tokenizer metrics by name: each stands in the file that computes it, and here is where it is found.

Another package adds its own through the entry-point group ``langcov.metrics``: a ``TokenizerMetric``, or a
list of them.
"""

from __future__ import annotations

from functools import cache

from langcov.core.plugins import registry
from langcov.languages.perturbations import perturbations
from langcov.metrics.metric import ENTRY_POINTS, metrics_of
from langcov.metrics.tokenizers import across_languages, ratios, vocabulary
from langcov.metrics.tokenizers.metric import TokenizerMetric
from langcov.metrics.tokenizers.ratios import cost

MODULES = (ratios, across_languages, vocabulary)


@cache
def metrics() -> dict[str, TokenizerMetric]:
    """The metrics in the order in which tables show them, those of plug-ins last."""
    builtin = [metric for module in MODULES for metric in module.METRICS]
    builtin += map(cost, perturbations().values())
    own = {metric.name: metric for metric in builtin}
    return registry(own, ENTRY_POINTS, "metric", metrics_of(TokenizerMetric))
