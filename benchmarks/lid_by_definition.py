"""Every LID metric of langcov by its definition, from raw predictions: scikit-learn and plain loops.

Of langcov only data is used: what labels mean, which codes a macrolanguage holds, the groups of sisters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from langcov.data import read_table
from langcov.languages.iso639 import members
from langcov.lid.labels import Meaning

STEPS, FEWEST, PRECISION = 4096, 10, 0.95
LENGTHS = {"1-10": (1, 10), "11-20": (11, 20), "21-50": (21, 50), "51-100": (51, 100), "101+": (101, 10**9)}
GROUPS = {row["member"]: row["group"] for row in read_table("lid_groups.tsv")}
SENTINELS = ("not-language", "unsure", "unmapped")
SAME_SCRIPT = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}
NONE = ""

Class = tuple[str, str]
"""Code (or name of a group) and script; a label that names no script has none, a sentinel only a code."""
Key = tuple[Class | None, str]
"""A class, or None for all together, and a metric."""
Flags = NDArray[np.bool_]


class Line(NamedTuple):
    """A line that a model identified.

    Attributes:
        gold: the declared language, ``tat_Cyrl``.
        chars: its code points.
        labels: what the model says, best first; empty where it says nothing.
        score: of the first, if it is a probability.
        changed: the first label after each perturbation; None where the language has it not.
    """

    gold: str
    chars: int
    labels: Sequence[str]
    score: float | None = None
    changed: Mapping[str, str | None] = {}


@dataclass
class Policy:
    """Which languages count as one."""

    name: str
    used: set[str]

    def code(self, code: str, script: str) -> str:
        """The class of a language."""
        macro = next((one for one in sorted(self.used) if code in members(one)), code)
        if self.name == "strict":
            return code
        if self.name == "group":
            for held in (f"{code}_{script}", code, macro, *members(macro)):
                if held in GROUPS and (held in (code, f"{code}_{script}") or macro in self.used):
                    return GROUPS[held]
        return macro

    def of_language(self, language: str) -> Class:
        """The gold class of ``tat_Cyrl``."""
        code, _, script = language.partition("_")
        script = SAME_SCRIPT.get(script, script)
        return self.code(code, script), script


@dataclass
class Judged:
    """The lines of a test and what its model's labels mean.

    Attributes:
        lines: of all languages.
        meanings: by label.
        policy: strict, macro or group.
        base_rate: of a language, for thresholds; None: as in the test.
        thresholds: those of another test, by class (None: of all).
    """

    lines: Sequence[Line]
    meanings: Mapping[str, Meaning]
    policy: str
    base_rate: float | None = None
    thresholds: Mapping[Class | None, float | None] | None = None

    @cached_property
    def rule(self) -> Policy:
        """The policy, with the codes that are in use."""
        codes = {line.gold[:3] for line in self.lines} | {one.iso639_3 for one in self.meanings.values()}
        return Policy(self.policy, codes - {""})

    @cached_property
    def truth(self) -> list[Class]:
        """The gold class of each line."""
        known = {gold: self.rule.of_language(gold) for gold in {line.gold for line in self.lines}}
        return [known[line.gold] for line in self.lines]

    @cached_property
    def gold(self) -> list[Class]:
        """The gold classes."""
        return sorted(set(self.truth))

    @cached_property
    def claims(self) -> dict[str, set[Class]]:
        """The gold classes that each label is right for."""
        found = {}
        for label, one in self.meanings.items():
            script = SAME_SCRIPT.get(one.script, one.script)
            found[label] = {
                (code, written)
                for code, written in self.gold
                if not one.sentinel
                and script in ("", written)
                and self.rule.code(one.iso639_3, written) == code
            }
        return found | {NONE: set()}

    def said(self, label: str) -> Class:
        """The class that a label names."""
        one = self.meanings.get(label)
        if one is None or one.sentinel:
            return (one.sentinel.value if one and one.sentinel else "unsure"), ""
        script = SAME_SCRIPT.get(one.script, one.script)
        return self.rule.code(one.iso639_3, script), script

    @cached_property
    def top(self) -> list[str]:
        """The best label of each line."""
        return [line.labels[0] if line.labels else NONE for line in self.lines]

    @cached_property
    def right(self) -> Flags:
        """Which lines are right."""
        return np.array([gold in self.claims[label] for gold, label in zip(self.truth, self.top)], bool)

    def is_gold(self, of: Class) -> Flags:
        """Which lines are of a class."""
        return np.array([gold == of for gold in self.truth], bool)

    def is_said(self, of: Class) -> Flags:
        """Which lines are predicted as a class: not those that are right as another."""
        named = np.array([of in self.claims[label] for label in self.top], bool)
        return named & (self.is_gold(of) | ~self.right)

    def covered(self, of: Class) -> bool:
        """Whether a label of the model is right for a class."""
        return any(of in self.claims[label] for label in self.meanings)

    def figures(self) -> dict[Key, float | None]:
        """Every metric by class and key; None where it is undefined."""
        found: dict[Key, float | None] = {}
        for of in self.gold:
            for metric, value in self._of_class(of):
                found[of, metric] = value
        for metric, value in self._of_all(found):
            found[None, metric] = value
        return {
            key: None if value is None or np.isnan(value) else float(value) for key, value in found.items()
        }

    def _of_class(self, of: Class) -> Iterator[tuple[str, float | None]]:
        gold, said, hit = self.is_gold(of), self.is_said(of), self.right
        yield from self._errors(gold)
        if not self.covered(of):
            return
        table = metrics.confusion_matrix(gold, said, labels=[False, True])
        rate = _ratio(table[0, 1], table[0].sum())
        precision, recall, f1 = _scores(gold, said)
        yield from (("precision", precision), ("recall", recall), ("f1", f1), ("false_positive_rate", rate))
        for name in ("1e-3", "1e-4", "1e-5"):
            p = float(name)
            kept = p * recall / (p * recall + (1 - p) * rate) if rate else None
            yield f"purity_at_{name}", kept
        yield "top3_accuracy", self._top3(gold)
        for name, (least, most) in LENGTHS.items():
            inside = np.array([least <= line.chars <= most for line in self.lines])
            for key, value in zip(("precision", "recall", "f1"), _scores(gold & inside, said & inside)):
                yield f"{key}_{name}_chars", value
        for name in self.lines[0].changed:
            changed = [(line.changed[name], gold) for line, gold in zip(self.lines, self.truth) if gold == of]
            if all(label is not None for label, _ in changed):
                after = np.mean([gold in self.claims[label or NONE] for label, gold in changed])
                yield f"recall_change_{name}", float(after) - recall
        yield from self._calibration(of, said, hit & gold, gold)

    def _of_all(self, each: Mapping[Key, float | None]) -> Iterator[tuple[str, float | None]]:
        truth = [f"{code}_{script}" for code, script in self.truth]
        known = np.array([self.covered(gold) for gold in self.truth])
        every = np.ones(len(truth), bool)
        yield from self._errors(every)
        yield "accuracy", float(np.mean(self.right))
        yield "accuracy_covered", _ratio(self.right[known].sum(), known.sum())
        yield "top3_accuracy", self._top3(every)
        yield "top3_accuracy_covered", self._top3(known)
        yield "coverage", _ratio(sum(map(self.covered, self.gold)), len(self.gold))
        said = [self._one_class(*pair) for pair in zip(self.truth, self.top)]
        one_sided = len(set(truth)) == 1 or len(set(said)) == 1
        yield "mcc", None if one_sided else metrics.matthews_corrcoef(truth, said)
        yield from self._macro(each, known)
        for name, (least, most) in LENGTHS.items():
            inside = np.array([least <= line.chars <= most for line in self.lines])
            yield f"accuracy_{name}_chars", _ratio(self.right[inside].sum(), inside.sum())
        language = np.array([self.said(label)[0] not in SENTINELS for label in self.top])
        yield from self._calibration(None, language, self.right, every)

    def _one_class(self, gold: Class, label: str) -> str:
        """The one class of a prediction."""
        claimed = self.claims[label]
        said = gold if gold in claimed else min(claimed) if len(claimed) == 1 else self.said(label)
        return "_".join(said)

    def _macro(self, each: Mapping[Key, float | None], known: Flags) -> Iterator[tuple[str, float | None]]:
        sizes = Counter(self.truth)
        enough = [of for of in self.gold if sizes[of] >= FEWEST]
        covered = [of for of in enough if self.covered(of)]
        f1 = [each.get((of, "f1")) or 0.0 for of in enough]
        nobody = {self.said(label) for label in self.top if label and not self.claims[label]}
        more = len({code for code in nobody if code[0] not in SENTINELS})
        yield "macro_f1_gold", _ratio(sum(f1), len(enough))
        yield "macro_f1_observed", _ratio(sum(f1), len(enough) + more)
        yield "macro_f1_relevant", _ratio(sum(f1), len(covered))
        only = [_scores(self.is_gold(of)[known], self.is_said(of)[known])[2] for of in covered]
        yield "macro_f1_covered", _ratio(sum(only), len(only))

    def _errors(self, which: Flags) -> Iterator[tuple[str, float]]:
        lines = which.sum()
        said = Counter(self.said(label)[0] for label, kept in zip(self.top, which) if kept)
        for name in SENTINELS:
            yield f"discard_rate_{name.replace('-', '_')}", said[name] / lines
        yield "discard_rate", sum(said[name] for name in SENTINELS) / lines
        within = between = 0
        for gold, label, kept, hit in zip(self.truth, self.top, which, self.right):
            if kept and not hit and self.said(label)[0] not in SENTINELS:
                sisters = self._sisters(gold, label)
                within, between = within + sisters, between + (not sisters)
        yield "within_group_error", within / lines
        yield "between_group_error", between / lines

    def _sisters(self, gold: Class, label: str) -> bool:
        def group(code: str, script: str) -> str | None:
            return GROUPS.get(f"{code}_{script}") or GROUPS.get(code) or (code if "-" in code else None)

        code, script = self.said(label)
        mine = group(*gold)
        return mine is not None and mine == group(code, script or gold[1])

    def _top3(self, which: Flags) -> float | None:
        hits = [
            any(gold in self.claims[label] for label in line.labels)
            for line, gold, kept in zip(self.lines, self.truth, which)
            if kept
        ]
        return _ratio(sum(hits), len(hits))

    def _calibration(
        self, of: Class | None, said: Flags, right: Flags, gold: Flags
    ) -> Iterator[tuple[str, float | None]]:
        answers = [
            (min(int(min(line.score, 1) * STEPS), STEPS - 1), bool(hit))
            for line, named, hit in zip(self.lines, said, right)
            if named and line.score is not None
        ]
        yield "ece", _ece(answers)
        rate = self.base_rate
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
        used = own if self.thresholds is None else self.thresholds.get(of)
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
