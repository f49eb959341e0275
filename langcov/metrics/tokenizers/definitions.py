"""The tokenizer metrics by name: unit, better direction and definition (MEASURES, Tokenizers)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from langcov.languages.perturbations import PERTURBATIONS


@dataclass(frozen=True)
class Metric:
    """What a number means.

    Attributes:
        key: its name in records.
        unit: of the value.
        better: which direction is better for the language, empty where neither is.
        definition: in one line, with Σ over lines.
        top, bottom: for a ratio of sums, the counters that are summed.
        scale: what the ratio is multiplied by.
    """

    key: str
    unit: str
    better: Literal["lower", "higher", ""]
    definition: str
    top: str = ""
    bottom: str = ""
    scale: float = 1.0


def _ratio(
    key: str, unit: str, better: Literal["lower", "higher"], definition: str, top: str, bottom: str
) -> Metric:
    return Metric(key, unit, better, definition, top, bottom)


_ALL = [
    _ratio("fertility", "tokens/word", "lower", "Σ tokens / Σ words", "tokens", "words"),
    _ratio("chars_per_token", "chars/token", "higher", "Σ code points / Σ tokens", "chars", "tokens"),
    _ratio("bytes_per_token", "bytes/token", "higher", "Σ UTF-8 bytes / Σ tokens", "bytes", "tokens"),
    _ratio(
        "graphemes_per_token",
        "graphemes/token",
        "higher",
        "Σ extended grapheme clusters / Σ tokens",
        "graphemes",
        "tokens",
    ),
    _ratio("tokens_per_line", "tokens/line", "lower", "Σ tokens / non-empty lines", "tokens", "lines"),
    Metric("premium", "ratio", "lower", "Σ tokens(L) / Σ tokens(reference), rows of the same lines or keys"),
    Metric("byte_premium", "ratio", "", "Σ bytes(L) / Σ bytes(reference), rows of the same lines or keys"),
    _ratio(
        "continued_words",
        "share",
        "lower",
        "UAX #29 words that two or more tokens overlap, none UNK / words",
        "continued_words",
        "uax29_words",
    ),
    _ratio(
        "retained_words",
        "share",
        "higher",
        "UAX #29 words that exactly one token overlaps, not UNK / words",
        "retained_words",
        "uax29_words",
    ),
    _ratio(
        "unknown_words",
        "share",
        "lower",
        "UAX #29 words that an UNK overlaps, or no token at all / words",
        "unknown_words",
        "uax29_words",
    ),
    _ratio(
        "split_characters",
        "share",
        "lower",
        "code points whose bytes lie in more than one token / code points",
        "split_characters",
        "chars",
    ),
    _ratio("unknown_tokens", "share", "lower", "UNK tokens / tokens", "unknown_tokens", "tokens"),
    _ratio(
        "byte_tokens",
        "share",
        "lower",
        "byte-fallback tokens and tokens that are not whole UTF-8 / tokens",
        "byte_tokens",
        "tokens",
    ),
    _ratio(
        "round_trip",
        "share",
        "higher",
        "lines with decode(encode(line)) == line / lines",
        "round_trip",
        "lines",
    ),
    Metric(
        "vocabulary_use",
        "share",
        "higher",
        "distinct ids seen / ids that an encoding can return, specials excluded; grows with the corpus",
    ),
    Metric(
        "renyi_efficiency",
        "share",
        "higher",
        "H_2.5 of the ids / log2(ids that an encoding can return) (Zouhar et al. 2023)",
    ),
    Metric(
        "renyi_efficiency_observed",
        "share",
        "higher",
        "H_2.5 of the ids / log2(distinct ids seen, the same number in every resample)",
    ),
    Metric(
        "alphabet_single",
        "share",
        "higher",
        "letters of the alphabet, both cases, that are one token of their own inside a word / letters",
    ),
    Metric(
        "alphabet_single_weighted",
        "share",
        "higher",
        "the same, each letter weighted by its use in the corpus",
    ),
    Metric(
        "gini",
        "index",
        "lower",
        "ΣΣ|x_i − x_j| / (2 m² μ) of tokens per line, over the rows that all listed languages have",
    ),
    Metric("gini_per_byte", "index", "lower", "the same of tokens per byte, over all rows of each language"),
    Metric("worst_premium", "ratio", "lower", "the largest premium of the listed languages"),
    Metric("premium_spread", "ratio", "lower", "the largest premium / the smallest, of the listed languages"),
    _ratio(
        "context_chars",
        "chars",
        "higher",
        "Σ code points / Σ tokens × the length of the context window in tokens",
        "chars",
        "tokens",
    ),
    _ratio(
        "price_per_million_chars",
        "price",
        "lower",
        "Σ tokens / Σ code points × the price of a million tokens",
        "tokens",
        "chars",
    ),
]

METRICS: dict[str, Metric] = {metric.key: metric for metric in _ALL}

COSTS: dict[str, Metric] = {
    f"{name}_cost": Metric(
        f"{name}_cost", "share", "lower", f"Σ tokens of the same lines with {what} / Σ tokens − 1"
    )
    for name, what in PERTURBATIONS.items()
}
"""Metrics of the perturbations that a measurement was asked for."""
