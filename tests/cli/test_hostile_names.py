"""Names with control and bidi characters: no view shows them as they are, and no message is two lines."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from langcov.results.saved import load
from tests.cli.conftest import Run

NAME = "a\x1b[31m\u202egpj\x07\x9b\n[*?]"
TEXT = "Бу татарча текст .\nБу шулай ук  татарча cүз .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / NAME
    found.mkdir()
    (found / "tat_Cyrl.txt").write_text(TEXT, "utf-8")
    (found / "bad.txt").write_bytes(b"\xff")
    return found


def harmless(text: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.parametrize("format", ["table", "md", "latex", "json"])
@pytest.mark.parametrize("command", [("tokenizers", "bytes"), ("lid", "langid")])
def test_results(run: Run, folder: Path, command: tuple[str, str], format: str) -> None:
    action, spec = command
    ran = run(action, f"a\u202e\x1b[31m={spec}", "--corpus", folder, "--format", format, "--quiet")
    assert ran.code == 0
    assert harmless(ran.out)
    assert "\\u202e" in ran.out.replace("textbackslash{}", "\\")
    assert ran.err == "" or harmless(ran.err)


@pytest.mark.parametrize("format", ["terminal", "html", "sarif", "json"])
def test_findings(run: Run, folder: Path, format: str) -> None:
    ran = run("corpora", "check", folder / "tat_Cyrl.txt", "--format", format, "--quiet")
    assert ran.code in (0, 1)
    assert harmless(ran.out + ran.err)
    if format == "json":
        assert json.loads(ran.out)["files"][0]["file"] == str(folder / "tat_Cyrl.txt")


def test_other_commands(run: Run, folder: Path) -> None:
    text, table = folder / "tat_Cyrl.txt", folder / "x.words.tsv"
    card = ['name = "a\\u202eb"', 'kind = "text"', "[languages]", 'tat = "tat_Cyrl.txt"']
    (folder / "corpus.toml").write_text("\n".join(card))
    for args in (
        ("corpora", "condense", text, "-o", table),
        ("corpora", "fix", text),
        ("corpora", "fix", text, "--write"),
        ("corpora", "card", folder),
        ("corpora", "new", folder / "new\u202e", "--lang", "tat", "--file", text, "--yes"),
        ("tokenizers", "bytes", "--corpus", folder / "bad.txt"),
        ("tokenizers", f"spm:{text}", "--corpus", text),
        ("tokenizers", "bytes", "--corpus", text, "-o", folder / "no/x.json"),
        ("lid", "langid", "--corpus", text, "--labels", f"langid={text}"),
        ("languages", "x\u202e\x1b[31m"),
        ("nothing\u202e",),
    ):
        ran = run(*args)
        assert harmless(ran.out + ran.err), args
        assert ran.code != 2 or (len(ran.err.splitlines()) == 1 and ran.out == ""), args


def test_a_warning(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("langcov"), "propagate", False)
    (folder / "not\u202enamed.txt").write_text("x")
    (folder / "bad.txt").unlink()
    ran = run("corpora", "check", folder, "--quiet")
    assert "files left out" in ran.err
    assert harmless(ran.err)


def test_what_is_saved_is_the_name(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    text = folder / "tat_Cyrl.txt"
    assert run("tokenizers", "a\u202eb=bytes", "--corpus", text, "-o", out, "--quiet").code == 0
    assert load(out).systems[0]["name"] == "a\u202eb"
    assert harmless(out.read_text("utf-8"))
