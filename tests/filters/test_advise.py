"""Advice that keeps a language and still rejects others, on text that it is not taken from."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("spacy")

from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.filters.advise import LEFT_OUT, Advice, advise
from langcov.filters.apply import WHOLE, FilterSettings, apply
from langcov.filters.libraries.own import letters_of
from langcov.filters.recipe import load
from langcov.filters.verdicts import NOISE
from langcov.languages import find
from langcov.report.filters.files import as_opuscleaner, as_ranges, as_toml, as_yaml

CONFIGS = Path("filters") / "fineweb2" / "configs"


@pytest.fixture(scope="module")
def tatar(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Advice:
    folder = tmp_path_factory.mktemp("ntrex")
    names = shared / "corpora" / "ntrex" / "DOCUMENT_IDS.txt"
    (folder / "corpus.toml").write_text(f'name = "ntrex"\nalignment = "lines"\ndocuments = "{names}"\n')
    for language in ("rus_Cyrl", "bak_Cyrl", "tat_Cyrl", "eng_Latn", "hye_Armn"):
        (folder / f"{language}.txt").symlink_to(shared / "corpora" / "ntrex" / f"{language}.txt")
    return advise(load("fineweb-2"), "tat_Cyrl", resolve([str(folder)]), FilterSettings(shared / CONFIGS))


@pytest.fixture(scope="module")
def gopher() -> Advice:
    return advise(load("gopher"), "tat_Cyrl", [], FilterSettings())


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


@pytest.mark.parametrize(
    ("name", "left_out"),
    [("NTREX-128/tat.txt", ("ntrex",)), ("a/flores_tat.txt", ("flores",)), ("udhrs/tat.txt", ())],
)
def test_the_words_of_a_text_are_not_tested_on_it(
    name: str, left_out: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text("китап " * 100, "utf-8")
    found = advise(load("gopher"), "tat_Cyrl", resolve([f"tat={path}"]), FilterSettings())
    assert found.left_out == left_out
    assert found.words and not {*found.words.found.sources} & {*left_out}


def test_the_file_is_that_of_the_recipe_but_for_the_words(tatar: Advice, shared: Path) -> None:
    import yaml

    published = yaml.safe_load((shared / CONFIGS / "tat_Cyrl.yml").read_bytes())
    assert tatar.words is not None
    assert tatar.values == {**published, "stopwords": tatar.words.all}
    assert len(tatar.words.found.kept) == 5  # of 8: a sign and a Latin letter go, one is among the others
    assert list(tatar.words.published) == list(published["stopwords"])


@pytest.mark.parametrize(
    ("recipe", "language", "told"),
    [
        ("c4", "tat_Cyrl", "c4 looks for no stop words: name text for its thresholds with --clean"),
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


def advised(shared: Path, recipe: str, language: str, *, most: int = 40) -> Advice:
    """Numbers from FLORES+, tested on NTREX as lines or runs."""
    own = shared / "corpora"
    return advise(
        load(recipe),
        language,
        resolve([f"{language}={own / 'ntrex' / f'{language}.txt'}"]),
        FilterSettings(shared / CONFIGS, most=most),
        ["ntrex"],
        resolve([f"{language}={own / 'flores_plus' / f'{language}.txt'}"]),
    )


def test_numbers_of_clean_text_keep_other_text(shared: Path) -> None:
    found = advised(shared, "fineweb-2", "hye_Armn")
    told = {one.rule.name: one for one in found.thresholds}
    strict = told["line_punct_ratio"]
    assert (strict.published, strict.clean, strict.too_strict) == (0.167, 0.0, True)
    assert found.values["line_punct_thr"] == 0.0
    looser = [one for one in found.thresholds if one.too_strict]
    assert all(found.advised_number(one) == one.clean for one in looser)
    same = [one for one in found.thresholds if not one.too_strict]
    assert all(found.advised_number(one) == one.published for one in same)
    own = next(one for one in found.verdicts if one.language == "hye_Armn")
    assert own.published is not None and own.advised is not None
    assert (own.documents, own.published < 20, own.advised >= 38) == (40, True, True)


def test_words_are_advised_where_a_library_has_none(shared: Path) -> None:
    pytest.importorskip("justext")
    found = advise(load("justext"), "tat_Cyrl", [], FilterSettings())
    assert found.words is not None
    assert found.words.published == ()
    assert len(found.words.all) > 1000
    assert found.values == {}


def test_opusfilter_and_opuscleaner_keep_what_is_told(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("opusfilter")
    import yaml
    from opusfilter.opusfilter import OpusFilter

    found = advised(shared, "opusfilter", "tat_Cyrl", most=60)
    assert [step.name for step in found.recipe.steps if step.not_judged == LEFT_OUT] == ["LinguaFilter"]
    [own, noise] = found.verdicts
    assert (own.documents, own.published, noise.language) == (60, 0, NOISE)
    text = (shared / "corpora" / "ntrex" / "tat_Cyrl.txt").read_text("utf-8").split("\n")
    lines = [line for line in text if line.strip()][:60]
    (tmp_path / "tat_Cyrl.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    configuration = yaml.safe_load(as_yaml(found))
    OpusFilter({"common": {"output_directory": str(tmp_path)}, **configuration}).execute_steps()
    kept = (tmp_path / "tat_Cyrl.filtered.txt").read_text("utf-8").splitlines()
    assert len(kept) == own.advised
    pipeline = json.loads(as_opuscleaner(found))
    assert {one["filter"] for one in pipeline["filters"]} == {
        f"opus.{one.name}" for one in found.advised.filters if one.name != "RepetitionFilter"
    }
    command = shutil.which("opuscleaner-clean")
    if command is None:
        return  # it wants pydantic below 2, so few have it
    (tmp_path / "t.filters.json").write_text(json.dumps(pipeline), "utf-8")
    (tmp_path / "tat_Cyrl.tt.gz").write_bytes(gzip.compress((tmp_path / "tat_Cyrl.txt").read_bytes()))
    monkeypatch.setenv("PATH", f"{Path(command).parent}:{os.environ['PATH']}")
    done = subprocess.run([command, "t.filters.json"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == kept


def test_ranges_hold_the_letters_and_no_other() -> None:
    clean = resolve([{"tat": ["әйе юк"] * 40}])
    found = advise(load("letters"), "tat_Cyrl", [], FilterSettings(words=2), (), clean)
    told, *rows = as_ranges(found).splitlines()
    assert told == "# keep a text if this share of its letters is in the ranges: 0.9"
    spans = [row.split(";")[0].strip().split("..") for row in rows if not row.startswith("#")]
    inside = {chr(n) for span in spans for n in range(int(span[0], 16), int(span[-1], 16) + 1)}
    assert inside == letters_of(find("tat"))


def test_a_recipe_of_advice_judges_as_the_advice(shared: Path, tmp_path: Path) -> None:
    clean = resolve([f"bak={shared / 'corpora' / 'flores_plus' / 'bak_Cyrl.txt'}"])
    held_out = resolve([f"bak={shared / 'corpora' / 'ntrex' / 'bak_Cyrl.txt'}"])
    settings = FilterSettings(most=24)
    found = advise(load("gopher"), "bak_Cyrl", held_out, settings, ["ntrex"], clean)
    (tmp_path / "mine.toml").write_text(as_toml(found), "utf-8")
    done = apply(load(str(tmp_path / "mine.toml")), held_out, settings)
    [whole] = [record for record in done.records if record.step == WHOLE]
    assert whole.kept == found.verdicts[0].advised
    assert whole.kept is not None and whole.kept > 20


@pytest.mark.parametrize(
    ("advice", "form", "told"),
    [
        (
            "gopher",
            as_yaml,
            "--format yaml is of recipe fineweb-2 or opusfilter; of gopher there is --format toml",
        ),
        ("gopher", as_opuscleaner, "--format opuscleaner is of recipe opusfilter"),
        ("gopher", as_ranges, "--format ranges is of recipe letters"),
        ("tatar", as_toml, "fineweb-2 has a file for each language: --format yaml writes it"),
    ],
)
def test_a_file_that_a_recipe_has_not_is_refused(
    advice: str, form: Callable[[Advice], str], told: str, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(advice)
    with pytest.raises(UserError, match=told):
        form(found)


def test_a_language_that_no_step_judges_is_refused() -> None:
    clean = resolve([{"zho": ["字 字"] * 40}])
    with pytest.raises(UserError, match="letters can't be judged in zho_Hans: no source gives the letters"):
        advise(load("letters"), "zho_Hans", [], FilterSettings(words=2), (), clean)


def test_what_is_tested_is_other_text(shared: Path) -> None:
    both = resolve([f"tat={shared / 'corpora' / 'flores_plus' / 'tat_Cyrl.txt'}"])
    with pytest.raises(UserError, match=r"tat_Cyrl\.txt: is named by --clean and by --corpus"):
        advise(load("letters"), "tat_Cyrl", both, FilterSettings(), (), both)
