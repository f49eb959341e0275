"""The language-identification metrics by name: unit, better direction, definition (MEASURES, LID)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.metric import Metric

UNSUPPORTED = "unsupported: the model has no label for it"
NO_PROBABILITY = "the model's scores are no probabilities"
SENTINELS = ("not-language", "unsure", "unmapped")
BASE_RATES = {"1e-3": 1e-3, "1e-4": 1e-4, "1e-5": 1e-5}


@dataclass(frozen=True)
class LidMetric(Metric):
    """A metric of a model on a language, or on all of them together (language null).

    Attributes:
        undefined: why there is no value where the definition divides zero by zero.
    """

    undefined: str = ""


def _share(
    key: str, better: Literal["lower", "higher", ""], definition: str, undefined: str = "no lines"
) -> LidMetric:
    return LidMetric(key, "share", better, definition, undefined=undefined)


_NEVER = "never predicted"
_ALONE = "no line of another language in the test"

_BY_LANGUAGE = [
    _share("precision", "higher", "TP / (TP + FP), FP from every gold language of the test", _NEVER),
    _share("recall", "higher", "TP / lines of the language"),
    _share("f1", "higher", "2 TP / (lines of the language + predictions of it)", "no lines, " + _NEVER),
    _share("false_positive_rate", "lower", "FP / lines of all other gold languages", _ALONE),
    *(
        _share(
            f"purity_at_{name}",
            "higher",
            f"p·R / (p·R + (1−p)·FPR), p = {name}: share of the text kept for the language that is in it, "
            "the rest being mixed as the test's other languages; bounds from FPR's Wilson interval",
            f"no false positive seen, so that FPR is known by its upper bound only; or {_ALONE}",
        )
        for name in BASE_RATES
    ),
]

_EITHER = [
    _share("top3_accuracy", "higher", "lines whose own class is among the best three / lines"),
    _share("discard_rate", "", "lines predicted as no language / lines"),
    *(
        _share(f"discard_rate_{name.replace('-', '_')}", "", f"lines predicted as {name} / lines")
        for name in SENTINELS
    ),
    _share("within_group_error", "lower", "lines taken for a sister language of the same group / lines"),
    _share("between_group_error", "lower", "lines taken for a language outside the group / lines"),
    _share(
        "ece",
        "lower",
        "Σ over 15 equal bins of the top score, n_bin/n · |accuracy − mean score|; of the predictions of the "
        "language, or of all; scores in 4096 steps (Naeini et al. 2015, Guo et al. 2017)",
        "no scored prediction",
    ),
    LidMetric(
        "threshold_for_precision",
        "score",
        "",
        "the lowest score such that the predictions at it or above have a precision of 0.95 or more",
        undefined="no threshold gives a precision of 0.95",
    ),
]

_OVERALL = [
    _share("accuracy", "higher", "right lines / lines, those of unsupported languages being wrong"),
    _share("accuracy_covered", "higher", "right lines / lines, of the languages that have a label"),
    _share("top3_accuracy_covered", "higher", "top3_accuracy, of the lines of languages that have a label"),
    _share("macro_f1_gold", "higher", "mean F1 of all gold languages, 0 for the unsupported"),
    _share("macro_f1_covered", "higher", "mean F1 of the gold languages with a label, on their lines only"),
    _share("macro_f1_observed", "higher", "mean F1 of all languages in the test or predicted"),
    _share(
        "macro_f1_relevant",
        "higher",
        "mean F1 of the gold languages with a label, false positives from all lines",
    ),
    LidMetric(
        "mcc",
        "coefficient",
        "higher",
        "multi-class Matthews correlation (Gorodkin 2004), sentinels and unsupported languages as classes",
        undefined="one class only",
    ),
    _share("coverage", "higher", "gold languages that have a label / gold languages"),
]

_BY_LENGTH = [
    _share(f"{key}_{name}_chars", "higher", f"{key}, of lines of {name} code points", reason)
    for key, reason in (
        ("precision", _NEVER),
        ("recall", "no lines of this length"),
        ("f1", "no lines of this length, " + _NEVER),
        ("accuracy", "no lines of this length"),
    )
    for name in LENGTHS
]


def robustness(perturbation: str) -> LidMetric:
    """The metric of one perturbation, by its name."""
    return LidMetric(
        f"recall_change_{perturbation}",
        "difference",
        "higher",
        f"recall of the lines perturbed ({perturbation}) − recall of the same lines as they are",
        undefined="no lines",
    )


LID_METRICS: dict[str, LidMetric] = {
    metric.name: metric for metric in [*_BY_LANGUAGE, *_EITHER, *_OVERALL, *_BY_LENGTH]
}
