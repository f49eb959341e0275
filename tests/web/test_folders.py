"""Folders of uploads: private, and gone after the run, or after the next one where it was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from langcov.errors import UserError
from langcov.web.folders import PREFIX, Root, safe_name


def test_a_run_removes_its_folder(tmp_path: Path) -> None:
    root = Root(tmp_path)
    (root.folder() / "text").write_text("хIун", "utf-8")
    assert (root.path.stat().st_mode & 0o077) == 0
    root.remove()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
def test_the_next_run_removes_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    code = f"""
import os, signal, pathlib
from langcov.web.folders import Root
root = Root(pathlib.Path({str(tmp_path)!r}))
(root.folder() / "text").write_text("text")
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    [left] = tmp_path.iterdir()
    alive = tmp_path / f"{PREFIX}mine"
    alive.mkdir()  # without a lock: not made by a run
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    first = Root(tmp_path)
    second = Root(tmp_path)
    assert not left.exists()
    assert first.path.exists()
    assert alive.exists()
    assert elsewhere.exists()
    first.remove()
    second.remove()


@pytest.mark.parametrize(
    "given, kept",
    [
        ("/etc/passwd", "etc/passwd"),
        ("a/../../b.txt", "a/b.txt"),
        ("-o.txt", "o.txt"),
        (".hidden", "hidden"),
        ("tat=http:__x*[1].txt", "tat_http___x__1_.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("a\x00\u202eb.txt", "a__b.txt"),
        ("1/2/3/4/5.txt", "2/3/4/5.txt"),
    ],
)
def test_names_can_not_lead_elsewhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_name_fits_on_a_disk() -> None:
    name = safe_name("ы" * 500 + ".txt")
    assert name.endswith("ы.txt")
    assert len(name.encode()) < 255


@pytest.mark.parametrize("given", ["", "..", "/", "../.."])
def test_no_name_is_none(given: str) -> None:
    with pytest.raises(UserError, match="without a name"):
        safe_name(given)
