"""All records of a result, as the script shows them: to look up, to filter, to save."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from langcov.report import wording as words
from langcov.report.page.html import Part, data
from langcov.results.result import RECORD_KEYS, Result

MOST = 60_000  # records that a page can hold
TEXTS = ("system", "corpus", "language", "languages", "metric", "reference", "unit", "reason")


def part(result: Result, prefix: str) -> Part:
    """The records, texts as places in one list, since they come again and again."""
    if len(result.records) > MOST:
        html = (
            f"<p>There are {len(result.records)} figures, more than a page can hold ({MOST}): "
            "<code>langcov report RESULT.json -o figures.csv</code> has them all.</p>"
        )
        return Part(prefix + "figures", "All figures", html)
    place: dict[Hashable, int] = {}

    def text(value: Any) -> int | None:
        if value is None:
            return None
        known = " ".join(value) if isinstance(value, tuple) else words.visible(value)
        return place.setdefault(known, len(place))

    rows = [
        [text(getattr(record, key)) if key in TEXTS else getattr(record, key) for key in RECORD_KEYS]
        for record in result.records
    ]
    kinds = ["text" if key in TEXTS else "number" for key in RECORD_KEYS]
    held = {"keys": RECORD_KEYS, "kinds": kinds, "texts": list(place), "rows": rows}
    return Part(prefix + "figures", "All figures", f'<div class="records">{data(held)}</div>')
