"""langcov compare: exit codes, formats, and the errors that name what to do."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

import langcov
from langcov.report.gate import FORMATS, github_annotations, render

LINES = {"tat": ["бер ике өч", "дүрт", "биш алты"] * 20, "rus": ["раз два три", "четыре", "пять"] * 20}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The same tokenizer, and one that gives an id more for each line under its name."""
    folder = tmp_path_factory.mktemp("results")

    def pieces(lines):
        return [[ord(letter) for letter in line] for line in lines]

    def dearer(lines):
        return [[*ids, 1, 2] for ids in pieces(lines)]

    def other_ids(lines):
        return [[id + 1 for id in ids] for ids in pieces(lines)]

    for name, function in (("base", pieces), ("worse", dearer), ("drifted", other_ids)):
        result = langcov.measure_tokenizers({"t": function}, LINES, hygiene=False)
        result.save(folder / f"{name}.json")
    return folder


def test_the_same_result_passes(run, results):
    code, out, err = run("compare", results / "base.json", results / "base.json")
    assert (code, err) == (0, "")
    assert "the gate is open" in out


@pytest.mark.parametrize("format", ["table", "md", "junit", "json"])
def test_a_worse_result_fails_in_every_format(run, results, format):
    code, out, err = run("compare", results / "base.json", results / "worse.json", "--format", format)
    assert (code, err) == (1, "")
    assert "fertility" in out
    assert "id drift" in out or format == "json"


def test_id_drift_fails_though_counts_are_the_same(run, results, tmp_path):
    paths = results / "base.json", results / "drifted.json"
    code, out, _err = run("compare", *paths)
    assert code == 1
    assert "id drift" in out
    ignoring = tmp_path / "langcov.toml"
    ignoring.write_text('[gate]\nids = "ignore"\n', "utf-8")
    code, out, _err = run("compare", *paths, "--config", ignoring)
    assert code == 0
    assert "id drift" in out


def test_junit_is_read_by_an_xml_parser(run, results, tmp_path):
    target = tmp_path / "gate.xml"
    assert (
        run("compare", results / "base.json", results / "worse.json", "--format", "junit", "-o", target)[0]
        == 1
    )
    root = ElementTree.fromstring(target.read_text("utf-8"))
    suites = root.findall("testsuite")
    assert sum(int(suite.get("tests")) for suite in suites) == len(root.findall(".//testcase"))
    failures = root.findall(".//failure")
    assert sum(int(suite.get("failures")) for suite in suites) == len(failures) > 0
    assert any("id drift" in failure.get("message") for failure in failures)


def test_what_a_name_hides_is_visible_in_every_format():
    """Controls that XML can't hold and a terminal obeys, and marks that turn a line round."""
    name, lines = "a\x1b[31m\u202eb\x00", {"tat": LINES["tat"]}
    base, new = (
        langcov.measure_tokenizers(
            {name: lambda texts, more=more: [[7] * (len(text) + more) for text in texts]},
            lines,
            hygiene=False,
        )
        for more in (0, 2)
    )
    found = langcov.compare(base, new)
    for format in FORMATS:
        shown = render(found, format, color=False)
        assert all(letter.isprintable() or letter == "\n" for letter in shown)
        assert "u202e" in shown
    assert ElementTree.fromstring(render(found, "junit")).find(".//failure") is not None
    assert github_annotations(found, Path("a,b:c/50%.toml")).startswith("::error file=a%2Cb%3Ac/50%25.toml,")


def test_json_has_every_figure(run, results):
    out = run("compare", results / "base.json", results / "worse.json", "--format", "json")[1]
    found = json.loads(out)
    assert found["schema"] == "langcov.comparison/1"
    assert found["failed"] is True
    assert {one["metric"] for one in found["changes"]} == {"fertility"}
    assert {one["language"] for one in found["id_drift"]} == {"tat_Cyrl", "rus_Cyrl"}


def test_rows_and_settings_are_not_written_over(run, results, tmp_path):
    settings = tmp_path / "langcov.toml"
    settings.write_text("[gate]\n", "utf-8")
    for target in (results / "base.rows.npz", results / "worse.json", settings):
        before = target.read_bytes()
        paths = results / "base.json", results / "worse.json"
        code, _out, err = run("compare", *paths, "--config", settings, "-o", target)
        assert (code, err.count("\n"), target.read_bytes() == before) == (2, 1, True)


def test_a_missing_baseline_says_how_to_make_it(run, results):
    code, _out, err = run("compare", results / "nowhere.json", results / "base.json")
    assert (code, err.count("\n")) == (2, 1)
    assert "langcov tokenizers SPEC … -o" in err


