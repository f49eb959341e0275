"""Fixes in JSON lines: inside the strings of one field, as its record spells them; no other byte changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from langcov.corpora.readers.records import step
from langcov.hygiene.fixing.changes import Change, Changes, Edit, Fix, edited, edits

_VALUE = json.JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\r\n]*")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4} | \\. | [^\\]",
    re.VERBOSE | re.DOTALL,
)


def in_record(field: str, lines: Sequence[bytes], index: int, prefix: int, fixes: Sequence[Fix]) -> Changes:
    """The changes of a record; a letter is written as ``\\uXXXX`` if the string has its letters so."""
    row = lines[index].decode()
    strings = strings_of(row, field)
    starts: list[
        int
    ] = []  # of each character of the text, in the row; an LF that is added to a string is its quote
    for start, end in strings:
        starts += (found.start() for found in _CHARACTER.finditer(row, start, end))
        starts += [] if json.loads(row[start - 1 : end + 1]).endswith("\n") else [end]
    changes = []
    for fix in (fix._replace(start=prefix + fix.start) for fix in fixes):
        begin, stop = starts[fix.start], starts[fix.start + len(fix.before)]
        string = next(row[start:end] for start, end in strings if start <= begin <= end)
        escaped = string.isascii() and "\\u" in string
        written = [
            Edit(starts[edit.start], starts[edit.end], json.dumps(edit.new, ensure_ascii=escaped)[1:-1])
            for edit in edits(fix)
        ]
        changes.append(Change(begin, stop, edited(row[begin:stop], begin, written), fix))
    return {index: changes}


def strings_of(row: str, field: str) -> list[tuple[int, int]]:
    """The code points [start, end) between the quotes of the strings that a path leads to, in their order.

    >>> row = '{"id": "text", "text": ["хун", "ю"]}'
    >>> [row[start:end] for start, end in strings_of(row, "text")]
    ['хун', 'ю']
    """
    return list(_strings(row, _after_space(row, 0), field))


def _strings(row: str, at: int, path: str) -> Iterator[tuple[int, int]]:
    parts = dict(_parts(row, at)) if row[at] in "[{" else {}
    if row[at] == "[":
        for start in parts.values():
            yield from _strings(row, start, path)
    elif row[at] == "{":
        name, rest = step(parts, path)
        yield from _strings(row, parts[name], rest)
    else:
        yield at + 1, _after_value(row, at) - 1


def _parts(row: str, at: int) -> Iterator[tuple[Any, int]]:
    """The names of an object, or the numbers of a list, and where the values begin."""
    named = row[at] == "{"
    at = _after_space(row, at + 1)
    for number in count():
        if row[at] in "]}":
            return
        key: Any = number
        if named:
            key, at = _VALUE(row, at)
            at = _after_space(row, _after_space(row, at) + 1)
        yield key, at
        at = _after_space(row, _after_value(row, at))
        at = _after_space(row, at + 1) if row[at] == "," else at


def _after_value(row: str, at: int) -> int:
    return _VALUE(row, at)[1]


def _after_space(row: str, at: int) -> int:
    space = _SPACE.match(row, at)
    return space.end() if space else at
