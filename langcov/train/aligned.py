"""The aligned text that tokenizers are compared on: the same lines in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Floats, Ints
from langcov.core.names import number_of
from langcov.corpora.halves import Halves, Text
from langcov.corpora.rows import fold, shift_for
from langcov.errors import UserError
from langcov.metrics.intervals import interval, middle, resample, too_few
from langcov.tokenizers import Tokenizer


@dataclass(frozen=True)
class Aligned:
    """Lines that all languages have, in the same order.

    Attributes:
        lines: by language.
        reference: the language that premiums are against, one of them.
    """

    lines: Mapping[str, list[str]]
    reference: str

    @property
    def size(self) -> int:
        """How many lines."""
        return len(self.lines[self.reference])

    def tokens(self, tokenizer: Tokenizer) -> Ints:
        """Tokens of neighbouring lines together, int64 [rows, languages]."""
        counts = [tokenizer.encode(text).counts for text in self.lines.values()]
        return fold(np.stack(counts, axis=1), shift_for(len(counts[0])))

    def premiums(self, tokens: Ints) -> dict[str, float]:
        """Of each language, by sums over all rows."""
        sums = tokens.sum(axis=0)
        of_reference = sums[list(self.lines).index(self.reference)]
        return {language: float(n / of_reference) for language, n in zip(self.lines, sums.tolist())}

    def resampled(self, tokens: Ints) -> Floats:
        """Premiums in resamples of the rows, float64 [resamples, languages]."""
        drawn = resample(tokens)
        at = list(self.lines).index(self.reference)
        return drawn / drawn[:, at : at + 1]


def in_two(halves: Mapping[str, Halves], reference: str) -> tuple[Aligned, Aligned]:
    """The lines to search weights on, and those to test on.

    Raises:
        UserError: too few lines are there in every language.
    """
    return tuple(  # type: ignore[return-value]
        _common({one: getattr(half, part) for one, half in halves.items()}, reference)
        for part in ("learn", "test")
    )


def _common(texts: Mapping[str, Text], reference: str) -> Aligned:
    """The lines with keys that every language has, once."""
    found = {
        language: {key: line for key, line in zip(text.keys, text.lines) if key[1] != -1}
        for language, text in texts.items()
    }
    if not any(found.values()):
        raise UserError("--dev is not aligned: if line n of each file is the same sentence, say --aligned")
    keys = [key for key in found[reference] if all(key in held for held in found.values())]
    if reason := too_few(len(keys)):
        few = min(found, key=lambda one: len(found[one]))
        raise UserError(
            f"{number_of(len(keys), 'line')} aligned in all of {', '.join(found)} ({reason}): name fewer "
            f"languages ({few} has {number_of(len(found[few]), 'line')}), or more text with --dev"
        )
    return Aligned({language: [held[key] for key in keys] for language, held in found.items()}, reference)


def intervals(aligned: Aligned, tokens: Ints) -> dict[str, tuple[float, float]]:
    """The 95 % interval of the premium of each language; none where there are too few rows."""
    if too_few(len(tokens)):
        return {}
    low, high = middle(aligned.resampled(tokens).T)
    return {one: (float(a), float(b)) for one, a, b in zip(aligned.lines, low, high)}


@dataclass(frozen=True)
class Worst:
    """The highest premium of all languages, with its 95 % interval."""

    language: str
    value: float
    low: float | None
    high: float | None


def worst(aligned: Aligned, tokens: Ints) -> Worst:
    """The highest premium; its interval is of the highest in each resample."""
    premiums = aligned.premiums(tokens)
    language = max(premiums, key=premiums.__getitem__)
    bounds = None if too_few(len(tokens)) else interval(aligned.resampled(tokens).max(axis=1))
    return Worst(language, premiums[language], *(bounds or (None, None)))


def against(aligned: Aligned, tokens: Ints, others: Ints) -> Sequence[float] | None:
    """By which share the worst premium is another than that of other tokens, low and high."""
    if too_few(len(tokens)):
        return None
    value = worst(aligned, tokens).value / worst(aligned, others).value - 1
    drawn = aligned.resampled(tokens).max(axis=1) / aligned.resampled(others).max(axis=1) - 1
    bounds = interval(drawn)
    return None if bounds is None else (value, *bounds)
