"""The result of a measurement: tidy records, exact totals, signature and provenance in one schema."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from langcov.core.files import write_whole
from langcov.errors import MissingLibrary, UserError
from langcov.results.rows import Part, is_rows, load_rows, rows_path, save_rows

if TYPE_CHECKING:
    import pandas
    import pyarrow

SCHEMA = "langcov.result/1"
XZ = b"\xfd7zXZ\x00"

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Record:
    """One number. ``value`` None always comes with a ``reason``; so do missing bounds.

    Attributes:
        language: ``tat_Cyrl``, or None where ``languages`` are meant together (``gini``).
        reference: the language a premium is against.
        low, high: the 95 % interval.
        n: lines it rests on.
        rows, rows_dropped: resampling rows used, and left out because a partner lacks them.
        unit: ``ratio``, ``tokens/word``, ``share`` …
        reason: why value or interval is None.
    """

    system: str
    corpus: str
    language: str | None
    metric: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    rows: int = 0
    rows_dropped: int = 0
    unit: str = ""
    reason: str | None = None
    reference: str | None = None
    languages: tuple[str, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The record in the key order of the schema."""
        return {key: getattr(self, key) for key in RECORD_KEYS}


RECORD_KEYS = (
    *("system", "corpus", "language", "languages", "metric", "reference"),
    *("value", "low", "high", "n", "rows", "rows_dropped", "unit", "reason"),
)


@dataclass(frozen=True)
class Result:
    """A whole measurement (CONTRACT, Result JSON); lists of plain dicts except the records.

    ``details`` holds tables that only some runs have (``letters_not_single``, ``confusion``); in JSON each is
    a key of its own beside the others. ``rows`` are the counters by row of a measurement just made; they are
    not in the JSON but in a file beside it.
    """

    kind: str
    signature: dict[str, str]
    created: str
    environment: dict[str, str]
    corpora: list[dict[str, Any]]
    systems: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    records: list[Record]
    hygiene: list[dict[str, Any]] = field(default_factory=list)
    details: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rows: Sequence[Part] | None = field(default=None, repr=False, compare=False)

    def to_json(self) -> str:
        """The result by schema: the same bytes for the same result, one record a line.

        Raises:
            ValueError: a value is NaN or infinite; what can't be measured is None with a reason.
        """
        parts: dict[str, Any] = {
            "schema": SCHEMA,
            "kind": self.kind,
            "signature": self.signature,
            "created": self.created,
            "environment": self.environment,
            "corpora": self.corpora,
            "systems": self.systems,
            "totals": _in_order(self.totals),
            "records": [record.as_dict() for record in ordered(self.records)],
            "hygiene": _in_order(self.hygiene),
            **{key: _in_order(self.details[key]) for key in sorted(self.details)},
        }
        return json_text(parts)

    def save(self, path: str | Path, *, rows: bool = True) -> None:
        """Write the JSON, whole or not at all; compressed where the name ends in ``.xz``.

        Args:
            rows: write the counters by row too, if there are any, to ``RESULT.rows.npz`` beside it; what is
                there of an earlier result is removed.

        Raises:
            UserError: a full disk, no permission, a missing folder, a folder where a file is meant.
        """
        data = self.to_json().encode()
        write_whole(path, lzma.compress(data) if str(path).endswith(".xz") else data)
        if str(path).endswith((".json", ".json.xz")):
            beside = rows_path(path)
            if rows and self.rows is not None:
                save_rows(beside, self.rows, identity(self))
            elif is_rows(beside):
                beside.unlink()

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a pandas DataFrame, one row each, in the order of the JSON.

        Raises:
            MissingLibrary: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise MissingLibrary("pandas", "pandas", "Result.to_pandas()") from None
        rows = [record.as_dict() for record in ordered(self.records)]
        return pandas.DataFrame(rows, columns=list(RECORD_KEYS)).astype(dict.fromkeys(_FLOATS, float))

    def to_arrow(self) -> pyarrow.Table:
        """The records as an Arrow table, one row each, in the order of the JSON.

        Raises:
            MissingLibrary: pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingLibrary("pyarrow", "parquet", "Result.to_arrow()") from None
        kinds = {
            **dict.fromkeys(_FLOATS, pa.float64()),
            **dict.fromkeys(_INTEGERS, pa.int64()),
            "languages": pa.list_(pa.string()),
        }
        schema = pa.schema([(key, kinds.get(key, pa.string())) for key in RECORD_KEYS])
        return pa.Table.from_pylist([r.as_dict() for r in ordered(self.records)], schema)


_FLOATS = ("value", "low", "high")
_INTEGERS = ("n", "rows", "rows_dropped")


def ordered(records: Iterable[Record]) -> list[Record]:
    """Records in the order of the JSON: by corpus, system, language, metric and reference."""
    return sorted(records, key=_place)


def _place(record: Record) -> tuple[Any, ...]:
    return (
        record.corpus,
        record.system,
        record.language or "",
        record.metric,
        record.reference or "",
        record.languages or (),
    )


def _in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: [str(row.get(key, "")) for key in ("corpus", "system", "language")])


def json_text(parts: Mapping[str, object]) -> str:
    """Parts as JSON that can be diffed: each part, and each item of a list, on a line of its own.

    What a terminal might obey, or nobody sees, is escaped, as JSON may be.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    return "{\n" + ",\n".join(f"{_json(key)}: {_lines(part)}" for key, part in parts.items()) + "\n}\n"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return (
        text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    )


def _lines(part: object) -> str:
    if isinstance(part, list) and part:
        return "[\n" + ",\n".join(map(_json, part)) + "\n]"
    return _json(part)


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


def identity(result: Result) -> dict[str, str]:
    """What ties rows to their result."""
    return {"signature": result.signature["long"], "created": result.created}


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
            raise ValueError(f"record {number}: '{key}' is {_json(value)[:40]}; measure again")
    languages = row["languages"]
    return Record(**{**row, "languages": None if languages is None else tuple(languages)})


def _fits(key: str, value: object) -> bool:
    """Whether a record's value has the type its field declares."""
    if key in _FLOATS:
        return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    if key in _INTEGERS:
        return isinstance(value, int) and not isinstance(value, bool)
    if key == "languages":
        return value is None or (isinstance(value, list) and _texts(value))
    return isinstance(value, str) or (value is None and key in ("language", "reference", "reason"))


def _texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
