"""The result of a measurement: tidy records, exact totals, signature and provenance in one schema."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langcov.core.files import write_whole
from langcov.errors import MissingLibrary
from langcov.results.rows import Part, is_rows, rows_path, save_rows

if TYPE_CHECKING:
    import altair
    import pandas
    import pyarrow

SCHEMA = "langcov.result/1"

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Record:
    """One number. ``value`` None always comes with a ``reason``; so do missing bounds.

    Attributes:
        language: ``tat_Cyrl``, or None where ``languages`` are meant together (``gini``).
        reference: the language a premium is against.
        low: the lower end of the 95 % interval.
        high: its upper end.
        n: lines it rests on.
        rows: resampling rows used.
        rows_dropped: those left out because a partner lacks them.
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

    @property
    def place(self) -> tuple[Any, ...]:
        """What it is of, in the order by which records are sorted."""
        of = self.corpus, self.system, self.language or "", self.metric, self.reference or ""
        return *of, self.languages or ()

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

    All lists are in the order of the JSON, so that a result and the same one read back are shown alike.

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

    def __post_init__(self) -> None:
        ordered = {
            "totals": _in_order(self.totals),
            "records": sorted(self.records, key=lambda record: record.place),
            "hygiene": _in_order(self.hygiene),
            "details": {name: _in_order(self.details[name]) for name in sorted(self.details)},
        }
        for name, part in ordered.items():
            object.__setattr__(self, name, part)

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
            "totals": self.totals,
            "records": [record.as_dict() for record in self.records],
            "hygiene": self.hygiene,
            **self.details,
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
        rows = [record.as_dict() for record in self.records]
        return pandas.DataFrame(rows, columns=list(RECORD_KEYS)).astype(dict.fromkeys(FLOATS, float))

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
            **dict.fromkeys(FLOATS, pa.float64()),
            **dict.fromkeys(INTEGERS, pa.int64()),
            "languages": pa.list_(pa.string()),
        }
        schema = pa.schema([(key, kinds.get(key, pa.string())) for key in RECORD_KEYS])
        return pa.Table.from_pylist([r.as_dict() for r in self.records], schema)

    def plot(self, what: str = "", *, corpus: str = "", reference: str = "") -> altair.TopLevelMixin:
        """A picture of the result, as an altair chart, which a notebook shows.

        Args:
            what: the name of a picture (``premium``, ``premium_parts``, ``fertility``; of language-ID models
                ``f1``, ``precision_recall``, ``length``, ``calibration``) or of any metric of languages;
                empty: the first of these.
            corpus: its name; empty: the first of the result.
            reference: the language that a premium is against; empty: English, if it is a reference.

        Raises:
            MissingLibrary: altair is not installed.
            UserError: no such picture, corpus or reference, or no figure for it.
        """
        return _view("charts", "chart")(self, what, corpus, reference)

    def _repr_html_(self) -> str:
        return _view("page.notebook", "in_notebook")(self)


def _view(module: str, name: str) -> Any:
    """A view of a result: the rooms above this one are found by name."""
    return getattr(import_module(f"langcov.report.{module}"), name)


FLOATS = ("value", "low", "high")
INTEGERS = ("n", "rows", "rows_dropped")


def _in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: [str(row.get(key, "")) for key in ("corpus", "system", "language")])


def json_text(parts: Mapping[str, object]) -> str:
    """Parts as JSON that can be diffed: each part, and each item of a list, on a line of its own.

    What a terminal might obey, or nobody sees, is escaped, as JSON may be.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    return "{\n" + ",\n".join(f"{json_item(key)}: {_lines(part)}" for key, part in parts.items()) + "\n}\n"


def json_item(value: object) -> str:
    """One value on one line; what does not print is escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return (
        text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    )


def _lines(part: object) -> str:
    if isinstance(part, list) and part:
        return "[\n" + ",\n".join(map(json_item, part)) + "\n]"
    return json_item(part)


def identity(result: Result) -> dict[str, str]:
    """What ties rows to their result."""
    return {"signature": result.signature["long"], "created": result.created}
