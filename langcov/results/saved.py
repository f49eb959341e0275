"""A saved result read back, with every part of it checked; and the rows beside it."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn

from langcov.errors import UserError
from langcov.results.result import FLOATS, INTEGERS, RECORD_KEYS, SCHEMA, Record, Result, identity, json_item
from langcov.results.rows import load_rows, rows_path

XZ = b"\xfd7zXZ\x00"


def load(path: str | Path) -> Result:
    """Read a result back.

    Raises:
        UserError: no such file, not JSON (or cut short), another schema, a wrong part.
    """
    try:
        data = Path(path).read_bytes()
        if data.startswith(XZ):
            data = lzma.decompress(data)
        parts = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}); give a file written by -o") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UserError(f"{path}: not JSON, or cut short, at {where} ({error.msg}); measure again") from error
    except (ValueError, RecursionError, lzma.LZMAError) as error:
        raise UserError(f"{path}: not a result ({error}); give a file written by -o") from error
    try:
        return _result(parts)
    except ValueError as error:
        raise UserError(f"{path}: {error}") from error


def with_rows(result: Result, path: str | Path) -> Result:
    """A result that was read from a file, and the rows beside that, if there are any.

    Raises:
        UserError: they are damaged, or go with another result.
    """
    return replace(result, rows=load_rows(rows_path(path), identity(result)))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _result(parts: Any) -> Result:
    if not isinstance(parts, dict) or "schema" not in parts:
        raise ValueError(f"not a langcov result: it names no schema; expected {SCHEMA}")
    if parts.pop("schema") != SCHEMA:
        raise ValueError(f"another schema than {SCHEMA}; read it with the version that wrote it")
    own = {part.name: str(part.type) for part in fields(Result) if part.name not in ("details", "rows")}
    for name in own.keys() - {"hygiene"} - parts.keys():
        raise ValueError(f"'{name}' is missing; measure again")
    for name, part in parts.items():
        _check_part(name, part, own.get(name, "list"))
    details = {name: part for name, part in parts.items() if name not in own}
    records = [_record(number, row) for number, row in enumerate(parts["records"], 1)]
    return Result(
        **{name: part for name, part in parts.items() if name in own and name != "records"},
        records=records,
        details=details,
    )


def _check_part(name: str, part: object, kind: str) -> None:
    if kind == "str":
        right, wanted = isinstance(part, str), "a text"
    elif kind.startswith("dict"):
        right = isinstance(part, dict) and all(isinstance(value, str) for value in part.values())
        wanted = "an object of texts"
    else:
        right = isinstance(part, list) and all(isinstance(row, dict) for row in part)
        wanted = "a list of objects"
    if not right:
        raise ValueError(f"'{name}' is not {wanted}; measure again")


def _record(number: int, row: dict[str, Any]) -> Record:
    if row.keys() != set(RECORD_KEYS):
        odd = ", ".join(sorted(row.keys() ^ set(RECORD_KEYS)))
        raise ValueError(f"record {number}: missing or unknown: {odd}; measure again")
    for key, value in row.items():
        if not _fits(key, value):
            raise ValueError(f"record {number}: '{key}' is {json_item(value)[:40]}; measure again")
    languages = row["languages"]
    return Record(**{**row, "languages": None if languages is None else tuple(languages)})


def _fits(key: str, value: object) -> bool:
    """Whether a record's value has the type its field declares."""
    if key in FLOATS:
        return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    if key in INTEGERS:
        return isinstance(value, int) and not isinstance(value, bool)
    if key == "languages":
        return value is None or (isinstance(value, list) and _texts(value))
    return isinstance(value, str) or (value is None and key in ("language", "reference", "reason"))


def _texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
