"""Metrics that are a ratio of two sums, and what perturbations cost in tokens."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from langcov.core.arrays import Floats
from langcov.errors import CannotMeasure
from langcov.languages.perturbations import PerturbationKind
from langcov.metrics.intervals import resample
from langcov.metrics.metric import Shown
from langcov.metrics.tokenizers.measured import Figure, Measured, Subject, quotient
from langcov.metrics.tokenizers.metric import Measure, TokenizerMetric, Verdict


def cost(perturbation: PerturbationKind) -> TokenizerMetric:
    """The metric of a perturbation; there is a figure where the measurement was asked for it."""
    name, words = perturbation.name, perturbation.name.replace("_", " ")

    def measure(subject: Subject) -> Figure | None:
        counts = subject.counts
        if name not in counts.tally.perturbed:
            return None
        perturbed, tokens = counts.tally.perturbed[name][counts.system], counts.rows("tokens")
        if isinstance(perturbed, str):
            raise CannotMeasure(perturbed)
        if not tokens.sum():
            raise CannotMeasure("no tokens")
        pair = np.stack([perturbed["tokens"], tokens], axis=1)

        def resampled() -> Floats:
            sums = resample(pair)
            return quotient(sums[:, 0], sums[:, 1]) - 1

        changed, plain = pair.sum(axis=0).tolist()
        return Figure(changed / plain - 1, resampled)

    return TokenizerMetric(
        f"{name}_cost",
        "share",
        "lower",
        f"Σ tokens of the same lines with {perturbation.what} / Σ tokens − 1",
        measure,
        perturbation=name,
        shown=Shown(f"Tokens added by {perturbation.what} ({words} cost)", f"{words}\ncost"),
    )


WORDS = {"whitespace": "words", "uax29": "uax29_words"}
"""What words of fertility can be, and the counter of each."""
LOSSY = 0.001  # the share of lost characters above which few tokens are no merit


def ratio(top: str, bottom: str, scale: Callable[[Measured], float | None] = lambda run: 1.0) -> Measure:
    """One counter by another, each added up.

    Args:
        top: the name of a counter.
        bottom: that of another.
        scale: what the ratio is multiplied by; where it gives None the metric was not asked for.

    >>> by_words = ratio("bytes", "words")
    >>> TokenizerMetric("bytes_per_word", "bytes/word", "", "Σ bytes / Σ words", by_words).heading
    'bytes per word'
    """

    def measure(subject: Subject) -> Figure | None:
        counts, by = subject.counts, scale(subject.run)
        if by is None:
            return None
        below = counts.total(bottom)
        if not below:
            raise CannotMeasure(f"no {bottom.replace('_', ' ')}")
        value = counts.total(top) / below * by
        return Figure(value, lambda: quotient(counts.resampled(top), counts.resampled(bottom)) * by)

    return measure


def _fertility(subject: Subject) -> Figure | None:
    return ratio("tokens", WORDS[subject.run.words])(subject)


def _unknown_tokens(subject: Subject) -> Figure | None:
    figure = ratio("unknown_tokens", "tokens")(subject)
    if subject.run.drops:
        raise CannotMeasure("there is no UNK: text without a token is left out (see lost_characters)")
    if subject.run.unknown_reachable is False:
        raise CannotMeasure("no text can reach an UNK token")
    return figure


def _lossy(share: float) -> Verdict:
    return "bad" if share > LOSSY else ""


METRICS = (
    TokenizerMetric("fertility", "tokens/word", "lower", "Σ tokens / Σ words", _fertility, shown=None),
    TokenizerMetric(
        "continued_words",
        "share",
        "lower",
        "UAX #29 words that two or more tokens overlap, none UNK / words",
        ratio("continued_words", "uax29_words"),
        shown=Shown(heading="continued\nwords", own_table=False),
    ),
    TokenizerMetric(
        "retained_words",
        "share",
        "higher",
        "UAX #29 words that exactly one token overlaps, not UNK / words",
        ratio("retained_words", "uax29_words"),
        shown=None,
    ),
    TokenizerMetric(
        "unknown_words",
        "share",
        "lower",
        "UAX #29 words that an UNK overlaps, or no token at all / words",
        ratio("unknown_words", "uax29_words"),
        shown=None,
    ),
    TokenizerMetric(
        "split_characters",
        "share",
        "lower",
        "code points whose bytes lie in more than one token / code points",
        ratio("split_characters", "chars"),
        shown=None,
    ),
    TokenizerMetric(
        "tokens_over_words",
        "share",
        "",
        "tokens, not UNK, that overlap two or more whitespace words / tokens",
        ratio("tokens_over_words", "tokens"),
        shown=None,
    ),
    TokenizerMetric(
        "unknown_tokens",
        "share",
        "lower",
        "UNK tokens / tokens; a run of unknown letters is one UNK or several, as the library has it",
        _unknown_tokens,
        shown=None,
        verdict=_lossy,
    ),
    TokenizerMetric(
        "lost_characters",
        "share",
        "lower",
        "code points that decoding doesn't bring back, under an UNK or without / code points, no White_Space",
        ratio("lost_characters", "nonspace_chars"),
        shown=None,
        verdict=_lossy,
    ),
    TokenizerMetric(
        "changed_characters",
        "share",
        "lower",
        "code points that decoding brings back as others / code points, no White_Space",
        ratio("changed_characters", "nonspace_chars"),
        shown=None,
    ),
    TokenizerMetric(
        "byte_tokens",
        "share",
        "lower",
        "byte-fallback tokens and tokens that are not whole UTF-8 / tokens",
        ratio("byte_tokens", "tokens"),
        shown=None,
    ),
    TokenizerMetric(
        "round_trip",
        "share",
        "higher",
        "lines with decode(encode(line)) == line / lines",
        ratio("round_trip", "lines"),
        shown=Shown(heading="round\ntrip", own_table=False),
        verdict=lambda value: "fair" if value < 1 else "",
    ),
    TokenizerMetric(
        "chars_per_token",
        "chars/token",
        "higher",
        "Σ code points / Σ tokens",
        ratio("chars", "tokens"),
        shown=Shown(heading="chars\n/token", own_table=False, optional=True),
    ),
    TokenizerMetric(
        "bytes_per_token",
        "bytes/token",
        "higher",
        "Σ UTF-8 bytes / Σ tokens",
        ratio("bytes", "tokens"),
        shown=None,
    ),
    TokenizerMetric(
        "graphemes_per_token",
        "graphemes/token",
        "higher",
        "Σ extended grapheme clusters / Σ tokens",
        ratio("graphemes", "tokens"),
        shown=None,
    ),
    TokenizerMetric(
        "tokens_per_line",
        "tokens/line",
        "lower",
        "Σ tokens / non-empty lines",
        ratio("tokens", "lines"),
        shown=None,
    ),
    TokenizerMetric(
        "context_chars",
        "chars",
        "higher",
        "Σ code points / Σ tokens × the length of the context window in tokens",
        ratio("chars", "tokens", lambda run: run.context),
        shown=None,
    ),
    TokenizerMetric(
        "price_per_million_chars",
        "price",
        "lower",
        "Σ tokens / Σ code points × the price of a million tokens",
        ratio("tokens", "chars", lambda run: run.price),
        shown=Shown(title="Price of a million characters", heading="price\n/M chars"),
    ),
)
