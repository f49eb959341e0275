"""Language-identification metrics: functions of added confusion counts (MEASURES, LID).

A confusion matrix is int64 […, gold, predicted] (or float64 of whole numbers, from ``resample``): lines of
each gold class by the class predicted for them. Leading axes are rows, resamples or lengths; each matrix is
measured for itself. A ratio 0/0 is NaN; in a record it is null with the reason of the registry. 1,000
resamples are 8,000 bytes a cell: leave out the columns that nobody predicted and no gold class owns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.intervals import wilson
from langcov.metrics.lid.definitions import BASE_RATES
from langcov.metrics.tokenizers.measured import quotient

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats
Ratio = tuple[Counts, Counts]


@dataclass(frozen=True, eq=False)
class Classes:
    """What the rows and columns of a confusion matrix mean.

    Attributes:
        own: the column of each gold class, −1 where the model has no label for it, int64 [gold].
        columns: how many there are.
        sentinels: the columns that are no language, by the sentinel's name.
        groups: a number for each gold class and for each column, int64 [gold] and [predicted]: equal
            numbers from 0 on are sister languages, −1 is in no group. None: no errors by group.

    Raises:
        ValueError: two gold classes own one column, or one owns a sentinel.
    """

    own: Ints
    columns: int
    sentinels: Mapping[str, int]
    groups: tuple[Ints, Ints] | None = None

    def __post_init__(self) -> None:
        owned = self.own[self.covered]
        if len(np.unique(owned)) < len(owned) or not self.languages[owned].all():
            raise ValueError("a column is the own class of two gold classes, or is a sentinel")

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which gold classes the model has a label for, bool [gold]."""
        return np.asarray(self.own >= 0)

    @property
    def languages(self) -> NDArray[np.bool_]:
        """Which columns are languages, not sentinels, bool [predicted]."""
        found = np.ones(self.columns, bool)
        found[list(self.sentinels.values())] = False
        return found

    @property
    def owner(self) -> Ints:
        """The gold class of each column, −1 where it has none, int64 [predicted]."""
        found = np.full(self.columns, -1)
        found[self.own[self.covered]] = np.flatnonzero(self.covered)
        return found


def right(confusion: Counts, classes: Classes) -> Counts:
    """Lines predicted as their own class, […, gold]; 0 where there is none."""
    return np.where(classes.covered, confusion[..., np.arange(len(classes.own)), classes.own], 0)


def claimed(confusion: Counts, classes: Classes) -> Counts:
    """Lines of any language predicted as each gold class, […, gold]."""
    return np.where(classes.covered, confusion.sum(axis=-2)[..., classes.own], 0)


def share(ratio: Ratio) -> Floats:
    """Top / bottom, NaN for 0/0, float64 […]."""
    top, bottom = ratio
    return quotient(np.asarray(top, np.float64), np.asarray(bottom, np.float64))


def proportions(confusion: Counts, classes: Classes, hits3: Counts | None = None) -> dict[str, Ratio]:
    """The metrics of a language that are shares of lines, as (hits, trials), each […, gold].

    Two numbers, so that ``share`` and ``wilson`` take the same. What needs a label has no trials where
    the model has none.

    Args:
        hits3: lines whose own class is among the best three predictions, int64 […, gold].
    """
    lines, tp, predicted = confusion.sum(axis=-1), right(confusion, classes), claimed(confusion, classes)
    known = lines * classes.covered
    others = (lines.sum(axis=-1, keepdims=True) - lines) * classes.covered
    found: dict[str, Ratio] = {
        "precision": (tp, predicted),
        "recall": (tp, known),
        "false_positive_rate": (predicted - tp, others),
    }
    if hits3 is not None:
        found["top3_accuracy"] = (hits3, known)
    return found | {key: (hits, lines) for key, hits in _errors_by_kind(confusion, classes).items()}


