"""``langcov corpora fix``: what it shows, what it writes, and what it refuses."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from langcov.core.files import replacing
from tests.cli.conftest import Run, environment, spawn

TEXT = "хIун ду\nхӏун хӏун\r\nдIа\nXVIII-ибил IP-адрес\nдӏа"
FIXED = TEXT.replace("хIун", "хӏун").replace("дIа", "дӏа")


@pytest.fixture
def che(tmp_path: Path) -> Path:
    path = tmp_path / "che.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_a_table_in_several_languages_is_fixed_in_one_at_a_time(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("lang,text\ntat,кɵй\nbak,кɵй\n", "utf-8")
    call = ("corpora", "fix", table, "--lang-column", "lang", "--quiet", "--write")
    assert "is fixed in one language at a time: name it once, and one with --lang" in run(*call).complaint
    assert run(*call, "--lang", "bak").code == 0
    assert (tmp_path / "a.fixed.csv").read_text("utf-8") == "lang,text\ntat,кɵй\nbak,көй\n"


def test_the_diff_is_shown_and_nothing_is_written(che: Path, run: Run) -> None:
    ran = run("corpora", "fix", che)
    assert ran.code == 0
    assert ran.out.splitlines()[:5] == [f"--- {che}", f"+++ {che}", "@@ -1,5 +1,5 @@", "-хIун ду", "+хӏун ду"]
    assert ran.err == f"{che}: 2 words would be fixed: palochka 2. Write the fixed copy with --write.\n"
    assert [*che.parent.iterdir()] == [che] and che.read_bytes() == TEXT.encode()


def test_the_copy_stands_beside_the_file(che: Path, run: Run) -> None:
    ran = run("corpora", "fix", che, "--write")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{che}: 2 words fixed: palochka 2.\n"
    assert (che.parent / "che.fixed.txt").read_bytes() == FIXED.encode()
    [first, _] = (che.parent / "che.fixes.jsonl").read_text("utf-8").splitlines()
    assert json.loads(first) == {
        "file": str(che),
        "line": 1,
        "column": 1,
        "byte": 0,
        "new_byte": 0,
        "checks": ["palochka"],
        "before": "хIун",
        "after": "хӏун",
    }
    again = run("corpora", "fix", che.parent / "che.fixed.txt", "--lang", "che")
    assert (again.code, again.out) == (0, "") and "nothing to fix" in again.err


def test_what_is_left_is_said(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "che.txt"
    path.write_text("Х1окху аг1онан т1ехь\n", "utf-8")
    told = run("corpora", "fix", path).err
    assert told == (
        f"{path}: nothing to fix by itself.\n{path}: 3 more words would be fixed with --also palochka.\n"
    )
    assert "3 words would be fixed" in run("corpora", "fix", path, "--also", "palochka").err


def test_what_it_costs_is_said(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "oss.txt"
    path.write_text("æмæ æрцыд æй кæд\n" * 3, "utf-8")
    assert "lid.176 recognises" in run("corpora", "fix", path).err
    assert "lid.176" not in run("corpora", "fix", path, "--skip", "lookalike").err
    path.write_text("æмæ æрцыд\n", "utf-8")  # too few letters
    assert "lid.176" not in run("corpora", "fix", path).err


def test_russian(che: Path, run: Run) -> None:
    assert "2 слова" in run("corpora", "fix", che, "--ui", "ru").err


def test_where_the_copy_goes(che: Path, run: Run) -> None:
    out, log = che.parent / "new.txt.gz", che.parent / "log"
    assert run("corpora", "fix", che, "--write", "-o", out, "--log", log, "--quiet").err == ""
    assert gzip.decompress(out.read_bytes()) == FIXED.encode() and len(log.read_bytes().splitlines()) == 2
    assert "is there already" in run("corpora", "fix", che, "--write", "-o", out, "--log", log).complaint
    assert run("corpora", "fix", che, "--write", "-o", out, "--log", log, "--force").code == 0
    folder = che.parent / "fixed"
    folder.mkdir()
    assert run("corpora", "fix", che, "--write", "-o", folder).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["che.fixes.jsonl", "che.txt"]


def test_several_files_keep_their_names_in_a_folder(che: Path, run: Run) -> None:
    (che.parent / "kbd.tsv").write_text("1\tцІыху\n", "utf-8")
    out = che.parent / "out"
    assert "is no folder" in run("corpora", "fix", che.parent, "--write", "-o", out).complaint
    out.mkdir()
    assert (
        "--log is for one file" in run("corpora", "fix", che.parent, "--write", "--log", out / "l").complaint
    )
    assert run("corpora", "fix", che.parent, "--write", "-o", out).code == 0
    assert (out / "che.txt").read_bytes() == FIXED.encode()
    assert (out / "kbd.tsv").read_text("utf-8") == "1\tцӏыху\n"


def test_a_file_is_never_written_over(che: Path, run: Run) -> None:
    linked, hard = che.parent / "soft.txt", che.parent / "hard.txt"
    linked.symlink_to(che)
    os.link(che, hard)
    for out in (che, linked, hard, che.parent, che.parent / "." / "che.txt"):
        ran = run("corpora", "fix", f"che={che}", "--write", "--force", "-o", out)
        assert ran.code == 2 and "is never written over" in ran.complaint, out
    ran = run("corpora", "fix", che, "--write", "--force", "-o", che.parent / "new.txt", "--log", che)
    assert ran.code == 2 and "is never written over" in ran.complaint
    ran = run("corpora", "fix", che, "--write", "-o", che.parent / "new.txt", "--log", che.parent / "new.txt")
    assert ran.code == 2 and "would be written twice" in ran.complaint
    ran = run("corpora", "fix", che, "--write", "--force", "-o", "/dev/null")
    assert ran.code == 2 and "no plain file" in ran.complaint
    assert che.read_bytes() == TEXT.encode()
    assert sorted(path.name for path in che.parent.iterdir()) == ["che.txt", "hard.txt", "soft.txt"]


def test_fixes_are_named(che: Path, run: Run) -> None:
    che.write_text("хIун жиx\nхӏун жих\nтэгэ̄̄р\n", "utf-8")

    def fixed(*args: str) -> list[str]:
        return [line[1:] for line in run("corpora", "fix", che, *args).out.splitlines()[2:] if line[0] == "+"]

    assert fixed() == ["хӏун жих"]
    assert fixed("--only", "palochka") == ["хӏун жиx"]
    assert fixed("--skip", "palochka") == ["хIун жих"]
    assert fixed("--only", "lookalike,palochka", "--skip", "lookalike") == ["хӏун жиx"]
    assert fixed("--only", "palochka", "--also", "doubled-mark") == ["хӏун жиx", "тэгэ̄р"]
    assert fixed("--only", "doubled-mark") == []


@pytest.mark.parametrize("option", ["--only", "--skip", "--also"])
def test_a_check_that_is_not_known(che: Path, run: Run, option: str) -> None:
    ran = run("corpora", "fix", che, option, "palochka,lookalikes")
    assert ran.code == 2 and "unknown check 'lookalikes'; did you mean 'lookalike'?" in ran.complaint


def test_exceptions_silence(che: Path, run: Run) -> None:
    accepted = '[[accept]]\nword = "хIун"\nreason = "so it stands in the manuscript"\n'
    (che.parent / "langcov-exceptions.toml").write_text(accepted, "utf-8")
    assert run("corpora", "fix", che).out.count("\n+") == 2
    elsewhere = che.parent / "none.toml"
    elsewhere.write_text("", "utf-8")
    assert run("corpora", "fix", che, "--exceptions", elsewhere).out.count("\n+") == 3
    assert "no-such.toml" in run("corpora", "fix", che, "--exceptions", che.parent / "no-such.toml").complaint


def test_an_old_font_is_fixed_by_its_letters(tmp_path: Path, run: Run) -> None:
    font, text = tmp_path / "font.tsv", tmp_path / "sah.txt"
    font.write_text("ї\tҥ\n", "utf-8")
    text.write_text("саїа саҥа\n", "utf-8")
    ran = run("corpora", "fix", text, "--letter-map", font, "--only", "letter-map")
    assert ran.out.endswith("-саїа саҥа\n+саҥа саҥа\n") and "letter-map 1" in ran.err
    assert "саҥа саҥа" not in run("corpora", "fix", text, "--letter-map", font, "--skip", "letter-map").out
    assert "Letters of an old font [letter-map]" in run("corpora", "check", text, "--letter-map", font).out


def test_encodings_are_said(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "che.txt"
    path.write_bytes("хIун\n".encode("cp1251"))
    ran = run("corpora", "fix", path, "--encoding", "cp1251")
    assert "lacks the fixed letters" in ran.err and ran.out.endswith("-хIун\n+хӏун\n")
    ran = run("corpora", "fix", path)
    assert ran.code == 2 and "--encoding" in ran.complaint
    path.write_bytes("хIун\n".encode("utf-16"))
    assert "it is no patch" in run("corpora", "fix", path, "--encoding", "utf-16").err


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("talk.docx", "no whole .docx"),
        ("talk.doc", "save it as"),
        ("talk.eaf", "no whole XML"),
        ("che.txt", "an archive"),
        ("no.txt", "no such file"),
    ],
)
def test_files_that_are_not_fixed(tmp_path: Path, run: Run, name: str, complaint: str) -> None:
    if name != "no.txt":
        (tmp_path / name).write_bytes(b"PK\x03\x04")
    ran = run("corpora", "fix", tmp_path / name, "--lang", "che")
    assert ran.code == 2 and complaint in ran.complaint


def test_tables_of_counts_are_not_fixed(run: Run) -> None:
    ran = run("corpora", "fix", "udhr", "--lang", "tat")
    assert ran.code == 2 and "word table" in ran.complaint


def test_options_of_the_copy_need_write(che: Path, run: Run) -> None:
    for option in (["-o", "x.txt"], ["--log", "x"], ["--force"]):
        assert "add --write" in run("corpora", "fix", che, *option).complaint


def test_a_terminal_shows_what_cannot_be_seen(tmp_path: Path) -> None:
    pytest.importorskip("pty")
    path = tmp_path / "che.txt"
    path.write_text("хIун а\u200bб \x1b[2J\nхӏун\n", "utf-8")
    code = "import pty, sys\nsys.exit(pty.spawn([sys.executable, '-m', 'langcov', *sys.argv[1:]]) >> 8)"
    command = [sys.executable, "-c", code, "corpora", "fix", str(path)]
    shown = subprocess.run(
        command, capture_output=True, env=environment(TERM="xterm"), timeout=60, check=True
    )
    assert "⟨U+200B⟩" in shown.stdout.decode() and b"\x1b[2J" not in shown.stdout


INTERRUPTED = """
import os, signal
import langcov.hygiene.fixing.copy as copies
signal.signal(signal.SIGINT, signal.default_int_handler)
number = NUMBER
written = copies._written

