"""Paths into records, lists and nulls: JSON lines and Parquet give the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from langcov.corpora import ReadOptions
from langcov.errors import UserError
from tests.corpora.readers.test_formats import column, take, texts

RECORDS = [
    {"translation": {"tt": "бер", "ru": "один"}, "list": ["а", "ә"], "talk": [{"by": "x", "text": "ике"}]},
    {"translation": {"tt": "өч", "ru": None}, "list": [], "talk": [{"by": None, "text": "дүрт\nбиш"}] * 2},
]


def both(folder: Path, records: list[dict[str, Any]]) -> list[tuple[Path, str]]:
    jsonl, parquet = folder / "a.jsonl", folder / "a.parquet"
    jsonl.write_text("".join(json.dumps(record) + "\n" for record in records))
    pq.write_table(pa.Table.from_pylist(records), parquet)
    return [(jsonl, "jsonl"), (parquet, "parquet")]


@pytest.mark.parametrize(
    ("path", "lines", "documents"),
    [
        ("translation.tt", ["бер", "өч"], [0, 1]),
        ("list", ["а", "ә", ""], [0, 0, 1]),
        ("talk.text", ["ике", "дүрт", "биш", "дүрт", "биш"], [0, 1, 1, 1, 1]),
    ],
)
def test_paths(path: str, lines: list[str], documents: list[int], tmp_path: Path) -> None:
    for file, form in both(tmp_path, RECORDS):
        found, _ = take(file, form, ReadOptions(text_field=path), documents="record")
        assert (texts(found), column(found, "documents")) == (lines, documents)


def test_a_field_of_the_whole_name_goes_first(tmp_path: Path) -> None:
    for file, form in both(tmp_path, [{"a.b": "one", "a": {"b": "other"}}]):
        assert texts(take(file, form, ReadOptions(text_field="a.b"))[0]) == ["one"]


@pytest.mark.parametrize("path", ["text", "a.b", "list"])
def test_nulls_are_left_out_and_counted(path: str, tmp_path: Path) -> None:
    records = [{"text": text, "a": {"b": text}, "list": ["x", text]} for text in ("а", None, "ә")]
    for file, form in both(tmp_path, records):
        found, provenance = take(file, form, ReadOptions(text_field=path, null="skip"))
        assert [line for line in texts(found) if line != "x"] == ["а", "ә"]
        assert column(found, "places") == ([0, 0, 2, 2] if path == "list" else [0, 2])
        assert (provenance.skipped, column(found, "numbers")[-1]) == (1, 4 if path == "list" else 2)
        unit = "record" if form == "parquet" else "line"
        with pytest.raises(UserError, match=rf"{unit} 2: field '{path}' is empty \(null\).*--null skip"):
            take(file, form, ReadOptions(text_field=path))


@pytest.mark.parametrize("path", ["translation.ba", "none.tt", "translation.tt.x", "translation"])
def test_paths_that_lead_nowhere(path: str, tmp_path: Path) -> None:
    for file, form in both(tmp_path, RECORDS):
        with pytest.raises(UserError, match=r"field|column"):
            take(file, form, ReadOptions(text_field=path))
