"""Advice that keeps a language and still rejects others, on text that it is not taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("spacy")

from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.filters.advise import NOISE, Advice, advise
from langcov.filters.apply import FilterSettings
from langcov.filters.recipe import load

CONFIGS = Path("filters") / "fineweb2" / "configs"


@pytest.fixture(scope="module")
def tatar(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Advice:
    folder = tmp_path_factory.mktemp("ntrex")
    names = shared / "corpora" / "ntrex" / "DOCUMENT_IDS.txt"
    (folder / "corpus.toml").write_text(f'name = "ntrex"\nalignment = "lines"\ndocuments = "{names}"\n')
    for language in ("rus_Cyrl", "bak_Cyrl", "tat_Cyrl", "eng_Latn", "hye_Armn"):
        (folder / f"{language}.txt").symlink_to(shared / "corpora" / "ntrex" / f"{language}.txt")
    return advise(load("fineweb-2"), "tat_Cyrl", resolve([str(folder)]), FilterSettings(shared / CONFIGS))


def test_it_lifts_what_is_kept_of_held_out_text(tatar: Advice) -> None:
    assert tatar.left_out == ("ntrex",)
    kept = {one.language: (one.documents, one.published, one.advised) for one in tatar.verdicts}
    assert kept["tat_Cyrl"][:2] == (91, 18)
    assert kept["tat_Cyrl"][2] >= 88
    for other in ("rus_Cyrl", "eng_Latn", NOISE):
        documents, _, advised = kept[other]
        assert advised <= 0.05 * documents
    assert kept["bak_Cyrl"][2] > kept["bak_Cyrl"][1]  # kin shares words: it is told, not hidden
    assert "hye_Armn" not in kept


def test_the_file_is_that_of_the_recipe_but_for_the_words(tatar: Advice, shared: Path) -> None:
    import yaml

    published = yaml.safe_load((shared / CONFIGS / "tat_Cyrl.yml").read_bytes())
    words = [*(one.word for one in tatar.stop_list.words), *tatar.stop_list.kept]
    assert tatar.values == {**published, "stopwords": words}
    assert len(tatar.stop_list.kept) == 5  # of 8: a sign and a Latin letter go, one is among the others
    assert list(tatar.published) == list(published["stopwords"])


@pytest.mark.parametrize(
    ("recipe", "language", "told"),
    [
        ("gopher", "tat_Cyrl", "gopher has no stop words for each language"),
        (
            "fineweb-2",
            "eng_Latn",
            "fineweb-2 can't be judged in eng_Latn: fineweb-2 has no file for eng_Latn",
        ),
    ],
)
def test_where_there_is_nothing_to_advise_it_is_said(
    shared: Path, recipe: str, language: str, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        advise(load(recipe), language, [], FilterSettings(shared / CONFIGS))
