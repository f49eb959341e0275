"""What is kept of a run: nothing else than counters is read back."""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import zstandard

from langcov.core.pieces import opened
from langcov.counting.tally import FileTally
from langcov.counting.token_tally import SystemTally
from langcov.errors import UserError


@dataclass
class Task:
    number: int


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("was-run",)


def test_a_tally_comes_back(tmp_path: Path) -> None:
    tally = FileTally("aa", True, systems={"s": SystemTally(missing={"a": "b"})})
    tally.rows(np.arange(5))
    tally.letters.add(np.array([3, 1]), np.array([1, 2]))
    with opened(tmp_path / "keep", {}) as pieces:
        assert pieces.get(Task(1)) is None
        pieces.put(Task(1), tally)
        found = pieces.get(Task(1))
        pieces.put(Task(2), "a reason, not an answer")
        assert pieces.get(Task(2)) is None
    assert (found.units, found.systems["s"].missing) == (5, {"a": "b"})
    assert found.letters.counts.tolist() == [2, 1]
    assert found.text.shape == tally.text.shape


@pytest.mark.parametrize("content", [Evil(), np.load, {"langcov": pickle.loads}])
def test_a_file_that_somebody_else_made_runs_nothing(
    content: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with opened(Path("keep"), {}) as pieces:
        pieces.put(Task(1), [1])
        [path] = Path("keep").glob("*.piece")
        data = zstandard.compress(pickle.dumps(content))
        path.write_bytes(hashlib.sha256(data).digest() + data)
        assert pieces.get(Task(1)) is None
        assert "is damaged: this piece is counted again" in capsys.readouterr().err
        pieces.clear()
    assert not list(tmp_path.iterdir())


def test_what_differs_is_said(tmp_path: Path) -> None:
    with opened(tmp_path, {"settings": {"a": 1, "b": [2]}}) as pieces:
        pieces.put(Task(1), 1)
    with (
        pytest.raises(UserError, match=r"settings, b was \[2\], now \[3\]"),
        opened(tmp_path, {"settings": {"a": 1, "b": [3]}}),
    ):
        pass
    (tmp_path / "run.json").write_text("{", "utf-8")
    with pytest.raises(UserError, match=r"run\.json is damaged"), opened(tmp_path, {}):
        pass
