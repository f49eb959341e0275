"""Tokenizer metrics: from the added counters of a corpus to records with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from langcov.core.arrays import Floats
from langcov.errors import CannotMeasure
from langcov.metrics.intervals import interval, too_few
from langcov.metrics.tokenizers.measured import Figure, Measured, Subject
from langcov.metrics.tokenizers.metric import TokenizerMetric
from langcov.metrics.tokenizers.registry import metrics
from langcov.results.result import Record


def records(run: Measured) -> list[Record]:
    """All records of a tokenizer on a corpus, by language and then over languages."""
    return [
        _record(metric, subject, figure)
        for metric, subject in _asked(run)
        if (figure := _figure(metric, subject)) is not None
    ]


def _asked(run: Measured) -> Iterator[tuple[TokenizerMetric, Subject]]:
    """What there may be a record of."""
    for language in (*run.tallies, ""):
        for metric in metrics().values():
            if ("language" in metric.per) == bool(language):
                references = run.references if "reference" in metric.per else [""]
                yield from ((metric, Subject(run, language, reference)) for reference in references)


def _figure(metric: TokenizerMetric, subject: Subject) -> Figure | None:
    try:
        figure = metric.measure(subject)
    except CannotMeasure as error:
        figure = Figure(None, reason=str(error))
    failed = subject.counts.failed if subject.language and not metric.of_text else None
    return replace(figure, value=None, resampled=None, reason=failed) if figure and failed else figure


def _record(metric: TokenizerMetric, subject: Subject, figure: Figure) -> Record:
    record = Record(
        subject.run.system,
        subject.run.corpus,
        subject.language or None,
        metric.name,
        figure.value,
        n=subject.lines if figure.n is None else figure.n,
        rows=subject.rows if figure.rows is None else figure.rows,
        rows_dropped=figure.rows_dropped,
        unit=metric.unit,
        reason=figure.reason,
        reference=subject.reference or None,
        languages=figure.languages or subject.languages,
    )
    return _with_interval(record, figure.resampled) if figure.resampled else record


def _with_interval(record: Record, resampled: Callable[[], Floats]) -> Record:
    """The record with its interval, or with the reason why it has none."""
    if reason := too_few(record.rows):
        return replace(record, reason=reason)
    bounds = interval(resampled())
    if bounds is None:
        return replace(record, reason="no interval: a resample divides by zero")
    return replace(record, low=bounds[0], high=bounds[1])
