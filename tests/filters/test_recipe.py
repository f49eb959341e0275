"""Recipes: what their files say, and what is told of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import MissingLibrary, UserError
from langcov.filters import recipe as module
from langcov.filters.recipe import load, recipes

GOOD = """
title = "t"
source = "s"
licence = "l"
library = "datatrove"
versions = ">=0.10,<0.11"
[[steps]]
filter = "C4ParagraphFilter"
"""


@pytest.mark.parametrize("name", recipes())
def test_each_recipe_that_comes_along_can_be_read(name: str) -> None:
    found = load(name)
    assert found.name == name
    assert all(step.not_judged or step.name for step in found.steps)
    assert found.files is None or all(len(one) == 64 for one in found.files.sha256.values())


def test_fineweb_2_is_in_the_order_and_with_the_fixed_values_of_its_pipeline() -> None:
    steps = load("fineweb-2").steps
    assert [step.name for step in steps] == [
        "language",
        "minhash",
        "GopherRepetitionFilter",
        "FineWebQualityFilter",
        "GopherQualityFilter",
    ]
    fixed = {key: value for step in steps for key, value in step.arguments.items()}
    assert fixed == {
        "dup_para_frac": 0,
        "dup_line_char_frac": 0,
        "dup_para_char_frac": 0,
        "short_line_thr": 999,
        "char_duplicates_ratio": 0.1,
        "min_stop_words": 2,
    }


def test_an_unknown_recipe_names_the_nearest() -> None:
    with pytest.raises(UserError, match="unknown recipe 'fineweb2'; did you mean 'fineweb-2'"):
        load("fineweb2")


def test_anyone_can_add_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD)
    assert load(str(tmp_path / "mine.toml")).name == "mine"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('title = "t"', "", "title is missing"),
        ('title = "t"', "title = 3", "title must be a string"),
        ('title = "t"', 'title = "t"\ncolour = "red"', "a recipe has no colour"),
        ('filter = "C', 'filtre = "C', "filter is missing"),
        ('Filter"', 'Filter"\nkey = 3', "a step has no key"),
        ('Filter"', 'Filter"\nkeys = {a = "b"}', "has keys, but the recipe no files"),
        (">=0.10,<0.11", "new", "Invalid specifier: 'new'"),
        ('title = "t"', "title =", "not TOML"),
        ('library = "d', 'library = "ad', "library must be one of datatrove, jusText.* not 'adatatrove'"),
        ('title = "t"', 'title = "t"\nunit = "word"', "unit must be one of document, line, not 'word'"),
    ],
)
def test_what_is_wrong_in_one_is_told(tmp_path: Path, before: str, after: str, told: str) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.replace(before, after))
    with pytest.raises(UserError, match=f"mine.toml: .*{told}"):
        load(str(tmp_path / "mine.toml"))


def test_another_version_of_the_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "version", lambda _: "0.11.0")
    with pytest.raises(
        UserError, match=r"fineweb-2 is of datatrove >=0\.10,<0\.11, and 0\.11\.0 is installed"
    ):
        load("fineweb-2").installed()


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> str:
        raise module.PackageNotFoundError

    monkeypatch.setattr(module, "version", missing)
    with pytest.raises(MissingLibrary, match=r"pip install 'langcov\[filters\]'"):
        load("fineweb-2").installed()
