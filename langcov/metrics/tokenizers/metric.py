"""What a tokenizer metric is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from langcov.metrics.metric import Metric
from langcov.metrics.tokenizers.measured import Figure, Subject

Measure = Callable[[Subject], Figure | None]
"""Gives the figure of a subject; None where it was not asked for. Where it can't be had it raises
``CannotMeasure``."""
Verdict = Literal["", "good", "fair", "bad"]


@dataclass(frozen=True)
class TokenizerMetric(Metric):
    """A metric of a tokenizer on a language, or on all languages of a corpus together.

    Attributes:
        measure: the figure, by its definition.
        per: there is a record for each ``language`` (else one for all together), and for each ``reference``.
        of_text: the tokenizer has no part in it, so it is there though the tokenizer failed.
    """

    measure: Measure
    per: tuple[Literal["language", "reference"], ...] = ("language",)
    of_text: bool = field(default=False, kw_only=True)
    verdict: Callable[[float], Verdict] = field(default=lambda value: "", kw_only=True)
