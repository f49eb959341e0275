"""The records as CSV, one a line, for a spreadsheet or a data frame."""

from __future__ import annotations

import csv
from io import StringIO

from langcov.results.result import RECORD_KEYS, Result, ordered


def render(result: Result) -> str:
    """The records in the order of the JSON; an empty field is null, ``languages`` are joined with spaces."""
    out = StringIO()
    writer = csv.DictWriter(out, RECORD_KEYS, lineterminator="\n")
    writer.writeheader()
    for record in ordered(result.records):
        writer.writerow({**record.as_dict(), "languages": " ".join(record.languages or ()) or None})
    return out.getvalue()
