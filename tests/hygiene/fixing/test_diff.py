"""Diffs that patch and git take, of files of any name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.hygiene.fixing import diff as fix_diff
from langcov.hygiene.fixing.diff import unified
from tests.hygiene.fixing.rules import FEW, TEXTS, copied, opened, toy


@settings(FEW, max_examples=40)
@given(TEXTS, st.integers(1, 40))
def test_patch_makes_the_copy_of_the_diff(tmp_path: Path, text: str, size: int) -> None:
    if not shutil.which("patch"):
        pytest.skip("needs patch")
    path = tmp_path / "a che.txt"
    text = text if "\n" in text else text.replace("\r", "")  # patch knows no line that ends with CR alone
    path.write_bytes(text.encode())
    new = copied(path, toy(chunk_bytes=size))
    diff = "".join(unified(opened(path, toy(chunk_bytes=size)).blocks(), path.name))
    assert (diff == "") == (new == text.encode())
    if diff:
        subprocess.run(["patch", "-p0"], input=diff.encode(), cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() == new


def test_git_takes_the_diff(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("\n".join(["хIун", *map(str, range(20)), "дIа\r", "уьI"]), "utf-8")
    diff = "".join(unified(opened(path).blocks(), path.name))
    assert diff.count("@@ -") == 2 and diff.endswith("\\ No newline at end of file\n")
    new = copied(path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-p0"], input=diff.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == new


@pytest.mark.parametrize("tool", [["patch", "-p0"], ["git", "apply", "-p0"]])
@pytest.mark.parametrize("name", [b"bad\xff.txt", b"a\nb\x1b[31m.txt", b'\xe2\x80\xae "q"\\.txt'])
def test_any_name_of_a_file(tmp_path: Path, name: bytes, tool: list[str]) -> None:
    if not shutil.which(tool[0]):
        pytest.skip(f"needs {tool[0]}")
    path = tmp_path / os.fsdecode(name)
    path.write_text("хIун\n", "utf-8")
    diff = "".join(unified(opened(path).blocks(), path.name))
    assert diff.replace("\n", "").replace("\t", "").isprintable()
    new = copied(path)
    subprocess.run(tool, input=diff.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == new


def test_a_long_hunk_goes_through_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n" * 1000, "utf-8")
    held = list(unified(opened(path).blocks(), path.name))
    monkeypatch.setattr(fix_diff, "MOST_HELD", 100)
    assert list(unified(opened(path).blocks(), path.name)) == held
    assert held[2:5] == ["@@ -1,1000 +1,1000 @@\n", "-хIун\n", "+хӏун\n"]
