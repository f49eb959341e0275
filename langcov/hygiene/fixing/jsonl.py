"""Fixes in JSON lines: inside the string of one field, as its record spells it; no other byte changes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from langcov.hygiene.fixing.changes import Change, Changes, Edit, Fix, edited, edits

_SPACE = re.compile(r"[ \t\r\n]*")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4} | \\. | [^\\]",
    re.VERBOSE | re.DOTALL,
)


def in_record(field: str, lines: Sequence[bytes], index: int, prefix: int, fixes: Sequence[Fix]) -> Changes:
    """The changes of a record; a letter is written as ``\\uXXXX`` if the string has its letters so."""
    row = lines[index].decode()
    start, end = string_of(row, field)
    escaped = row[start:end].isascii() and "\\u" in row[start:end]
    starts = [*(found.start() for found in _CHARACTER.finditer(row, start, end)), end]
    changes = []
    for fix in (fix._replace(start=prefix + fix.start) for fix in fixes):
        begin, stop = starts[fix.start], starts[fix.start + len(fix.before)]
        written = [
            Edit(starts[edit.start], starts[edit.end], json.dumps(edit.new, ensure_ascii=escaped)[1:-1])
            for edit in edits(fix)
        ]
        changes.append(Change(begin, stop, edited(row[begin:stop], begin, written), fix))
    return {index: changes}


def string_of(row: str, field: str) -> tuple[int, int]:
    """The code points [start, end) between the quotes of a field of an object; of the last of that name.

    >>> row = '{"id": "text", "text": "хун"}'
    >>> row[slice(*string_of(row, "text"))]
    'хун'
    """
    value = json.JSONDecoder().raw_decode
    at = _after_space(row, row.index("{") + 1)
    found = (0, 0)
    while row[at] != "}":
        key, at = value(row, at)
        start = _after_space(row, _after_space(row, at) + 1)
        _, at = value(row, start)
        if key == field:
            found = start + 1, at - 1
        at = _after_space(row, at)
        if row[at] == ",":
            at = _after_space(row, at + 1)
    return found


def _after_space(row: str, at: int) -> int:
    space = _SPACE.match(row, at)
    return space.end() if space else at
