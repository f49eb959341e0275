"""All counters by name: a counter stands in the file that computes it, named in ``MODULES``.

Another package adds its own through the entry-point group ``langcov.counters``: a ``TextCounter``, a
``TokenCounter``, or a list of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from numpy.typing import NDArray

from langcov.core.plugins import named, registry
from langcov.counting.batch import Batch
from langcov.counting.counter import Columns, Counter, TextCounter, TokenCounter
from langcov.errors import CannotMeasure

MODULES: tuple[str, ...] = (
    "text_counters",
    "token_counters",
    "lost_text",
)
"""The modules of ``langcov.counting`` that hold counters, in the order of totals."""
ENTRY_POINTS = "langcov.counters"
Kind = TypeVar("Kind", bound=Counter)


def _builtin() -> list[Counter]:
    modules = [import_module(f"langcov.counting.{name}") for name in MODULES]
    return [counter for module in modules for counter in module.COUNTERS]


@cache
def _counters() -> dict[str, Counter]:
    builtin = {counter.name: counter for counter in _builtin()}
    return registry(builtin, ENTRY_POINTS, "counter", named(TextCounter, TokenCounter))


@cache
def _of_kind(kind: type[Kind]) -> Columns[Kind]:
    return Columns(counter for counter in _counters().values() if isinstance(counter, kind))


def text_columns() -> Columns[TextCounter]:
    """The counters of the text, those of plug-ins last."""
    return _of_kind(TextCounter)


def token_columns() -> Columns[TokenCounter]:
    """The counters of tokens."""
    return _of_kind(TokenCounter)


def count_text(batch: Batch) -> dict[str, NDArray[Any]]:
    """The text counters of words of each string of a batch, whole numbers [strings] each."""
    counted = {name: counter.counted(batch, len(batch)) for name, counter in text_columns().words.items()}
    batch.forget_decoded()
    return counted


def count_each(
    counters: Mapping[str, TokenCounter], strings: Any, n: int
) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """Some counters of ``n`` strings, whole numbers [n] each, and those that can't be had with the reason."""
    counted, missing = {}, {}
    for name, counter in counters.items():
        try:
            counted[name] = counter.counted(strings, n)
        except CannotMeasure as error:
            missing[name] = str(error)
    return counted, missing
