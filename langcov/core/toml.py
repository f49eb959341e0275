"""Writing TOML: the standard library only reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence


def value(content: object) -> str:
    """A string, number, truth value, list or inline table.

    >>> value({"name": "тат", "parts": ["a", "b"], "lines": 3, "a b": True})
    '{ name = "тат", parts = ["a", "b"], lines = 3, "a b" = true }'
    """
    if isinstance(content, Mapping):
        return "{ " + ", ".join(f"{key(name)} = {value(one)}" for name, one in content.items()) + " }"
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
