"""The guides say what the code does: the fields of a card, and commands that work as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from langcov.cli import main
from langcov.core import ui
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS
from tests.pages import calls
from tools.build_contributing import GUIDES, guide

REPOSITORY = Path(__file__).resolve().parents[2]
ANSWERS = [
    *("--summary", "S", "--source", "s", "--collector", "N. N.", "--consent", "c", "--contact", "a@b.org"),
    *("--sensitive", "none", "--machine-translated", "no", "--ocr", "no", "--year", "1998"),
]


@pytest.fixture(autouse=True)
def in_english() -> None:
    ui.use("en")


@pytest.mark.parametrize("language", sorted(GUIDES))
def test_the_fields_are_those_of_the_schema(language: str) -> None:
    """If not: python tools/build_contributing.py."""
    text = GUIDES[language].read_text("utf-8")
    assert guide(language) == text
    rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert rows == [*FIELDS, *LANGUAGE_FIELDS]


def commands(language: str) -> list[list[str]]:
    """The commands of a guide in their order."""
    return calls(GUIDES[language].read_text("utf-8"))


def test_both_guides_have_the_same_commands() -> None:
    russian = [" ".join(words).removesuffix(" --ui ru") for words in commands("ru")]
    assert russian == [" ".join(words) for words in commands("en")]
    assert len(russian) == 9


@pytest.mark.parametrize("language", sorted(GUIDES))
def test_the_commands_work_in_their_order(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = Path("chechen-newspapers/che_Cyrl.txt")
    text.parent.mkdir()
    text.write_text("мотт хӏинца\n" * 600, "utf-8")
    before = text.read_bytes()
    for words in commands(language):
        private = words[:2] == ["corpora", "condense"]
        if private:
            card = text.parent / "corpus.toml"
            card.write_text(card.read_text("utf-8").replace('"CC-BY-4.0"', '"NONE"'), "utf-8")
            Path("chechen-counts").mkdir()
        licence = ["NONE", "--counts-licence", "CC0-1.0"] if "chechen-counts" in words else ["CC-BY-4.0"]
        options = [*ANSWERS, "--licence", *licence] if words[:2] == ["corpora", "new"] else []
        assert main([*words, *options]) == 0, (words, capsys.readouterr())
    assert text.read_bytes() == before
    assert main(["corpora", "card", "chechen-counts"]) == 0
    assert Path("chechen-newspapers/README.md").is_file()


def submission(folder: Path, card: str) -> int:
    """What the script of CI says of a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "che_Cyrl.txt").write_text("мотт хӏинца\n", "utf-8")
    (folder / "corpus.toml").write_text(card, "utf-8")
    script = REPOSITORY / ".ci" / "check_submission"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # the python of the script is this one
    env = {**os.environ, "PATH": path}
    return subprocess.run([script, folder], cwd=REPOSITORY, env=env, timeout=120, check=False).returncode


def test_ci_refuses_a_bad_submission(tmp_path: Path) -> None:
    (tmp_path / "che_Cyrl.txt").write_text("мотт хӏинца\n", "utf-8")
    assert main(["corpora", "new", str(tmp_path), *ANSWERS, "--licence", "CC-BY-4.0"]) == 0
    card = (tmp_path / "corpus.toml").read_text("utf-8")
    good = tmp_path / "a folder"
    assert submission(good, card) == 0
    assert submission(good, card.replace('consent = "c"', "")) == 1
    assert submission(good, card.replace('"CC-BY-4.0"', '"free"')) == 1
    assert submission(good, "name =") == 2
