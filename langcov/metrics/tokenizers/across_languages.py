"""Languages against one another: premiums over shared rows, and how evenly all of them fare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from langcov.counting.token_tally import Tally
from langcov.metrics.intervals import resample
from langcov.metrics.tokenizers.measured import (
    NOT_ALIGNED,
    Floats,
    Ints,
    Measured,
    quotient,
    unbounded,
    with_interval,
)
from langcov.results.result import Record

ONE_LANGUAGE = "one language only"


def shared_rows(tallies: Sequence[Tally]) -> tuple[list[Ints], int] | None:
    """Rows in which all tallies hold the same lines or keys, in the order of their labels.

    Returns:
        For each tally the positions of these rows, and how many other rows there are; None where a
        label names several rows (several files of one language).
    """
    if any(len(np.unique(tally.labels)) < tally.n_rows for tally in tallies):
        return None
    every = np.unique(np.concatenate([tally.labels for tally in tallies]))
    shared = every
    for tally in tallies:
        shared = np.intersect1d(shared, tally.labels, assume_unique=True)
    places = []
    for tally in tallies:
        order = np.argsort(tally.labels)
        places.append(order[np.searchsorted(tally.labels, shared, sorter=order)])
    digests = np.stack([tally.text["digest"][place] for tally, place in zip(tallies, places)])
    same = (digests == digests[0]).all(axis=0)
    return [place[same] for place in places], len(every) - int(same.sum())


def premiums(run: Measured, language: str, blank: Record) -> Iterator[Record]:
    tally = run.tallies[language]
    for name in run.references:
        for metric in ("premium", "byte_premium"):
            yield _premium(run, tally, name, metric, replace(blank, reference=name))


def _premium(run: Measured, tally: Tally, name: str, metric: str, blank: Record) -> Record:
    reference = run.tallies.get(name)
    if not run.aligned:
        return unbounded(blank, metric, None, NOT_ALIGNED)
    if reference is None:
        return unbounded(blank, metric, None, f"no {name} in the corpus")
    if metric == "premium" and reference.failed[run.system]:
        return unbounded(blank, metric, None, reference.failed[run.system])
    matched = shared_rows([tally, reference])
    if matched is None:
        return unbounded(blank, metric, None, "a language has several files, so its rows can't be paired")
    (mine, theirs), dropped = matched
    blank = replace(blank, rows=len(mine), rows_dropped=dropped, n=int(tally.text["lines"][mine].sum()))
    if not len(mine):
        return unbounded(blank, metric, None, f"no row holds the same lines as in {name}")
    if metric == "premium":
        top, bottom = tally.tokens[run.system]["tokens"], reference.tokens[run.system]["tokens"]
    else:
        top, bottom = tally.text["bytes"], reference.text["bytes"]
    pair = np.stack([top[mine], bottom[theirs]], axis=1)
    if not pair[:, 1].sum():
        return unbounded(blank, metric, None, f"no tokens in {name}")

    def resampled() -> Floats:
        sums = resample(pair)
        return quotient(sums[:, 0], sums[:, 1])

    return with_interval(unbounded(blank, metric, int(pair[:, 0].sum()) / int(pair[:, 1].sum())), resampled)


def gini(values: Floats) -> Floats:
    """Gini index along the last axis: ΣΣ|x_i − x_j| / (2 m² μ).

    >>> float(gini(np.array([1.0, 1.0, 4.0])).round(6))
    0.333333
    """
    m = values.shape[-1]
    ordered = np.sort(values, axis=-1)
    ranks = 2 * np.arange(1, m + 1) - m - 1
    return np.asarray((ordered * ranks).sum(axis=-1) / (m * ordered.sum(axis=-1)))


def over_languages(run: Measured, found: Sequence[Record]) -> Iterator[Record]:
    tallies = {
        language: tally
        for language, tally in run.tallies.items()
        if not tally.failed[run.system] and tally.tokens[run.system]["tokens"].sum() > 0
    }
    languages = tuple(sorted(tallies))
    lines = sum(int(tallies[language].text["lines"].sum()) for language in languages)
    blank = Record(run.system, run.corpus, None, "", None, n=lines, languages=languages)
    if len(languages) < 2:
        yield from (unbounded(blank, key, None, ONE_LANGUAGE) for key in ("gini", "gini_per_byte"))
    else:
        chosen = [tallies[language] for language in languages]
        yield _gini(run, chosen, blank)
        per_byte = [int(t.tokens[run.system]["tokens"].sum()) / int(t.text["bytes"].sum()) for t in chosen]
        unpaired = unbounded(blank, "gini_per_byte", float(gini(np.array(per_byte))))
        yield replace(unpaired, reason="no interval: the rows of the languages are not paired")
    for name in run.references:
        premiums = [r for r in found if r.metric == "premium" and r.reference == name]
        yield from _spread(run, premiums, replace(blank, reference=name))


def _gini(run: Measured, tallies: Sequence[Tally], blank: Record) -> Record:
    if not run.aligned:
        return unbounded(blank, "gini", None, NOT_ALIGNED)
    matched = shared_rows(tallies)
    if matched is None or not len(matched[0][0]):
        return unbounded(blank, "gini", None, "no row holds the same lines in all languages")
    places, dropped = matched
    tokens = np.stack([t.tokens[run.system]["tokens"][place] for t, place in zip(tallies, places)], axis=1)
    lines = int(tallies[0].text["lines"][places[0]].sum())
    blank = replace(blank, n=lines, rows=len(tokens), rows_dropped=dropped)
    # Every language has the same lines in these rows, so their number cancels out of the index.
    return with_interval(
        unbounded(blank, "gini", float(gini(tokens.sum(axis=0).astype(np.float64)))),
        lambda: gini(resample(tokens)),
    )


def _spread(run: Measured, premiums: Sequence[Record], blank: Record) -> Iterator[Record]:
    """The extremes of the premiums against one reference."""
    found = {r.language: r.value for r in premiums if r.language and r.value is not None}
    keys = ("worst_premium", "premium_spread")
    if not found:
        reason = f"no premium against {blank.reference}" if run.aligned else NOT_ALIGNED
        yield from (unbounded(blank, key, None, reason) for key in keys)
        return
    blank = replace(blank, languages=tuple(sorted(found)))
    reason = "no interval: each language is compared on rows of its own"
    yield unbounded(blank, keys[0], max(found.values()), reason)
    yield unbounded(blank, keys[1], max(found.values()) / min(found.values()), reason)
