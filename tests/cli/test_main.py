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
from langcov.core.failures import named
from tests.cli.conftest import REPOSITORY, Run, environment, spawn
from tests.toys import uncased_wordpiece

FEW = "tokenizers bytes --corpus udhr --lang tat --no-hygiene"


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
        ("corpora", "arguments are required: list|pull|check|"),
        ("corpora lst", "unknown action 'lst'; did you mean 'list'? (known: list, pull, check,"),
        ("filters tat.txt", "unknown action 'tat.txt' (known: advise, export) (langcov filters --help"),
        ("lid --ui fr", "argument --ui: invalid choice: 'fr'"),
        ("corpora condense udhr", "arguments are required: -o/--output"),
        ("languages tatr", "did you mean Tatar (tat_Cyrl)"),
        ("languages kom", "several languages; name one: Komi-Zyrian (kpv_Cyrl), Komi-Permyak (koi_Cyrl)"),
    ],
)
def test_a_wrong_line_is_one_line_and_code_2(line: str, message: str, run: Run) -> None:
    ran = run(*line.split())
    assert ran.code == 2
    assert message in ran.complaint


@pytest.mark.parametrize("command", [*COMMANDS, "corpora check", "filters advise", "filters export"])
def test_every_command_speaks_russian_when_asked(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command.split(), "--ui", "ru", "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"вызов: langcov {command} [-h] [--ui {{en,ru}}]")


@pytest.mark.parametrize("line", ["corpora --ui ru check nothing.txt", "corpora check --ui=ru nothing.txt"])
def test_the_language_may_be_said_before_an_action_and_behind_it(line: str, run: Run) -> None:
    assert run(*line.split()).complaint.startswith("langcov: нет корпуса «nothing.txt»")


@pytest.mark.parametrize("args", ["languages", "languages --format json", "corpora list", FEW])
def test_a_reader_that_leaves_is_no_error(args: str) -> None:
    command = f"{sys.executable} -m langcov {args} | head -c 1 >&2; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=environment(), check=False, timeout=60
    )
    assert (ran.returncode, ran.stdout, len(ran.stderr)) == (0, b"", 1)


@pytest.mark.parametrize("args", ["languages", "corpora list", f"{FEW} --format json"])
def test_a_full_disk_behind_stdout(args: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = spawn(*args.split(), stdout=full)
    assert ran.returncode == 2
    assert ran.stderr == b"langcov: standard output: No space left on device\n"


def test_nobody_reads_the_complaint() -> None:
    with Path("/dev/full").open("w") as full:
        assert spawn("tokenizers", "nope", stderr=full).returncode == 2


@pytest.mark.parametrize("args", ["languages tat", "corpora list", FEW])
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


def test_a_bug_is_one_line_and_code_70(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was, and its traceback for whoever asks."""
    monkeypatch.setattr("langcov.cli.import_module", {}.__getitem__)
    ran = run("languages")
    assert ran.code == 70
    told = "'langcov languages' failed with KeyError: 'langcov.cli.languages' (cli/__init__.py, line"
    assert told in ran.complaint and "please report it with what LANGCOV_DEBUG=1 shows" in ran.complaint
    monkeypatch.setenv("LANGCOV_DEBUG", "1")
    ran = run("languages")
    assert ran.code == 70
    assert ran.err.startswith("Traceback (most recent call last):") and told in ran.err.splitlines()[-1]


@pytest.mark.parametrize("error", [MemoryError(), KeyError("x")])
@pytest.mark.parametrize("name", ["rus.txt", "rus.jsonl"])
def test_what_fails_while_an_input_is_read_is_code_2(
    error: Exception, name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a reader may for want of memory."""
    (tmp_path / name).write_text('{"text": "кот"}\n' if name.endswith("l") else "кот\n", "utf-8")

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr("langcov.corpora.readers.file.whole_lines", fails)
    for args in ("tokenizers bytes --corpus", "corpora check --lang rus", "corpora fix --lang rus"):
        path = f"rus={tmp_path / name}" if "--corpus" in args else tmp_path / name
        ran = run(*args.split(), path)
        assert ran.code == 2
        assert f"{tmp_path / name}: can't be read: {named(error)}" in ran.complaint


def test_a_library_that_fails_at_loading_costs_its_system_only(
    run: Run, texts: Path, toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: str) -> None:
        raise SystemError("internal")

    monkeypatch.setattr("langcov.tokenizers.sentencepiece.read", fails)
    args = ("tokenizers", f"spm:{toy}", "--corpus", texts)
    ran = run(*args)
    assert (ran.code, ran.complaint) == (3, f"langcov: spm:{toy}: it can't be loaded: SystemError: internal")
    ran = run(*args, "bytes")
    assert (ran.code, "Russian" in ran.out) == (3, True)
    assert ran.err == f"langcov: spm:{toy} could not be measured: it can't be loaded: SystemError: internal\n"


@pytest.mark.parametrize("method", ["auto", "lines"])
def test_a_library_that_fails_at_decoding_costs_its_system_only(
    method: str, run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: object, ids: object) -> None:
        raise Panic("index out of range")

    Panic = type("PanicException", (BaseException,), {})
    monkeypatch.setattr("langcov.tokenizers.huggingface.HuggingFace.decode", fails)
    model = texts.parent / f"{texts.name}.json"
    uncased_wordpiece().save(str(model))
    args = ("tokenizers", f"hf:{model}", "bytes", "--corpus", texts, "--method", method, "--format", "json")
    ran = run(*args)
    assert (ran.code, len(ran.err.splitlines())) == (3, 1), ran.err
    assert "its library can't decode its own tokens: index out of range" in ran.err
    totals = json.loads(ran.out)["totals"]
    assert {row["system"]: row["tokens"] is None for row in totals} == {model.stem: True, "bytes": False}


LONG = "1" * 5000


@pytest.mark.parametrize(
    ("files", "args", "message"),
    [
        ({"a.txt": "->b.txt", "b.txt": "->a.txt"}, "tokenizers bytes --corpus tat=a.txt", "symbolic links"),
        ({"a.txt": "а\n", "x": "->x"}, "corpora fix a.txt --lang tat --write -o x", "Symlink loop"),
        ({"corpus.toml": f"year = {LONG}"}, "corpora card .", "corpus.toml: not TOML"),
        ({"corpus.toml": f"year = {LONG}", "tat.txt": "а\n"}, "tokenizers bytes --corpus .", "not TOML"),
        (
            {"a.txt": "а\n", "e.toml": f"a = {LONG}"},
            "corpora check a.txt --lang tat --exceptions e.toml",
            "not",
        ),
        (
            {"c.toml": 'base = "https://x"\n[x]\ntitle = ""\nform = "lines"\nfiles = []\ncard = {}\n'},
            "corpora pull x --catalogue c.toml --cache .",
            "the card of 'x' does not say licence, source, cite",
        ),
    ],
)
def test_strange_files_are_one_line_and_code_2(
    files: dict[str, str], args: str, message: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in files.items():
        Path(name).symlink_to(text[2:]) if text.startswith("->") else Path(name).write_text(text, "utf-8")
    ran = run(*args.split())
    assert (ran.code, message in ran.complaint) == (2, True), ran
