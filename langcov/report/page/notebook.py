"""A result in a notebook: its conclusions and tables, without a script."""

from __future__ import annotations

from html import escape

from langcov.report.page.html import folded, items, table
from langcov.report.sections import sections
from langcov.results.result import Result


def in_notebook(result: Result) -> str:
    """What a notebook shows of a result that is the last line of a cell; nothing in it runs."""
    parts = [
        f"<h4>{escape(one.title)}</h4>"
        + items(one.findings)
        + "\n".join(map(table, one.tables))
        + folded("Notes", items(one.all_notes()))
        for one in sections(result)
    ]
    return "\n".join([*parts, f"<p><code>{escape(result.signature['short'])}</code></p>"])
