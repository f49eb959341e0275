"""How token boundaries lie to morpheme boundaries: precision, recall, F1, and what as many random cuts give.

All are of counts a word, added up. A word of n characters has n − 1 places for a cut. If a tokenizer cuts it
at k of them and m are morpheme boundaries, k cuts at random hit k·m / (n − 1) of them, as each place is hit
with the probability k / (n − 1): a closed form, without a draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Floats, Ints
from langcov.corpora.rows import row_of, shift_for
from langcov.metrics.intervals import interval, resample, too_few


@dataclass(frozen=True, eq=False)
class Cuts:
    """Words, their tokens' cuts and their morphemes' boundaries; int64 [words] each.

    Attributes:
        places: between characters, where a cut can be.
        cuts: of tokens, at such places.
        inner: cuts of tokens within a character (of its bytes), which hit nothing.
        boundaries: of morphemes.
        hits: cuts that are boundaries.
    """

    places: Ints
    cuts: Ints
    inner: Ints
    boundaries: Ints
    hits: Ints

    def expected(self) -> Floats:
        """The hits of as many random cuts in each word, float64 [words]."""
        return self.cuts * self.boundaries / np.maximum(self.places, 1)


class Estimate(NamedTuple):
    """A figure with its 95 % interval; None with a ``reason``."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


class Sums(NamedTuple):
    """Added up over words, or over those of each resample: float64 [] or [RESAMPLES]."""

    hits: Floats
    cuts: Floats
    boundaries: Floats
    expected: Floats


METRICS: Mapping[str, Callable[[Sums], Floats]] = {
    "boundary_precision": lambda s: _ratio(s.hits, s.cuts),
    "boundary_recall": lambda s: _ratio(s.hits, s.boundaries),
    "boundary_f1": lambda s: _ratio(2 * s.hits, s.cuts + s.boundaries),
    "boundary_f1_by_chance": lambda s: _ratio(2 * s.expected, s.cuts + s.boundaries),
    "boundary_f1_above_chance": lambda s: _ratio(2 * (s.hits - s.expected), s.cuts + s.boundaries),
}
"""By name, as of ``MEASURES``, Morphemes."""
NAMES = (*METRICS, "morphscore_recall", "morphscore_precision")


def measured(cuts: Cuts) -> dict[str, Estimate]:
    """Every metric, with an interval by resampling words (neighbours together where they are many).

    >>> ones = np.ones(2, np.int64)
    >>> found = measured(Cuts(places=4 * ones, cuts=2 * ones, inner=0 * ones, boundaries=ones, hits=ones))
    >>> {name: round(one.value, 3) for name, one in found.items()}["boundary_f1"]
    0.667
    """
    columns = np.stack([cuts.hits, cuts.cuts + cuts.inner, cuts.boundaries], axis=1)
    hits, made, boundaries = columns.sum(axis=0).astype(np.float64)
    whole = Sums(hits, made, boundaries, np.asarray(cuts.expected().sum()))
    rows = _by_row(np.column_stack([columns, cuts.expected() * SCALE]).round().astype(np.int64))
    reason = too_few(len(rows))
    if reason:
        return {name: _bare(float(metric(whole)), reason) for name, metric in METRICS.items()}
    drawn = resample(rows).T
    some = Sums(drawn[0], drawn[1], drawn[2], drawn[3] / SCALE)
    return {name: _with_interval(float(metric(whole)), metric(some)) for name, metric in METRICS.items()}


SCALE = 1 << 20  # expected hits as whole numbers, which resampling adds


def _by_row(values: Ints) -> Ints:
    """Words added up in at most 256 rows, neighbours together, int64 [rows, columns]."""
    row = row_of(np.arange(len(values)), shift_for(len(values)))
    sums = np.zeros((int(row.max(initial=-1)) + 1, values.shape[1]), np.int64)
    np.add.at(sums, row, values)
    return sums


def _ratio(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(top, bottom))


def _bare(value: float, reason: str) -> Estimate:
    return (
        Estimate(value, reason=reason)
        if np.isfinite(value)
        else Estimate(None, reason="nothing to divide by")
    )


def _with_interval(value: float, drawn: Floats) -> Estimate:
    bounds = interval(drawn)
    if bounds is None or not np.isfinite(value):
        return _bare(value, "no interval: a resample divides by zero")
    return Estimate(value, *bounds)


def morphscore(cuts: Cuts) -> tuple[float | None, float | None]:
    """Recall and precision as MorphScore v2 has them (Arnett et al. 2025), each word weighing the same.

    Of words of two or three morphemes. A word that is one token has 1 for both. Else recall is the share of
    its boundaries that are cut, and precision the hits by its tokens: the end of the word counts as a cut
    that is never right.

    Returns:
        None for both where there is no such word.
    """
    asked = (cuts.boundaries == 1) | (cuts.boundaries == 2)
    if not asked.any():
        return None, None
    all_cuts = (cuts.cuts + cuts.inner)[asked]
    hits, boundaries = cuts.hits[asked], cuts.boundaries[asked]
    recall = np.where(all_cuts == 0, 1, hits / boundaries)
    precision = np.where(all_cuts == 0, 1, hits / (all_cuts + 1))
    return float(recall.mean()), float(precision.mean())