def interrupted(fixing):
    yield from written(fixing)
    os.kill(os.getpid(), number)
    yield b"", []

copies._written = interrupted
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_leaves_nothing_behind(number: int, che: Path) -> None:
    ran = spawn("corpora", "fix", che, "--write", code=INTERRUPTED.replace("NUMBER", str(int(number))))
    assert ran.returncode == 130 and [*che.parent.iterdir()] == [che]
    assert ran.stderr == b"langcov: interrupted\n"


def test_what_a_killed_run_leaves_is_removed_by_the_next(run: Run, che: Path) -> None:
    """But nothing that another run is writing, nor what only looks like it."""
    code = INTERRUPTED.replace("NUMBER", str(int(signal.SIGKILL)))
    assert spawn("corpora", "fix", che, "--write", code=code).returncode == -signal.SIGKILL
    left = [path for path in che.parent.iterdir() if path != che]
    assert [path.suffix for path in left] == [".tmp", ".tmp"]
    others = [che.with_name(name) for name in (".langcov.tmp", "langcov-1.tmp", ".langcov-notes.txt")]
    for other in others:
        other.write_text("mine")
    with replacing(che.with_name("other.txt")):
        writing = {*che.parent.iterdir()} - {che, *left, *others}
        time.sleep(0.2)
        assert spawn("corpora", "fix", che, "--write", "--quiet").returncode == 0
        fixed = {che.with_name(f"{che.stem}.{name}") for name in ("fixed.txt", "fixes.jsonl")}
        assert {*che.parent.iterdir()} == {che, *writing, *others, *fixed}
