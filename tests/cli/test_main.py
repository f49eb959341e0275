"""What holds for every command: help, wrong words on the line, and streams that fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import langcov
from langcov.cli import COMMANDS, main
from tests.cli.conftest import REPOSITORY, Run, environment, spawn


@pytest.mark.parametrize("args", [[], ["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_fits_a_terminal(
    args: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as left:
        main(args)
    assert left.value.code == 0
    out, err = capsys.readouterr()
    assert out.startswith("usage: langcov")
    assert err == ""
    assert max(map(len, out.splitlines())) <= 80
    if len(args) < 2:
        assert all(f"  {name} " in out for name in COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"langcov {langcov.__version__}\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("tokenisers", "unknown command 'tokenisers'; did you mean 'tokenizers'? (known: tokenizers,"),
        ("frobnicate", "unknown command 'frobnicate' (known: tokenizers,"),
        ("--quiet tokenizers", "unrecognized arguments: --quiet"),
        ("--", "unrecognized arguments: --"),
        ("tokenizers --foo", "unrecognized arguments: --foo (langcov tokenizers --help tells more)"),
        ("tokenizers --lang", "argument --lang: expected one argument"),
        ("tokenizers --format xml", "invalid choice: 'xml'"),
        ("corpora", "arguments are required: ACTION"),
        ("corpora lst", "invalid choice: 'lst'"),
        ("corpora condense udhr", "arguments are required: -o/--output"),
        ("languages tatr", "did you mean Tatar (tat_Cyrl)"),
        ("languages kom", "several languages; name one: Komi-Zyrian (kpv_Cyrl), Komi-Permyak (koi_Cyrl)"),
    ],
)
def test_a_wrong_line_is_one_line_and_code_2(line: str, message: str, run: Run) -> None:
    ran = run(*line.split())
    assert ran.code == 2
    assert message in ran.complaint


def test_an_interrupt_anywhere_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("langcov.cli.languages.run", interrupted)
    assert run("languages")[::2] == (130, "langcov: interrupted\n")


@pytest.mark.parametrize("args", ["languages", "languages --format json", "corpora list", "tokenizers bytes"])
def test_a_reader_that_leaves_is_no_error(args: str) -> None:
    command = f"{sys.executable} -m langcov {args} | head -c 1 >&2; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=environment(), check=False, timeout=60
    )
    assert (ran.returncode, ran.stdout, len(ran.stderr)) == (0, b"", 1)


@pytest.mark.parametrize("args", ["languages", "corpora list", "tokenizers bytes --format json"])
def test_a_full_disk_behind_stdout(args: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = spawn(*args.split(), stdout=full)
    assert ran.returncode == 2
    assert ran.stderr == b"langcov: standard output: No space left on device\n"


def test_nobody_reads_the_complaint() -> None:
    with Path("/dev/full").open("w") as full:
        assert spawn("tokenizers", "nope", stderr=full).returncode == 2


@pytest.mark.parametrize("args", ["languages tat", "corpora list", "tokenizers bytes"])
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams(args: str, closed: str) -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m langcov {args} {closed}"],
        capture_output=True,
        env=environment(),
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert (ran.stdout == b"") == (closed != "2>&-")


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "utf-16"])
def test_a_pipe_gets_utf8_whatever_the_locale(encoding: str, texts: Path) -> None:
    env = environment(PYTHONIOENCODING=encoding)
    ran = spawn("languages", "tat", "--format", "tsv", env=env)
    assert "татарча" in ran.stdout.decode()
    args = ("tokenizers", "имя=bytes", "--corpus", texts, "--format", "json")
    assert json.loads(spawn(*args, env=env).stdout)["systems"][0]["name"] == "имя"


def test_file_names_that_are_no_text(texts: Path) -> None:
    odd = os.fsdecode(b"\xff\xfe.txt")
    (texts / "rus.txt").rename(texts / odd)
    for form in ("table", "md", "csv", "latex", "json"):
        out = texts / "out.json"
        ran = spawn("tokenizers", "bytes", "--corpus", f"rus={texts / odd}", "--format", form, "-o", out)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.decode()
        assert json.loads(out.read_bytes())["corpora"][0]["name"] == odd.removesuffix(".txt")


def test_nothing_slow_is_imported_for_help() -> None:
    code = "import sys, langcov.cli; print([m for m in ('numpy', 'rich') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=REPOSITORY, check=True)
    assert ran.stdout == b"[]\n"
