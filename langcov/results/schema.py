"""What of a result that was read back is not as the shipped JSON Schema says.

Keys that it does not name are left alone: parts may gain some without a new schema.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """Something that is not as it should be."""

    place: str  # ``records[1].value``; empty: the whole
    missing: str = ""  # a key that it lacks
    value: str = ""  # else what stands there


Check = Callable[[Any], Problem | None]
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: (
        isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max
    ),
}


def problem(parts: object) -> Problem | None:
    """The first thing in which a result differs from its schema.

    >>> problem({"schema": "langcov.result/1"})
    Problem(place='', missing='kind', value='')
    """
    found = _result()(parts)
    return found._replace(place=found.place.removeprefix(".")) if found else None


@cache
def _result() -> Check:
    schema = json.loads((files("langcov.data") / "result.schema.json").read_text("utf-8"))
    return _check(schema, schema["$defs"])


def _check(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> Check:
    """A schema as a function, so that it is read once for any number of values."""
    checks = [*_of_value(schema), *_of_parts(schema, shared)]
    if "$ref" in schema:
        checks.append(_check(shared[schema["$ref"].rpartition("/")[2]], shared))

    def check(value: Any) -> Problem | None:
        for one in checks:
            if found := one(value):
                return found
        return None

    return checks[0] if len(checks) == 1 else check


def _of_value(schema: Mapping[str, Any]) -> Iterator[Check]:
    """What a schema says of a value itself."""
    if "type" in schema:
        named = schema["type"]
        of = [TYPES[one] for one in ([named] if isinstance(named, str) else named)]
        yield _holds(of[0] if len(of) == 1 else lambda value: any(one(value) for one in of))
    if "const" in schema or "enum" in schema:
        known = schema.get("enum", [schema.get("const")])
        yield _holds(lambda value: value in known)
    if "pattern" in schema or "minLength" in schema:
        matches = re.compile(schema.get("pattern", "(?s).")).search
        yield _holds(lambda value: not isinstance(value, str) or bool(matches(value)))
    if "minimum" in schema:
        least, most = schema["minimum"], schema.get("maximum", sys.float_info.max)
        yield _holds(lambda value: not isinstance(value, (int, float)) or least <= value <= most)


def _holds(right: Callable[[Any], bool]) -> Check:
    return lambda value: None if right(value) else Problem("", value=json.dumps(value)[:40])


def _of_parts(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Check]:
    """What a schema says of the parts of a value, and of other schemas that it has to obey."""
    if schema.keys() & {"required", "properties", "additionalProperties"}:
        yield _keys(schema, shared)
    if "items" in schema:
        of_item = _check(schema["items"], shared)
        yield lambda value: _first(of_item, value) if isinstance(value, list) else None
    if "anyOf" in schema:
        choices = [_check(one, shared) for one in schema["anyOf"]]
        yield lambda value: None if any(one(value) is None for one in choices) else choices[0](value)
    if "if" in schema:
        asked, then, other = (_check(schema.get(word, {}), shared) for word in ("if", "then", "else"))
        yield lambda value: other(value) if asked(value) else then(value)


def _keys(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> Check:
    required = schema.get("required", ())
    named = {key: _check(one, shared) for key, one in schema.get("properties", {}).items()}
    others = schema.get("additionalProperties")
    of_others = _check(others, shared) if isinstance(others, dict) else None

    def check(value: Any) -> Problem | None:
        if not isinstance(value, dict):
            return None
        for key in required:
            if key not in value:
                return Problem("", key)
        for key, inner in value.items():
            of_key = named.get(key, of_others)
            if of_key and (found := of_key(inner)):
                return _inside(found, f".{key}")
        return None

    return check


def _first(of_item: Check, items: list[Any]) -> Problem | None:
    """The first item with a problem."""
    for number, item in enumerate(items):
        if found := of_item(item):
            return _inside(found, f"[{number}]")
    return None


def _inside(found: Problem, place: str) -> Problem:
    return found._replace(place=place + found.place)
