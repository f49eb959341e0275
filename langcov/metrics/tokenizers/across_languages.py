"""Languages against one another: premiums over shared rows, and how evenly all of them fare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from langcov.core.arrays import Floats
from langcov.errors import CannotMeasure
from langcov.metrics.intervals import resample
from langcov.metrics.tokenizers.measured import Figure, Measured, Subject, quotient, shared_rows
from langcov.metrics.tokenizers.metric import Measure, TokenizerMetric, Verdict

NOT_ALIGNED = "the corpus is not aligned; of files without a card --aligned says that they are, line by line"


def against_reference(counter: str) -> Measure:
    """A counter added up, by that of a reference, over the rows that hold the same lines or keys."""

    def measure(subject: Subject) -> Figure:
        run, name, counts = subject.run, subject.reference, subject.counts
        reference = run.counts.get(name)
        if not run.aligned:
            raise CannotMeasure(NOT_ALIGNED)
        if reference is None:
            raise CannotMeasure(f"no {name} in the corpus")
        if reference.failed and counter not in reference.tally.text:
            raise CannotMeasure(reference.failed)
        shared = run.pairs[subject.language, name]
        if shared is None:
            raise CannotMeasure("a language has several files, so its rows can't be paired")
        (mine, theirs), dropped = shared
        top, bottom = int(counts.rows(counter)[mine].sum()), int(reference.rows(counter)[theirs].sum())
        lines = int(counts.tally.text["lines"][mine].sum())
        reason = "" if bottom else f"no {counter} in {name}"
        if not len(mine):
            reason = f"no row holds the same lines as in {name}"
        if reason:
            return Figure(None, None, reason, lines, len(mine), dropped)

        def resampled() -> Floats:
            return quotient(counts.resampled(counter, mine), reference.resampled(counter, theirs))

        return Figure(top / bottom, resampled, None, lines, len(mine), dropped)

    return measure


_premium = against_reference("tokens")


def _dear(premium: float) -> Verdict:
    return "good" if premium <= 1.25 else "bad" if premium > 3 else "fair" if premium > 2 else ""


def of_premiums(extreme: Callable[[list[float]], float]) -> Measure:
    """A figure of the premiums of all languages against one reference."""

    def measure(subject: Subject) -> Figure:
        run, found = subject.run, {}
        for language, counts in run.counts.items():
            with suppress(CannotMeasure):
                figure = None if counts.failed else _premium(Subject(run, language, subject.reference))
                if figure is not None and figure.value is not None:
                    found[language] = figure.value
        if not found:
            raise CannotMeasure(f"no premium against {subject.reference}" if run.aligned else NOT_ALIGNED)
        reason = "no interval: each language is compared on rows of its own"
        return Figure(extreme([*found.values()]), None, reason, languages=tuple(sorted(found)))

    return measure


def gini(values: Floats) -> Floats:
    """Gini index along the last axis: ΣΣ|x_i − x_j| / (2 m² μ).

    >>> float(gini(np.array([1.0, 1.0, 4.0])).round(6))
    0.333333
    """
    m = values.shape[-1]
    ordered = np.sort(values, axis=-1)
    ranks = 2 * np.arange(1, m + 1) - m - 1
    return np.asarray((ordered * ranks).sum(axis=-1) / (m * ordered.sum(axis=-1)))


def _several(run: Measured) -> tuple[str, ...]:
    if len(run.with_tokens) < 2:
        raise CannotMeasure("one language only")
    return run.with_tokens


def _gini(subject: Subject) -> Figure:
    run, chosen = subject.run, [subject.run.counts[one] for one in _several(subject.run)]
    if not run.aligned:
        raise CannotMeasure(NOT_ALIGNED)
    shared = shared_rows([counts.tally for counts in chosen])
    if shared is None or not len(shared.places[0]):
        raise CannotMeasure("no row holds the same lines in all languages")
    places, dropped = shared
    tokens = np.stack([counts.rows("tokens")[place] for counts, place in zip(chosen, places)], axis=1)
    lines = int(chosen[0].tally.text["lines"][places[0]].sum())
    if not tokens.any():
        raise CannotMeasure("no tokens in the rows that all share")
    # Every language has the same lines in these rows, so their number cancels out of the index.
    value = float(gini(tokens.sum(axis=0).astype(np.float64)))
    return Figure(value, lambda: gini(resample(tokens)), None, lines, len(tokens), dropped)


def _spread(premiums: Sequence[float]) -> float:
    if not min(premiums):
        raise CannotMeasure("a premium is 0")
    return max(premiums) / min(premiums)


def _gini_per_byte(subject: Subject) -> Figure:
    chosen = [subject.run.counts[one] for one in _several(subject.run)]
    per_byte = [counts.total("tokens") / counts.total("bytes") for counts in chosen]
    reason = "no interval: the rows of the languages are not paired"
    return Figure(float(gini(np.array(per_byte))), None, reason)


METRICS = (
    TokenizerMetric(
        "premium",
        "ratio",
        "lower",
        "Σ tokens(L) / Σ tokens(reference), rows of the same lines or keys",
        _premium,
        ("language", "reference"),
        shown=None,
        verdict=_dear,
    ),
    TokenizerMetric(
        "byte_premium",
        "ratio",
        "",
        "Σ bytes(L) / Σ bytes(reference), rows of the same lines or keys",
        against_reference("bytes"),
        ("language", "reference"),
        of_text=True,
        shown=None,
    ),
    TokenizerMetric(
        "gini",
        "index",
        "lower",
        "ΣΣ|x_i − x_j| / (2 m² μ) of tokens per line, over the rows that all listed languages have",
        _gini,
        (),
        shown=None,
    ),
    TokenizerMetric(
        "gini_per_byte",
        "index",
        "lower",
        "the same of tokens per byte, over all rows of each language",
        _gini_per_byte,
        (),
        shown=None,
    ),
    TokenizerMetric(
        "worst_premium",
        "ratio",
        "lower",
        "the largest premium of the listed languages",
        of_premiums(max),
        ("reference",),
        shown=None,
    ),
    TokenizerMetric(
        "premium_spread",
        "ratio",
        "lower",
        "the largest premium / the smallest, of the listed languages",
        of_premiums(_spread),
        ("reference",),
        shown=None,
    ),
)
