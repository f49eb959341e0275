"""The tables of the package and the scripts that make them."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a TSV of this folder by column; quote marks are letters in it."""
    with (files("langcov.data") / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
