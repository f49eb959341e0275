"""Tokenizer metrics: from the added counters of a corpus to records with intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from langcov.counting.token_tally import Tally
from langcov.metrics.intervals import resample, too_few
from langcov.metrics.tokenizers.across_languages import over_languages, premiums
from langcov.metrics.tokenizers.definitions import METRICS, Metric
from langcov.metrics.tokenizers.measured import (
    Floats,
    Ints,
    Measured,
    bounded,
    quotient,
    unbounded,
    with_interval,
)
from langcov.metrics.tokenizers.vocabulary import alphabet, vocabulary
from langcov.results.result import Record

NO_UNKNOWN = "no text can reach an UNK token"


def records(run: Measured) -> list[Record]:
    """All records of a tokenizer on a corpus, by language and then over languages."""
    found = list(_by_language(run))
    return found + list(over_languages(run, found))


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
            *_costs(run, tally, blank),
            *premiums(run, language, blank),
            *vocabulary(run, tally, blank),
            *alphabet(run, language, blank),
        ]
        for record in found:
            if failed and record.metric != "byte_premium":
                yield replace(record, value=None, low=None, high=None, reason=failed)
            else:
                yield record


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
            yield unbounded(blank, metric.key, None, reason)
            continue
        record = unbounded(blank, metric.key, top / bottom * scale)
        if resampled:
            record = bounded(record, quotient(resampled[metric.top], resampled[bottom_name]) * scale)
        else:
            record = replace(record, reason=too_few(record.rows))
        yield record


def _costs(run: Measured, tally: Tally, blank: Record) -> Iterator[Record]:
    """What each perturbation costs, the rows perturbed and unperturbed drawn together."""
    tokens = tally.tokens[run.system]["tokens"]
    for name, systems in tally.perturbed.items():
        perturbed = systems[run.system]
        if isinstance(perturbed, str) or not tokens.sum():
            reason = perturbed if isinstance(perturbed, str) else "no tokens"
            yield unbounded(blank, f"{name}_cost", None, reason)
        else:
            pair = np.stack([perturbed["tokens"], tokens], axis=1)
            yield _cost(unbounded(blank, f"{name}_cost", None), pair)


def _cost(blank: Record, pair: Ints) -> Record:
    def resampled() -> Floats:
        sums = resample(pair)
        return quotient(sums[:, 0], sums[:, 1]) - 1

    perturbed, tokens = pair.sum(axis=0).tolist()
    return with_interval(replace(blank, value=perturbed / tokens - 1), resampled)
