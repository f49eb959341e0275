"""What stands under the tables of a language-ID result: the policy, what was counted apart, who knew it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.lid.lengths import at_length
from langcov.report import wording as words
from langcov.report.lid.numbers import LidNumbers
from langcov.report.wording import some
from langcov.results.result import Result

POLICIES = {
    "strict": "a prediction is right if it names the language itself, and the script of the line where it "
    "names a script",
    "macro": "a macrolanguage that the gold or a label names is one class with its members, which then have "
    "no figures of their own; for the rest a prediction must name the language, and its script if any",
    "group": "sister languages (Tatar and Bashkir …), and macrolanguages with their members, are one class",
}
FEW = 10
VIEWS = (
    "macro F1: gold: of all languages, 0 without a label; covered: of those with a label, tested on their "
    "lines only; relevant: of the same, with false positives from all lines"
)


def facts(
    result: Result, card: Mapping[str, Any], numbers: LidNumbers, ledger: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """What a reader must know of one corpus, a line each.

    Args:
        card: of the corpus.
        ledger: how each model stands to it.
    """
    items = card.get("items", "lines")
    return [
        *([f"what is identified: {words.visible(items)}"] if items != "lines" else []),
        *_few(numbers),
        *_apart(result, card["name"], numbers),
        *_training(ledger),
    ]


def of_all(result: Result, numbers: LidNumbers) -> list[str]:
    """What holds of all corpora alike: what is right, how F1 is averaged, and what else is measured."""
    settings = dict(part.partition(":")[::2] for part in result.signature["short"].split("|"))
    policy = settings.get("policy", "")
    return [
        *([VIEWS] if numbers.classes else []),
        *([f"policy {policy}: {POLICIES[policy]}"] if policy in POLICIES else []),
        *_more(numbers),
    ]


def _few(numbers: LidNumbers) -> list[str]:
    """Classes that weigh as much as any in a macro average though hardly a line stands for them."""
    few = [f"{name} ({lines})" for name, lines in sorted(numbers.lines.items()) if lines < FEW]
    return [f"of fewer than {FEW} lines, yet a language in macro F1 and coverage: {some(few)}"] if few else []


def _apart(result: Result, corpus: str, numbers: LidNumbers) -> list[str]:
    """The lines that are not in the language of their file, a note a list."""
    lists: dict[str, list[Mapping[str, Any]]] = {}
    for row in result.details.get("gold_exceptions", []):
        if row["corpus"] == corpus and row["lines"]:
            lists.setdefault(row["list"], []).append(row)
    return [
        f"counted apart, not predicted: {sum(row['lines'] for row in rows)} lines, {words.visible(name)} "
        f"({words.visible(rows[0]['what'])}): "
        + some([f"{numbers.name(row['language'])} {row['lines']}" for row in _largest(rows)])
        for name, rows in lists.items()
    ]


def _largest(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: (-row["lines"], row["language"]))


def _training(ledger: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Who says of a model that it has, or has not, seen the corpus."""
    said = {"trained": "was trained on this corpus", "held-out": "was not trained on it but tested"}
    return [
        f"{words.visible(system)} {said[row['status']]}: {words.visible(row['source'])}"
        + (f" ({words.visible(row['note'])})" if row["note"] else "")
        for system, row in ledger.items()
        if row["status"] in said
    ]


def _more(numbers: LidNumbers) -> list[str]:
    """What is measured but not shown here."""
    measured = {metric for metric, _ in numbers.metrics}
    kinds = {
        "purity": "purity_at_1e-3",
        "false positive rates": "false_positive_rate",
        "calibration": "ece",
        "thresholds": "threshold_for_precision",
        "figures by length": at_length("recall", LENGTHS[0]),
        "errors within groups": "within_group_error",
    }
    told = [name for name, metric in kinds.items() if metric in measured]
    return [f"in --format csv and json also: {', '.join(told)}, of each language"] if told else []
