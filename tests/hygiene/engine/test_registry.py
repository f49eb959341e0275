"""Checks of words, of lines and of all lines; tests/test_extending.py adds some as files of langcov."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from langcov.errors import UserError
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.registry import checks, chosen, finders

PACKAGE = Path(__file__).resolve().parents[3] / "langcov"
WORDS = '''
"""A check of words and one of lines, neither of which names what is worth its while."""

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check


def word(word, evidence):
    yield Issue("toy-word", "note", 0, len(word), "", "{size} letters", {"size": str(len(word))})


def line(line, evidence):
    yield Issue("toy-line", "warning", 0, len(line), "", "{ends}", {"ends": line[:1] + line[-1:]})


CHECKS = (
    Check("toy-word", "Words", "They are toys.", word=word),
    Check("toy-line", "Lines", "They are toys.", line=line),
)
'''
ALL_LINES = '''
"""Two checks of all lines out of one reading."""

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, LineCheck


class Toys(LineCheck):
    checks = (
        About("toy-longest", "The longest line", "It is a toy."),
        About("toy-count", "Their number", "It is a toy."),
    )

    def __init__(self, context):
        self.language, self.sizes = context.language.id, {}

    def add(self, fields):
        self.sizes |= zip(fields.numbers.tolist(), fields.sizes.tolist())

    def issues(self):
        number = max(self.sizes, key=self.sizes.get)
        yield None, Issue("toy-count", "note", 0, 0, "", "{n} of {lang}", {"n": str(len(self.sizes)), "lang": self.language})
        yield number, Issue("toy-longest", "error", 0, self.sizes[number], "", "longest", {})


CHECKS = (Toys,)
'''  # noqa: E501
TEXT = "ак барс\n\nак\n"
FOUND = {
    "toy-word": [(1, 1, "2 letters"), (1, 4, "4 letters"), (3, 1, "2 letters")],
    "toy-line": [(1, 1, "ас"), (2, 1, ""), (3, 1, "ак")],
    "toy-longest": [(1, 1, "longest")],
    "toy-count": [(None, None, "3 of Tatar")],
}


def langcov(folder: Path, *args: object) -> subprocess.CompletedProcess[str]:
    """Run the command where some packages are."""
    path = os.pathsep.join([str(folder), str(PACKAGE.parent)])
    command = [
        sys.executable,
        "-m",
        "langcov",
        "corpora",
        "check",
        *map(str, args),
        "--lang",
        "tat",
        "--lid",
        "none",
    ]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def found(folder: Path, *args: object) -> dict[str, list[tuple[Any, ...]]]:
    """What toys find, by check."""
    text = folder / "text.txt"
    text.write_text(TEXT, "utf-8")
    done = langcov(folder, text, *args, "--format", "json")
    assert (done.stderr, done.returncode) in (("", 0), ("", 1))
    places = defaultdict(list)
    for one in json.loads(done.stdout)["findings"]:
        places[one["check"]].append((one["line"], one["column"], one["message"]))
    return {check: places[check] for check in places if check.startswith("toy")}


def install(folder: Path, **modules: str) -> None:
    """A package with these modules, each of which holds checks."""
    info = folder / "toys-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 1.0\n")
    points = "".join(f"{name} = {name}:CHECKS\n" for name in modules)
    (info / "entry_points.txt").write_text(f"[langcov.checks]\n{points}")
    for name, code in modules.items():
        (folder / f"{name}.py").write_text(code, "utf-8")


def test_checks_of_another_package(tmp_path: Path) -> None:
    install(tmp_path, toy_words=WORDS, toy_lines=ALL_LINES)
    assert found(tmp_path) == FOUND
    assert found(tmp_path, "--only", "toy-longest,toy-word") == {
        id: FOUND[id] for id in ("toy-word", "toy-longest")
    }
    assert found(tmp_path, "--skip", "toy-word,toy-count").keys() == {"toy-line", "toy-longest"}
    assert "Words [toy-word]" in langcov(tmp_path, tmp_path / "text.txt", "--only", "toy-word").stdout


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (WORDS.replace('Check("toy-word"', 'Check("palochka"'), "check 'palochka' is claimed twice"),
        ("CHECKS = ['toy']", "toys:CHECKS (langcov.checks) is no Check or LineCheck and no list of them"),
        ("CHECKS = int", "toys:CHECKS (langcov.checks) is no Check or LineCheck and no list of them"),
        ("", "toys:CHECKS (langcov.checks) can't be loaded"),
    ],
)
def test_a_plug_in_that_is_wrong_is_named(tmp_path: Path, code: str, complaint: str) -> None:
    install(tmp_path, toys=code)
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    done = langcov(tmp_path, tmp_path / "text.txt")
    assert done.returncode == 2
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1


def test_every_id_that_something_is_found_for_is_declared() -> None:
    for one in finders():
        assert set([one.id] if isinstance(one, Check) else one.ids()) <= checks().keys()


def test_what_is_chosen() -> None:
    ids = set(checks()) - {"letter-map"}
    assert chosen().ids == ids
    assert chosen(skip=["nfc", "encoding"]).ids == ids - {"nfc", "encoding"}
    some = chosen(only=["palochka-form", "sister-language"])
    assert some.ids == {
        "palochka-form",
        "sister-language",
        "encoding",
    }  # the last speaks unless it is skipped
    assert [check.id for check in some.checks] == ["palochka-form"]
    assert {id for one in some.of_all_lines for id in one.ids()} & some.ids == some.ids
    assert chosen(only=["nfc"], also=["twin"]).ids == {"nfc", "twin", "encoding"}
    with pytest.raises(UserError, match="unknown check 'palochca'; did you mean 'palochka'"):
        chosen(only=["palochca"])
