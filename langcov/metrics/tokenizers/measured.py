"""What tokenizer metrics are computed from, and how a record gets its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from langcov.counting.token_tally import Tally
from langcov.metrics.intervals import interval, too_few
from langcov.metrics.tokenizers.definitions import COSTS, METRICS
from langcov.results.result import Record

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOT_ALIGNED = "the corpus is not aligned"


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


def unbounded(blank: Record, metric: str, value: float | None, reason: str | None = None) -> Record:
    return replace(blank, metric=metric, value=value, unit=(METRICS | COSTS)[metric].unit, reason=reason)


def with_interval(record: Record, resampled: Callable[[], Floats]) -> Record:
    """The record with its interval, or with the reason why it has none."""
    reason = too_few(record.rows)
    return replace(record, reason=reason) if reason else bounded(record, resampled())


def bounded(record: Record, values: Floats) -> Record:
    bounds = interval(values)
    if bounds is None:
        return replace(record, reason="no interval: a resample divides by zero")
    return replace(record, low=bounds[0], high=bounds[1])


def quotient(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)
