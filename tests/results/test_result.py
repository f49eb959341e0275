"""The result: its order, its tables, and what is never written."""

from __future__ import annotations

import json
import math
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from langcov.errors import MissingLibrary
from langcov.results import result as results
from langcov.results.result import RECORD_KEYS, Record, Result
from langcov.results.saved import load


def test_what_is_saved_is_loaded(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "r.json")
    back = load(tmp_path / "r.json")
    assert sorted(back.records, key=repr) == sorted(result.records, key=repr)
    assert back.details == result.details
    assert back.systems == result.systems
    assert back.to_json() == result.to_json()
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]


def test_the_order_of_work_does_not_show(result: Result) -> None:
    records, totals = list(result.records), list(result.totals)
    for seed in range(5):
        random.Random(seed).shuffle(records)
        random.Random(seed).shuffle(totals)
        assert replace(result, records=records, totals=totals).to_json() == result.to_json()


def test_keys_stand_in_the_order_of_the_contract(result: Result) -> None:
    parts = json.loads(result.to_json())
    assert list(parts) == [
        *("schema", "kind", "signature", "created", "environment", "corpora", "systems", "totals"),
        *("records", "hygiene", "letters_not_single"),
    ]
    assert all(tuple(record) == RECORD_KEYS for record in parts["records"])
    assert [(r["metric"], r["reference"]) for r in parts["records"]] == [
        ("gini", None),
        ("fertility", None),
        ("premium", "eng_Latn"),
        ("premium", "rus_Cyrl"),
    ]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_nan_is_never_written(result: Result, value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        replace(result, records=[Record("a", "b", "tat_Cyrl", "fertility", value)]).to_json()


def test_tables(result: Result) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame, table = result.to_pandas(), result.to_arrow()
    assert list(frame.columns) == table.column_names == list(RECORD_KEYS)
    assert (
        frame["metric"].tolist() == table["metric"].to_pylist() == ["gini", "fertility", "premium", "premium"]
    )
    assert math.isnan(frame["value"][1])
    assert table["value"].to_pylist() == [0.1, None, 1.91, 1.71]
    assert table["languages"].to_pylist()[:2] == [["eng_Latn", "tat_Cyrl"], None]
    empty = replace(result, records=[])
    assert empty.to_arrow().schema == table.schema
    assert list(empty.to_pandas().columns) == list(RECORD_KEYS)


@pytest.mark.parametrize(("library", "method"), [("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_missing_library(result: Result, monkeypatch: pytest.MonkeyPatch, library: str, method: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibrary, match="pip install"):
        getattr(result, method)()


def test_every_field_of_a_record_is_written() -> None:
    assert set(RECORD_KEYS) == set(Record.__dataclass_fields__)
    assert results.SCHEMA == "langcov.result/1"
