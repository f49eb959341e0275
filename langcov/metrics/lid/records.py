"""LID metrics: from the added answers of a model on a corpus to records with intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from langcov.errors import CannotMeasure
from langcov.metrics.intervals import interval, too_few
from langcov.metrics.lid.calibration import answers_overall, risk_coverage
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.lid.metric import COUNTED_IN, UNSUPPORTED, Figures, LidMetric, Measure
from langcov.metrics.lid.registry import lid_metrics
from langcov.results.result import Record

ID = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")


def records(run: LidMeasured) -> list[Record]:
    """All records of a model on a corpus, by language and then over all of them."""
    found = [*_of_classes(run), *_members(run), *_of_all(run)]
    if run.failed:
        return [replace(one, value=None, low=None, high=None, reason=run.failed) for one in found]
    return found


def risk_points(run: LidMeasured) -> list[dict[str, Any]]:
    """Points of the risk–coverage curve of all lines; none where scores are no probabilities."""
    if run.judge.system.model.score != "probability" or run.failed:
        return []
    lines = int(run.confusion.sum())
    threshold, coverage, risk = risk_coverage(answers_overall(run.scored, run.classes), lines)
    return [
        {"threshold": float(t), "coverage": float(c), "risk": float(r)}
        for t, c, r in zip(threshold, coverage, risk)
        if np.isfinite(t)
    ]


def _metrics(run: LidMeasured) -> list[LidMetric]:
    """All metrics, those of perturbations last, in the order in which they were asked for."""
    asked = {name: place for place, name in enumerate(run.perturbations)}
    return sorted(lid_metrics().values(), key=lambda metric: asked.get(metric.perturbation, -1))


def _of_classes(run: LidMeasured) -> Iterator[Record]:
    figures = [(metric, _figures(metric.of_classes, run)) for metric in _metrics(run)]
    for at, blank in enumerate(_blanks(run)):
        unlike = "" if run.classes.covered[at] else UNSUPPORTED
        yield from (
            _record(metric, found, at, blank, unlike) for metric, found in figures if found is not None
        )


def _of_all(run: LidMeasured) -> Iterator[Record]:
    blank = Record(
        run.judge.system.name,
        run.corpus,
        None,
        "",
        None,
        n=int(run.matrix.total),
        rows=int(run.rows.sum()),
    )
    for metric in _metrics(run):
        found = _figures(metric.of_all, run)
        if found is not None:
            yield _record(metric, found, (), blank)


def _figures(measure: Measure | None, run: LidMeasured) -> Figures | str | None:
    """The figures, or why there are none; None where they were not asked for."""
    try:
        return None if measure is None else measure(run)
    except CannotMeasure as error:
        return str(error)


def _record(
    metric: LidMetric, figures: Figures | str, at: int | tuple[()], blank: Record, unsupported: str = ""
) -> Record:
    """One figure as a record, with its interval or the reason why it has none."""
    record = replace(blank, metric=metric.name, unit=metric.unit)
    if isinstance(figures, str):
        return replace(record, reason=figures)
    if figures.n is not None:
        record = replace(record, n=int(figures.n[at]))
    value = figures.values[at]
    if not np.isfinite(value):
        own = figures.undefined[at] if figures.undefined and isinstance(at, int) else ""
        return replace(record, reason=own or unsupported or metric.undefined)
    record = replace(record, value=float(value))
    if figures.bounds is not None:
        low, high = figures.bounds
        return replace(record, low=float(low[at]), high=float(high[at]))
    if figures.resampled is None:
        return replace(record, reason=figures.reason)
    reason = too_few(record.rows)
    bounds = (
        None if reason else interval(figures.resampled[:, at] if isinstance(at, int) else figures.resampled)
    )
    if bounds is None:
        return replace(record, reason=reason or "no interval: a resample divides by zero")
    return replace(record, low=bounds[0], high=bounds[1])


def _blanks(run: LidMeasured) -> Iterator[Record]:
    """A record without figures for each gold class: of one language, or of several together."""
    lines = run.matrix.lines.tolist()
    for (name, languages), n, rows in zip(run.gold.items(), lines, run.rows.tolist()):
        one = name if ID.fullmatch(name) else None
        together = None if one else tuple(sorted(languages))
        yield Record(run.judge.system.name, run.corpus, one, "", None, n=n, rows=rows, languages=together)


def _members(run: LidMeasured) -> Iterator[Record]:
    """Languages that are counted in a class with others have no figures of their own."""
    of_members = [metric for metric in lid_metrics().values() if metric.of_members]
    for name, languages in run.gold.items():
        for language in (language for language in languages if language[:4] != name[:4]):
            for metric in of_members:
                yield Record(
                    run.judge.system.name,
                    run.corpus,
                    language,
                    metric.name,
                    None,
                    unit=metric.unit,
                    reason=f"{COUNTED_IN}{name} ({run.judge.classes.policy})",
                )
