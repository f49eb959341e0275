"""Why figures are missing, each distinct reason once; and what else stands under a corpus's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from langcov.report import wording as words
from langcov.report.tokenizers.numbers import Numbers
from langcov.results.result import Record, Result

MOST = 3  # names spelled out before "and n more"
UNSPACED = {"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai", "Tibt"}


class Notes:
    """Collects reasons while tables are filled."""

    def __init__(self) -> None:
        self._gaps: dict[str, int] = {}
        self._bare: dict[str, set[str]] = {}
        self._left_out: dict[str, dict[str, list[str]]] = {}

    def gap(self, record: Record) -> str:
        """The footnote mark of a value that can't be measured."""
        reason = record.reason or "no reason given"
        return words.superscript(self._gaps.setdefault(reason, len(self._gaps) + 1))

    def footnotes(self) -> dict[str, str]:
        """The reasons of gaps by their marks."""
        return {words.superscript(index): words.visible(reason) for reason, index in self._gaps.items()}

    def no_interval(self, record: Record) -> None:
        """A value that has no interval."""
        reason = (record.reason or "no reason given").removeprefix("no interval: ")
        self._bare.setdefault(reason, set()).add(record.language or "")

    def left_out(self, system: str, metric: str, reasons: Iterable[str]) -> None:
        """A column without a single value."""
        for reason in reasons:
            systems = self._left_out.setdefault(reason, {}).setdefault(metric, [])
            if system not in systems:
                systems.append(system)

    def lines(self, names: Mapping[str, str], systems: Sequence[str]) -> list[str]:
        """The notes, a line each; a column that all ``systems`` lack is named without them."""

        def without(metric: str, lacking: list[str]) -> str:
            those = f" ({some([words.visible(system) for system in lacking])})"
            return words.title(metric) + (those if len(lacking) < len(systems) else "")

        bare = {reason: some([names.get(id, id) for id in sorted(ids)]) for reason, ids in self._bare.items()}
        return [
            *(f"without ±: {who}: {words.visible(reason)}" for reason, who in bare.items()),
            *(
                f"not shown: {', '.join(without(*item) for item in columns.items())}: {words.visible(reason)}"
                for reason, columns in self._left_out.items()
            ),
        ]


def some(items: list[str]) -> str:
    """The first of some names, and how many more there are.

    >>> some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = f" and {len(items) - MOST} more" if len(items) > MOST else ""
    return ", ".join(items[:MOST]) + more


def lexicon(card: Mapping[str, Any]) -> list[str]:
    """What the figures of a list of words are not."""
    if card.get("kind") != "lexicon":
        return []
    return [
        "a lexicon: its words are a list, not running text; rare ones weigh as much as common ones, so that "
        "fertility and shares are of the list: compare tokenizers on it, never with figures of a text"
    ]


def doubts(numbers: Numbers, names: Mapping[str, str]) -> list[str]:
    """Figures that hold of the text as it stands but are easily misread."""
    short = {id: share for id in numbers.languages if (share := numbers.shortened(id))}
    unspaced = [names.get(id, id) for id in numbers.languages if id.partition("_")[2] in UNSPACED]
    lines = []
    if short:
        some = ", ".join(f"{names.get(id, id)} {share:.0%}" for id, share in short.items())
        lines.append(
            f"‡ the text has far fewer characters than the reference in its script ({some}): "
            "something may be left out of it, then the premium is too low; never ▼"
        )
    if unspaced:
        lines.append(
            f"written without spaces, so that words and fertility mean little: {', '.join(unspaced)}"
        )
    return lines


def skipped(result: Result) -> list[str]:
    """The systems that could not be measured."""
    return [
        f"not measured: {words.visible(system['name'])}: {words.visible(system['skipped'])}"
        for system in result.systems
        if system.get("skipped")
    ]
