"""docs/EXTENDING.md: its code as another package, and in a copy of langcov; figures by hand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from langcov.core import toml
from tests.cli.conftest import environment, spawn
from tests.documents import ROOT, names, rows, section
from tests.pages import calls
from tests.plug_ins import install

DOCUMENT = (ROOT / "docs" / "EXTENDING.md").read_text("utf-8")
FILES: dict[str, str] = dict(re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```$", DOCUMENT, re.M | re.S))
LINES = ["кто-то думал.", "ааах", "дом"]
SUBTITLES = "0:00:01.0,0:00:02.0\nкто-то думал.\n\n0:00:03.0,0:00:04.0\nааах\nдом\n\n"


def ran(at: Path, *args: object) -> subprocess.CompletedProcess[bytes]:
    """The command with what is in a folder."""
    return spawn(*args, env=environment(PYTHONPATH=f"{at}:{ROOT}"), cwd=at)


def measured(at: Path, *args: object) -> dict[str, Any]:
    done = ran(at, "tokenizers", *args, "--format", "json", "--quiet")
    assert (done.returncode, done.stderr) == (0, b"")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def found(at: Path, path: Path, *args: object) -> list[tuple[Any, ...]]:
    """What the two checks find in a file."""
    only = ["--only", "stretched,unended", "--lid", "none"]
    done = ran(at, "corpora", "check", path, "--lang", "rus", *only, *args, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    keys = ("check", "line", "column", "length", "message")
    return [tuple(one[key] for key in keys) for one in json.loads(done.stdout)["findings"]]


def by_hand(line: int) -> list[tuple[Any, ...]]:
    """What is to be found, if «ааах» is in that line and «дом» in the next."""
    return [
        ("stretched", line, 1, 3, "а stands here 3 times in a row."),
        ("unended", line, 4, 1, "This line ends without a mark."),
        ("unended", line + 1, 3, 1, "This line ends without a mark."),
    ]


def values(result: dict[str, Any], system: str) -> dict[str, float]:
    return {one["metric"]: one["value"] for one in result["records"] if one["system"] == system}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as another package, with the entry points of its ``pyproject.toml``."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "pyproject.toml").write_text(FILES["pyproject.toml"], "utf-8")
    project = toml.read(folder / "pyproject.toml")["project"]
    modules = {f"langcov_toys/{name}": code for name, code in FILES.items() if name.endswith(".py")}
    install(folder, "langcov_toys", {"langcov_toys/__init__.py": "", **modules}, project["entry-points"])
    return folder


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of langcov with the files and lines that the table names."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "langcov", folder / "langcov", ignore=shutil.ignore_patterns("__pycache__"))
    for new, [line], [container, module] in additions():
        if new:
            file, room = new
            assert not (folder / room / file).exists()
            (folder / room / file).write_text(FILES[file], "utf-8")
        code = (folder / module).read_text("utf-8")
        [begin] = re.finditer(rf"^( *){container}(?:: [^=\n]+)? ?= ?[({{]\n", code, re.M)
        code = f"{code[: begin.end()]}{begin[1]}    {line}\n{code[begin.end() :]}"
        (folder / module).write_text(code, "utf-8")
    return folder


def additions() -> list[list[list[str]]]:
    """The new file and its folder, the line, and the name that it goes into and the file of that."""
    _, *table = rows(section(DOCUMENT, "In langcov"))
    return [[names(cell) for cell in cells[1:]] for cells in table]


def test_nothing_of_the_document_is_left_out() -> None:
    assert FILES.keys() == {"pyproject.toml"} | {
        f"{name}.py" for name in ("every", "vowels", "per_vowel", "stretched", "unended", "sbv", "hyphens")
    } | {"headlines.toml"}
    assert len(re.findall(r"^```(?:python|toml)$", DOCUMENT, re.M)) == len(FILES)
    assert len(additions()) == 5


def test_as_another_package(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.sbv"
    path.write_text(SUBTITLES, "utf-8")
    asked = ("every:4", "mine=every:3", "--corpus", f"rus={path}", "--perturb", "hyphens")
    result = measured(package, *asked)
    assert {**measured(package, *asked, "--jobs", "2"), "created": ""} == {**result, "created": ""}
    totals = {row["system"]: row for row in result["totals"]}
    for row in totals.values():
        assert (row["lines"], row["chars"], row["vowels"]) == (3, 13 + 4 + 3, 4 + 3 + 1)
    assert (totals["every:4"]["tokens"], totals["mine"]["tokens"]) == (4 + 1 + 1, 5 + 2 + 1)
    assert totals["every:4"]["tokens_hyphens"] == 3 + 1 + 1
    every = values(result, "every:4")
    assert (every["tokens_per_vowel"], every["hyphens_cost"]) == (6 / 8, 5 / 6 - 1)
    assert [row["count"] for row in result["hygiene"] if row["check"] == "stretched"] == [1]
    assert found(package, path) == by_hand(5)


def test_what_a_package_says_where_it_cannot(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "hye.txt"
    path.write_text("տուն\n", "utf-8")
    result = measured(package, "every:4", "--corpus", path, "--perturb", "hyphens")
    [cost] = [one for one in result["records"] if one["metric"] == "hyphens_cost"]
    assert (cost["value"], cost["reason"]) == (None, "not known to write hyphens")
    done = ran(package, "tokenizers", "every:0", "--corpus", path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"langcov: every:0: how many code points are a token? (every:4)\n"


def test_the_commands_of_the_document(package: Path) -> None:
    (package / "film.sbv").write_text(SUBTITLES, "utf-8")
    for words in calls(DOCUMENT):
        done = ran(package, *words, "--quiet")
        assert (done.returncode, done.stderr) == (0, b""), words


def test_a_recipe(tmp_path: Path) -> None:
    pytest.importorskip("datatrove")
    pytest.importorskip("spacy")
    (tmp_path / "headlines.toml").write_text(FILES["headlines.toml"], "utf-8")
    texts = [
        "Кошка и собака сидели в саду, и никто не видел.",
        "Кот ест",
        "Дом стоит, кот спит, пёс лает, ночь тёмная.",
    ]
    (tmp_path / "rus.jsonl").write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts), "utf-8")
    asked = ("--recipe", "headlines.toml", "--corpus", "rus.jsonl", "--format", "json", "--quiet")
    done = ran(tmp_path, "filters", *asked)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)["records"]
    removed = {one["step"]: one["removed"] for one in found if one["mode"] == "alone"}
    assert (removed["gopher_short_doc"], removed["gopher_enough_stop_words"]) == (1, 2)
    [whole] = [one for one in found if one["step"] == "all"]
    assert (whole["documents"], whole["kept"]) == (3, 1)
    told = {one["step"]: one["reason"] for one in found if one["removed"] is None}
    assert told["language"] == "it needs a model, lid.176: name yours with --lid fasttext:FILE"
    assert "duplicates" in told


def test_as_files_of_langcov(checkout: Path, tmp_path: Path) -> None:
    path = tmp_path / "rus.txt"
    path.write_text("".join(f"{line}\n" for line in LINES), "utf-8")
    result = measured(checkout, "every:4", "bytes", "--corpus", path)
    totals = {row["system"]: row for row in result["totals"]}
    assert (totals["every:4"]["tokens"], totals["every:4"]["vowels"]) == (6, 8)
    # ten letters of two bytes, a hyphen, a space and a stop; four letters; three
    assert totals["bytes"]["tokens"] == 23 + 8 + 6
    assert values(result, "every:4")["tokens_per_vowel"] == 6 / 8
    assert values(result, "bytes")["tokens_per_vowel"] == 37 / 8
    assert [row["count"] for row in result["hygiene"] if row["check"] == "stretched"] == [1]
    assert found(checkout, path) == by_hand(2)
    assert ran(checkout, "tokenizers", "every:4", "--corpus", path, "--format", "csv").returncode == 0
