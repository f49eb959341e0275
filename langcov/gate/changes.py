"""What changed between two results: each gated figure with its paired difference, and whether it may."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from langcov.core.arrays import Floats
from langcov.gate.figures import Pair, lid_pairs, token_pairs
from langcov.gate.settings import GateSettings
from langcov.gate.side import Cell, Side
from langcov.metrics.intervals import FEWEST_ROWS, Z, middle
from langcov.metrics.lid.registry import lid_metrics
from langcov.metrics.metric import Metric
from langcov.metrics.paired import LEVEL, holm
from langcov.metrics.tokenizers.registry import metrics
from langcov.results.result import Record

Verdict = Literal["same", "better", "worse", "tolerated", "unclear", "gone", "unknown"]
FAILS = ("worse", "gone")
"""Verdicts that close the gate."""
UNPAIRED = "without rows to pair: from the intervals of both"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure in two results."""

    system: str
    corpus: str
    language: str | None
    metric: str
    reference: str | None
    unit: str
    base: float | None
    new: float | None
    # low, high: of ``new - base``, 95 %; None where rows are too few, or an interval is not known
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None  # two-sided; ``p_adjusted`` over the whole table
    p_adjusted: float | None = None
    rows: int = 0
    paired: bool = False
    tolerance: float = 0.0
    verdict: Verdict = "unknown"
    reason: str | None = None


def changes(
    base: Side, new: Side, systems: Sequence[tuple[str, str]], settings: GateSettings
) -> list[Change]:
    """Every gated figure that either result has, in the order of the second.

    Args:
        systems: the name of each in ``base`` and in ``new``.
    """
    names = {theirs: ours for ours, theirs in systems}
    wanted = [
        cell
        for cell in dict.fromkeys((*new.records, *_as_named(base, systems)))
        if cell[0] in names and cell[3] in settings.metrics
    ]
    paired: dict[Cell, Pair] = {}
    pairs = lid_pairs if new.result.kind == "lid" else token_pairs
    for corpus in dict.fromkeys(cell[1] for cell in wanted):
        paired.update(pairs(base, new, corpus, systems, wanted))
    found = []
    for cell in wanted:
        ours = (names[cell[0]], *cell[1:])
        one = _change(cell, base.records.get(ours), new.records.get(cell), paired.get(cell))
        if one is not None:
            found.append(one)
    return [_judged(one, settings) for one in _adjusted(found, settings)]


def _as_named(base: Side, systems: Sequence[tuple[str, str]]) -> Iterable[Cell]:
    """The records of the base as they would be called in the other result."""
    names = dict(systems)
    return ((names[cell[0]], *cell[1:]) for cell in base.records if cell[0] in names)


def _change(cell: Cell, base: Record | None, new: Record | None, pair: Pair | None) -> Change | None:
    """The difference; None where neither result has a figure."""
    values = [record.value if record else None for record in (base, new)]
    if values == [None, None]:
        return None
    system, corpus, language, metric, reference = cell
    one = Change(
        system=system,
        corpus=corpus,
        language=language,
        metric=metric,
        reference=reference,
        unit=_metric(metric).unit,
        base=values[0],
        new=values[1],
    )
    if values[1] is None:
        reason = new.reason if new else "it is not in the new result"
        return replace(one, verdict="gone", reason=reason)
    if values[0] is None:
        return replace(one, reason=(base.reason if base else None) or "it is not in the base")
    if pair is not None:
        return _paired(one, pair)
    assert base is not None and new is not None
    return _unpaired(one, base, new)


def _paired(one: Change, pair: Pair) -> Change:
    one = replace(
        one, base=pair.base, new=pair.new, difference=pair.new - pair.base, rows=pair.rows, paired=True
    )
    if pair.drawn is None:
        return replace(
            one, reason=f"no interval: fewer than {FEWEST_ROWS} rows, or a resample divides by zero"
        )
    low, high = middle(pair.drawn)
    error = float(pair.drawn.std(ddof=1))
    return replace(one, low=float(low), high=float(high), p=_p(one.difference or 0.0, error, pair.rows))


def _unpaired(one: Change, base: Record, new: Record) -> Change:
    difference = (one.new or 0.0) - (one.base or 0.0)
    rows = min(base.rows, new.rows) or min(base.n, new.n)
    one = replace(one, difference=difference, rows=rows, reason=UNPAIRED)
    if None in (base.low, base.high, new.low, new.high):
        return replace(one, reason="no interval in one of the results")
    errors = [(record.high - record.low) / (2 * Z) for record in (base, new)]  # type: ignore[operator]
    error = math.hypot(*errors)
    return replace(
        one, low=difference - Z * error, high=difference + Z * error, p=_p(difference, error, rows)
    )


def _p(difference: float, error: float, rows: int) -> float:
    """Two-sided p of a difference by its bootstrap standard error, from Student's t with rows - 1 degrees.

    The tail is Wallace's (1959) normal approximation of t, good to three digits where p is adjusted for
    thousands of figures; counting resamples could not go below 2 / 1001.

    >>> round(_p(2.262157, 1.0, 10), 3), _p(0.0, 0.0, 30), _p(0.1, 0.0, 30)
    (0.05, 1.0, 0.0)
    """
    if error <= 1e-12 * abs(difference) or not error:
        return 0.0 if difference else 1.0
    t, df = abs(difference) / error, max(1, rows - 1)
    z = (8 * df + 1) / (8 * df + 3) * math.sqrt(df * math.log1p(t * t / df))
    return math.erfc(z / math.sqrt(2))


def _adjusted(found: Sequence[Change], settings: GateSettings) -> list[Change]:
    """With p adjusted over the whole table."""
    tested = [at for at, one in enumerate(found) if one.p is not None]
    if not tested:
        return list(found)
    p = np.array([found[at].p for at in tested], np.float64)
    adjusted = dict(zip(tested, (holm if settings.correction == "holm" else bh)(p).tolist()))
    return [replace(one, p_adjusted=adjusted.get(at)) for at, one in enumerate(found)]


def bh(p: Floats) -> Floats:
    """Benjamini and Hochberg's adjusted p of tests made together, float64 [n].

    >>> bh(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    stepped = np.minimum.accumulate(np.minimum(1.0, raised)[::-1])[::-1]
    adjusted = np.empty_like(stepped)
    adjusted[order] = stepped
    return adjusted


def _judged(one: Change, settings: GateSettings) -> Change:
    """With what the gate says of it."""
    difference = one.difference
    if difference is None or one.base is None:
        return one
    rule = settings.tolerance(one.metric, one.language)
    one = replace(one, tolerance=rule.of(one.base))
    worse = difference if _metric(one.metric).better == "lower" else -difference
    significant = one.p_adjusted is not None and one.p_adjusted < LEVEL
    if difference == 0:
        return replace(one, verdict="same")
    if not significant and (rule.only_significant or worse <= one.tolerance):
        return replace(one, verdict="unclear")
    if worse > one.tolerance:
        return replace(one, verdict="worse")
    return replace(one, verdict="better" if worse < 0 else "tolerated")


def _metric(name: str) -> Metric:
    known: Mapping[str, Metric] = {**metrics(), **lid_metrics()}
    return known[name]
