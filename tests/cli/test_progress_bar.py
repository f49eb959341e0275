"""What is said while a measurement runs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from langcov.cli.progress_bar import Bar, Log, choose
from langcov.core.work import Progress
from tests.cli.conftest import Run


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_speaks_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log()
    log.start(2)
    log.advance("rus.txt", 1_000_000)
    log.finish("rus.txt")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("langcov.cli.progress_bar.LOG_EVERY", 0.0)
    log.advance("eng.txt", 2_000_000)
    assert capsys.readouterr() == ("", "langcov: reading: 1/2, 3 MB, eng.txt\n")


def test_a_bar_takes_any_name_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    bar = choose(quiet=False)
    assert isinstance(bar, Bar)
    bar.start(2)
    bar.advance("[/red]rus.txt", 1_200_000)
    bar.finish("[/red]rus.txt")
    bar.bar.refresh()
    bar.stop()
    assert "[/red]rus.txt" in screen.getvalue()
    assert "1/2" in screen.getvalue()
    assert "rus.txt 1.2 MB" in screen.getvalue(), "of one large file the size is all that moves"
    assert screen.getvalue().rstrip().endswith("\x1b[2K"), "the bar's own line is wiped"


def test_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    assert type(choose(quiet=True)) is Progress


def test_progress_goes_to_stderr_alone(run: Run, texts: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langcov.cli.progress_bar.LOG_EVERY", 0.0)
    args = ("tokenizers", "bytes", "--corpus", texts, "--format", "csv")
    loud = run(*args)
    assert f"langcov: reading: 2/2, 0 MB, {texts}/rus.txt" in loud.err
    assert "langcov: loading: 1/1, bytes" in loud.err
    assert "langcov: figures and intervals: 1/1, bytes" in loud.err
    assert "langcov: looking for issues: 2/2" in loud.err
    quiet = run(*args, "--quiet")
    assert (quiet.out, quiet.err) == (loud.out, "")


def test_condense_tells_each_of_its_phases(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("langcov.cli.progress_bar.LOG_EVERY", 0.0)
    text = "кот спит\n" * 1000
    (tmp_path / "rus.txt").write_text(text, "utf-8")
    args = ("corpora", "condense", f"rus={tmp_path}/rus.txt", "-o", tmp_path / "x.words.tsv")
    loud = run(*args)
    for phase in ("reading", "counting words"):
        assert f"langcov: {phase}: 0/1, 0 MB, {tmp_path}/rus.txt" in loud.err
        assert f"langcov: {phase}: 1/1, 0 MB, {tmp_path}/rus.txt" in loud.err
    assert "langcov: writing the table: 1/1, 0 MB, rus" in loud.err
    assert "langcov: подсчёт слов: 1/1" in run(*args, "--ui", "ru").err
    quiet = run(*args, "--quiet")
    assert (quiet.err, quiet.out) == ("", loud.out)
