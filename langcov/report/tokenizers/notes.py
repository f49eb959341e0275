"""What stands under the tables of tokenizers: what a figure is not, and which are easily misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from langcov.metrics.paired import LEVEL
from langcov.report import wording as words
from langcov.report.notes import training
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.results.result import Result

UNSPACED = {"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai", "Tibt"}


def compared(numbers: TokenizerNumbers) -> list[str]:
    """What ▼ and ≈ rest on, and which tokenizers take no part."""
    trained = {system: numbers.ledger[system] for system in filter(numbers.trained, numbers.systems)}
    apart = ["† trained on this corpus, so not compared", *training(trained)] if trained else []
    if not numbers.tested:
        return apart
    lowest = [(numbers.lowest(*what)[0], *what) for what in numbers.tested]
    shared = [record.rows for what in lowest if (record := numbers.get(*what))] or [0]
    rows = " to ".join(map(str, sorted({min(shared), max(shared)})))  # English, as all notes of figures are
    if numbers.yardsticks:
        yardsticks = ", ".join(map(words.visible, numbers.yardsticks))
        apart.append(f"not compared, as nobody would choose them: {yardsticks}")
    if any(reference for *_, reference in numbers.tested):
        apart.append("a premium is low too where a tokenizer splits the reference into many tokens")
    return [
        "▼ the lowest of those compared in its row, told apart from each other one; ≈ the lowest, and those "
        f"not told apart from it: paired bootstrap over {rows} shared rows, Holm over the tokenizers, level "
        f"{LEVEL}",
        *apart,
    ]


def lexicon(card: Mapping[str, Any]) -> list[str]:
    """What the figures of a list of words are not."""
    if card.get("kind") != "lexicon":
        return []
    return [
        "a lexicon: its words are a list, not running text; rare ones weigh as much as common ones, so that "
        "fertility and shares are of the list: compare tokenizers on it, never with figures of a text"
    ]


def doubts(numbers: TokenizerNumbers, names: Mapping[str, str]) -> list[str]:
    """Figures of these languages that hold of the text as it stands but are easily misread."""
    short = {id: share for id in names if (share := numbers.shortened(id))}
    unspaced = [names[id] for id in names if id.partition("_")[2] in UNSPACED]
    lines = []
    if short:
        some = ", ".join(f"{names[id]} {share:.0%}" for id, share in short.items())
        lines.append(
            f"‡ the text has far fewer characters than the reference in its script ({some}): "
            "something may be left out of it, then the premium is too low"
        )
    if unspaced:
        lines.append(
            f"written without spaces, so that words and fertility mean little: {', '.join(unspaced)}"
        )
    return lines


def changed_letters(result: Result, corpus: str, names: Mapping[str, str]) -> list[str]:
    """Letters that come back as others, those of each system that are changed most, a line a system."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    where: dict[str, set[str]] = {}
    for row in result.details.get("changed_letters", []):
        if row["corpus"] == corpus:
            found.setdefault(row["system"], Counter())[row["letter"], row["became"]] += row["count"]
            where.setdefault(row["system"], set()).add(row["language"])
    lines = []
    for system in (row["name"] for row in result.systems if row["name"] in found):
        pairs = found[system]
        languages = words.some([names.get(id, id) for id in sorted(where[system])])
        letters = words.some([f"{words.visible(a)}→{words.visible(b)}" for (a, b), _ in pairs.most_common()])
        lines.append(f"{words.visible(system)} changes letters ({languages}): {letters}")
    return lines
