"""Published figures by the library itself, to the document; and what is not judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("spacy")

from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.filters.apply import WHOLE, Filtered, FilterRecord, FilterSettings, apply
from langcov.filters.recipe import load
from langcov.lid import load as load_lid
from langcov.lid import predict

CONFIGS = Path("filters") / "fineweb2" / "configs"


@pytest.fixture(scope="module")
def ntrex(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Filtered:
    """FineWeb-2 on the documents of NTREX."""
    folder = tmp_path_factory.mktemp("ntrex")
    card = f'name = "ntrex"\nalignment = "lines"\ndocuments = "{shared / "corpora/ntrex/DOCUMENT_IDS.txt"}"\n'
    (folder / "corpus.toml").write_text(card)
    for language in ("rus_Cyrl", "bak_Cyrl", "tat_Cyrl", "kaz_Cyrl", "hye_Armn", "eng_Latn"):
        (folder / f"{language}.txt").symlink_to(shared / "corpora" / "ntrex" / f"{language}.txt")
    return apply(load("fineweb-2"), resolve([str(folder)]), FilterSettings(shared / CONFIGS))


def one(done: Filtered, language: str, step: str, mode: str = "in-order") -> FilterRecord:
    [found] = [
        record
        for record in done.records
        if (record.language, record.step, record.mode) == (language, step, mode)
    ]
    return found


@pytest.mark.parametrize(
    ("language", "kept", "step", "removed"),
    [
        ("rus_Cyrl", 91, "gopher_enough_stop_words", 0),
        ("bak_Cyrl", 89, "duplicated_5_n_grams", 1),
        ("tat_Cyrl", 18, "gopher_enough_stop_words", 71),
        ("kaz_Cyrl", 86, "gopher_enough_stop_words", 3),
        ("hye_Armn", 20, "line_punct_ratio", 69),
    ],
)
def test_the_figures_of_ntrex_to_the_document(
    ntrex: Filtered, language: str, kept: int, step: str, removed: int
) -> None:
    whole = one(ntrex, language, WHOLE)
    assert (whole.documents, whole.kept) == (91, kept)
    assert one(ntrex, language, step).removed == removed


def test_a_step_in_order_has_what_the_steps_before_leave(ntrex: Filtered) -> None:
    mine = [
        r for r in ntrex.records if r.language == "tat_Cyrl" and r.mode == "in-order" and r.kept is not None
    ]
    *steps, whole = mine
    left = 91
    for step in steps:
        assert step.documents == left
        left = step.kept or 0
    assert whole.kept == left == 18
    short, stop = (
        one(ntrex, "tat_Cyrl", f"gopher_{name}", "alone") for name in ("short_doc", "enough_stop_words")
    )
    assert (short.removed, stop.removed, stop.documents) == (2, 73, 91)
    assert (stop.low, stop.high) == pytest.approx((0.70886, 0.87106), abs=1e-5)


def test_the_words_that_decide_are_told(ntrex: Filtered) -> None:
    items = [c["documents"] for c in ntrex.causes if c["language"] == "tat_Cyrl"]
    assert len(items) == 8
    assert (items[0], items.count(0)) == (90, 2)


def test_what_can_not_be_judged_is_null_and_says_why(ntrex: Filtered) -> None:
    english = [record for record in ntrex.records if record.language == "eng_Latn"]
    assert all(r.removed is r.kept is r.share is None and r.reason for r in english)
    assert one(ntrex, "eng_Latn", "GopherQualityFilter").reason == "fineweb-2 has no file for eng_Latn"
    assert "GlotLID" in (one(ntrex, "tat_Cyrl", "language").reason or "")


def test_a_stand_in_is_marked(ntrex: Filtered) -> None:
    told = one(ntrex, "kaz_Cyrl", WHOLE).reason
    assert told == "stand-in: words by spaCy xx, not by Stanza kk"
    assert one(ntrex, "tat_Cyrl", WHOLE).reason is None


def test_strict_judges_no_stand_in(shared: Path) -> None:
    corpora = resolve([{"kaz": ["бір екі үш төрт"] * 30, "tat": ["бер ике өч дүрт"] * 30}])
    done = apply(load("fineweb-2"), corpora, FilterSettings(shared / CONFIGS, strict=True))
    kazakh = [record for record in done.records if record.language == "kaz_Cyrl"]
    assert all(record.removed is None for record in kazakh)
    assert (
        one(done, "kaz_Cyrl", "GopherQualityFilter").reason == "its word tokenizer is a download (Stanza kk)"
    )
    assert one(done, "tat_Cyrl", WHOLE).removed == 1


@pytest.mark.parametrize(
    ("path", "language", "kept", "of"),
    [
        ("commonvoice/tat.txt", "tat", 4, 170),
        ("commonvoice/abk.txt", "abk", 0, 170),
        ("nllbseed/crh_Latn.txt", "crh_Latn", 131, 170),
        ("flores_plus/chv_Cyrl.txt", "chv", 84, 162),
    ],
)
def test_the_figures_of_runs_of_100_words(shared: Path, path: str, language: str, kept: int, of: int) -> None:
    corpora = resolve([f"{language}={shared / 'corpora' / path}"])
    done = apply(load("fineweb-2"), corpora, FilterSettings(shared / CONFIGS, most=170))
    [whole] = [record for record in done.records if record.step == WHOLE]
    assert (whole.kept, whole.documents) == (kept, of)
    assert done.units[0]["units"] == ["run"]


@pytest.mark.parametrize(("language", "kept", "of"), [("abk", 0, 10), ("tat", 0, 12), ("sah", 10, 11)])
def test_the_figures_of_the_declaration(
    shared: Path, tmp_path: Path, language: str, kept: int, of: int
) -> None:
    """The lines of the UDHR without titles, with the preamble, in runs of 100 words."""
    rows = (shared / "corpora" / "udhr" / f"{language}_Cyrl.txt").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows]
    path = tmp_path / f"{language}.txt"
    path.write_text("".join(f"{text}\n" for key, text in pairs if not key.endswith("/title")), "utf-8")
    done = apply(load("fineweb-2"), resolve([f"{language}={path}"]), FilterSettings(shared / CONFIGS))
    [whole] = [record for record in done.records if record.step == WHOLE]
    assert (whole.kept, whole.documents) == (kept, of)


def test_the_same_documents_in_capitals_are_all_dropped(shared: Path) -> None:
    corpora = resolve([f"rus={shared / 'corpora/flores_plus/rus_Cyrl.txt'}"])
    settings = FilterSettings(shared / CONFIGS, most=40, perturbations=["case", "palochka"])
    done = apply(load("fineweb-2"), corpora, settings)
    kept = {record.perturbation: record.kept for record in done.records if record.step == WHOLE}
    assert kept == {None: 40, "case": 0, "palochka": None}


def test_a_model_of_the_user_judges_the_step_that_needs_one(shared: Path) -> None:
    corpora = resolve([f"tat={shared / 'corpora/flores_plus/tat_Cyrl.txt'}"])
    model = load_lid(f"fasttext:{shared / 'lid/lid.176.ftz'}")
    done = apply(load("fineweb-2"), corpora, FilterSettings(shared / CONFIGS, most=30, lid=model))
    score = one(done, "tat_Cyrl", "language_score", "alone")
    texts = (shared / "corpora/flores_plus/tat_Cyrl.txt").read_text("utf-8").split("\n")
    assert (score.documents, score.reason) == (
        30,
        "stand-in: the language by lid.176, not by GlotLID v3",
    )
    assert one(done, "tat_Cyrl", "language").removed == 0
    lines, low = iter(texts), 0
    for _ in range(30):
        run: list[str] = []
        while len(" ".join(run).split()) < 100:
            run.append(next(lines))
        found = predict(model.model, [" ".join(run)], 1)
        low += found.scores[0, 0] < 0.86  # language_score of tat_Cyrl.yml
    assert score.removed == low


def test_a_library_that_fails_on_a_document_leaves_the_language_not_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from datatrove.pipeline.filters import C4ParagraphFilter

    whole = C4ParagraphFilter.filter

    def filter(self: object, document: Any) -> Any:
        if "five" in document.text:
            raise RuntimeError("no such dictionary")
        return whole(self, document)

    monkeypatch.setattr(C4ParagraphFilter, "filter", filter)
    corpora = resolve([{"eng": ["one two three"] * 3, "rus": ["four five six"] * 3}])
    done = apply(load("mc4"), corpora, FilterSettings(words=3))
    assert one(done, "eng_Latn", WHOLE).removed == 3
    failed = one(done, "rus_Cyrl", WHOLE)
    assert (failed.documents, failed.removed) == (3, None)
    assert failed.reason is not None
    assert failed.reason.endswith(
        "rus_Cyrl, document 1: the library failed: C4ParagraphFilter: no such dictionary"
    )


def test_a_recipe_of_lines_judges_each_line_with_text(tmp_path: Path) -> None:
    (tmp_path / "short.toml").write_text(
        'title = "t"\nsource = "s"\nlicence = "l"\nlibrary = "langcov"\nversions = ">=0"\nunit = "line"\n'
        '[[steps]]\nfilter = "length"\narguments = { above = 3 }\n'
    )
    (tmp_path / "eng.jsonl").write_text('{"text": "one\\n\\nthree"}\n{"text": "seven"}\n')
    done = apply(load(str(tmp_path / "short.toml")), resolve([f"eng={tmp_path / 'eng.jsonl'}"]))
    whole = one(done, "eng_Latn", WHOLE)
    assert (whole.documents, whole.removed) == (3, 1)
    assert done.units[0]["units"] == ["line"]


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bak_Cyrl.yml").write_text("a: 1\n")
    with pytest.raises(UserError, match=r"has none of the files that fineweb-2 needs: tat_Cyrl\.yml"):
        apply(load("fineweb-2"), resolve([{"tat": ["бер"]}]), FilterSettings(tmp_path))
