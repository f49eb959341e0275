"""Views of a comparison: for a terminal, the summary of a job, a test report, a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from langcov.core.names import visible
from langcov.gate.compare import Comparison
from langcov.report.gate import json, junit
from langcov.report.gate.view import difference, drifted, named, sections
from langcov.report.render import markdown, terminal

MOST = 10  # annotations of a step, which is what GitHub shows
FORMATS = ("table", "md", "junit", "json")


def render(found: Comparison, format: str, *, color: bool | None = None, width: int | None = None) -> str:
    """The comparison as text that ends with a line end."""
    other: Mapping[str, Callable[[Comparison], str]] = {"junit": junit.render, "json": json.render}
    if format in other:
        return other[format](found)
    how = f"correction:{found.settings.correction}|ids:{found.settings.ids}"
    if format == "md":
        return markdown.render(sections(found), how)
    return terminal.render(sections(found), how, color=color, width=width)


def github_annotations(found: Comparison, file: Path) -> str:
    """What closes the gate as annotations of GitHub Actions, a line each."""
    said = [f"{one.system}: {named(one)} {one.verdict}: {difference(one)}" for one in found.worse]
    drifts = [f"id drift: {one.system}, {drifted(one)}" for one in found.drifts]
    level = "error" if found.failed else "warning"
    lines = [*drifts, *said]
    more = [f"{len(lines) - MOST + 1} more: see the summary"] if len(lines) > MOST else []
    shown = [*lines[: MOST - len(more)], *more]
    where = _escaped(file.as_posix()).replace(":", "%3A").replace(",", "%2C")
    return "".join(f"::{level} file={where},title=langcov::{_escaped(visible(line))}\n" for line in shown)


def _escaped(text: str) -> str:
    """What GitHub reads back as it was."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
