"""Why figures are missing, each distinct reason once; and what could not be measured at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from langcov.report import wording as words
from langcov.report.wording import some
from langcov.results.result import Record, Result


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


def of_systems(result: Result) -> list[str]:
    """What is to be known of systems, and which could not be measured."""
    said = {"notice": "", "skipped": "not measured: "}
    return [
        f"{before}{words.visible(system['name'])}: {words.visible(system[key])}"
        for key, before in said.items()
        for system in result.systems
        if system.get(key)
    ]
