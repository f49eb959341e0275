"""The result of a measurement: tidy records, exact totals, signature and provenance in one schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SCHEMA = "langcov.result/1"


@dataclass(frozen=True)
class Record:
    """One number. ``value`` None always comes with a ``reason``; so do missing bounds.

    Attributes:
        language: ``tat_Cyrl``, or None where ``languages`` are meant together (``gini``).
        reference: the language a premium is against.
        low, high: the 95 % interval.
        n: lines it rests on.
        rows, rows_dropped: resampling rows used, and left out because a partner lacks them.
        unit: ``ratio``, ``tokens/word``, ``share`` …
        reason: why value or interval is None.
    """

    system: str
    corpus: str
    language: str | None
    metric: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    rows: int = 0
    rows_dropped: int = 0
    unit: str = ""
    reason: str | None = None
    reference: str | None = None
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Result:
    """A whole measurement (CONTRACT, Result JSON); lists of plain dicts except the records."""

    kind: str
    signature: dict[str, str]
    created: str
    environment: dict[str, str]
    corpora: list[dict[str, Any]]
    systems: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    records: list[Record]
    hygiene: list[dict[str, Any]] = field(default_factory=list)
    details: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
