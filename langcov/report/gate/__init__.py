"""Views of a comparison: for a terminal, the summary of a job, a test report, a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from langcov.gate.compare import Comparison
from langcov.report.gate import json, junit
from langcov.report.gate.view import section
from langcov.report.render import markdown, terminal

FORMATS = ("table", "md", "junit", "json")


def render(found: Comparison, format: str, *, color: bool | None = None, width: int | None = None) -> str:
    """The comparison as text that ends with a line end."""
    other: Mapping[str, Callable[[Comparison], str]] = {"junit": junit.render, "json": json.render}
    if format in other:
        return other[format](found)
    how = f"correction:{found.settings.correction}|ids:{found.settings.ids}"
    if format == "md":
        return markdown.render([section(found)], how)
    return terminal.render([section(found)], how, color=color, width=width)
