"""What the tests of views look for in a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from langcov.report import render, sections
from langcov.results.result import Result

ONE = {"mine": (1.1, None)}
TWO = {"mine": (1.1, None), "other": (1.4, None)}
LOSSY = {**TWO, "bert": (0.5, 0.3)}
HOSTILE = "[red]x[/red] a|b_c & 50% \\end{x} `y` \x1b[31m\n\u202e$~^#"


def plain(result: Result, width: int = 120) -> str:
    return render(result, "table", color=False, width=width)


def line_of(text: str, label: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(label))


def cells_of_markdown(result: Result) -> set[int]:
    """Parts between bars, of each table: its columns, the label and the two ends."""
    return {len(table.columns) + 3 for section in sections(result) for table in section.tables}


def compared(
    language: str, metric: str, system: str, p: dict[str, float], reference: str | None = None
) -> list[dict[str, Any]]:
    """The rows of a test of one system against others, with their adjusted p."""
    what = {
        "corpus": "udhr",
        "language": language,
        "metric": metric,
        "reference": reference,
        "system": system,
    }
    rest = {"difference": 0.5, "low": 0.1, "high": 0.9, "p": 0.002}
    return [{**what, "other": other, **rest, "p_adjusted": value} for other, value in p.items()]


def with_tests(result: Result, *rows: list[dict[str, Any]]) -> Result:
    return replace(result, details={"comparisons": [row for one in rows for row in one]})
