"""langcov run: one file says what is measured; the cache, the gate, and errors that name the line."""

from __future__ import annotations

import json

import jsonschema
import pytest

from langcov.core import toml
from tools.build_config_schema import OURS
from tools.build_config_schema import text as schema_text

CONFIG = """\
[tokenizers]
systems = ["t=vocab:words.txt", "bytes"]
corpora = ["tat=tat.txt"]
hygiene = false
outputs = ["result.json", "table.md"]
base = "base.json"
gate_outputs = ["gate.md", "gate.xml", "gate.json"]

[gate]
metrics = ["fertility"]
"""
CARD = """\
name = "c"
kind = "text"
licence = "CC0-1.0"
source = "made up"
alignment = "keys"
documents = "key-prefix"
"""
LINES = ["бер ике өч", "дүрт биш", "алты"] * 30


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with a configuration, a text, a word list, and a cache of its own."""
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "langcov.toml").write_text(CONFIG, "utf-8")
    (folder / "tat.txt").write_text("\n".join(LINES) + "\n", "utf-8")
    (folder / "words.txt").write_text("[UNK]\nбер\nике\nөч\nдүрт\n", "utf-8")
    return folder


def test_without_a_base_the_command_that_makes_it_is_named(run, project):
    code, _out, err = run("run", project / "langcov.toml")
    assert (code, err.count("\n")) == (2, 1)
    assert f"langcov run {project / 'langcov.toml'} --baseline" in err


def test_a_run_against_its_own_base_passes_and_writes_all(run, project):
    assert run("run", project / "langcov.toml", "--baseline")[0] == 0
    code, out, err = run("run", project / "langcov.toml")
    assert (code, err) == (0, "")
    assert "the gate is open" in out
    written = {path.name for path in project.iterdir()}
    assert written >= {"result.json", "result.rows.npz", "table.md", "gate.md", "gate.xml", "gate.json"}
    assert json.loads((project / "gate.json").read_text("utf-8"))["failed"] is False


def test_other_ids_fail_with_annotations_and_a_summary(run, project, tmp_path):
    run("run", project / "langcov.toml", "--baseline")
    (project / "words.txt").write_text("[UNK]\nалты\nбер\nике\nөч\n", "utf-8")
    summary = tmp_path / "summary.md"
    code, out, _err = run("run", project / "langcov.toml", "--annotate", "--summary", summary)
    assert code == 1
    assert f"\n::error file={project / 'langcov.toml'},title=langcov::id drift: t, tat_Cyrl" in out
    assert "id drift" in summary.read_text("utf-8")


def test_a_text_edited_by_one_letter_fails_and_is_named(run, project):
    run("run", project / "langcov.toml", "--baseline")
    (project / "tat.txt").write_text("\n".join([*LINES[:40], "дүрт бищ", *LINES[41:]]) + "\n", "utf-8")
    code, _out, err = run("run", project / "langcov.toml")
    assert code == 2
    assert "first in tat_Cyrl, from line 41 on" in err


def test_what_was_measured_is_kept(run, project, monkeypatch):
    run("run", project / "langcov.toml", "--baseline")
    first = (project / "base.json").read_bytes()

    def never(*args, **more):
        raise AssertionError("measured again")

    monkeypatch.setattr("langcov.cli.tokenizers.measure", never)
    assert run("run", project / "langcov.toml", "--baseline")[0] == 0
    assert (project / "base.json").read_bytes() == first
    assert "is kept from an earlier run" in run("run", project / "langcov.toml", "--dry-run")[1]


def test_a_relative_cache_is_of_where_the_command_started(run, project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGCOV_CACHE", "kept")
    assert run("run", "project/langcov.toml", "--baseline")[0] == 0
    assert list((tmp_path / "kept").iterdir())
    assert not (project / "kept").exists()


@pytest.mark.parametrize("name", ["tat.txt", "words.txt", "langcov.toml"])
def test_what_a_result_hangs_on_is_measured_anew(run, project, name):
    run("run", project / "langcov.toml", "--baseline")
    old = (project / name).read_text("utf-8")
    new = old.replace("өч", "өчь").replace("hygiene = false", "hygiene = true")
    (project / name).write_text(new, "utf-8")
    assert "is to be measured" in run("run", project / "langcov.toml", "--dry-run")[1]


@pytest.mark.parametrize("name", ["result.json.xz", "result.rows.npz"])
def test_a_damaged_entry_is_said_and_measured_again(run, project, tmp_path, name):
    run("run", project / "langcov.toml", "--baseline")
    [entry] = (tmp_path / "cache/results").glob(f"*/{name}")
    data = entry.read_bytes()
    entry.write_bytes(data[:-20] + b"x" * 20)
    code, _out, err = run("run", project / "langcov.toml")
    assert (code, err.count("\n")) == (0, 1)
    assert "is damaged: it is measured again" in err
    assert run("run", project / "langcov.toml")[2] == ""


def test_a_dry_run_measures_and_writes_nothing(run, project):
    (project / "base.json").write_text("{}", "utf-8")
    code, out, _err = run("run", project / "langcov.toml", "--dry-run")
    assert code == 0
    assert "[tokenizers] is to be measured" in out
    assert "tat: 1 language, tat_Cyrl" in out
    assert not (project / "result.json").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("systems", "sistems", "line 2: [tokenizers] has no key 'sistems'; did you mean 'systems'?"),
        ("hygiene = false", "hygiene = 1", "line 4: hygiene = 1: it is true or false"),
        (
            '"base.json"',
            '"result.json"',
            "line 6: result.json, or its rows, is in outputs of [tokenizers] too",
        ),
        ('"base.json"', '"result.json.xz"', "line 6: result.json.xz, or its rows, is in outputs"),
        ('"base.json"', '["base.json", "b.json"]', "line 6: base is one result"),
        ('"gate.json"', '"base.json"', "line 7: base.json, or its rows, is in base of [tokenizers] too"),
        ('"table.md"', '"table.md.xz"', "table.md.xz is no view that is known"),
        ('"table.md"', '"a\\u0000.md"', "line 5: outputs = "),
        (
            "hygiene = false",
            "languages = 1979-05-27",
            "line 4: languages = 1979-05-27: it is a list of texts",
        ),
        ("hygiene = false", "max_lines = 1.5", "line 4: argument --max-lines"),
        (
            "[gate]",
            '[lid]\nsystems = ["x"]\noutputs = ["table.md"]\n[gate]',
            "line 11: table.md, or its rows",
        ),
        ('"base.json"', '"../base.json"', "line 6: ../base.json is outside of the folder of langcov.toml"),
        ('"table.md"', '"/tmp/table.md"', "line 5: /tmp/table.md is outside of the folder"),
        ('"table.md"', '"other.json"', "line 5: two results, result.json and other.json"),
        ('"table.md"', '"table.docx"', "table.docx is no view that is known"),
        (
            "[tokenizers]",
            "[tokenisers]",
            "line 1: no table is called 'tokenisers'",
        ),
        (
            'metrics = ["fertility"]',
            "metrics = [true]",
            "line 10: [gate]: metrics = [True] is no list of texts",
        ),
        ('metrics = ["fertility"]', "metrics = 5", "line 10: [gate]: metrics = 5 is no list of texts"),
        ('metrics = ["fertility"]', "tolerance = 5", "line 10: [gate]: tolerance = 5 is no list of tables"),
        (
            'metrics = ["fertility"]',
            "tolerance = [5]",
            "line 10: [gate]: tolerance = [5] is no list of tables",
        ),
        ('metrics = ["fertility"]', "relative = true", "line 10: [gate]: relative = True is no number"),
        ("[gate]", "[[gate.tolerance]]\nlanguage = 5\n[gate]", "language = 5 is no text"),
        ("[gate]", "[[gate.tolerance]]\nmetric = []\n[gate]", "metric = [] is no text"),
        ("hygiene = false", "hygiene = 1979-05-27", "line 4: hygiene = 1979-05-27: it is true or false"),
        ('"base.json"', '"\\u0000"', "line 6: "),
        ("metrics", "metric", "line 10: [gate]: no key is called 'metric'"),
        ("hygiene = false", 'words = "letters"', "argument --words"),
        ("[gate]", "[gate", "not TOML"),
    ],
)
def test_a_wrong_file_is_an_error_of_one_line(run, project, old, new, says):
    (project / "langcov.toml").write_text(CONFIG.replace(old, new, 1), "utf-8")
    (project / "base.json").write_text("{}", "utf-8")
    code, _out, err = run("run", project / "langcov.toml")
    assert (code, err.count("\n")) == (2, 1)
    assert says in err


def test_models_are_run_too(run, project):
    pytest.importorskip("pycld2")
    config = (
        '[lid]\nsystems = ["cld2"]\ncorpora = ["bundled:udhr"]\n'
        'languages = ["tat"]\nhygiene = false\nbase = "b.json"\n'
    )
    (project / "langcov.toml").write_text(config, "utf-8")
    assert run("run", project / "langcov.toml", "--baseline")[0] == 0
    code, out, _err = run("run", project / "langcov.toml")
    assert code == 0
    assert "recall" in out


def test_the_schema_is_that_of_the_options_and_fits_the_example(project):
    assert schema_text() == OURS.read_text("utf-8")
    schema = json.loads(schema_text())
    jsonschema.validate(toml.read(project / "langcov.toml"), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"tokenizers": {"sistems": []}}, schema)


def test_a_page_is_written_or_refused_before_anything_is_measured(run, project, monkeypatch):
    (project / "langcov.toml").write_text(CONFIG.replace("table.md", "report.html"), "utf-8")
    assert run("run", project / "langcov.toml", "--baseline")[0] == 0
    assert (project / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    monkeypatch.setattr("langcov.report.find_spec", lambda name: None)
    code, _out, err = run("run", project / "langcov.toml", "--no-cache")
    assert (code, err.count("\n")) == (2, 1)
    assert "langcov[report]" in err


def test_no_file_that_is_measured_is_written_over(run, project):
    text = (project / "tat.txt").read_bytes()
    (project / "tat.csv").write_bytes(text)
    changed = CONFIG.replace("tat=tat.txt", "tat=tat.csv").replace("table.md", "tat.csv")
    (project / "langcov.toml").write_text(changed.replace("[gate]", 'text_column = "1"\n[gate]'), "utf-8")
    code, _out, err = run("run", project / "langcov.toml", "--baseline")
    assert (code, err.count("\n")) == (2, 1)
    assert "never written over" in err
    assert (project / "tat.csv").read_bytes() == text


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(run, project, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "file"))
    code, _out, err = run("run", project / "langcov.toml", "--baseline")
    assert (code, err.count("\n")) == (0, 1)
    assert "can't be kept" in err
    assert (project / "base.json").exists()


def test_what_a_card_says_is_measured_anew(run, project):
    (project / "c").mkdir()
    keyed = "".join(f"{at % 9}/{at}\t{line}\n" for at, line in enumerate(LINES))
    (project / "c/tat_Cyrl.tsv").write_text(keyed, "utf-8")
    card = project / "c/corpus.toml"
    card.write_text(CARD, "utf-8")
    (project / "langcov.toml").write_text(CONFIG.replace("tat=tat.txt", "c"), "utf-8")
    assert run("run", project / "langcov.toml", "--baseline")[0] == 0
    card.write_text(CARD + 'keys = "[1-4]/.*"\n', "utf-8")
    assert "is to be measured" in run("run", project / "langcov.toml", "--dry-run")[1]


def test_a_gate_closes_though_a_system_is_not_there(run, project, shared, monkeypatch):
    run("run", project / "langcov.toml", "--baseline")
    (project / "words.txt").write_text("[UNK]\nалты\nбер\nике\nөч\n", "utf-8")

    def fails(path):
        raise SystemError("internal")

    monkeypatch.setattr("langcov.tokenizers.sentencepiece.read", fails)
    (project / "m.model").write_bytes((shared / "tokenizers/sp_test_unigram1k.spm.model").read_bytes())
    text = CONFIG.replace('"bytes"]', '"spm:m.model"]')
    (project / "langcov.toml").write_text(text, "utf-8")
    code, out, _err = run("run", project / "langcov.toml")
    assert code == 1
    assert "id drift" in out


def test_a_summary_that_cannot_be_written_is_said_first(run, project, tmp_path):
    run("run", project / "langcov.toml", "--baseline")
    code, out, err = run("run", project / "langcov.toml", "--summary", tmp_path / "nowhere/s.md")
    assert (code, out, err.count("\n")) == (2, "", 1)
