"""The pages of docs/, taken apart: headings, tables and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def section(text: str, heading: str) -> str:
    """What stands under a heading, down to the next one of its level or above."""
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    assert start, f"no heading {heading!r}"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of all tables; the rules under headers are no rows."""
    for line in re.findall(r"^\|(.*)\|$", text, re.M):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        if not set("".join(cells)) <= set("-: "):
            yield cells


def names(text: str) -> list[str]:
    """All that stands between backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def keys(table: str) -> list[str]:
    """The names in the first column."""
    return [name for cells in rows(table) for name in names(cells[0])]


def same(said: Iterable[str], real: Iterable[str]) -> None:
    """See that both name the same, each once."""
    assert sorted(said) == sorted(real)
