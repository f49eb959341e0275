"""Metrics of other packages, tokenizer and language-ID metrics in one entry-point group."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from langcov.core.plugins import named
from langcov.metrics.metric import Metric

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "langcov.metrics"
Kind = TypeVar("Kind", bound=Metric)


def metrics_of(kind: type[Kind]) -> Callable[[EntryPoint], list[tuple[str, Kind]]]:
    """For ``core.plugins.registry``: the metrics of one kind that an entry point stands for."""
    every = named(Metric)
    return lambda point: [(name, one) for name, one in every(point) if isinstance(one, kind)]
