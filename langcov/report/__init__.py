"""Views of a result: for a terminal, a README, a paper, a spreadsheet.

Another package adds a format through the entry-point group ``langcov.formats``: under the format's name, a
function from a ``Result`` to text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from langcov.core.names import cell_of
from langcov.core.plugins import load_entry, registry
from langcov.errors import MissingLibrary, UserError
from langcov.report.render import latex, markdown
from langcov.report.render import terminal as table
from langcov.report.sections import sections
from langcov.results.result import RECORD_KEYS, Record, Result

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "langcov.formats"
Format = Callable[[Result], str]
VIEWS = {".md": "md", ".csv": "csv", ".tex": "latex", ".html": "html"}
"""Formats by the endings of files that views of a result go to."""
TOGETHER = ("table", "md", "latex", "csv", "html")
"""Formats in which several results stand together."""


def _table(result: Result, color: bool | None = None, width: int | None = None) -> str:
    from langcov.report.tokenizers.answers import answers  # not above: as of ``sections``

    shown = table.render(sections(result), result.signature["short"], color=color, width=width)
    told = answers(result)
    return f"{shown}\n{table.prose(told, width)}" if told else shown


def _tidy_csv(records: Sequence[Record], raw: bool = False) -> str:
    """Records in the order of the JSON; an empty field is null, ``languages`` are joined with spaces."""
    lines = [",".join(RECORD_KEYS)]
    for record in records:
        cells = {**record.as_dict(), "languages": " ".join(record.languages or ())}
        lines.append(",".join(csv_field(cell, raw) for cell in cells.values()))
    return "\n".join([*lines, ""])


def csv_field(cell: object, raw: bool = False) -> str:
    """A cell as CSV has it (``csv`` before Python 3.13 leaves a CR bare where lines end with LF).

    Text is as ``cell_of`` makes it, unless ``raw``.
    """
    text = "" if cell is None else str(cell)
    if isinstance(cell, str) and not raw:
        text = cell_of(text)
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def _html(results: Mapping[str, Result]) -> str:
    check_format("html")
    from langcov.report import page

    return page.render(results)


_BUILTIN: dict[str, Format] = {
    "table": _table,
    "md": lambda result: markdown.render(sections(result), result.signature["short"]),
    "csv": lambda result: _tidy_csv(result.records),
    "latex": lambda result: latex.render(sections(result), result.signature["short"]),
    "json": Result.to_json,
    "html": lambda result: _html({"": result}),
}


@cache
def formats() -> dict[str, Format]:
    """All formats by name, those of plug-ins last; a plug-in is imported when it is used."""

    def late(point: EntryPoint) -> list[tuple[str, Format]]:
        return [(point.name, lambda result: load_entry(point)(result))]

    return registry(_BUILTIN, ENTRY_POINTS, "format", late)


def check_format(format: str) -> None:
    """See, before hours are spent, that what a format needs is installed.

    Raises:
        MissingLibrary: it is not.
    """
    needed = {"altair": "altair", "vl_convert": "vl-convert-python"} if format == "html" else {}
    for module, package in needed.items():
        if find_spec(module) is None:
            raise MissingLibrary(package, "report", "a page with pictures")


def render(
    result: Result,
    format: str,
    *,
    color: bool | None = None,
    width: int | None = None,
    csv_raw: bool = False,
) -> str:
    """The result as text that ends with a line end.

    Args:
        format: ``table`` (a terminal), ``md``, ``csv`` (the records), ``latex``, ``json``, ``html``
            (a page with pictures), or a plug-in's.
        color: whether the table has colours; None asks the terminal and ``NO_COLOR``.
        width: columns of the table; None takes the terminal's.
        csv_raw: text of CSV stays as it is, though a spreadsheet may take some for a formula.

    Raises:
        UserError: no such format.
    """
    if format not in formats():
        raise UserError(f"unknown format {format!r}: one of {', '.join(formats())}")
    if format == "csv":
        return _tidy_csv(result.records, csv_raw)
    return _table(result, color, width) if format == "table" else formats()[format](result)


def render_all(
    results: Mapping[str, Result], format: str, *, color: bool | None = None, csv_raw: bool = False
) -> str:
    """Several results in one format: tables one after another, or records under one heading.

    Args:
        results: by what each is called, such as its path.
        format, color, csv_raw: as of ``render``.

    Raises:
        UserError: no such format, or it holds one result; records of two results can't be told apart.
    """
    if len(results) > 1 and format == "csv":
        return _tidy_csv(_distinct(results), csv_raw)
    if len(results) > 1 and format == "html":
        return _html(results)
    if len(results) > 1 and format not in TOGETHER:
        raise UserError(f"{format} holds one result: name one, or take --format {' or '.join(TOGETHER)}")
    return "\n".join(render(one, format, color=color, csv_raw=csv_raw) for one in results.values())


def _distinct(results: Mapping[str, Result]) -> list[Record]:
    """The records of several results."""
    names: dict[tuple[object, ...], str] = {}
    for name, result in results.items():
        for record in result.records:
            other = names.setdefault(record.place, name)
            if other != name:
                raise UserError(
                    f"{name}: it has {record.metric} of {record.system} on {record.corpus} as {other} has, "
                    "and CSV would not tell the two apart: write a file of each"
                )
    return [record for result in results.values() for record in result.records]
