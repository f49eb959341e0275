"""What a recipe did, for programs: schema ``langcov.filters/1`` (CONTRACT, Filters), and as CSV."""

from __future__ import annotations

from dataclasses import asdict, fields

from langcov import __version__
from langcov.filters.apply import Filtered, FilterRecord
from langcov.report import csv_field
from langcov.results.result import json_text

SCHEMA = "langcov.filters/1"


def as_json(done: Filtered) -> str:
    """The whole, a record a line."""
    recipe = done.recipe
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "recipe": {
                "name": recipe.name,
                "title": recipe.title,
                "source": recipe.source,
                "library": recipe.library,
                "versions": recipe.versions,
                "version": done.version,
                "files": done.files,
            },
            "run_words": done.words,
            "units": done.units,
            "records": [asdict(record) for record in done.records],
            "causes": done.causes,
        }
    )


def as_csv(done: Filtered) -> str:
    """The records; an empty field is null."""
    rows = (map(csv_field, asdict(record).values()) for record in done.records)
    return "".join(f"{','.join(row)}\n" for row in ([one.name for one in fields(FilterRecord)], *rows))
