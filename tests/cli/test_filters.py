"""langcov filters: formats, exit codes and the errors that name what to do."""

from __future__ import annotations

import csv
import json

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("spacy")

TEXT = "The cat sat on the mat, and that was the end of it. They have to be with the cat.\n" * 3
RECORD = {
    *("recipe", "step", "mode", "corpus", "language", "perturbation", "documents", "removed", "kept"),
    *("share", "low", "high", "reason"),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("filters") / "eng_Latn.jsonl"
    texts = [TEXT, "Кот сидит, и кот ест. " * 20, "short"]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def test_json_holds_records_of_each_rule(run, corpus):
    code, out, _ = run("filters", "--recipe", "gopher", "--corpus", corpus, "--format", "json", "--quiet")
    assert code == 0
    done = json.loads(out)
    assert done["schema"] == "langcov.filters/1"
    assert done["recipe"]["name"] == "gopher"
    assert all(record.keys() == RECORD for record in done["records"])
    alone = {r["step"]: r["removed"] for r in done["records"] if r["mode"] == "alone"}
    assert alone["gopher_short_doc"] == 1
    assert alone["gopher_enough_stop_words"] == 2
    assert {c["item"]: c["documents"] for c in done["causes"] if c["step"] == "gopher_enough_stop_words"} == {
        **dict.fromkeys(("the", "be", "to", "of", "and", "that", "have", "with"), 1)
    }


def test_csv_has_the_same_records(run, corpus, tmp_path):
    target = tmp_path / "out.csv"
    code, out, _ = run(
        "filters", "--recipe", "gopher", "--corpus", corpus, "--format", "csv", "-o", target, "--quiet"
    )
    assert (code, out) == (0, "")
    rows = list(csv.DictReader(target.open(encoding="utf-8")))
    assert rows[0].keys() == RECORD
    [whole] = [row for row in rows if row["step"] == "all"]
    assert (whole["documents"], whole["reason"]) == ("3", "")


@pytest.mark.parametrize("format", ["table", "md"])
def test_a_reader_sees_what_is_kept_and_why(run, corpus, format):
    code, out, _ = run("filters", "--recipe", "gopher", "--corpus", corpus, "--format", format, "--quiet")
    assert code == 0
    assert "of 3 documents kept" in out
    assert "what the corpus calls one" in out
    assert "datatrove:0.10" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name a recipe: --recipe c4, fineweb-2"),
        (("--recipe", "gofer"), "did you mean 'gopher'?"),
        (("--recipe", "gopher"), "name the text: --corpus CORPUS"),
        (("--recipe", "gopher", "--corpus", "bundled:udhr"), "is a word table, which has no documents"),
        (("--recipe", "gopher", "--corpus", "{corpus}", "--lid", "fasttext:no.bin"), "no.bin"),
        (("--recipe", "gopher", "--corpus", "{corpus}", "--lang", "tataar"), "unknown language 'tataar'"),
        (("--recipe", "gopher", "--corpus", "{corpus}", "--perturb", "cas"), "unknown perturbation 'cas'"),
        (("--recipe", "gopher", "--corpus", "{corpus}", "-o", "{corpus}"), "which is never written over"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(run, corpus, arguments, told):
    given = [str(corpus) if one == "{corpus}" else one for one in arguments]
    code, out, err = run("filters", *given)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("format", ["table", "md", "json", "yaml"])
def test_advice_in_every_format(run, shared, format):
    files = shared / "filters" / "fineweb2" / "configs"
    texts = [
        f"mhr={shared / 'corpora' / name}" for name in ("tatoeba/mhr-eng.tsv", "flores_plus/mhr_Cyrl.txt")
    ]
    arguments = ("--recipe-files", files, "--text-column", "1", "--max-documents", "20", "--format", format)
    code, _, err = run("filters", "advise", "mhr", "--corpus", texts[1], *arguments[:2], "--quiet")
    assert code == 2 and "are of text that is left out (flores), as they would be tested on it" in err
    code, out, _ = run("filters", "advise", "mhr", "--corpus", texts[0], *arguments, "--quiet")
    assert code == 0
    assert "гыч" in out
    if format == "json":
        done = json.loads(out)
        assert done["schema"] == "langcov.filters.advice/1"
        assert {one["language"] for one in done["verdicts"]} == {"mhr_Cyrl", "random letters"}
    elif format == "yaml":
        assert out.startswith("dup_line_frac:")


@pytest.mark.parametrize("format", ["table", "json"])
def test_numbers_of_rules_are_told(run, shared, format):
    corpora = shared / "corpora"
    texts = ("--clean", f"tat={corpora / 'flores_plus' / 'tat_Cyrl.txt'}")
    tested = ("--corpus", f"tat={corpora / 'ntrex' / 'tat_Cyrl.txt'}")
    code, out, _ = run(
        *("filters", "advise", "tat", "--recipe", "letters", *texts, *tested, "--format", format, "--quiet")
    )
    assert code == 0
    if format == "json":
        [told] = json.loads(out)["thresholds"]
        assert told == {
            **{"step": "letters", "argument": "least", "published": 0.9, "documents": 159, "removed": 2},
            **{"clean": 0.866, "advised": 0.866},
        }
    else:
        assert "letters least       0.9       2     0.866   0.866" in out


def test_advice_can_be_applied(run, shared, tmp_path):
    files, text = (
        shared / "filters" / "fineweb2" / "configs",
        shared / "corpora" / "flores_plus" / "mhr_Cyrl.txt",
    )
    written = tmp_path / "mhr_Cyrl.yml"
    run("filters", "advise", "mhr", "--recipe-files", files, "--format", "yaml", "-o", written, "--quiet")
    kept = []
    for folder in (files, tmp_path):
        arguments = ("--recipe-files", folder, "--corpus", text, "--format", "json", "--quiet")
        done = json.loads(run("filters", "--recipe", "fineweb-2", *arguments)[1])
        kept += [record["kept"] for record in done["records"] if record["step"] == "all"]
    assert kept == [136, 162]


@pytest.mark.parametrize("format", ["terminal", "md", "html"])
def test_a_check_says_what_a_recipe_would_keep(run, shared, tmp_path, format):
    lines = (shared / "corpora" / "flores_plus" / "tat_Cyrl.txt").read_text("utf-8").split("\n")[:100]
    (tmp_path / "tat_Cyrl.txt").write_text("\n".join(lines), encoding="utf-8")
    files = shared / "filters" / "fineweb2" / "configs"
    recipe = ("--filters", "fineweb-2", "--recipe-files", files)
    own = ("--recipe", "fineweb-2", "--recipe-files", files, "--corpus", tmp_path / "tat_Cyrl.txt", "--quiet")
    records = json.loads(run("filters", *own, "--format", "json")[1])["records"]
    [whole] = [record for record in records if record["step"] == "all"]
    [stop] = [r for r in records if (r["step"], r["mode"]) == ("gopher_enough_stop_words", "in-order")]
    call = ("corpora", "check", tmp_path / "tat_Cyrl.txt", "--lid", "none", "--quiet", "--format", format)
    bare = run(*call)[1]
    out = run(*call, *recipe)[1].replace("\\", "")
    told = " ".join(out.split())
    assert f"of this text: {whole['kept']} of {whole['documents']} runs of lines of 100 words." in told
    assert f"The rule gopher_enough_stop_words takes most: {stop['removed']}." in told
    assert stop["removed"] > 10
    assert "a web corpus keeps" not in bare


@pytest.mark.parametrize("format", ["json", "sarif"])
def test_a_check_for_programs_names_the_command_that_has_the_figures(run, tmp_path, format):
    (tmp_path / "tat_Cyrl.txt").write_text("бер ике\n", encoding="utf-8")
    call = ("corpora", "check", tmp_path / "tat_Cyrl.txt", "--filters", "c4", "--format", format)
    code, out, err = run(*call)
    assert (code, out) == (2, "")
    assert "langcov filters --format json has its figures" in err


def test_lists_are_exported_once_with_their_sources(run, tmp_path):
    folder = tmp_path / "lists"
    code, out, _ = run("filters", "export", "tat", "crh_Cyrl", "-o", folder)
    assert (code, out) == (0, "")
    rows = list(csv.DictReader((folder / "SOURCES.tsv").open(encoding="utf-8"), delimiter="\t"))
    assert [(row["language"], row["kind"]) for row in rows if not row["file"]] == [("crh_Cyrl", "stop_words")]
    for row in rows:
        if row["file"]:
            lines = (folder / row["file"]).read_text("utf-8").splitlines()
            assert (str(len(lines)), bool(row["source"] and row["licence"])) == (row["lines"], True)
    before = sorted(path.read_bytes() for path in folder.rglob("*.txt"))
    code, _, err = run("filters", "export", "bak", "-o", folder)
    assert (code, "nothing is written over" in err) == (2, True)
    assert sorted(path.read_bytes() for path in folder.rglob("*.txt")) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("tataar",), "did you mean Tatar (tat_Cyrl)"),
        (("tat", "--cover", "7"), "'7' is no number from 0 to 1"),
    ],
)
def test_what_is_wrong_in_an_export_writes_nothing(run, tmp_path, arguments, told):
    code, _, err = run("filters", "export", *arguments, "-o", tmp_path / "lists")
    assert (code, told in err) == (2, True)
    assert not (tmp_path / "lists").exists()
