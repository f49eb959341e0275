"""A saved result read back, with every part of it checked; and the rows beside it."""

from __future__ import annotations

import json
import lzma
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn

from langcov.errors import UserError
from langcov.results.result import RECORD_KEYS, SCHEMA, Record, Result, identity
from langcov.results.rows import load_rows, rows_path
from langcov.results.schema import problem

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
    if parts["schema"] != SCHEMA:
        raise ValueError(f"another schema than {SCHEMA}; read it with the version that wrote it")
    if found := problem(parts):
        place, missing, value = found
        if missing:
            raise ValueError(f"{place or 'the result'} has no '{missing}'; measure again")
        raise ValueError(f"{place} is {value}; measure again")
    own = {part.name for part in fields(Result)} - {"details", "rows"}
    details = {name: part for name, part in parts.items() if name not in own | {"schema"}}
    for name, part in details.items():
        if not isinstance(part, list) or not all(isinstance(row, dict) for row in part):
            raise ValueError(f"'{name}' is not a list of objects; measure again")
    records = [_record(number, row) for number, row in enumerate(parts["records"])]
    own_parts = {name: parts[name] for name in own - {"records"}}
    return Result(**own_parts, records=records, details=details)


def _record(number: int, row: dict[str, Any]) -> Record:
    if unknown := row.keys() - set(RECORD_KEYS):
        odd = ", ".join(sorted(unknown))
        raise ValueError(f"records[{number}] has unknown keys: {odd}; measure again")
    languages = row["languages"]
    return Record(**{**row, "languages": None if languages is None else tuple(languages)})
