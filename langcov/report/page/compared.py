"""What differs between two results, as the gate sees it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from langcov.errors import UserError
from langcov.gate.compare import compare
from langcov.gate.settings import GateSettings
from langcov.gate.side import Side
from langcov.report.gate.view import sections
from langcov.report.page.html import Part, items, table
from langcov.results.result import Result


def parts(results: Mapping[str, Result]) -> list[Part]:
    """The verdict on the second of two results, and what changed; or why they can't be compared.

    Args:
        results: by what each is called.
    """
    base, new = (Side(name, result) for name, result in results.items())
    try:
        verdict, changed = sections(compare(base, new, GateSettings()))
    except UserError as error:
        return [Part("compared", "Not compared", f"<p>{escape(str(error))}</p>")]
    tables = "\n".join(map(table, changed.tables))
    return [
        Part("compared", verdict.title, items(verdict.findings, "findings")),
        Part("changed", changed.title, items(changed.findings) + tables, within=True),
        Part("changed-notes", "Notes", items(changed.all_notes(), "notes"), within=True),
    ]
