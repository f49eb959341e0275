"""Files that end the process: known once, said in one line, and no other system is lost by them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from langcov.core import trial
from langcov.core.trial import check
from langcov.errors import LibraryDied
from tests.cli.conftest import Run, run

__all__ = ["run"]

HERE = "tests.core.test_trial"


def ends(path: str) -> None:
    print("alive", end="")
    os._exit(3)


def raises(path: str) -> None:
    raise MemoryError(path)


def waits(path: str) -> None:
    time.sleep(60)


def writes(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("used\n")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_raised_is_no_death(tmp_path: Path) -> None:
    check("x", "raised", "lib 1", f"{HERE}:raises")


def test_a_content_is_tried_once_for_each_version(tmp_path: Path) -> None:
    file = tmp_path / "a\udcff'[\u202e.bin"
    for sha256, library, times in (
        ("a", "lib 1", 1),
        ("a", "lib 1", 1),
        ("b", "lib 1", 2),
        ("a", "lib 2", 3),
    ):
        check(str(file), sha256, library, f"{HERE}:writes")
        assert file.read_text().count("used") == times


def test_a_death_is_remembered(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for use in (f"{HERE}:ends", "nothing:to_be_asked"):
        with pytest.raises(LibraryDied, match=r"^x: lib 1 ends the process \(code 3\)"):
            check("x", "died", "lib 1", use)
    assert [path.name for path in (cache / "trials" / "lib 1").iterdir()] == ["died"]


def test_a_library_that_comes_to_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "LIMIT", 0.5)
    with pytest.raises(LibraryDied, match="doesn't come to an end"):
        check("x", "waits", "lib 1", f"{HERE}:waits")


@pytest.mark.skipif(sys.platform == "win32", reason="folders without permission to write")
def test_without_a_cache_it_is_tried_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("no folder")
    file = tmp_path / "x"
    for times in (1, 2):
        check(str(file), "a", "lib 1", f"{HERE}:writes")
        assert file.read_text().count("used") == times


def test_the_other_models_are_measured(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fasttext")
    from tests.lid.models import saved, train

    model, text = tmp_path / "model.bin", tmp_path / "tat.txt"
    saved(train(tmp_path, dim=1), model)
    text.write_text("бер юл\n" * 30, "utf-8")
    monkeypatch.setattr(trial, "check", check)
    asked = ("lid", f"fasttext:{model}", "langid", "--corpus", text, "--quiet", "--no-hygiene")
    assert run(*asked).code == 0
    monkeypatch.setattr("langcov.lid.fasttext.TRIAL", f"{HERE}:ends")
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "other"))
    ran = run(*asked)
    assert ran.code == 3
    assert "langid" in ran.out
    [line] = ran.err.splitlines()
    assert line.startswith(f"langcov: fasttext:{model} could not be measured: {model}: fasttext")
    assert "ends the process (code 3)" in line
