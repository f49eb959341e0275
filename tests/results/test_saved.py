"""Results as files: what is no result is named in a line, and a file is the old one or a whole new one."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
from pathlib import Path

import pytest

from langcov.errors import UserError
from langcov.results.result import Result
from langcov.results.saved import load


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


def test_a_compressed_result_is_the_same_and_a_cut_one_is_refused(tmp_path: Path, result: Result) -> None:
    path = tmp_path / "result.json.xz"
    result.save(path)
    assert load(path).to_json() == result.to_json()
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UserError, match=r"result\.json\.xz"):
        load(path)
