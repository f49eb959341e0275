"""What really changes once pieces are added: text encoded by both tokenizers, with the library itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Floats, Ints
from langcov.corpora.halves import Text
from langcov.corpora.rows import fold, shift_for
from langcov.counting.batch import decoded
from langcov.errors import CannotMeasure
from langcov.metrics.intervals import interval, resample, too_few
from langcov.text.count import whitespace_words
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Encoded, Tokenizer

AT_ONCE = 1 << 12
BEFORE, AFTER, WORDS = 0, 1, 2


@dataclass(frozen=True)
class Figure:
    """A figure and its 95 % interval from paired resamples of rows; None where there are too few."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Both:
    """Lines by both tokenizers.

    Attributes:
        text: the lines.
        counts: tokens before, tokens after, and whitespace words of each, int64 [lines, 3].
        changed: lines whose ids are others now, bool [lines].
        otherwise: lines that come back as another text now; None where the tokenizer can't decode.
        unknown: UNK tokens before and after, in all.
        uses: of each id of the extended tokenizer, int64 [ids].
    """

    text: Text
    counts: Ints
    changed: Bools
    otherwise: int | None
    unknown: tuple[int, int]
    uses: Ints

    @property
    def rows(self) -> Ints:
        """The counts, neighbouring lines together so that resamples stay small, int64 [rows, 3]."""
        return fold(self.counts, shift_for(len(self.counts)))


def encode_both(text: Text, before: Tokenizer, after: Tokenizer) -> Both:
    """Encode lines by two tokenizers, whose ids up to the last of the first mean the same."""
    parts = [
        _encode(text.lines[at : at + AT_ONCE], before, after) for at in range(0, max(1, len(text)), AT_ONCE)
    ]
    counts, changed, otherwise, unknown, uses = zip(*parts)
    lost = np.sum(unknown, axis=0)
    return Both(
        text,
        np.concatenate(counts),
        np.concatenate(changed),
        None if None in otherwise else sum(otherwise),
        (int(lost[0]), int(lost[1])),
        np.sum(uses, axis=0),
    )


def _encode(
    lines: list[str], before: Tokenizer, after: Tokenizer
) -> tuple[Ints, Bools, int | None, tuple[int, int], Ints]:
    old, new = before.encode(lines), after.encode(lines)
    counts = np.stack([old.counts, new.counts, whitespace_words(Strings.of(lines))], axis=1)
    changed = old.differs(new)
    which = np.flatnonzero(changed)
    size = after.vocabulary.size if after.vocabulary else 0
    return (
        counts,
        changed,
        _otherwise(before, old[which], after, new[which]),
        (_unknown(before, old), _unknown(after, new)),
        np.bincount(new.ids, minlength=size),
    )


def _otherwise(before: Tokenizer, old: Encoded, after: Tokenizer, new: Encoded) -> int | None:
    """How many of some lines come back as another text; None where the tokenizer can't decode."""
    if not len(old.counts):
        return 0
    try:
        return sum(one != other for one, other in zip(decoded(before, old), decoded(after, new)))
    except CannotMeasure:
        return None


def _unknown(tokenizer: Tokenizer, encoded: Encoded) -> int:
    unknown = tokenizer.vocabulary.unknown if tokenizer.vocabulary else None
    return 0 if unknown is None else int((encoded.ids == unknown).sum())


def figure(rows: Ints, of: Callable[[Floats], Floats]) -> Figure:
    """A figure of sums over rows, with its interval.

    Args:
        rows: counters, int64 [rows, k].
        of: gives it from sums of these, float64 […, k] to float64 […].
    """
    value = float(of(rows.sum(axis=0).astype(np.float64)))
    bounds = None if too_few(len(rows)) else interval(of(resample(rows)))
    return Figure(value, *(bounds or (None, None)))


def change(rows: Ints) -> Figure:
    """By which share of them the tokens changed.

    >>> found = change(np.tile([[4, 3, 2]], (30, 1)))
    >>> found.value, found.low, found.high
    (-0.25, -0.25, -0.25)
    """
    return figure(rows, lambda sums: sums[..., AFTER] / sums[..., BEFORE] - 1)


def fertility(rows: Ints, which: int) -> Figure:
    """Tokens a whitespace word."""
    return figure(rows, lambda sums: sums[..., which] / sums[..., WORDS])


def aligned(one: Both, other: Both) -> Ints:
    """Tokens of lines that two languages share, int64 [rows, 4]: the one's before and after, the other's.

    Lines without a key, and keys that stand twice, are shared with nothing.
    """
    where = {key: at for at, key in enumerate(other.text.keys) if key[1] != -1}
    pairs = [(at, where[key]) for at, key in enumerate(one.text.keys) if key in where]
    mine, theirs = np.array(pairs, np.int64).reshape(-1, 2).T
    counts = np.concatenate([one.counts[mine, :WORDS], other.counts[theirs, :WORDS]], axis=1)
    return fold(counts, shift_for(len(counts)))
