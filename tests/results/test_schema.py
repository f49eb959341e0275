"""The shipped schema of a result: it takes what is written, and refuses every other key and value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langcov.results.result import Record, Result
from langcov.results.schema import problem


def schema() -> jsonschema.Draft202012Validator:
    shipped = json.loads(files("langcov.data").joinpath("result.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(shipped)
    return jsonschema.Draft202012Validator(shipped)


def test_json_obeys_the_shipped_schema(result: Result) -> None:
    schema().validate(json.loads(result.to_json()))


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("schema", "langcov.results.result/2"),
        ("kind", "other"),
        ("records", [{}]),
        ("letters_not_single", "not a table"),
        ("alphabet", []),
        ("created", "yesterday"),
        ("totals", [{"system": "a", "corpus": "b", "language": "tat_Cyrl", "rows": 1, "lines": 1.5}]),
    ],
)
def test_the_schema_refuses(result: Result, part: str, wrong: object) -> None:
    assert not schema().is_valid({**json.loads(result.to_json()), part: wrong})


PARTS = ("signature", "corpora", "systems", "totals", "records", "hygiene", "letters_not_single")


@pytest.mark.parametrize("part", PARTS)
def test_the_schema_refuses_a_key_that_it_lacks(result: Result, part: str) -> None:
    parts = json.loads(result.to_json())
    row = parts[part] if isinstance(parts[part], dict) else parts[part][0]
    row["stray"] = 1
    assert schema().is_valid(parts) == (part == "totals"), "counters of other packages are in the totals"
    row["stray"] = "one"
    assert not schema().is_valid(parts)


def test_every_object_of_the_schema_says_what_else_it_may_hold() -> None:
    def of(part: object) -> Iterator[dict[str, Any]]:
        if isinstance(part, list | dict):
            for name, inner in part.items() if isinstance(part, dict) else enumerate(part):
                yield from () if name in ("if", "then", "else") else of(inner)
        if isinstance(part, dict) and part.get("type") == "object":
            yield part

    objects = list(of(schema().schema))
    assert len(objects) > len(PARTS)
    assert all("additionalProperties" in one for one in objects)


def test_the_schema_wants_a_reason_for_a_missing_value(result: Result) -> None:
    silent = Record("мой", "udhr", "tat_Cyrl", "fertility", None)
    assert not schema().is_valid(json.loads(replace(result, records=[silent]).to_json()))


def mutations(parts: Any, draw: Callable[..., Any]) -> None:
    """Change, drop or add something somewhere."""
    here = parts
    while isinstance(here, dict | list) and here:
        key = draw(st.sampled_from(list(here) if isinstance(here, dict) else range(len(here))))
        if not (isinstance(here[key], dict | list) and here[key]) or draw(st.booleans()):
            break
        here = here[key]
    if draw(st.booleans()):
        del here[key]
    else:
        here[key] = draw(st.sampled_from([None, True, 0, -1, 1.5, "", "tat_Cyrl", [], {}, ["a"], [{}]]))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_loaded_is_what_the_schema_takes(result: Result, tmp_path: Path, data: Any) -> None:
    """The reference is ``jsonschema``; keys that it does not know may be of a newer langcov."""
    parts = json.loads(result.to_json())
    mutations(parts, data.draw)
    open_schema = json.loads(json.dumps(schema().schema).replace('"additionalProperties": false', '"x": 0'))
    valid = jsonschema.Draft202012Validator(open_schema).is_valid(parts)
    assert (problem(parts) is None) == valid
