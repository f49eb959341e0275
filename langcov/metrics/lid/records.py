"""LID metrics: from the added answers of a model on a corpus to records with intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.intervals import interval, resample, too_few, wilson
from langcov.metrics.lid import scores as lid
from langcov.metrics.lid.calibration import (
    Answers,
    answers_by_language,
    answers_overall,
    ece,
    risk_coverage,
    threshold_for_precision,
)
from langcov.metrics.lid.definitions import (
    BASE_RATES,
    LID_METRICS,
    NO_PROBABILITY,
    UNSUPPORTED,
    robustness,
)
from langcov.metrics.lid.measured import Floats, Ints, LidMeasured
from langcov.results.result import Record

ID = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
NO_LENGTHS = "no interval: lines of one length are not resampled"
NO_ROWS = "no interval: scores are not counted by row"
OF_THE_TEST = "no interval: it is of the languages, not of their lines"


def records(run: LidMeasured) -> list[Record]:
    """All records of a model on a corpus, by language and then over all of them."""
    found = [*_by_language(run), *_members(run), *_together(run)]
    failed = _failure(run)
    if failed:
        return [replace(one, value=None, low=None, high=None, reason=failed) for one in found]
    return found


def _failure(run: LidMeasured) -> str | None:
    """Why there are no figures of the corpus, if the model failed on a line of it."""
    return next((tally.failed for tally in run.tallies.values() if tally.failed), None)


def risk_points(run: LidMeasured) -> list[dict[str, Any]]:
    """Points of the risk–coverage curve of all lines; none where scores are no probabilities."""
    if run.judge.system.model.score != "probability" or _failure(run):
        return []
    lines = int(run.confusion.sum())
    threshold, coverage, risk = risk_coverage(answers_overall(run.scored[0], run.classes), lines)
    return [
        {"threshold": float(t), "coverage": float(c), "risk": float(r)}
        for t, c, r in zip(threshold, coverage, risk)
        if np.isfinite(t)
    ]


def _by_language(run: LidMeasured) -> Iterator[Record]:
    hits3 = None if run.top3 else run.hits("top3")
    values = lid.by_language(run.confusion, run.classes, hits3)
    resampled = lid.by_language(run.resampled, run.classes)
    shares = lid.proportions(run.confusion, run.classes, hits3)
    by_length, of_length = lid.by_length(_by_length(run), run.classes)[0], _by_length(run).sum(axis=2)
    calibration = _calibration(run, answers_by_language(run.scored[0], run.classes))
    purities = {name: lid.purity(run.confusion, run.classes, rate) for name, rate in BASE_RATES.items()}
    lines = run.confusion.sum(axis=1)
    for at, blank in enumerate(_blanks(run)):
        blank = replace(blank, n=int(lines[at]), rows=int(run.rows[at]))
        known = bool(run.classes.covered[at])
        for key, each in values.items():
            record = _valued(replace(blank, metric=key), each[at], known)
            if key.startswith("purity_at_"):
                _, low, high = (bound[at] for bound in purities[key.removeprefix("purity_at_")])
                if record.value is None and np.isfinite(low):
                    record = replace(
                        record, reason=f"no false positive seen: {low:.4g} or more, by FPR's bound"
                    )
                yield _with_bounds(record, low, high)
            elif run.independent and key in shares:
                yield _with_bounds(record, *(bound[at] for bound in wilson(*shares[key])))
            elif key in resampled:
                yield _with_interval(record, resampled[key][:, at])
            else:
                yield replace(record, reason=record.reason or NO_ROWS)
        if run.top3:
            yield _valued(replace(blank, metric="top3_accuracy"), np.nan, known, run.top3)
        for key, each in calibration.items():
            yield _valued(replace(blank, metric=key), each[at], known, _no_probability(run), NO_ROWS)
        for key, each in by_length.items():
            record = replace(blank, metric=key, n=int(of_length[LENGTHS.index(key.split("_")[-2]), at]))
            yield _valued(record, each[at], known, None, NO_LENGTHS)
        for name in run.perturbations:
            yield _robustness(run, name, at, blank)


def _together(run: LidMeasured) -> Iterator[Record]:
    hits3 = None if run.top3 else run.hits("top3")
    observed = int(lid.observed_classes(run.confusion, run.classes))
    values = lid.overall(run.confusion, run.classes, hits3)
    resampled = lid.overall(run.resampled, run.classes, observed=observed)
    shares = lid.overall_proportions(run.confusion, run.classes, hits3)
    blank = Record(
        run.judge.system.name,
        run.corpus,
        None,
        "",
        None,
        n=int(run.confusion.sum()),
        rows=int(run.rows.sum()),
    )
    for key, value in values.items():
        record = _valued(replace(blank, metric=key), value, True)
        if key == "coverage":
            yield replace(record, reason=record.reason or OF_THE_TEST)
        elif run.independent and key in shares:
            yield _with_bounds(record, *wilson(*shares[key]))
        elif key in resampled:
            yield _with_interval(record, resampled[key])
        else:
            yield replace(record, reason=record.reason or NO_ROWS)
    for key in ("top3_accuracy", "top3_accuracy_covered") if run.top3 else ():
        yield _valued(replace(blank, metric=key), np.nan, True, run.top3)
    for key, value in _calibration(run, answers_overall(run.scored[0], run.classes)).items():
        yield _valued(replace(blank, metric=key), value, True, _no_probability(run), NO_ROWS)
    of_length = _by_length(run).sum(axis=(1, 2)).tolist()
    for lines, (key, value) in zip(of_length, lid.by_length(_by_length(run), run.classes)[1].items()):
        yield _valued(replace(blank, metric=key, n=lines), value, True, None, NO_LENGTHS)


def _blanks(run: LidMeasured) -> Iterator[Record]:
    """A record without figures for each gold class: of one language, or of several together."""
    for name, languages in run.gold.items():
        one, script = name if ID.fullmatch(name) else None, name.partition("_")[2]
        together = None if one else tuple(sorted({f"{language[:3]}_{script}" for language in languages}))
        yield Record(run.judge.system.name, run.corpus, one, "", None, languages=together)


def _members(run: LidMeasured) -> Iterator[Record]:
    """Languages that are counted in a class with others have no figures of their own."""
    for language, tally in run.tallies.items():
        names = [
            run.judge.gold_names(language)[script] for script in np.unique(tally.answers.script).tolist()
        ]
        if names and language not in names and not any(name[:4] == language[:4] for name in names):
            for key in ("precision", "recall", "f1"):
                yield Record(
                    run.judge.system.name,
                    run.corpus,
                    language,
                    key,
                    None,
                    unit=LID_METRICS[key].unit,
                    reason=f"counted in {', '.join(names)} ({run.judge.classes.policy})",
                )


def _valued(
    record: Record, value: float | Floats, known: bool, why_not: str | None = None, bounds: str | None = None
) -> Record:
    """The record with its value, or the reason why it has none; ``bounds``: why it has no interval."""
    metric = LID_METRICS[record.metric]
    if why_not is None and np.isfinite(value):
        return replace(record, value=float(value), unit=metric.unit, reason=bounds)
    reason = why_not or (metric.undefined if known else UNSUPPORTED)
    return replace(record, value=None, unit=metric.unit, reason=reason)


def _with_bounds(record: Record, low: float | Floats, high: float | Floats) -> Record:
    if record.value is None:
        return record
    return replace(record, low=float(low), high=float(high))


def _with_interval(record: Record, values: Floats) -> Record:
    if record.value is None:
        return record
    bounds = None if too_few(record.rows) else interval(values)
    if bounds is None:
        return replace(record, reason=too_few(record.rows) or "no interval: a resample divides by zero")
    return _with_bounds(record, *bounds)


def _no_probability(run: LidMeasured) -> str | None:
    return None if run.judge.system.model.score == "probability" else NO_PROBABILITY


def _calibration(run: LidMeasured, answers: Answers) -> dict[str, Floats]:
    return {"ece": ece(answers), "threshold_for_precision": threshold_for_precision(answers)}


def _by_length(run: LidMeasured) -> Ints:
    """All lines by length, int64 [lengths, gold, predicted]."""
    scored, length = run.scored
    counts = np.zeros((len(LENGTHS), *run.confusion.shape), np.int64)
    np.add.at(counts, (length, scored.gold, scored.predicted), scored.lines)
    return counts


def _robustness(run: LidMeasured, name: str, at: int, blank: Record) -> Record:
    """The change of recall of one gold class, on the rows of its languages."""
    metric, languages = robustness(name), list(run.gold.values())[at]
    record = replace(blank, metric=metric.name, unit=metric.unit)
    missing = [run.tallies[one].missing[name] for one in languages if name in run.tallies[one].missing]
    if missing or not run.classes.covered[at]:
        return replace(record, reason=missing[0] if missing else UNSUPPORTED)
    own = run.classes.own[at]
    counts = [
        np.stack(
            [
                run.hits_by_row(one, name)[:, at],
                run.confusion_by_row(one)[:, at, own],
                run.confusion_by_row(one)[:, at].sum(axis=1),
            ],
            axis=1,
        )
        for one in languages
    ]
    perturbed, plain, lines = np.sum([part.sum(axis=0) for part in counts], axis=0)
    value = replace(record, value=float((perturbed - plain) / lines))
    drawn = np.sum([resample(part) for part in counts], axis=0)
    return _with_interval(value, lid.share((drawn[:, 0] - drawn[:, 1], drawn[:, 2])))
