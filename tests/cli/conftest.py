"""The command in this process, or in one of its own, and files to run it on."""

from __future__ import annotations

import base64
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from langcov.cli import main
from tests.toys import sentencepiece_file

REPOSITORY = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on stderr, of a run that printed nothing else."""
        assert self.out == ""
        [line] = self.err.splitlines()
        assert line.startswith("langcov: ")
        return line


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``langcov …`` in this process, which says nothing of its progress however busy the machine is."""
    monkeypatch.setattr("langcov.cli.progress_bar.LOG_EVERY", math.inf)

    def call(*args: object) -> Ran:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        return Ran(code, *capsys.readouterr())

    return call


def wait_until_idle(session: int) -> None:
    """Return when all processes of a session wait for something, however slow the machine is."""
    quiet = 0
    while quiet < 3:
        time.sleep(0.2)
        stats = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                stats.append(path.read_text("utf-8", "replace").rpartition(")")[2].split())
        busy = any(state not in "SZ" for state, _, _, of, *_ in stats if int(of) == session)
        quiet = 0 if busy else quiet + 1


def environment(**added: str) -> dict[str, str]:
    """This process's environment, in which the package of this checkout is found."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), **added}


def spawn(*args: object, code: str = "", **options: object) -> subprocess.CompletedProcess[bytes]:
    """``langcov …`` in a process of its own; ``code`` is run in it before."""
    start = (
        ["-c", f"{code}\nimport sys\nfrom langcov.cli import main\nsys.exit(main())"]
        if code
        else ["-m", "langcov"]
    )
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(), **options}
    command = [sys.executable, *start, *map(os.fsencode, map(str, args))]
    return subprocess.run(command, timeout=60, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two aligned languages of 60 lines, the first with two words in every other line."""
    (tmp_path / "rus.txt").write_text("кот спит\nдом\n" * 30, "utf-8")
    (tmp_path / "eng.txt").write_text("a cat sleeps\nhouse\n" * 30, "utf-8")
    return tmp_path


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A SentencePiece model, in a folder that is no corpus."""
    folder = tmp_path / "models"
    folder.mkdir()
    return sentencepiece_file(folder).rename(folder / "small.model")


@pytest.fixture
def toy_tiktoken(tmp_path: Path) -> str:
    """The SPEC of a tiktoken file that holds the 256 bytes."""
    path = tmp_path / "toy.tiktoken"
    path.write_bytes(b"".join(b"%s %d\n" % (base64.b64encode(bytes([i])), i) for i in range(256)))
    return f"tiktoken:{path}?pattern=gpt2"
