"""Kinds of tokenizers and models: a toy one, added as another package and as a contributor would add it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

import langcov
from langcov import lid, tokenizers
from langcov.core.kinds import Kind
from langcov.errors import UserError
from langcov.lid.protocol import Predictions, Score
from langcov.report import render
from tests.plug_ins import declared

REPOSITORY = Path(__file__).resolve().parents[2]

EVERY = '''
"""A token every N code points, the last one shorter."""

from langcov.core.kinds import Kind
from langcov.tokenizers.protocol import Adapter, Encoded


class Every(Adapter):
    kind = "every"
    word_reason = "a token may reach over words"

    def __init__(self, size):
        self.size = size

    def encode(self, texts):
        return Encoded.of([[0] * -(-len(text) // self.size) for text in texts])


def load(rest):
    return Every(int(rest))


KIND = Kind(load, "argument", yardstick=True)
'''


def langcov_with(path: Path, *args: object) -> str:
    """What ``python -m langcov …`` prints with this folder before the checkout."""
    environment = {**os.environ, "PYTHONPATH": f"{path}{os.pathsep}{REPOSITORY}"}
    command = [sys.executable, "-m", "langcov", *map(str, args), "--quiet", "--no-hygiene"]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=path, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another package with the toy kind, as pip leaves it."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "toy_every.py").write_text(EVERY, "utf-8")
    info = folder / "toy_every-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-every\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[langcov.tokenizers]\nevery = toy_every:KIND\n")
    return folder


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """langcov with the toy kind as one file and one line more."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("corpora", "tokenizers"):
        (folder / name).symlink_to(REPOSITORY / name)
    shutil.copytree(REPOSITORY / "langcov", folder / "langcov", symlinks=True)
    (folder / "langcov/tokenizers/every.py").write_text(EVERY, "utf-8")
    registry = folder / "langcov/tokenizers/kinds.py"
    line = '        "every": Kind("langcov.tokenizers.every:load", "argument", yardstick=True),\n'
    before, bytes_line, after = registry.read_text("utf-8").partition('        "bytes": Kind(')
    registry.write_text(before + line + bytes_line + after, "utf-8")
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Running text: the toy kind can't be measured from a table of words."""
    (tmp_path / "tat.txt").write_text("сәлам\nкит\n" * 30, "utf-8")
    (tmp_path / "rus.txt").write_text("привет дом\nкот\n" * 30, "utf-8")
    return tmp_path


both = pytest.mark.parametrize("added", ["package", "checkout"])


@both
def test_a_kind_is_one_entry(added: str, request: pytest.FixtureRequest, texts: Path) -> None:
    folder = request.getfixturevalue(added)
    asked = ("tokenizers", "every:4", "bytes", "mine=every:3", "--corpus", texts, "--format", "json")
    result = json.loads(langcov_with(folder, *asked))
    assert [system["name"] for system in result["systems"]] == ["every:4", "bytes", "mine"]
    tokens = {(row["system"], row["language"]): row["tokens"] for row in result["totals"]}
    assert tokens["every:4", "tat_Cyrl"] == 30 * (2 + 1)
    assert tokens["every:4", "rus_Cyrl"] == 30 * (3 + 1)
    assert tokens["mine", "rus_Cyrl"] == 30 * (4 + 1)
    with_workers = json.loads(langcov_with(folder, *asked, "--jobs", 2))
    assert {**with_workers, "created": ""} == {**result, "created": ""}


@both
def test_a_yardstick_never_wins(added: str, request: pytest.FixtureRequest, texts: Path) -> None:
    """It has the fewest tokens a word by far, yet no mark and no sentence."""
    rivals = ("langcov-rus-32k", "langcov-balanced-32k")
    asked = ("tokenizers", "every:40", "bytes", *rivals, "--corpus", texts, "--format", "md")
    lines = langcov_with(request.getfixturevalue(added), *asked).splitlines()
    fertility = next(line for line in lines if "`tat_Cyrl`" in line).split("|")[2:-1]
    assert [cell.strip()[:4] for cell in fertility[:2]] == ["1.00", "8.00"]
    assert [cell for cell in fertility[:2] if "▼" in cell or "▲" in cell] == []
    assert sum("▼" in cell for cell in fertility[2:]) == 1
    [best] = [line for line in lines if "needs the fewest tokens a word" in line]
    assert best.startswith("- Of 2 tokenizers langcov-")
    [legend] = [line for line in lines if line.startswith("- ▲ highest")]
    excepted = legend.partition("(but for ")[2].partition(")")[0]
    assert {*excepted.replace(" and ", ", ").split(", ")} == {"bytes", "chars", "every"}


class Majority:
    """A model that says Russian of everything."""

    kind: str = "majority"
    sha256: str | None = None
    version: str = "majority 1"
    labels: tuple[str, ...] = ("rus",)
    score: Score = "none"

    def predict(self, texts: list[str], k: int) -> Predictions:
        return Predictions.top([0] * len(texts), None, k)


def test_a_model_that_is_a_yardstick_is_not_the_best() -> None:
    def says(label: str) -> Callable[[list[str]], tuple[list[str], None]]:
        def model(texts: list[str]) -> tuple[list[str], None]:
            return [label] * len(texts), None

        model.labels = ["rus", "tat"]  # type: ignore[attr-defined]
        return model

    models = {"m": "majority", "a": says("tat"), "b": says("rus")}
    with declared(lid={"majority": Kind(Majority, "nothing", yardstick=True)}):
        result = langcov.measure_lid(models, {"rus": ["кот"] * 30, "tat": ["ак"] * 10}, hygiene=False)
        text = render(result, "table", color=False, width=100)
    russian = next(line for line in text.splitlines() if line.lstrip().startswith("Russian"))
    assert [mark in russian for mark in "▲▼"] == [True, False] and russian.count("▲") == 1
    assert "Of 2 models b has the highest macro F1" in " ".join(text.split())


def test_what_follows_the_colon() -> None:
    def echo(rest: str = "nothing") -> Any:
        return Majority()

    kinds = {"some": echo, "one": Kind(echo, "argument"), "none": Kind(echo, "nothing")}
    with declared(lid=kinds):
        names = [lid.load(spec).name for spec in ("some", "some:4", "one:4", "none", "none:", "x=one:4")]
        assert names == ["some", "some:4", "one:4", "none", "none", "x"]
        for spec, message in (
            ("one:", "'one:': nothing after one: it needs an argument"),
            ("none:4", "none:4: none takes nothing after it"),
            ("fasttext:", "'fasttext:': nothing after fasttext: name a file"),
            ("noon", "'noon': unknown language-ID model, and no such file; did you mean 'none'?"),
        ):
            with pytest.raises(UserError, match=re.escape(message)):
                lid.load(spec)


def test_a_broken_plug_in_is_one_line_and_only_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    point = EntryPoint("broken", "langcov_no_such_module:KIND", tokenizers.KINDS.group)
    monkeypatch.setattr("langcov.core.plugins.entry_points", lambda group: [point])
    assert tokenizers.load("bytes").kind == "bytes"
    with pytest.raises(UserError, match=r"langcov_no_such_module:KIND .* can't be loaded: .*No module named"):
        tokenizers.load("broken:x")
