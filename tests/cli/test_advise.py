"""``langcov advise``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from langcov.cli import main
from langcov.tokenizers import load
from tests.extend.conftest import MAKERS, NOT_UDHR, lines_of


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A tokenizer and a Tatar text."""
    monkeypatch.chdir(tmp_path)
    MAKERS["hf-bpe"](tmp_path)
    Path("tat_Cyrl.txt").write_text("\n".join(lines_of("tat_Cyrl")), "utf-8")
    return ["advise", "toy.json", "--corpus", "tat_Cyrl.txt", "--add", "30", "--quiet"] + [
        part for name in NOT_UDHR for part in ("--leave-out", name)
    ]


def test_shown_and_written(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "-o", "more"]) == 0
    out = capsys.readouterr().out
    assert "toy: 30 new pieces" in out
    assert "Tatar" in out and "Russian" in out and "foreseen" in out
    old, new = load("toy.json").tokenizer, load("hf:more/tokenizer.json").tokenizer
    assert old.vocabulary and new.vocabulary
    assert new.vocabulary.size == old.vocabulary.size + 30
    table = Path("more/pieces.tsv").read_text("utf-8").splitlines()
    assert table[0].split("\t") == ["id", "piece", "bytes", "left", "right", "learned", "tested"]
    assert len(table) == 31
    card = Path("more/README.md").read_text("utf-8")
    assert "hf:tokenizer.json" in card
    assert str(new.vocabulary.size) in card
    assert main([*call, "-o", "more"]) == 0  # ours is replaced


def test_as_json(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "--format", "json", "--protect", "none"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "langcov.advice/1"
    assert found["kept"] == []
    assert found["tested"][0]["expected"] == found["tested"][0]["tokens"][1]
    assert len(found["pieces"]) == 30


@pytest.mark.parametrize("form", ["md", "tsv"])
def test_other_formats(form: str, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "--format", form]) == 0
    assert capsys.readouterr().out.startswith({"md": "#", "tsv": "id\tpiece"}[form])


def test_what_is_not_ours_stays(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine").mkdir()
    Path("mine/a.txt").write_text("a", "utf-8")
    assert main([*call, "-o", "mine"]) == 2
    assert "name an empty folder" in capsys.readouterr().err
    assert Path("mine/a.txt").read_text("utf-8") == "a"


def test_without_a_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", "langcov-rus-32k"]) == 2
    assert "--corpus" in capsys.readouterr().err
