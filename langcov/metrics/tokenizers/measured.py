"""What tokenizer metrics are computed from, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Floats, Ints
from langcov.counting.counters import text_columns
from langcov.counting.sums import Histogram
from langcov.counting.token_tally import Tally
from langcov.errors import CannotMeasure, UserError
from langcov.metrics.intervals import resample


class Shared(NamedTuple):
    """Rows in which all of some languages hold the same lines or keys."""

    places: list[Ints]  # for each language the positions of these rows, int64 [rows] each
    dropped: int  # how many other rows there are


def shared_pairs(
    tallies: Mapping[str, Tally], references: Sequence[str]
) -> dict[tuple[str, str], Shared | None]:
    """The rows that each language shares with each of the references that are there."""
    there = [other for other in references if other in tallies]
    return {(one, other): shared_rows([tallies[one], tallies[other]]) for one in tallies for other in there}


def shared_rows(tallies: Sequence[Tally]) -> Shared | None:
    """The rows in which all tallies hold the same lines or keys, in the order of their labels.

    None where a label names several rows (several files of one language).
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
    return Shared([place[same] for place in places], len(every) - int(same.sum()))


@dataclass(frozen=True, eq=False)
class Letters:
    """The tokens of each letter of an alphabet inside a word."""

    letters: tuple[str, ...]
    single: NDArray[np.bool_]  # which are one token of their own, bool [n]
    uses: Ints  # how often each occurs in the corpus, int64 [n]


@dataclass(frozen=True, eq=False)
class Counts:
    """The counters of one language, of the text and of the tokens of one tokenizer."""

    tally: Tally
    system: str

    @property
    def failed(self) -> str | None:
        """Why the tokenizer could not be measured, if so."""
        return self.tally.failed[self.system]

    @property
    def lines(self) -> int:
        """Lines that are not empty."""
        return int(self.tally.text["lines"].sum())

    @property
    def ids(self) -> Histogram:
        """How often each id was returned."""
        return self.tally.ids[self.system]

    @property
    def row_ids(self) -> tuple[Ints, Ints, Ints] | None:
        """Row, position of the id in ``ids``, and count; None beyond the budget."""
        return self.tally.row_ids[self.system]

    def rows(self, counter: str) -> Ints:
        """A counter by row, int64 [rows].

        Raises:
            CannotMeasure: it can't be had; says why.
            UserError: nobody declares such a counter.
        """
        if counter not in self._rows:
            raise UserError(f"a metric needs the counter {counter!r}; there are {', '.join(self._rows)}")
        if counter in self.tally.missing[self.system]:
            raise CannotMeasure(self.tally.missing[self.system][counter])
        return self._rows[counter]

    def total(self, counter: str) -> int:
        """The sum of a counter; raises as ``rows`` does."""
        return int(self.rows(counter).sum())

    def resampled(self, counter: str, rows: Ints | None = None) -> Floats:
        """The sum of a counter in each resample of the rows, or of some of them, float64 [RESAMPLES]."""
        if rows is None or np.array_equal(rows, np.arange(self.tally.n_rows)):
            return self._resampled[counter]
        return resample(self.rows(counter)[rows])

    @cached_property
    def _rows(self) -> dict[str, Ints]:
        figures = {name: rows for name, rows in self.tally.text.items() if text_columns()[name].figure}
        return {**figures, **self.tally.tokens[self.system]}

    @cached_property
    def _resampled(self) -> dict[str, Floats]:
        """All counters from one resampling."""
        return dict(zip(self._rows, resample(np.stack([*self._rows.values()], axis=1)).T))


@dataclass(frozen=True, eq=False)
class Measured:
    """One tokenizer on one corpus: all that its records are computed from."""

    system: str
    corpus: str
    aligned: bool
    tallies: Mapping[str, Tally]  # by language
    references: Sequence[str]  # the languages premiums are against, by id
    # the rows that each language shares with each reference that is there, if it is aligned
    pairs: Mapping[tuple[str, str], Shared | None]
    words: str  # ``whitespace`` or ``uax29``, the words of fertility
    # ids that an encoding can return, bool [size]; None if the vocabulary is not known
    returnable: NDArray[np.bool_] | None
    unknown_reachable: bool | None  # whether text can yield an UNK; None if not known
    drops: bool  # whether text that has no token is left out without an UNK
    letters: Mapping[str, Letters | str]  # by language; a reason where there are none
    context: int  # tokens of the context window; ``price`` of a million tokens, None if not given
    price: float | None

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """The counters of each language."""
        return {language: Counts(tally, self.system) for language, tally in self.tallies.items()}

    @cached_property
    def with_tokens(self) -> tuple[str, ...]:
        """The languages that can be compared: those that the tokenizer did not fail on, with tokens."""
        found = (one for one, counts in self.counts.items() if not counts.failed and counts.total("tokens"))
        return tuple(sorted(found))


@dataclass(frozen=True, eq=False)
class Subject:
    """What one figure is of."""

    run: Measured  # a tokenizer on a corpus
    language: str = ""  # one of its languages; empty where they are meant together
    reference: str = ""  # the language that it is compared with; empty where it is not

    @property
    def counts(self) -> Counts:
        """The counters of the language."""
        return self.run.counts[self.language]

    @property
    def languages(self) -> tuple[str, ...] | None:
        """Those that are meant together, if they are."""
        return None if self.language else self.run.with_tokens

    @property
    def lines(self) -> int:
        """The lines of the language, or of all of them."""
        of = [self.language] if self.language else self.run.with_tokens
        return sum(self.run.counts[one].lines for one in of)

    @property
    def rows(self) -> int:
        """The rows of the language; of all together none."""
        return self.counts.tally.n_rows if self.language else 0


@dataclass(frozen=True, eq=False)
class Figure:
    """What a metric gives."""

    value: float | None  # None comes with a ``reason``
    # gives the value in each resample of the rows, float64 [RESAMPLES]; None comes with a ``reason`` why
    # there is no interval
    resampled: Callable[[], Floats] | None = None
    reason: str | None = None
    # lines that it rests on; ``rows``, ``languages``: likewise; None: those of its subject
    n: int | None = None
    rows: int | None = None
    rows_dropped: int = 0  # rows left out because a partner lacks them
    languages: tuple[str, ...] | None = None


def quotient(top: Floats, bottom: Floats) -> Floats:
    """Top / bottom, NaN where the bottom is 0, float64 of their shape."""
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)
