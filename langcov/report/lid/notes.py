"""What stands under the tables of a language-ID result: the policy, what was counted apart, who knew it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langcov.core.names import number_of
from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.lid.lengths import at_length
from langcov.metrics.lid.measured import FEWEST_LINES
from langcov.report import wording as words
from langcov.report.lid.numbers import LidNumbers
from langcov.report.notes import training
from langcov.report.wording import some
from langcov.results.result import Result
from langcov.results.signature import settings

POLICIES = {
    "strict": "a prediction is right if it names the language itself, and its declared script where it "
    "names a script",
    "macro": "a macrolanguage that the gold or a label names is one class with its members, which then have "
    "no figures of their own; for the rest a prediction must name the language, and its script if any",
    "group": "sister languages (Tatar and Bashkir …), and macrolanguages with their members, are one class",
}
VIEWS = (
    "macro F1: gold: of all languages, 0 without a label; covered: of those with a label, tested on their "
    "lines only; relevant: of the same, with false positives from all lines"
)


def facts(result: Result, card: Mapping[str, Any], numbers: LidNumbers) -> list[str]:
    """What a reader must know of one corpus, a line each."""
    items = card.get("items", "lines")
    return [
        *([f"what is identified: {words.visible(items)}"] if items != "lines" else []),
        *_few(numbers),
        *_off_script(result, card["name"], numbers),
        *_apart(result, card["name"], numbers),
        *training(numbers.ledger),
    ]


def of_all(result: Result, numbers: LidNumbers) -> list[str]:
    """What holds of all corpora alike: what is right, how F1 is averaged, and what else is measured."""
    policy = settings(result.signature).get("policy", "")
    return [
        *_cleaned(result),
        *_unmapped(result),
        *([VIEWS] if numbers.classes else []),
        *([f"policy {policy}: {POLICIES[policy]}"] if policy in POLICIES else []),
        *_same_lines(result),
        *_more(numbers),
    ]


def _cleaned(result: Result) -> list[str]:
    """The models that are given cleaned lines, as those who made them ask."""
    found = [f"{words.visible(one['name'])} {one['clean']}" for one in result.systems if one.get("clean")]
    return [f"lines are cleaned first, as the makers of the model do: {some(found)}"] if found else []


def _unmapped(result: Result) -> list[str]:
    """The labels that no table explains, a note a model."""
    return [
        f"labels of {words.visible(system['name'])} that nothing explains, so that their lines count as no "
        f"language (unmapped): {some([words.visible(label) for label in system['unmapped']])}; "
        "--labels says what they mean"
        for system in result.systems
        if system.get("unmapped")
    ]


def _few(numbers: LidNumbers) -> list[str]:
    """Classes that would weigh as much as any in a mean though hardly a line stands for them."""
    few = [f"{name} ({n})" for name, n in sorted(numbers.lines.items()) if n < FEWEST_LINES]
    return [f"of fewer than {FEWEST_LINES} lines, so not in macro F1: {some(few)}"] if few else []


def _off_script(result: Result, corpus: str, numbers: LidNumbers) -> list[str]:
    """The lines that are mostly in another script than their source declares; they count as declared."""
    found = {
        row["language"]: row["off_script_lines"]
        for row in result.totals
        if row["corpus"] == corpus and row.get("off_script_lines")
    }
    most = sorted(found, key=lambda language: (-found[language], language))
    told = some([f"{numbers.name(language)} {found[language]}" for language in most])
    return [f"lines with most letters in another script than declared: {told}"] if found else []


def _apart(result: Result, corpus: str, numbers: LidNumbers) -> list[str]:
    """The lines that are not in the language of their file, a note a list."""
    lists: dict[str, list[Mapping[str, Any]]] = {}
    for row in result.details.get("gold_exceptions", []):
        if row["corpus"] == corpus and row["lines"]:
            lists.setdefault(row["list"], []).append(row)
    return [
        f"counted apart, not predicted: {number_of(sum(row['lines'] for row in rows), 'line')}, "
        f"{words.visible(name)} ({words.visible(rows[0]['what'])}): "
        + some(
            [
                f"{numbers.name(row['language'])} {row['lines']}"
                for row in sorted(rows, key=lambda row: (-row["lines"], row["language"]))
            ]
        )
        for name, rows in lists.items()
    ]


def _same_lines(result: Result) -> list[str]:
    """That a threshold fits the lines that it was found on."""
    found = {(row["from"], row["corpus"]) for row in result.details.get("thresholds", [])}
    if not found or any(source != corpus for source, corpus in found):
        return []
    return ["thresholds are tested where they were found, which flatters: --threshold-from A --test-on B"]


def _more(numbers: LidNumbers) -> list[str]:
    measured = {metric for metric, _ in numbers.metrics}
    kinds = {
        "purity": "purity_at_1e-3",
        "false positive rates": "false_positive_rate",
        "calibration": "ece",
        "figures by length": at_length("recall", LENGTHS[0]),
        "errors within groups": "within_group_error",
    }
    told = [name for name, metric in kinds.items() if metric in measured]
    return [f"in --format csv and json also: {', '.join(told)}, of each language"] if told else []
