"""What sections of every kind of result share: the heading of a corpus, and languages by family."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Any

from langcov.report import wording as words
from langcov.report.blocks import Group, Row, Table


def heading(card: Mapping[str, Any], languages: Sequence[str]) -> str:
    """The line over a corpus: what it is, of how many languages, and how its text is cut into rows."""
    aligned = {"none": "not aligned", "lines": "aligned by line", "keys": "aligned by key"}
    parts = [
        words.visible(card["name"]),
        "lexicon" if card.get("kind") == "lexicon" else "",
        f"{len(languages)} languages",
        aligned.get(card.get("alignment", ""), ""),
        f"rows: {words.visible(str(card['rows']))}" if card.get("rows") else "",
    ]
    return " · ".join(part for part in parts if part)


def by_family(rows: Mapping[str, Row], family: Callable[[str], str]) -> list[Group]:
    """Rows in groups of one family each, both in alphabetical order.

    Args:
        rows: by the id of the language.
        family: the family of an id.
    """
    groups: dict[str, list[Row]] = {}
    for id, row in rows.items():
        groups.setdefault(family(id), []).append(row)
    return [Group(name, sorted(groups[name], key=lambda row: row.label)) for name in sorted(groups)]


def without_empty(table: Table, blank: str = "") -> Table:
    """The table without columns in which no cell has a figure: all are empty, or ``blank``."""
    rows = list(table.rows())
    kept = [any(row.cells[at].text not in ("", blank) for row in rows) for at in range(len(table.columns))]
    groups = [
        replace(group, rows=[replace(row, cells=list(compress(row.cells, kept))) for row in group.rows])
        for group in table.groups
    ]
    return replace(table, columns=list(compress(table.columns, kept)), groups=groups)
