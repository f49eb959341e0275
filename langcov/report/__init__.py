"""Views of a result: for a terminal, a README, a paper, a spreadsheet."""

from __future__ import annotations

from langcov.errors import UserError
from langcov.report.render import latex, markdown
from langcov.report.render import terminal as table
from langcov.report.render import tidy_csv as tidy
from langcov.report.tokenizers.view import sections
from langcov.results.result import Result

FORMATS = ("table", "md", "csv", "latex", "json")


def render(result: Result, format: str, *, color: bool | None = None, width: int | None = None) -> str:
    """The result as text that ends with a line end.

    Args:
        result: what was measured.
        format: ``table`` (a terminal), ``md``, ``csv`` (the records), ``latex`` or ``json``.
        color: whether the table has colours; None asks the terminal and ``NO_COLOR``.
        width: columns of the table; None takes the terminal's.

    Raises:
        UserError: no such format.
    """
    if format == "json":
        return result.to_json()
    if format == "csv":
        return tidy.render(result)
    short = result.signature["short"]
    if format == "table":
        return table.render(sections(result), short, color=color, width=width)
    if format == "md":
        return markdown.render(sections(result), short)
    if format == "latex":
        return latex.render(sections(result), short)
    raise UserError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
