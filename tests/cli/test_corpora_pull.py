"""``langcov corpora pull`` against a server on loopback: what it says, what it leaves, how it ends."""

from __future__ import annotations

import hashlib
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run, environment
from tests.mirror import Mirror, mirror

__all__ = ["mirror"]

AT = "owner/repository/0123456789abcdef0123456789abcdef01234567"
TEXT = "сүз өй\n".encode() * 40_000
SUM = f'sha256 = "{hashlib.sha256(TEXT[:12]).hexdigest()}"'
CATALOGUE = f"""
base = "http://127.0.0.1:9"
[toy-text]
title = "A toy"
form = "lines"
files = [
    {{ name = "tat_Cyrl.txt", language = "tat_Cyrl", upstream = ["{AT}/tat.txt"], {SUM}, lines = 1 }},
    {{ name = "rus_Cyrl.txt", language = "rus_Cyrl", upstream = ["{AT}/rus.txt"] }},
]
[toy-text.card]
kind = "text"
licence = "CC0-1.0"
source = "github.com/owner/repository"
cite = "Somebody 2020"
alignment = "none"
"""


@pytest.fixture
def toy(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The command and its options, but for names."""
    mirror.files |= {f"{AT}/tat.txt": TEXT, f"{AT}/rus.txt": "слово\n".encode()}
    (tmp_path / "own.toml").write_text(CATALOGUE, "utf-8")
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LANGCOV_MIRROR", mirror.url)
    return ["corpora", "pull", "--catalogue", tmp_path / "own.toml", "--timeout", "0.5"]


def test_pulled_and_measured(run: Run, toy: list[object], tmp_path: Path) -> None:
    ran = run(*toy, "toy-text")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "toy-text: A toy",
        f"  2 languages in {tmp_path}/cache/corpora/toy-text",
        "  Licence: CC0-1.0. Source: github.com/owner/repository.",
        "  Cite: Somebody 2020.",
        "  The first lines of 1 file have the sha256 of the catalogue; the rest is as it first was.",
        "  No sha256 is known of 1 file: the pinned commit was trusted, it is as it first was.",
        "  Use it: langcov tokenizers --corpus toy-text",
    ]
    assert run(*toy, "toy-text", "--offline").out == ran.out
    ran = run("corpora", "condense", "toy-text", "--lang", "tat", "-o", tmp_path / "x.words.tsv")
    assert ran.code == 0
    assert "80000 words" in ran.out.replace(",", "")
    ran = run("corpora", "list")
    (line,) = [line for line in ran.out.splitlines() if "toy-text" in line]
    assert line.split() == ["toy-text", "2", "of", "2", "CC0-1.0", "A", "toy", "(2:", "rus", "tat)"]


def test_to_a_folder_of_ones_own(run: Run, toy: list[object], tmp_path: Path) -> None:
    ran = run(*toy, "toy-text", "--cache", tmp_path / "here", "--lang", "tat,rus", "--lang", "tt")
    assert f"langcov tokenizers --corpus {tmp_path}/here/corpora/toy-text\n" in ran.out
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("toy", "no corpus 'toy' can be pulled: did you mean toy-text? (there are toy-text)"),
        ("toy-text --lang udm", "toy-text has no udm (udm_Cyrl); it has rus_Cyrl, tat_Cyrl"),
        ("toy-text --lang xyzzy", "unknown language 'xyzzy'"),
        ("toy-text --offline", "toy-text: 2 of 2 files are not in"),
        (
            "toy-text --mirror /media/usb",
            "a mirror is a URL that begins with http:// or https://, not '/media/usb'",
        ),
        ("toy-text --mirror http://127.0.0.1:9 --timeout 0.01", "/tat.txt: no connection"),
        ("toy-text --timeout 0", "'0' is no number of seconds above 0"),
        ("toy-text --catalogue none.toml", "none.toml: can't be read: No such file or directory"),
        ("toy-text --cache /dev/null/x", "/dev/null/x: Not a directory"),
        ("", "the following arguments are required: NAME"),
    ],
)
def test_refusals(
    run: Run, toy: list[object], args: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("langcov.corpora.pull.download.LONGEST_PAUSE", 0.0)
    ran = run(*toy, *args.split())
    assert ran.code == 2
    assert message in ran.complaint


def test_a_corpus_that_is_not_here_yet(run: Run, toy: list[object]) -> None:
    ran = run("tokenizers", "bytes", "--corpus", "udhr-text")
    assert (
        "no corpus 'udhr-text': it isn't in the cache yet; 'langcov corpora pull udhr-text'" in ran.complaint
    )
    ran = run("tokenizers", "bytes", "--corpus", "udrh")
    assert "nor one that was pulled; did you mean udhr?" in ran.complaint


def test_libraries_that_are_missing(run: Run, toy: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pooch", "filelock"):
        monkeypatch.setitem(sys.modules, name, None)
        ran = run(*toy, "toy-text")
        assert ran.complaint == f"langcov: pulling a corpus needs {name}: pip install 'langcov[pull]'"


def test_an_interrupt_keeps_what_came(run: Run, toy: list[object], mirror: Mirror, tmp_path: Path) -> None:
    mirror.faults[f"{AT}/tat.txt"] = ["stall"]
    command = [sys.executable, "-m", "langcov", *map(str, toy), "toy-text", "--timeout", "20"]
    process = subprocess.Popen(
        command,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert mirror.halfway.wait(20)
    part = tmp_path / f"cache/upstream/{AT}/tat.txt.part"
    while not (part.exists() and part.stat().st_size > 100_000):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert (process.communicate(timeout=20)[1], process.returncode) == ("langcov: interrupted\n", 130)
    assert not (tmp_path / "cache/corpora").exists()
    assert sorted(path.name for path in part.parent.iterdir()) == ["tat.txt.part", "tat.txt.part.json"]
    kept = part.stat().st_size
    mirror.asked.clear()
    assert run(*toy, "toy-text").code == 0
    assert mirror.asked[0] == (f"{AT}/tat.txt", f"bytes={kept}-")


def test_a_bar_on_a_terminal(toy: list[object], mirror: Mirror) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "langcov", *map(str, toy), "toy-text"]
    mirror.faults[f"{AT}/tat.txt"] = ["stall"]  # so that the bar is drawn
    ran = subprocess.run(
        command, env=environment(TERM="xterm"), stdout=subprocess.PIPE, stderr=theirs, timeout=30, check=True
    )
    os.close(theirs)
    seen = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "tat_Cyrl.txt 0." in seen
    assert "0/2" in seen
    assert ran.stdout.startswith(b"toy-text: A toy\n")
