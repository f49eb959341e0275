"""Interrupts and signals, wherever they come: one line, and exit code 130."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, Run, environment


@pytest.mark.parametrize("broken", [False, True])
def test_an_interrupt_anywhere_is_130(broken: bool, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a library breaks by it: argparse, or NumPy while it is imported."""

    def interrupted(*_: object) -> int:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(9)
        except KeyboardInterrupt:
            if broken:
                raise AttributeError("save_nargs") from None
            raise
        return 0

    monkeypatch.setattr("langcov.cli.languages.run", interrupted)
    assert run("languages")[::2] == (130, "langcov: interrupted\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_of_what_python_compiles_is_130_too(number: int, tmp_path: Path) -> None:
    """As of a dataclass or named tuple of a library that is imported: Python itself would end by SIGINT."""
    code = f"import os, signal, time; os.kill(os.getpid(), {number}); time.sleep(9)"
    text = f"import sys; from langcov import cli; cli._run = lambda _: exec({code!r}); sys.exit(cli.main([]))"
    (tmp_path / "interrupted.py").write_text(text)
    own = environment()
    own["PYTHONPATH"] = os.pathsep.join([str(tmp_path), own.get("PYTHONPATH", "")])
    ran = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        capture_output=True,
        text=True,
        env=own,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (130, "langcov: interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of POSIX")
def test_a_signal_that_a_destructor_swallows_ends_the_command_all_the_same() -> None:
    """Python tells of it and goes on; seen in regex and in the lock of imports."""
    code = """
import signal, time
from langcov import cli
from langcov.cli import languages

class Last:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)

def run(args):
    Last()
    time.sleep(20)

languages.run = run
raise SystemExit(cli.main(["languages"]))
"""
    started = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=REPOSITORY, timeout=60)
    assert (ran.returncode, ran.stderr) == (130, b"langcov: interrupted\n")
    assert time.monotonic() - started < 15
