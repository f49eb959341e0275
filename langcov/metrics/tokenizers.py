"""Tokenizer metrics: from the added counters of a corpus to records with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from langcov.metrics import entropy
from langcov.metrics.intervals import interval, resample, too_few
from langcov.metrics.registry import METRICS, Metric
from langcov.result import Record
from langcov.tally import CELLS, Tally

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOT_ALIGNED = "the corpus is not aligned"
NO_UNKNOWN = "no text can reach an UNK token"
ONE_LANGUAGE = "one language only"


@dataclass(frozen=True, eq=False)
class Letters:
    """The tokens of each letter of an alphabet inside a word.

    Attributes:
        letters: as they are written.
        single: which are one token of their own, bool [n].
        uses: how often each occurs in the corpus, int64 [n].
    """

    letters: tuple[str, ...]
    single: NDArray[np.bool_]
    uses: Ints


@dataclass(frozen=True, eq=False)
class Measured:
    """One tokenizer on one corpus: all that its records are computed from.

    Attributes:
        tallies: by language.
        references: the languages premiums are against, by id.
        words: ``whitespace`` or ``uax29``, the words of fertility.
        returnable: ids that an encoding can return, bool [size]; None if the vocabulary is not known.
        unknown_reachable: whether text can yield an UNK; None if not known.
        letters: by language; a reason where there are none.
        context: tokens of the context window; ``price`` of a million tokens, None if not given.
    """

    system: str
    corpus: str
    aligned: bool
    tallies: Mapping[str, Tally]
    references: Sequence[str]
    words: str
    returnable: NDArray[np.bool_] | None
    unknown_reachable: bool | None
    letters: Mapping[str, Letters | str]
    context: int
    price: float | None


def records(run: Measured) -> list[Record]:
    """All records of a tokenizer on a corpus, by language and then over languages."""
    found = list(_by_language(run))
    return found + list(_over_languages(run, found))


def _by_language(run: Measured) -> Iterator[Record]:
    for language, tally in run.tallies.items():
        blank = Record(
            run.system,
            run.corpus,
            language,
            "",
            None,
            n=int(tally.text["lines"].sum()),
            rows=tally.n_rows,
        )
        failed = tally.failed[run.system]
        found = [
            *_ratios(run, tally, blank),
            *_premiums(run, language, blank),
            *_vocabulary(run, tally, blank),
            *_alphabet(run, language, blank),
        ]
        for record in found:
            if failed and record.metric != "byte_premium":
                yield replace(record, value=None, low=None, high=None, reason=failed)
            else:
                yield record


def _record(blank: Record, metric: str, value: float | None, reason: str | None = None) -> Record:
    return replace(blank, metric=metric, value=value, unit=METRICS[metric].unit, reason=reason)


def _with_interval(record: Record, resampled: Callable[[], Floats]) -> Record:
    """The record with its interval, or with the reason why it has none."""
    reason = too_few(record.rows)
    return replace(record, reason=reason) if reason else _bounded(record, resampled())


def _bounded(record: Record, values: Floats) -> Record:
    bounds = interval(values)
    if bounds is None:
        return replace(record, reason="no interval: a resample divides by zero")
    return replace(record, low=bounds[0], high=bounds[1])


def _quotient(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)


def _scale(run: Measured, metric: Metric) -> float | None:
    return {"context_chars": run.context, "price_per_million_chars": run.price}.get(metric.key, 1.0)


def _ratios(run: Measured, tally: Tally, blank: Record) -> Iterator[Record]:
    """The ratios of two sums, all from one resampling."""
    counters = {**tally.text, **tally.tokens[run.system]}
    names = [name for name in counters if name != "digest"]
    stacked = np.stack([counters[name] for name in names], axis=1)
    resampled = dict(zip(names, resample(stacked).T)) if not too_few(tally.n_rows) else {}
    for metric in METRICS.values():
        scale = _scale(run, metric)
        if not metric.top or scale is None:
            continue
        bottom_name = "uax29_words" if metric.key == "fertility" and run.words == "uax29" else metric.bottom
        top, bottom = int(counters[metric.top].sum()), int(counters[bottom_name].sum())
        reason = tally.missing[run.system].get(metric.top)
        if metric.key == "unknown_tokens" and run.unknown_reachable is False:
            reason = NO_UNKNOWN
        if bottom == 0:
            reason = f"no {bottom_name.replace('_', ' ')}"
        if reason:
            yield _record(blank, metric.key, None, reason)
            continue
        record = _record(blank, metric.key, top / bottom * scale)
        if resampled:
            record = _bounded(record, _quotient(resampled[metric.top], resampled[bottom_name]) * scale)
        else:
            record = replace(record, reason=too_few(record.rows))
        yield record


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


def _premiums(run: Measured, language: str, blank: Record) -> Iterator[Record]:
    tally = run.tallies[language]
    for name in run.references:
        for metric in ("premium", "byte_premium"):
            yield _premium(run, tally, name, metric, replace(blank, reference=name))


def _premium(run: Measured, tally: Tally, name: str, metric: str, blank: Record) -> Record:
    reference = run.tallies.get(name)
    if not run.aligned:
        return _record(blank, metric, None, NOT_ALIGNED)
    if reference is None:
        return _record(blank, metric, None, f"no {name} in the corpus")
    if metric == "premium" and reference.failed[run.system]:
        return _record(blank, metric, None, reference.failed[run.system])
    matched = shared_rows([tally, reference])
    if matched is None:
        return _record(blank, metric, None, "a language has several files, so its rows can't be paired")
    (mine, theirs), dropped = matched
    blank = replace(blank, rows=len(mine), rows_dropped=dropped, n=int(tally.text["lines"][mine].sum()))
    if not len(mine):
        return _record(blank, metric, None, f"no row holds the same lines as in {name}")
    if metric == "premium":
        top, bottom = tally.tokens[run.system]["tokens"], reference.tokens[run.system]["tokens"]
    else:
        top, bottom = tally.text["bytes"], reference.text["bytes"]
    pair = np.stack([top[mine], bottom[theirs]], axis=1)
    if not pair[:, 1].sum():
        return _record(blank, metric, None, f"no tokens in {name}")

    def resampled() -> Floats:
        sums = resample(pair)
        return _quotient(sums[:, 0], sums[:, 1])

    return _with_interval(_record(blank, metric, int(pair[:, 0].sum()) / int(pair[:, 1].sum())), resampled)


def _vocabulary(run: Measured, tally: Tally, blank: Record) -> Iterator[Record]:
    """How much of the vocabulary a language uses, and how evenly."""
    keys = ("vocabulary_use", "renyi_efficiency", "renyi_efficiency_observed")
    histogram = tally.ids[run.system]
    seen = np.ones(len(histogram.keys), bool) if run.returnable is None else run.returnable[histogram.keys]
    counts = histogram.counts[seen]
    if not len(counts):
        yield from (_record(blank, key, None, "no tokens") for key in keys)
        return
    size = None if run.returnable is None else int(run.returnable.sum())
    if size is None:
        for key in keys[:2]:
            yield _record(blank, key, None, "the size of the vocabulary is not known")
    else:
        use = _record(blank, keys[0], len(counts) / size)
        yield replace(use, reason="no interval: a resample can only lose types")
        yield _entropy(run, tally, blank, keys[1], seen, size)
    yield _entropy(run, tally, blank, keys[2], seen, None)


def _entropy(
    run: Measured, tally: Tally, blank: Record, key: str, seen: NDArray[np.bool_], size: int | None
) -> Record:
    """Rényi efficiency against ``size`` types, or against those observed where ``size`` is None."""
    counts = tally.ids[run.system].counts[seen]
    types = size or len(counts)
    if types < 2:
        return _record(blank, key, None, "fewer than two types")
    record = _record(blank, key, float(entropy.efficiency(counts, types)))
    by_row = tally.row_ids[run.system]
    if by_row is None:
        return replace(record, reason=f"no interval: rows × distinct ids above {CELLS}")

    def resampled() -> Floats:
        row, column, count = by_row
        dense = np.zeros((tally.n_rows, len(seen)), np.int64)
        dense[row, column] = count
        return entropy.efficiency(resample(dense[:, seen]), types)

    return _with_interval(record, resampled)


def _alphabet(run: Measured, language: str, blank: Record) -> Iterator[Record]:
    letters = run.letters[language]
    keys = ("alphabet_single", "alphabet_single_weighted")
    if isinstance(letters, str):
        yield from (_record(blank, key, None, letters) for key in keys)
        return
    share = _record(blank, keys[0], float(letters.single.mean()))
    yield replace(share, reason="no interval: a property of the vocabulary", n=len(letters.letters), rows=0)
    uses = int(letters.uses.sum())
    if not uses:
        yield _record(blank, keys[1], None, "no letter of the alphabet in the corpus")
        return
    weighted = _record(blank, keys[1], int(letters.uses[letters.single].sum()) / uses)
    yield replace(weighted, reason="no interval: letters are not counted by row")


def gini(values: Floats) -> Floats:
    """Gini index along the last axis: ΣΣ|x_i − x_j| / (2 m² μ).

    >>> float(gini(np.array([1.0, 1.0, 4.0])).round(6))
    0.333333
    """
    m = values.shape[-1]
    ordered = np.sort(values, axis=-1)
    ranks = 2 * np.arange(1, m + 1) - m - 1
    return np.asarray((ordered * ranks).sum(axis=-1) / (m * ordered.sum(axis=-1)))


def _over_languages(run: Measured, found: Sequence[Record]) -> Iterator[Record]:
    tallies = {
        language: tally
        for language, tally in run.tallies.items()
        if not tally.failed[run.system] and tally.tokens[run.system]["tokens"].sum() > 0
    }
    languages = tuple(sorted(tallies))
    lines = sum(int(tallies[language].text["lines"].sum()) for language in languages)
    blank = Record(run.system, run.corpus, None, "", None, n=lines, languages=languages)
    if len(languages) < 2:
        yield from (_record(blank, key, None, ONE_LANGUAGE) for key in ("gini", "gini_per_byte"))
    else:
        chosen = [tallies[language] for language in languages]
        yield _gini(run, chosen, blank)
        per_byte = [int(t.tokens[run.system]["tokens"].sum()) / int(t.text["bytes"].sum()) for t in chosen]
        unpaired = _record(blank, "gini_per_byte", float(gini(np.array(per_byte))))
        yield replace(unpaired, reason="no interval: the rows of the languages are not paired")
    for name in run.references:
        premiums = [r for r in found if r.metric == "premium" and r.reference == name]
        yield from _spread(run, premiums, replace(blank, reference=name))


def _gini(run: Measured, tallies: Sequence[Tally], blank: Record) -> Record:
    if not run.aligned:
        return _record(blank, "gini", None, NOT_ALIGNED)
    matched = shared_rows(tallies)
    if matched is None or not len(matched[0][0]):
        return _record(blank, "gini", None, "no row holds the same lines in all languages")
    places, dropped = matched
    tokens = np.stack([t.tokens[run.system]["tokens"][place] for t, place in zip(tallies, places)], axis=1)
    lines = int(tallies[0].text["lines"][places[0]].sum())
    blank = replace(blank, n=lines, rows=len(tokens), rows_dropped=dropped)
    # Every language has the same lines in these rows, so their number cancels out of the index.
    return _with_interval(
        _record(blank, "gini", float(gini(tokens.sum(axis=0).astype(np.float64)))),
        lambda: gini(resample(tokens)),
    )


def _spread(run: Measured, premiums: Sequence[Record], blank: Record) -> Iterator[Record]:
    """The extremes of the premiums against one reference."""
    found = {r.language: r.value for r in premiums if r.language and r.value is not None}
    keys = ("worst_premium", "premium_spread")
    if not found:
        reason = f"no premium against {blank.reference}" if run.aligned else NOT_ALIGNED
        yield from (_record(blank, key, None, reason) for key in keys)
        return
    blank = replace(blank, languages=tuple(sorted(found)))
    reason = "no interval: each language is compared on rows of its own"
    yield _record(blank, keys[0], max(found.values()), reason)
    yield _record(blank, keys[1], max(found.values()) / min(found.values()), reason)
