"""Where the text is in a record of JSON lines or Parquet: a field, or a path through objects and lists."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from langcov.errors import UserError

NULL = "is empty (null): leave such records out with --null skip"
LEAVE_OUT = "--null", [("skip", "skip")]
"""What can be chosen where a record or a cell holds no text."""


def step(there: Collection[str], path: str) -> tuple[str, str]:
    """The next field on a path, and the rest of the path: a field of the whole name goes first.

    >>> step({"translation": {}}, "translation.tt"), step({"a.b": "х"}, "a.b")
    (('translation', 'tt'), ('a.b', ''))
    """
    if path in there:
        return path, ""
    head, _, rest = path.partition(".")
    return head, rest


def text_at(value: Any, path: str, place: str, field: str) -> str | None:
    """The text at the end of a path, each string with an LF; None if it, or part of it, is null.

    Args:
        value: a record, or what a step led to.
        path: what is left to go; lists are gone through.
        place: of the record, for an error.
        field: the path from its beginning.

    Raises:
        UserError: there is no such field, or no text in it.

    >>> text_at({"translation": {"tt": ["бер", "ике"]}}, "translation.tt", "", "translation.tt")
    'бер\\nике\\n'
    """
    parts = list(_leaves(value, path, place, field))
    odd = next((part for part in parts if part is not None and not isinstance(part, str)), None)
    if odd is not None:
        shown = json.dumps(odd, ensure_ascii=False, default=str)[:40]
        raise UserError(f"{place}: field {field!r} holds no text but {shown}")
    if None in parts:
        return None
    return "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)


def _leaves(value: Any, path: str, place: str, field: str) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one, path, place, field)
    elif not path or value is None:
        yield value
    elif not isinstance(value, dict):
        raise UserError(
            f"{place}: field {field!r} goes on inside {json.dumps(value, ensure_ascii=False)[:40]}"
        )
    else:
        name, rest = step(value, path)
        if name not in value:
            known = ", ".join(map(repr, value)) or "none"
            hint = "name the right one with --text-field"
            raise UserError(f"{place}: no field {field!r} (there: {known}); {hint}")
        yield from _leaves(value[name], rest, place, field)


def language_of(record: Any, path: str) -> str:
    """What a record says of its language; nothing where it says none."""
    while path and isinstance(record, dict):
        name, path = step(record, path)
        record = record.get(name)
    return "" if record is None or path else str(record)
