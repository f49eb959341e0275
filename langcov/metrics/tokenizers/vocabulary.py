"""What a language uses of a vocabulary, and what the vocabulary has for its letters."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Floats
from langcov.counting.token_tally import CELLS
from langcov.errors import CannotMeasure
from langcov.metrics.metric import Shown
from langcov.metrics.tokenizers import entropy
from langcov.metrics.tokenizers.measured import Figure, Letters, Measured, Subject
from langcov.metrics.tokenizers.metric import TokenizerMetric


def _returnable(subject: Subject) -> NDArray[np.bool_]:
    """Which of the ids that were seen an encoding can return, if that is known, bool [ids]."""
    keys, returnable = subject.counts.ids.keys, subject.run.returnable
    seen = np.ones(len(keys), bool) if returnable is None else returnable[keys]
    if not seen.any():
        raise CannotMeasure("no tokens")
    return seen


def _size(subject: Subject) -> int:
    """Ids that an encoding can return."""
    if subject.run.returnable is None:
        raise CannotMeasure("the size of the vocabulary is not known")
    return int(subject.run.returnable.sum())


def _use(subject: Subject) -> Figure:
    used = int(_returnable(subject).sum())
    return Figure(used / _size(subject), reason="no interval: a resample can only lose types")


def _efficiency(subject: Subject) -> Figure:
    return _entropy(subject, _returnable(subject), _size(subject))


def _efficiency_observed(subject: Subject) -> Figure:
    seen = _returnable(subject)
    return _entropy(subject, seen, int(seen.sum()))


def _entropy(subject: Subject, seen: NDArray[np.bool_], types: int) -> Figure:
    """Rényi efficiency of the ids that were seen against so many types."""
    if types < 2:
        raise CannotMeasure("fewer than two types")
    value = float(entropy.efficiency(subject.counts.ids.counts[seen], types))
    if subject.counts.row_ids is None:
        return Figure(value, reason=f"no interval: rows × distinct ids above {CELLS}")
    return Figure(value, lambda: entropy.of_types(_resampled(subject.run, subject.language), types))


@lru_cache(maxsize=1)
def _resampled(run: Measured, language: str) -> Floats:
    """The entropy of each resample, which both efficiencies rest on."""
    subject = Subject(run, language)
    none = np.zeros(0, np.int64)
    row, column, count = subject.counts.row_ids or (none, none, none)
    kept = _returnable(subject)[column]
    return entropy.resampled_entropy(row[kept], column[kept], count[kept], subject.counts.tally.n_rows)


def _letters(subject: Subject) -> Letters:
    letters = subject.run.letters[subject.language]
    if isinstance(letters, str):
        raise CannotMeasure(letters)
    return letters


def _single(subject: Subject) -> Figure:
    letters = _letters(subject)
    reason = "no interval: a property of the vocabulary"
    return Figure(float(letters.single.mean()), reason=reason, n=len(letters.letters), rows=0)


def _single_weighted(subject: Subject) -> Figure:
    letters = _letters(subject)
    uses = int(letters.uses.sum())
    if not uses:
        raise CannotMeasure("no letter of the alphabet in the corpus")
    value = int(letters.uses[letters.single].sum()) / uses
    return Figure(value, reason="no interval: letters are not counted by row")


METRICS = (
    TokenizerMetric(
        "vocabulary_use",
        "share",
        "higher",
        "distinct ids seen / ids that an encoding can return, specials excluded; grows with the corpus",
        _use,
        shown=None,
    ),
    TokenizerMetric(
        "renyi_efficiency",
        "share",
        "higher",
        "H_2.5 of the ids / log2(ids that an encoding can return) (Zouhar et al. 2023)",
        _efficiency,
        shown=None,
    ),
    TokenizerMetric(
        "renyi_efficiency_observed",
        "share",
        "higher",
        "H_2.5 of the ids / log2(distinct ids seen, the same number in every resample)",
        _efficiency_observed,
        shown=None,
    ),
    TokenizerMetric(
        "alphabet_single",
        "share",
        "higher",
        "letters of the alphabet, both cases, that are one token of their own inside a word / letters",
        _single,
        shown=Shown(heading="letters\nsingle", own_table=False, optional=True),
    ),
    TokenizerMetric(
        "alphabet_single_weighted",
        "share",
        "higher",
        "the same, each letter weighted by its use in the corpus",
        _single_weighted,
        shown=None,
    ),
)