@pytest.mark.parametrize("args", [["base.json"], ["base.json", "base.json", "--systems", "t", "t"]])
def test_two_results_or_two_systems(run, results, args):
    words = [results / word if word.endswith(".json") else word for word in args]
    code, _out, err = run("compare", *words)
    assert (code, err.count("\n")) == (2, 1)
    assert "--systems A B" in err


def test_lines_with_other_ids_are_looked_up(run, tmp_path, monkeypatch):
    """Two word lists under one name: the first line with other ids, its text only if asked."""
    text = tmp_path / "tat_Cyrl.txt"
    text.write_text("бер ике\nөч дүрт\nбиш\n" * 30, "utf-8")
    for name, words in (("one", "бер ике өч дүрт биш"), ("two", "бер ике алты өч дүрт биш")):
        (tmp_path / f"{name}.txt").write_text("\n".join(["[UNK]", *words.split()]) + "\n", "utf-8")
        code = run(
            *("tokenizers", f"t=vocab:{tmp_path / name}.txt", "--corpus", text, "--no-hygiene", "--quiet"),
            *("-o", tmp_path / f"{name}.json"),
        )[0]
        assert code == 0
    paths = tmp_path / "one.json", tmp_path / "two.json"
    code, out, _err = run("compare", *paths, "--corpus", text, "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["lines"][0]["address"] == f"{text}:2"
    assert found["lines"][0]["text"] == ""
    shown = json.loads(run("compare", *paths, "--corpus", text, "--show-text", "--format", "json")[1])
    assert shown["lines"][0]["text"] == "өч дүрт"

    def never(spec):
        raise AssertionError("a tokenizer is loaded though there is no text for it")

    monkeypatch.setattr("langcov.gate.lines.load", never)
    assert "give the corpus with --corpus" in run("compare", *paths)[1]


def trained(path):
    """A byte-level BPE of a few merges, by the library itself; returns its file as JSON."""
    tokenizers = pytest.importorskip("tokenizers")
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=300, initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    made.train_from_iterator(["бер ике өч дүрт биш алты җиде"] * 20, trainer)
    made.save(str(path))
    return json.loads(path.read_text("utf-8"))


def test_a_merge_taken_out_fails_and_the_file_is_named(run, tmp_path):
    text, path = tmp_path / "tat_Cyrl.txt", tmp_path / "t.json"
    text.write_text("бер ике өч\nдүрт биш\nалты җиде\n" * 40, "utf-8")
    content = trained(path)
    args = ("tokenizers", f"t=hf:{path}", "--corpus", text, "--no-hygiene", "--quiet", "-o")
    assert run(*args, tmp_path / "base.json")[0] == 0
    content["model"]["merges"].pop(0)
    path.write_text(json.dumps(content), "utf-8")
    assert run(*args, tmp_path / "new.json")[0] == 0
    code, out, _err = run("compare", tmp_path / "base.json", tmp_path / "new.json", "--format", "md")
    assert code == 1
    assert "id drift" in out
    assert re.search(r"signature: tok t@\w{8} → t@\w{8}", out)


def test_a_library_that_gives_other_ids_fails_and_its_version_is_named(run, results, tmp_path):
    """The same tokenizer file, as far as is known; what differs is the version that was installed."""
    shutil.copytree(results, tmp_path / "r")
    path = tmp_path / "r/drifted.json"
    parts = json.loads(path.read_text("utf-8"))
    old = f'"numpy": "{parts["environment"]["numpy"]}"'
    path.write_text(path.read_text("utf-8").replace(old, '"numpy": "99.1"'), "utf-8")
    code, out, _err = run("compare", results / "base.json", path, "--format", "md")
    assert code == 1
    assert "id drift" in out
    assert f"versions: numpy {parts['environment']['numpy']} → 99.1" in out


def test_rows_with_any_byte_changed_are_an_error_of_one_line(run, results, tmp_path):
    """A byte that nothing rests on (a date) may differ; whatever unpacking ends in is said."""
    shutil.copytree(results, tmp_path / "r")
    path = tmp_path / "r/base.rows.npz"
    data = path.read_bytes()
    codes = set()
    for at in range(0, len(data), 97):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :])
        code, _out, err = run("compare", tmp_path / "r/base.json", results / "base.json")
        assert code in (0, 2)
        assert err.count("\n") == (code == 2)
        codes.add(code)
    assert 2 in codes


@pytest.mark.parametrize(
    ("part", "key"),
    [("corpora", "sha256"), ("systems", "name"), ("systems", "skipped"), ("totals", "language")],
)
def test_a_result_without_a_key_is_an_error_of_one_line(run, results, tmp_path, part, key):
    parts = json.loads((results / "base.json").read_text("utf-8"))
    del parts[part][0][key]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(parts), "utf-8")
    code, _out, err = run("compare", results / "base.json", path)
    assert (code, err.count("\n")) == (2, 1)
    assert f"{part}[0] has no '{key}'" in err
