"""Columns of tables and of sheets: by which names the text is known, and how they are shown in an error."""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMES = frozenset({"sentence", "text", "transcript", "transcription", "utterance", "content"})
"""What headers call the text: Common Voice (also transcription, where speech is spontaneous), data sets."""
NAME = re.compile(r"[A-Za-z_][\w .:/#()-]{0,60}|", re.ASCII)
"""A name of a column as programs write it; the index of a data frame has none."""
NAME_IT = "say which is the text with --text-column (a name or a number), or in a header"
_MOST_SHOWN, _MOST_LETTERS = 12, 24


def shown(cells: Sequence[str]) -> str:
    """Columns with their numbers, in one line.

    >>> shown(["a1", "", "a sentence that is too long to be shown"])
    "1 'a1', 2 '', 3 'a sentence that is too …'"
    """
    short = (cell if len(cell) <= _MOST_LETTERS else f"{cell[: _MOST_LETTERS - 1]}…" for cell in cells)
    shown = [f"{place} {cell!r}" for place, cell in enumerate(short, 1)]
    return ", ".join(shown[:_MOST_SHOWN]) + (", …" if len(shown) > _MOST_SHOWN else "")


def numbered(names: Sequence[str]) -> list[tuple[str, str]]:
    """Things to choose from, by their numbers; by their names where one says that they are a header.

    >>> numbered(["1", "сүз"]), numbered(["id", "text"])
    ([('1', '1 1'), ('2', '2 сүз')], [('id', '1 id'), ('text', '2 text')])
    """
    header = any(name.lower() in NAMES for name in names)
    by_name = {name for name in names if header and names.count(name) == 1 and not name.isdecimal()} - {""}
    return [
        (name if name in by_name else str(number), f"{number} {name}".rstrip())
        for number, name in enumerate(names, 1)
    ]
