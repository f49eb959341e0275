"""``langcov train``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from langcov.cli import main
from langcov.tokenizers import load
from tests.extend.conftest import lines_of


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Russian and Tatar to train on, and 60 lines that stand for one another."""
    monkeypatch.chdir(tmp_path)
    for folder, part in (("text", slice(60, None)), ("dev", slice(60))):
        Path(folder).mkdir()
        for one in ("rus_Cyrl", "tat_Cyrl"):
            Path(folder, f"{one}.txt").write_text("\n".join(lines_of(one, 300)[part]), "utf-8")
    return [
        "train",
        "--corpus",
        "text",
        "--dev",
        "dev",
        "--aligned",
        "--vocab",
        "600",
        "--rounds",
        "2",
        "--quiet",
    ]


def test_trained_shown_and_written(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "-o", "made"]) == 0
    out = capsys.readouterr().out
    assert "600 pieces for 2 languages" in out
    assert "Tatar" in out and "the worst premium is" in out
    vocabulary = load("spm:made/tokenizer.model").tokenizer.vocabulary
    assert vocabulary and vocabulary.size == 600
    assert "--trained-on" in Path("made/README.md").read_text("utf-8")
    result = json.loads(Path("made/training.json").read_text("utf-8"))
    assert result["schema"] == "langcov.training/1"
    assert [one["balance"] for one in result["variants"]] == ["premium", "uniform", "proportional"]
    first = Path("made/tokenizer.model").read_bytes()
    assert main([*call, "-o", "made"]) == 0
    assert Path("made/tokenizer.model").read_bytes() == first


@pytest.mark.parametrize("form", ["md", "json"])
def test_other_formats(form: str, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "--balance", "uniform", "--format", form]) == 0
    assert capsys.readouterr().out.startswith({"md": "## 600 pieces", "json": "{"}[form])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--vocab", "many"], "is no number of pieces like 64k"),
        (["--languages", "nonsense"], "nonsense"),
    ],
)
def test_what_is_wrong_is_said(
    more: list[str], said: str, call: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*call, *more]) == 2
    assert said in capsys.readouterr().err


def test_text_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train"]) == 2
    assert "--corpus" in capsys.readouterr().err
    assert main(["train", "--corpus", "bundled:udhr"]) == 2
    assert "--dev" in capsys.readouterr().err


def test_what_is_not_ours_stays(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "-o", "text"]) == 2
    assert "name an empty folder" in capsys.readouterr().err
    assert not Path("text/rounds.json").exists()
