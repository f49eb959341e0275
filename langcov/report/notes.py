"""What stands under tables: why figures are missing, what was not measured, and the hygiene of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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


def changed_runs(card: Mapping[str, Any]) -> list[str]:
    """That the text of a word table is not quite the text that it was made of."""
    runs = card.get("changed_runs", 0)
    if runs == 0:
        return []
    if runs is None:
        how = f"how many were something else is not known: {words.visible(card['changed_runs_reason'])}"
    else:
        how = f"{runs} of them {'was' if runs == 1 else 'were'} something else there"
    return [f"counted from a word table, of its text with each run of white space made one space; {how}"]


def training(ledger: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Who says of a system that it has, or has not, seen the corpus."""
    said = {"trained": "was trained on this corpus", "held-out": "was not trained on it but tested"}
    return [
        f"{words.visible(system)} {said[row['status']]}: {words.visible(row['source'])}"
        + (f" ({words.visible(row['note'])})" if row["note"] else "")
        for system, row in ledger.items()
        if row["status"] in said
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


MARK = "§"
MOST = 0.01  # a language with errors in more than this share of its words is marked
ANY = "any"


def marked(result: Result, corpus: str, names: Mapping[str, str]) -> dict[str, str]:
    """The names of languages; those whose text has many errors with a mark."""
    faulty = _faulty(result, corpus)
    return {id: f"{name} {MARK}" if id in faulty else name for id, name in names.items()}


def hygiene(result: Result, corpus: str, names: Mapping[str, str]) -> list[str]:
    """What the mark means, and which errors they are, the languages with the largest share first."""
    faulty = _faulty(result, corpus)
    if not faulty:
        return []
    order = sorted(faulty, key=lambda id: -faulty[id])
    shares = some([f"{names.get(id, id)} {words.number(faulty[id], 'share')}" for id in order])
    checks: dict[str, list[tuple[float, str]]] = {}
    for row in result.hygiene:
        if (
            row["corpus"] == corpus
            and row["language"] in faulty
            and row.get("severity", "error") == "error"
            and row["check"] != ANY
        ):
            checks.setdefault(row["check"], []).append((row["share"] or 0.0, row["language"]))
    lines = [
        f"{MARK} more than 1 % of the words have errors of spelling or encoding ({shares}): "
        "the figures are of the text as it is; langcov corpora check shows the places"
    ]
    for check, found in sorted(checks.items(), key=lambda item: -max(item[1])[0]):
        some_of = [
            f"{names.get(id, id)} {words.number(share, 'share')}" for share, id in sorted(found, reverse=True)
        ]
        lines.append(f"  {words.visible(check)}: {some(some_of)}")
    return lines


def _faulty(result: Result, corpus: str) -> dict[str, float]:
    """The languages to be marked, and their shares of words with an error."""
    return {
        row["language"]: row["share"]
        for row in result.hygiene
        if row["corpus"] == corpus and row["check"] == ANY and (row["share"] or 0.0) > MOST
    }
