"""The files of a recipe: the user's, and those that are fetched once and checked."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from langcov.core.files import VARIABLE
from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.filters.apply import FilterSettings, apply
from langcov.filters.configuration import Configuration, configuration
from langcov.filters.recipe import Files, load
from tests.mirror import Mirror, mirror

__all__ = ["mirror"]

CONTENT = b"min_avg_word_length: 3\n"


def served(mirror: Mirror, content: bytes = CONTENT) -> Files:
    mirror.files["configs/khk_Cyrl.yml"] = content
    return Files("{language}.yml", f"{mirror.url}/configs", {"khk_Cyrl": hashlib.sha256(CONTENT).hexdigest()})


def test_a_file_is_fetched_once(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pooch")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    recipe = replace(load("fineweb-2"), files=served(mirror))
    for _ in range(2):
        found = configuration(recipe, "mon_Cyrl")  # the macrolanguage means its member
        assert found is not None
        assert (found.language, found.values) == ("khk_Cyrl", {"min_avg_word_length": 3})
        assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert len(mirror.asked) == 1
    assert configuration(recipe, "tat_Cyrl") is None


def test_a_file_that_is_another_one_is_refused(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pooch")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    recipe = replace(load("fineweb-2"), files=served(mirror, b"a: 1\n"))
    with pytest.raises(UserError, match=r"khk_Cyrl\.yml: is not the file that recipe fineweb-2 names"):
        configuration(recipe, "khk_Cyrl")
    assert not (tmp_path / "recipes" / "fineweb-2" / "khk_Cyrl.yml").exists()


def test_a_file_that_is_not_there_or_breaks_off_is_told_and_asked_for_anew(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pooch")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    recipe = replace(load("fineweb-2"), files=served(mirror))
    mirror.faults["configs/khk_Cyrl.yml"] = ["404"]
    told = r"khk_Cyrl\.yml: .+; or fetch it yourself and name its folder with --recipe-files"
    with pytest.raises(UserError, match=told):
        configuration(recipe, "khk_Cyrl")
    mirror.faults["configs/khk_Cyrl.yml"] = ["drop"]
    found = configuration(recipe, "khk_Cyrl")
    assert found is not None
    assert found.content == CONTENT


def test_the_sums_of_the_recipe_hold_from_the_net_to_the_figures(
    mirror: Mirror, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("pooch", "datatrove", "spacy"):
        pytest.importorskip(library)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    own = shared / "filters" / "fineweb2" / "configs" / "tat_Cyrl.yml"
    mirror.files["configs/tat_Cyrl.yml"] = own.read_bytes()
    files = load("fineweb-2").files
    assert files is not None
    recipe = replace(load("fineweb-2"), files=replace(files, url=f"{mirror.url}/configs"))
    corpora = resolve([f"tat={shared / 'corpora' / 'flores_plus' / 'tat_Cyrl.txt'}"])
    given = apply(recipe, corpora, FilterSettings(own.parent, most=30))
    assert not mirror.asked
    for _ in range(2):
        assert apply(recipe, corpora, FilterSettings(most=30)).records == given.records
    assert len(mirror.asked) == 1
    assert (tmp_path / "recipes" / "fineweb-2" / "tat_Cyrl.yml").read_bytes() == own.read_bytes()


def test_the_folder_of_the_user_goes_before_the_net(tmp_path: Path) -> None:
    recipe = load("fineweb-2")
    (tmp_path / "tat_Cyrl.yml").write_bytes(CONTENT)
    found = configuration(recipe, "tat_Cyrl", tmp_path)
    assert found == Configuration("tat_Cyrl", tmp_path / "tat_Cyrl.yml")
    assert configuration(recipe, "bak_Cyrl", tmp_path) is None
    with pytest.raises(UserError, match="says no stopwords, which the recipe needs"):
        found.value("stopwords")
    with pytest.raises(UserError, match="no such folder"):
        configuration(recipe, "tat_Cyrl", tmp_path / "none")


def test_a_folder_above_the_files_is_told_which_is_theirs(tmp_path: Path) -> None:
    recipe, given = load("fineweb-2"), tmp_path / "the recipe"
    below = given / "all" / "configs"
    below.mkdir(parents=True)
    (given / "all" / "mkdocs.yml").write_text("no: file of it\n")
    with pytest.raises(UserError, match=r"has no files of fineweb-2, one a language \(tat_Cyrl\.yml …\)$"):
        configuration(recipe, "tat_Cyrl", given)
    (below / "bak_Cyrl.yml").write_text("a: 1\n")
    with pytest.raises(UserError) as told:
        configuration(recipe, "tat_Cyrl", given)
    assert str(told.value).endswith(f", but {below} has: --recipe-files '{below}'")
    assert configuration(recipe, "tat_Cyrl", below) is None
    with pytest.raises(UserError, match="is a file: name the folder that it is in"):
        configuration(recipe, "bak_Cyrl", below / "bak_Cyrl.yml")


@pytest.mark.parametrize(("content", "told"), [(b"a: [", "not YAML"), (b"- a\n", "holds no keys")])
def test_what_is_no_configuration_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "x.yml").write_bytes(content)
    with pytest.raises(UserError, match=f"x.yml: {told}"):
        Configuration("x", tmp_path / "x.yml").value("a")


def test_the_sums_are_those_of_the_published_files(shared: Path) -> None:
    files = load("fineweb-2").files
    folder = shared / "filters" / "fineweb2" / "configs"
    assert files is not None
    assert files.sha256 == {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.yml"))
    }
