"""TOML: read from a file, with an error of one line; and written, as the standard library only reads it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from langcov.errors import UserError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read(path: Path) -> dict[str, Any]:
    """What a file says.

    Raises:
        UserError: it can't be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as problem:
        raise UserError(f"{path}: can't be read: {problem.strerror}") from None
    except (ValueError, RecursionError) as problem:  # beside what is no TOML, a number of 5,000 digits
        raise UserError(f"{path}: not TOML: {problem}") from None


def value(content: object) -> str:
    """A string, number, truth value, date, list or inline table.

    >>> value({"name": "тат", "parts": ["a", "b"], "lines": 3, "a b": True})
    '{ name = "тат", parts = ["a", "b"], lines = 3, "a b" = true }'
    """
    if isinstance(content, Mapping):
        return "{ " + ", ".join(f"{key(name)} = {value(one)}" for name, one in content.items()) + " }"
    if isinstance(content, (date, time)):
        return content.isoformat()
    if isinstance(content, Sequence) and not isinstance(content, str):
        return "[" + ", ".join(map(value, content)) + "]"
    return json.dumps(content, ensure_ascii=False).replace("\x7f", "\\u007f")


def table(name: str, fields: Mapping[str, object]) -> str:
    """A table of fields, a line each, or for a list a line each item; without a name, the top of a file.

    >>> print(table("card", {"kind": "text", "problems": ["OCR", "no dates"]}), end="")
    [card]
    kind = "text"
    problems = [
        "OCR",
        "no dates",
    ]
    """
    lines = [f"[{name}]"] if name else []
    for field, content in fields.items():
        if isinstance(content, list) and all(isinstance(one, str) for one in content):
            lines += [f"{key(field)} = [", *(f"    {value(one)}," for one in content), "]"]
        else:
            lines.append(f"{key(field)} = {value(content)}")
    return "".join(f"{line}\n" for line in lines)


def key(name: str) -> str:
    """The name of a field or table, quoted where it has to be."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else value(name)
