"""What perturbations cost in tokens: a metric for each, the rows perturbed and unperturbed drawn together."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Floats
from langcov.errors import CannotMeasure
from langcov.languages.perturbations import PerturbationKind
from langcov.metrics.intervals import resample
from langcov.metrics.metric import Shown
from langcov.metrics.tokenizers.measured import Figure, Subject, quotient
from langcov.metrics.tokenizers.metric import TokenizerMetric


def cost(perturbation: PerturbationKind) -> TokenizerMetric:
    """The metric of a perturbation; there is a figure where the measurement was asked for it."""
    name, words = perturbation.name, perturbation.name.replace("_", " ")

    def measure(subject: Subject) -> Figure | None:
        counts = subject.counts
        if name not in counts.tally.perturbed:
            return None
        perturbed, tokens = counts.tally.perturbed[name][counts.system], counts.rows("tokens")
        if isinstance(perturbed, str):
            raise CannotMeasure(perturbed)
        if not tokens.sum():
            raise CannotMeasure("no tokens")
        pair = np.stack([perturbed["tokens"], tokens], axis=1)

        def resampled() -> Floats:
            sums = resample(pair)
            return quotient(sums[:, 0], sums[:, 1]) - 1

        changed, plain = pair.sum(axis=0).tolist()
        return Figure(changed / plain - 1, resampled)

    return TokenizerMetric(
        f"{name}_cost",
        "share",
        "lower",
        f"Σ tokens of the same lines with {perturbation.what} / Σ tokens − 1",
        measure,
        perturbation=name,
        shown=Shown(f"Tokens added by {perturbation.what} ({words} cost)", f"{words}\ncost"),
    )
