"""Every LID metric of langcov by its definition, from raw predictions: scikit-learn and plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from sklearn import metrics

from benchmarks.lid_judged import GROUPS, NONE, Class, Flags, Judged

STEPS, FEWEST, PRECISION = 4096, 10, 0.95
LENGTHS = {"1-10": (1, 10), "11-20": (11, 20), "21-50": (21, 50), "51-100": (51, 100), "101+": (101, 10**9)}
SENTINELS = ("not-language", "unsure", "unmapped")

Key = tuple[Class | None, str]
"""A class, or None for all together, and a metric."""


def figures(judged: Judged) -> dict[Key, float | None]:
    """Every metric by class and key; None where it is undefined."""
    found: dict[Key, float | None] = {}
    for of in judged.gold:
        for metric, value in _of_class(judged, of):
            found[of, metric] = value
    for metric, value in _of_all(judged, found):
        found[None, metric] = value
    return {key: None if value is None or np.isnan(value) else float(value) for key, value in found.items()}


def _of_class(judged: Judged, of: Class) -> Iterator[tuple[str, float | None]]:
    gold, said, hit = judged.is_gold(of), judged.is_said(of), judged.right
    yield from _errors(judged, gold)
    if not judged.covered(of):
        return
    table = metrics.confusion_matrix(gold, said, labels=[False, True])
    rate = _ratio(table[0, 1], table[0].sum())
    precision, recall, f1 = _scores(gold, said)
    yield from (("precision", precision), ("recall", recall), ("f1", f1), ("false_positive_rate", rate))
    for name in ("1e-3", "1e-4", "1e-5"):
        p = float(name)
        kept = p * recall / (p * recall + (1 - p) * rate) if rate else None
        yield f"purity_at_{name}", kept
    yield "top3_accuracy", _top3(judged, gold)
    for name, (least, most) in LENGTHS.items():
        inside = np.array([least <= line.chars <= most for line in judged.lines])
        for key, value in zip(("precision", "recall", "f1"), _scores(gold & inside, said & inside)):
            yield f"{key}_{name}_chars", value
    for name in judged.lines[0].changed:
        changed = [(line.changed[name], gold) for line, gold in zip(judged.lines, judged.truth) if gold == of]
        if all(label is not None for label, _ in changed):
            after = np.mean([gold in judged.claims[label or NONE] for label, gold in changed])
            yield f"recall_change_{name}", float(after) - recall
    yield from _calibration(judged, of, said, hit & gold, gold)


def _of_all(judged: Judged, each: Mapping[Key, float | None]) -> Iterator[tuple[str, float | None]]:
    truth = [f"{code}_{script}" for code, script in judged.truth]
    known = np.array([judged.covered(gold) for gold in judged.truth])
    every = np.ones(len(truth), bool)
    yield from _errors(judged, every)
    yield "accuracy", float(np.mean(judged.right))
    yield "accuracy_covered", _ratio(judged.right[known].sum(), known.sum())
    yield "top3_accuracy", _top3(judged, every)
    yield "top3_accuracy_covered", _top3(judged, known)
    yield "coverage", _ratio(sum(map(judged.covered, judged.gold)), len(judged.gold))
    said = [_one_class(judged, *pair) for pair in zip(judged.truth, judged.top)]
    one_sided = len(set(truth)) == 1 or len(set(said)) == 1
    yield "mcc", None if one_sided else metrics.matthews_corrcoef(truth, said)
    yield from _macro(judged, each, known)
    for name, (least, most) in LENGTHS.items():
        inside = np.array([least <= line.chars <= most for line in judged.lines])
        yield f"accuracy_{name}_chars", _ratio(judged.right[inside].sum(), inside.sum())
    language = np.array([judged.said(label)[0] not in SENTINELS for label in judged.top])
    yield from _calibration(judged, None, language, judged.right, every)


def _one_class(judged: Judged, gold: Class, label: str) -> str:
    """The one class of a prediction."""
    claimed = judged.claims[label]
    said = gold if gold in claimed else min(claimed) if len(claimed) == 1 else judged.said(label)
    return "_".join(said)


def _macro(
    judged: Judged, each: Mapping[Key, float | None], known: Flags
) -> Iterator[tuple[str, float | None]]:
    sizes = Counter(judged.truth)
    enough = [of for of in judged.gold if sizes[of] >= FEWEST]
    covered = [of for of in enough if judged.covered(of)]
    f1 = [each.get((of, "f1")) or 0.0 for of in enough]
    nobody = {judged.said(label) for label in judged.top if label and not judged.claims[label]}
    more = len({code for code in nobody if code[0] not in SENTINELS})
    yield "macro_f1_gold", _ratio(sum(f1), len(enough))
    yield "macro_f1_observed", _ratio(sum(f1), len(enough) + more)
    yield "macro_f1_relevant", _ratio(sum(f1), len(covered))
    only = [_scores(judged.is_gold(of)[known], judged.is_said(of)[known])[2] for of in covered]
    yield "macro_f1_covered", _ratio(sum(only), len(only))


def _errors(judged: Judged, which: Flags) -> Iterator[tuple[str, float]]:
    lines = which.sum()
    said = Counter(judged.said(label)[0] for label, kept in zip(judged.top, which) if kept)
    for name in SENTINELS:
        yield f"discard_rate_{name.replace('-', '_')}", said[name] / lines
    yield "discard_rate", sum(said[name] for name in SENTINELS) / lines
    within = between = 0
    for gold, label, kept, hit in zip(judged.truth, judged.top, which, judged.right):
        if kept and not hit and judged.said(label)[0] not in SENTINELS:
            sisters = _sisters(judged, gold, label)
            within, between = within + sisters, between + (not sisters)
    yield "within_group_error", within / lines
    yield "between_group_error", between / lines


def _sisters(judged: Judged, gold: Class, label: str) -> bool:
    def group(code: str, script: str) -> str | None:
        return GROUPS.get(f"{code}_{script}") or GROUPS.get(code) or (code if "-" in code else None)

    code, script = judged.said(label)
    mine = group(*gold)
    return mine is not None and mine == group(code, script or gold[1])


def _top3(judged: Judged, which: Flags) -> float | None:
    hits = [
        any(gold in judged.claims[label] for label in line.labels)
        for line, gold, kept in zip(judged.lines, judged.truth, which)
        if kept
    ]
    return _ratio(sum(hits), len(hits))


def _calibration(
    judged: Judged, of: Class | None, said: Flags, right: Flags, gold: Flags
) -> Iterator[tuple[str, float | None]]:
    answers = [
        (min(int(min(line.score, 1) * STEPS), STEPS - 1), bool(hit))
        for line, named, hit in zip(judged.lines, said, right)
        if named and line.score is not None
    ]
    yield "ece", _ece(answers)
    rate = judged.base_rate
    if of is None and rate is not None:
        return
    lines, others = int(gold.sum()), int((~gold).sum())

    def precise(hits: int, total: int) -> float | None:
        """Precision in the test, or at the base rate; None where it is unknown."""
        if rate is None:
            return hits / total if total else None
        recall, false = _ratio(hits, lines), _ratio(total - hits, others)
        found = rate * recall / (rate * recall + (1 - rate) * false) if recall or false else None
        return None if found is not None and np.isnan(found) else found

    own = _threshold(answers, precise)
    yield "threshold_for_precision", own
    used = own if judged.thresholds is None else judged.thresholds.get(of)
    if used is None:
        return
    kept = [hit for step, hit in answers if step >= used * STEPS]
    seen = rate is None or len(kept) > sum(kept)
    yield "precision_at_threshold", precise(sum(kept), len(kept)) if seen else None
    yield "recall_at_threshold", _ratio(sum(kept), lines)


def _ratio(top: Any, bottom: Any) -> float:
    return float(top / bottom) if bottom else float("nan")


def _scores(gold: Flags, said: Flags) -> tuple[float, float, float]:
    """Precision, recall and F1 as scikit-learn has them."""
    if not len(gold):
        return (float("nan"),) * 3
    found = metrics.precision_recall_fscore_support(
        gold, said, labels=[True], average=None, zero_division=np.nan
    )
    precision, recall, f1 = (float(one[0]) for one in found[:3])
    return precision, recall, f1


def _ece(answers: Sequence[tuple[int, bool]]) -> float | None:
    if not answers:
        return None
    binned = sorted((int((step + 0.5) / STEPS * 15), step, hit) for step, hit in answers)
    apart = 0.0
    for _, group in groupby(binned, key=lambda one: one[0]):
        inside = list(group)
        apart += abs(sum(hit for *_, hit in inside) - sum((step + 0.5) / STEPS for _, step, _ in inside))
    return apart / len(answers)


def _threshold(
    answers: Sequence[tuple[int, bool]], precise: Callable[[int, int], float | None]
) -> float | None:
    every, right = Counter(step for step, _ in answers), Counter(step for step, hit in answers if hit)
    steps = sorted(every, reverse=True)
    hits, total, found = 0, 0, None
    for step, lower in zip(steps, [*steps[1:], -1]):
        hits, total = hits + right[step], total + every[step]
        precision = precise(hits, total)
        if precision is not None and precision >= PRECISION:
            found = lower + 1
    return None if found is None else found / STEPS
