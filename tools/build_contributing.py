"""Puts the fields of a card, as ``langcov/data/card_fields.tsv`` has them, into the guides of this folder.

    python tools/build_contributing.py

The sentences in other languages are those of the catalogues in ``langcov/locale``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from langcov.core import ui
from langcov.core.ui import _
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field, type_name

HERE = Path(__file__).resolve().parents[1] / "corpora"
GUIDES = {"en": HERE / "CONTRIBUTING.md", "ru": HERE / "CONTRIBUTING.ru.md"}
HEADS = {
    "en": ("field", "value", "needed", "what it is for", "yes"),
    "ru": ("поле", "значение", "нужно", "для чего", "да"),
}
_TABLE = re.compile(r"(<!-- (card|language): .*? -->\n).*?(<!-- end -->)", re.DOTALL)


def guide(language: str) -> str:
    """A guide with the tables of today."""
    before = ui.language()
    ui.use(language)
    try:
        fields = {"card": FIELDS, "language": LANGUAGE_FIELDS}
        text = GUIDES[language].read_text("utf-8")
        return _TABLE.sub(lambda found: found[1] + _table(fields[found[2]], HEADS[language]) + found[3], text)
    finally:
        ui.use(before)


def _table(fields: Mapping[str, Field], head: tuple[str, ...]) -> str:
    told = [
        (f"`{field.name}`", type_name(field), head[4] if field.needed else "", _(field.why))
        for field in fields.values()
    ]
    rows = [head[:4], ("---",) * 4, *told]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    for language, path in GUIDES.items():
        path.write_text(guide(language), "utf-8")
