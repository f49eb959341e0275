"""The result as a file: round trip, determinism, schema, and every way of writing or reading it wrong."""

from __future__ import annotations

import json
import math
import os
import random
import resource
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langcov.errors import MissingLibrary, UserError
from langcov.results import result as results
from langcov.results.result import RECORD_KEYS, Record, Result
from langcov.results.saved import load
from langcov.results.schema import problem


@pytest.fixture
def result() -> Result:
    """Two records of one system, with a detail table and a path that is not UTF-8."""
    return Result(
        kind="tokenizers",
        signature={"short": "corpus:udhr@12345678|tok:mine@none", "long": "corpus:udhr@" + "1" * 64},
        created="2026-01-01T00:00:00Z",
        environment={"langcov": "0.1.0"},
        corpora=[
            {
                "name": "udhr",
                "sha256": "1" * 64,
                "kind": "text",
                "alignment": "keys",
                "rows": "document",
                "row_count": 30,
                "licence": None,
                "source": None,
                "languages": ["eng_Latn", "tat_Cyrl"],
                "carriage_returns": 0,
                "byte_order_marks": 0,
                "skipped_lines": 0,
                "replaced_lines": 0,
                "changed_runs": 0,
                "changed_runs_reason": None,
            }
        ],
        systems=[
            {
                "name": "мой",
                "spec": "spm:\udcff.model",
                "kind": "sentencepiece",
                "sha256": None,
                "vocabulary": 10,
                "method": "words",
                "method_reason": None,
                "engine": "reference",
                "skipped": None,
            }
        ],
        totals=[
            {"system": "мой", "corpus": "udhr", "language": language, "rows": 30, "lines": 90, "tokens": 7}
            for language in ("tat_Cyrl", "eng_Latn")
        ],
        records=[
            Record("мой", "udhr", "tat_Cyrl", "premium", 1.71, 1.66, 1.76, 90, 30, reference="rus_Cyrl"),
            Record("мой", "udhr", "tat_Cyrl", "premium", 1.91, 1.86, 1.96, 90, 30, reference="eng_Latn"),
            Record("мой", "udhr", "tat_Cyrl", "fertility", None, reason="no words"),
            Record("мой", "udhr", None, "gini", 0.1, n=90, languages=("eng_Latn", "tat_Cyrl")),
        ],
        hygiene=[
            {
                **{"corpus": "udhr", "language": "tat_Cyrl", "check": "mixed-script-word"},
                **{"severity": "error", "count": 3, "share": 0.5},
            }
        ],
        details={
            "letters_not_single": [
                {"system": "мой", "corpus": "udhr", "language": "tat_Cyrl", "letter": "ә", "count": 1}
            ]
        },
    )


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


def one_line(error: pytest.ExceptionInfo[UserError], *parts: str) -> None:
    message = str(error.value)
    assert "\n" not in message
    assert all(part in message for part in parts), message


@pytest.mark.parametrize("cut", [0, 1, 100, 1500, -3])
def test_cut_short(result: Result, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(result.to_json().encode("utf-8", "backslashreplace")[:cut])
    with pytest.raises(UserError) as error:
        load(path)
    one_line(error, str(path))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"[]", "no schema"),
        (b'{"schema": "langcov.findings/1"}', "another schema than langcov.result/1"),
        (b'{"schema": "langcov.result/1"}', "the result has no 'kind'"),
        (b'{"schema": "langcov.result/2"}', "another schema than langcov.result/1"),
        (b"\xff\xfe", "not a result"),
        (b"[" * 200_000, "not a result"),
        (b'{"schema": NaN}', "NaN"),
    ],
)
def test_another_file(tmp_path: Path, text: bytes, named: str) -> None:
    (tmp_path / "x.json").write_bytes(text)
    with pytest.raises(UserError) as error:
        load(tmp_path / "x.json")
    one_line(error, "x.json", named)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        *[("value", "1.5"), ("n", None), ("n", 1.0), ("value", True), ("metric", None), ("languages", [1])],
        *[("extra", 1), ("value", 10**400), ("language", "Tatar"), ("metric", ""), ("n", -1), ("reason", 1)],
    ],
)
def test_a_wrong_record_is_named(result: Result, tmp_path: Path, key: str, wrong: object) -> None:
    parts = json.loads(result.to_json())
    parts["records"][1][key] = wrong
    (tmp_path / "x.json").write_text(json.dumps(parts))
    with pytest.raises(UserError) as error:
        load(tmp_path / "x.json")
    one_line(error, "records[1]", key)


def test_a_number_that_no_float_holds_is_named(result: Result, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(result.to_json().replace('"value": 0.1', '"value": 1e999'))
    with pytest.raises(UserError) as error:
        load(tmp_path / "x.json")
    one_line(error, "records[0].value is Infinity")


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


@pytest.mark.parametrize(
    ("part", "wrong"),
    [("kind", 1), ("signature", {"short": 1}), ("details", {"a": 1}), ("systems", [{}]), ("hygiene", None)],
)
def test_a_wrong_part_is_named(result: Result, tmp_path: Path, part: str, wrong: object) -> None:
    (tmp_path / "x.json").write_text(json.dumps({**json.loads(result.to_json()), part: wrong}))
    with pytest.raises(UserError) as error:
        load(tmp_path / "x.json")
    one_line(error, part)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        load(tmp_path / "none.json")
    one_line(error, "none.json", "No such file")
    with pytest.raises(UserError) as error:
        load(tmp_path)
    one_line(error, "Is a directory")


def test_a_folder_is_not_a_file(result: Result, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        result.save(tmp_path)
    one_line(error, str(tmp_path), "folder")
    with pytest.raises(UserError) as error:
        result.save(tmp_path / "none" / "r.json")
    one_line(error, "No such file")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file(result: Result, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the kernel refuses the write half-way."""
    path = tmp_path / "r.json"
    path.write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, hard))
        with pytest.raises(UserError) as error:
            result.save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    one_line(error, "r.json", "File too large")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_no_permission(result: Result, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError) as error:
        result.save(tmp_path / "r.json")
    one_line(error, "Permission denied")


def test_ctrl_c_leaves_the_old_file(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "r.json").write_text("old")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        result.save(tmp_path / "r.json")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("r.json", "old")]


def test_links_and_devices_stay_what_they_are(result: Result, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "r.json")
    result.save(tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert load(tmp_path / "r.json").kind == "tokenizers"
    result.save("/dev/null")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_permissions_follow_the_umask(result: Result, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        result.save(tmp_path / "r.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "r.json").stat().st_mode) == 0o640


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


def test_a_compressed_result_is_the_same_and_a_cut_one_is_refused(tmp_path: Path, result: Result) -> None:
    path = tmp_path / "result.json.xz"
    result.save(path)
    assert load(path).to_json() == result.to_json()
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UserError, match=r"result\.json\.xz"):
        load(path)
