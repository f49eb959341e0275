"""Rows beside a result: the same numbers back, and nothing taken for rows that isn't."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import langcov
from langcov.errors import UserError
from langcov.gate.side import read
from langcov.results.rows import is_rows, rows_path
from langcov.results.saved import load, with_rows

LINES = {"tat": ["бер ике өч", "дүрт", "биш алты"] * 20, "rus": ["раз два три", "четыре", "пять"] * 20}


@pytest.fixture(scope="module")
def result():
    return langcov.measure_tokenizers(["bytes", "chars"], LINES, hygiene=False)


def saved(result, folder):
    result.save(folder / "r.json")
    return folder / "r.json"


def test_rows_come_back_as_they_were(result, tmp_path):
    path = saved(result, tmp_path)
    back = with_rows(load(path), path)
    assert [part.place for part in back.rows] == [part.place for part in result.rows]
    for one, other in zip(back.rows, result.rows, strict=True):
        assert one.facts == other.facts
        assert {name: array.tolist() for name, array in one.arrays.items()} == {
            name: array.tolist() for name, array in other.arrays.items()
        }


def test_the_same_result_gives_the_same_bytes(result, tmp_path):
    path = saved(result, tmp_path)
    before = rows_path(path).read_bytes()
    assert rows_path(saved(result, tmp_path)).read_bytes() == before


def test_rows_of_an_earlier_result_do_not_stay(result, tmp_path):
    path = saved(result, tmp_path)
    result.save(path, rows=False)
    assert not rows_path(path).exists()


def test_a_file_that_is_no_rows_stays(result, tmp_path):
    mine = tmp_path / "r.rows.npz"
    mine.write_bytes(b"my own")
    result.save(tmp_path / "r.json", rows=False)
    assert mine.read_bytes() == b"my own"


def test_rows_of_another_result_are_refused(result, tmp_path):
    path = saved(result, tmp_path)
    other = replace(result, created="2020-01-01T00:00:00Z")
    path.write_text(other.to_json(), "utf-8")
    with pytest.raises(UserError, match="goes with another result"):
        read(path)


@pytest.mark.parametrize("cut", [0, 10, 0.5, -1])
def test_rows_that_are_cut_short_are_refused(result, tmp_path, cut):
    path = saved(result, tmp_path)
    rows = rows_path(path)
    data = rows.read_bytes()
    rows.write_bytes(data[: int(cut * len(data)) if isinstance(cut, float) else cut])
    with pytest.raises(UserError, match="no rows of a result, or cut short"):
        read(path)


@pytest.mark.parametrize("change", ["encrypted", "packed in an unknown way", "other bytes inside"])
def test_rows_that_were_changed_are_refused(result, tmp_path, change):
    """Each is another error of the library."""
    path = saved(result, tmp_path)
    rows = rows_path(path)
    data = bytearray(rows.read_bytes())
    listed = data.index(b"PK\1\2")
    if change == "encrypted":
        data[listed + 8] |= 1
    elif change == "packed in an unknown way":
        data[listed + 10] = 77
    else:
        data[60:90] = b"\xff" * 30  # behind the header, and the name of the first array
    rows.write_bytes(data)
    with pytest.raises(UserError, match="no rows of a result, or cut short"):
        read(path)
    assert not is_rows(rows)


def test_a_pickle_among_the_rows_is_never_loaded(result, tmp_path):
    path = saved(result, tmp_path)
    with np.load(rows_path(path)) as archive:
        arrays = dict(archive)
    arrays["0.i"] = np.array([{"an": "object"}], dtype=object)
    np.savez(rows_path(path), **arrays)
    with pytest.raises(UserError, match="no rows of a result"):
        read(path)


@pytest.mark.parametrize(("key", "value"), [("tokens", 7), ("id_digest", "0" * 16), ("lost_characters", 1)])
def test_totals_that_do_not_fit_the_rows_are_refused(result, tmp_path, key, value):
    path = saved(result, tmp_path)
    parts = json.loads(path.read_text("utf-8"))
    parts["totals"][0][key] = value
    path.write_text(json.dumps(parts), "utf-8")
    with pytest.raises(UserError, match=f"{key} of .* its rows add up to"):
        read(path)


def test_two_systems_of_one_name_are_refused(result, tmp_path):
    path = saved(result, tmp_path)
    parts = json.loads(path.read_text("utf-8"))
    parts["systems"][1]["name"] = parts["systems"][0]["name"]
    path.write_text(json.dumps(parts), "utf-8")
    with pytest.raises(UserError, match="two systems are called"):
        read(path)
