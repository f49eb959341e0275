"""Views of a result: for a terminal, a README, a paper, a spreadsheet.

Another package adds a format through the entry-point group ``langcov.formats``: under the format's name, a
function from a ``Result`` to text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from langcov.core.plugins import load_entry, registry
from langcov.errors import UserError
from langcov.report.blocks import Section
from langcov.report.notes import of_systems
from langcov.report.render import latex, markdown
from langcov.report.render import terminal as table
from langcov.results.result import RECORD_KEYS, Result, ordered

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "langcov.formats"
Format = Callable[[Result], str]


def _table(result: Result, color: bool | None = None, width: int | None = None) -> str:
    return table.render(sections(result), result.signature["short"], color=color, width=width)


def _tidy_csv(result: Result, raw: bool = False) -> str:
    """The records in the order of the JSON; an empty field is null, ``languages`` are joined with spaces."""
    lines = [",".join(RECORD_KEYS)]
    for record in ordered(result.records):
        cells = {**record.as_dict(), "languages": " ".join(record.languages or ())}
        lines.append(",".join(_field(cell, raw) for cell in cells.values()))
    return "\n".join([*lines, ""])


def _field(cell: object, raw: bool) -> str:
    """A cell as CSV has it (``csv`` before Python 3.13 leaves a CR bare where lines end with LF).

    Text that a spreadsheet would take for a formula gets an apostrophe, unless ``raw``.
    """
    text = "" if cell is None else str(cell)
    if isinstance(cell, str) and not raw and text.startswith(tuple("=+-@\t\r")):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


_BUILTIN: dict[str, Format] = {
    "table": _table,
    "md": lambda result: markdown.render(sections(result), result.signature["short"]),
    "csv": _tidy_csv,
    "latex": lambda result: latex.render(sections(result), result.signature["short"]),
    "json": Result.to_json,
}


@cache
def formats() -> dict[str, Format]:
    """All formats by name, those of plug-ins last; a plug-in is imported when it is used."""

    def late(point: EntryPoint) -> list[tuple[str, Format]]:
        return [(point.name, lambda result: load_entry(point)(result))]

    return registry(_BUILTIN, ENTRY_POINTS, "format", late)


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
        format: ``table`` (a terminal), ``md``, ``csv`` (the records), ``latex``, ``json``, or a plug-in's.
        color: whether the table has colours; None asks the terminal and ``NO_COLOR``.
        width: columns of the table; None takes the terminal's.
        csv_raw: text of CSV stays as it is, though a spreadsheet may take some for a formula.

    Raises:
        UserError: no such format.
    """
    if format not in formats():
        raise UserError(f"unknown format {format!r}: one of {', '.join(formats())}")
    if format == "csv":
        return _tidy_csv(result, csv_raw)
    return _table(result, color, width) if format == "table" else formats()[format](result)


def sections(result: Result) -> list[Section]:
    """One section a corpus, in the order of the result."""
    # Not above: a check, which has no result, starts in two thirds of the time.
    from langcov.report.lid import view as lid
    from langcov.report.tokenizers import view as tokenizers

    view = lid if result.kind == "lid" else tokenizers
    found = [view.section(result, corpus["name"]) for corpus in result.corpora]
    if not found:
        return [Section("nothing was measured", [], notes=of_systems(result))]
    found[-1].notes.extend(of_systems(result))
    return found