def _errors_by_kind(confusion: Counts, classes: Classes) -> dict[str, Counts]:
    """Lines without a language and lines of another one, […, gold], by the key of their share."""
    discarded = {name: confusion[..., column] for name, column in classes.sentinels.items()}
    found: dict[str, Counts] = {f"discard_rate_{name.replace('-', '_')}": n for name, n in discarded.items()}
    found["discard_rate"] = confusion[..., ~classes.languages].sum(axis=-1)
    if classes.groups is not None:
        gold, predicted = classes.groups
        sisters = (gold[:, None] == predicted) & (gold[:, None] >= 0) & classes.languages
        sisters &= classes.owner != np.arange(len(gold))[:, None]
        within = np.einsum("...gp,gp->...g", confusion, sisters)
        wrong = confusion.sum(axis=-1) - right(confusion, classes) - found["discard_rate"]
        found |= {"within_group_error": within, "between_group_error": wrong - within}
    return found


def f1(confusion: Counts, classes: Classes) -> Floats:
    """2 TP / (lines + predictions), float64 […, gold]; NaN without a label, and with neither of both."""
    lines = confusion.sum(axis=-1) * classes.covered
    return share((2 * right(confusion, classes), lines + claimed(confusion, classes)))


def purity(confusion: Counts, classes: Classes, rate: float) -> tuple[Floats, Floats, Floats]:
    """What share of the text that a filter keeps for a language is in it, at a base rate of the language.

    p·R / (p·R + (1−p)·FPR), the other languages mixed as in the test. The bounds carry the Wilson interval
    of FPR and take R as measured. Where no false positive was seen, a purity of 1 would be a claim about
    1/p lines that the test has not looked at: the value is NaN, the bounds tell what is known (from "≥ low"
    to 1). Where no line of the language was found either, the bounds are NaN too.

    Args:
        rate: p, the share of the language in the text to be filtered.

    Returns:
        Value, low and high, float64 […, gold].
    """
    found = proportions(confusion, classes)
    recall, seen = share(found["recall"]), found["false_positive_rate"]
    fewest, most = wilson(*seen)

    def at(false_positives: Floats) -> Floats:
        return share((rate * recall, rate * recall + (1 - rate) * false_positives))

    value, low, high = at(share(seen)), at(most), at(fewest)
    return np.where(seen[0] > 0, value, np.nan), np.where(np.isnan(high), np.nan, low), high


def by_language(confusion: Counts, classes: Classes, hits3: Counts | None = None) -> dict[str, Floats]:
    """All metrics of single languages by key, float64 […, gold] each.

    Args:
        hits3: as in ``proportions``.
    """
    found = {key: share(ratio) for key, ratio in proportions(confusion, classes, hits3).items()}
    found["f1"] = f1(confusion, classes)
    for name, rate in BASE_RATES.items():
        found[f"purity_at_{name}"] = purity(confusion, classes, rate)[0]
    return found


def observed_classes(confusion: Counts, classes: Classes) -> Ints:
    """How many languages have lines or are predicted, int64 […]."""
    present = confusion.sum(axis=-1) > 0
    predicted = (confusion.sum(axis=-2) > 0) & classes.languages
    predicted[..., classes.own[classes.covered]] &= ~present[..., classes.covered]
    return np.asarray(present.sum(axis=-1) + predicted.sum(axis=-1))


def macro_f1(confusion: Counts, classes: Classes, observed: int | None = None) -> dict[str, Floats]:
    """Mean F1 in four views, float64 […]; a gold language is one that has lines in the matrix.

    - ``macro_f1_gold``: of all gold languages, 0 for those that the model has no label for.
    - ``macro_f1_covered``: of the gold languages with a label, after the lines of all other languages were
      taken out of the test (what papers print that test a model on its own languages).
    - ``macro_f1_observed``: of every language that is gold or predicted, 0 for those that are only predicted
      (scikit-learn's default; sentinels are no languages).
    - ``macro_f1_relevant``: of the gold languages with a label, with false positives from all lines
      (the relevant macro F1 of ULI 2020).

    Args:
        observed: how many languages the whole sample shows (``observed_classes``); to be given for
            resamples, which can only lose languages and would come out too high. None: as in each matrix.
    """
    covered = classes.covered
    own_lines_only = Classes(classes.own[covered], classes.columns, classes.sentinels)
    present = confusion.sum(axis=-1) > 0
    # A language without lines has F1 0 or NaN, so it adds nothing to these sums.
    from_all = np.nansum(f1(confusion, classes), axis=-1)
    from_covered = np.nansum(f1(confusion[..., covered, :], own_lines_only), axis=-1)
    gold, known = present.sum(axis=-1), (present & covered).sum(axis=-1)
    languages = observed_classes(confusion, classes) if observed is None else np.full_like(gold, observed)
    return {
        "macro_f1_gold": share((from_all, gold)),
        "macro_f1_covered": share((from_covered, known)),
        "macro_f1_observed": share((from_all, languages)),
        "macro_f1_relevant": share((from_all, known)),
    }


def mcc(confusion: Counts, classes: Classes) -> Floats:
    """Multi-class Matthews correlation (Gorodkin 2004, the R_K statistic), float64 […], 12 digits.

    Each sentinel and each language without a label is a class of its own that gold, or the model, never
    names. NaN where all lines are of one class, or all predictions (scikit-learn says 0).
    """
    lines = confusion.sum(axis=(-2, -1))[..., None]
    total = np.where(lines > 0, lines, np.nan)
    gold, predicted = confusion.sum(axis=-1) / total, confusion.sum(axis=-2) / total
    hits, named = right(confusion, classes) / total, claimed(confusion, classes) / total
    covariance = (hits - gold * named).sum(axis=-1)
    spread = (gold * (1 - gold)).sum(axis=-1) * (predicted * (1 - predicted)).sum(axis=-1)
    return np.asarray(np.round(covariance / np.sqrt(np.where(spread > 0, spread, np.nan)), 12))


def overall_proportions(confusion: Counts, classes: Classes, hits3: Counts | None = None) -> dict[str, Ratio]:
    """The metrics of all languages together that are shares of lines, as (hits, trials), each […]."""
    lines = confusion.sum(axis=-1)
    known, total = (lines * classes.covered).sum(axis=-1), lines.sum(axis=-1)
    tp = right(confusion, classes).sum(axis=-1)
    found: dict[str, Ratio] = {"accuracy": (tp, total), "accuracy_covered": (tp, known)}
    if hits3 is not None:
        hits = hits3.sum(axis=-1)
        found |= {"top3_accuracy": (hits, total), "top3_accuracy_covered": (hits, known)}
    by_kind = _errors_by_kind(confusion, classes).items()
    return found | {key: (hits.sum(axis=-1), total) for key, hits in by_kind}


def overall(
    confusion: Counts, classes: Classes, hits3: Counts | None = None, observed: int | None = None
) -> dict[str, Floats]:
    """All metrics of the languages together by key, float64 […] each.

    Args:
        hits3: as in ``proportions``; ``observed`` as in ``macro_f1``.
    """
    found = {key: share(ratio) for key, ratio in overall_proportions(confusion, classes, hits3).items()}
    gold = confusion.sum(axis=-1) > 0
    found["coverage"] = share(((gold & classes.covered).sum(axis=-1), gold.sum(axis=-1)))
    found["mcc"] = mcc(confusion, classes)
    return found | macro_f1(confusion, classes, observed)


def by_length(confusion: Counts, classes: Classes) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Precision, recall and F1 of each language, and the accuracy of all, by the length of the line.

    Args:
        confusion: int64 [length, gold, predicted], the lengths those of ``LENGTHS``.

    Returns:
        By key (``recall_1-10_chars``): float64 [gold] each, and float64 [] each.
    """
    each = by_language(confusion, classes)
    accuracy = overall_proportions(confusion, classes)["accuracy"]
    languages = {
        f"{key}_{name}_chars": each[key][bucket]
        for key in ("precision", "recall", "f1")
        for bucket, name in enumerate(LENGTHS)
    }
    together = {f"accuracy_{name}_chars": one for name, one in zip(LENGTHS, share(accuracy))}
    return languages, together


def recall_change(plain: Counts, perturbed: Counts, classes: Classes) -> Floats:
    """Recall of perturbed lines minus recall of the same lines as they are, float64 […, gold].

    Both matrices count the same lines by the gold class of the plain ones; resampled with the same
    ``weights`` the difference is paired by row.
    """
    return share(proportions(perturbed, classes)["recall"]) - share(proportions(plain, classes)["recall"])
