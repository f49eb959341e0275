"""``langcov lid`` with small real models, as clumsy and unlucky users run it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from langcov.lid import Predictions
from tests.cli.conftest import Run, environment, spawn, wait_until_idle
from tests.cli.test_tokenizers import numbers, without
from tests.lid.models import WORDS, saved, train

pytest.importorskip("fasttext")
pytest.importorskip("pycld2")
pytest.importorskip("py3langid")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fastText model of three languages: Russian, English, Tatar."""
    folder = tmp_path_factory.mktemp("model")
    return saved(train(folder), folder / "small.bin")


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A corpus of the model's words, and of Even ones, for which it has no label."""
    folder = tmp_path / "words"
    folder.mkdir()
    for language, line in {**WORDS, "eve": "дю мут"}.items():
        (folder / f"{language}.txt").write_text("\n".join(line.split()) + "\n", "utf-8")
    return folder


def found(text: str) -> dict[tuple[str, str | None, str], Any]:
    """Each record's value by system, language and metric."""
    return {(r["system"], r["language"], r["metric"]): r["value"] for r in json.loads(text)["records"]}


def test_a_model_is_measured_with_its_unsupported_language(run: Run, model: Path, words: Path) -> None:
    ran = run("lid", model, "--corpus", words, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    values = found(ran.out)
    for language in ("rus_Cyrl", "eng_Latn", "tat_Cyrl"):
        assert values["small", language, "recall"] == 1
    assert values["small", "eve_Cyrl", "recall"] is None
    assert values["small", None, "accuracy"] == 9 / 11
    assert values["small", None, "coverage"] == 3 / 4
    confusion = json.loads(ran.out)["confusion"]
    assert sum(row["count"] for row in confusion) == 11
    assert sum(row["count"] for row in confusion if row["gold"] == "eve_Cyrl") == 2


def test_every_format_parses(run: Run, model: Path, words: Path) -> None:
    args = ("lid", model, "cld2", "langid", "--corpus", words, "--perturb", "case", "--format")
    result = json.loads(run(*args, "json").out)
    schema = json.loads((files("langcov.data") / "result.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(result)
    for wrong in ({"predicted": "no idea"}, {"gold": "Tatar"}, {"count": 0}):
        assert not validator.is_valid({**result, "confusion": [{**result["confusion"][0], **wrong}]})
    assert not validator.is_valid({key: part for key, part in result.items() if key != "confusion"})
    assert [system["name"] for system in result["systems"]] == ["small", "cld2", "langid"]
    rows = list(csv.DictReader(run(*args, "csv").out.splitlines()))
    assert len(rows) == len(result["records"])
    for format in ("table", "md", "latex"):
        view = run(*args, format).out.replace("\\", "")
        assert all(name in view for name in ("small", "cld2", "langid", "Tatar", "Tungusic", "lid:small@"))
        assert "1 of 4 languages has no label in any of the models: Even." in " ".join(view.split())


def test_options_reach_the_numbers(run: Run, model: Path, words: Path) -> None:
    (words / "bak.txt").write_text("мәче\nйорт\nбакча\n", "utf-8")
    args = ("lid", f"m={model}", "--corpus", words, "--format", "json")
    plain = found(run(*args).out)
    assert plain["m", "bak_Cyrl", "recall"] is None
    assert ("m", "tat_Cyrl", "recall_change_nfd") not in plain
    group = json.loads(run(*args, "--policy", "group").out)
    recall = {tuple(r["languages"] or ()): r["value"] for r in group["records"] if r["metric"] == "recall"}
    assert recall["bak_Cyrl", "tat_Cyrl"] == 1
    assert found(run(*args, "--top", 3).out)["m", "rus_Cyrl", "top3_accuracy"] == 1
    assert plain["m", "rus_Cyrl", "top3_accuracy"] is None
    change = found(run(*args, "--perturb", "digits,case", "--perturb", "nfd").out)
    assert change["m", "rus_Cyrl", "recall_change_digits"] == 0
    assert {"recall_change_case", "recall_change_nfd"} <= {metric for _, _, metric in change}
    assert json.loads(run(*args, "--lang", "ru,tt").out)["corpora"][0]["languages"] == [
        "rus_Cyrl",
        "tat_Cyrl",
    ]
    assert json.loads(run(*args, "--max-lines", 2).out)["totals"][0]["lines"] == 2
    (words / "rus.txt").write_bytes("кот\nдом\n".encode("cp1251"))
    ran = run(*args, "--lang", "rus", "--encoding", "cp1251")
    assert found(ran.out)["m", "rus_Cyrl", "recall"] == 1


def test_labels_may_be_given_a_meaning(run: Run, model: Path, words: Path, tmp_path: Path) -> None:
    table = tmp_path / "labels.tsv"
    table.write_text("rus\teve\tCyrl\n", "utf-8")
    args = ("lid", model, "--corpus", words, "--format", "json", "--labels")
    values = found(run(*args, f"small={table}").out)
    assert values["small", "rus_Cyrl", "recall"] is None
    assert values["small", "eve_Cyrl", "recall"] is not None
    assert "labels are given for 'other', but the models are small" in run(*args, f"other={table}").complaint
    assert "write NAME=TSV" in run(*args, table).complaint
    table.write_text("zzz\teve\tCyrl\n", "utf-8")
    assert f"{table}:1: 'zzz' is no label of the model" in run(*args, f"small={table}").complaint


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--policy loose", "invalid choice: 'loose'"),
        ("--top 2", "invalid choice: 2"),
        ("--threshold-from udhr", "--threshold-from A and --test-on B belong together"),
        ("--test-on udhr", "--threshold-from A and --test-on B belong together"),
        ("--base-rate 2", "a base rate of 2: it must be a number between 0 and 1"),
        ("--clean openlid-v2", "invalid choice: 'openlid-v2'"),
        ("--perturb cas", "unknown perturbation 'cas': known are case,"),
        ("--jobs 0", "'0' is no whole number from 1 up"),
        ("--lang xyz", "unknown language 'xyz'"),
        ("--encoding klingon", "no encoding is called 'klingon'"),
        ("-o none/x.json", "none: no such folder to write x.json into"),
        ("cld2", "two models are called 'cld2'"),
        ("cld4", "did you mean 'cld3'?"),
        ("fasttext:", "nothing after fasttext"),
        ("none.bin", "none.bin: no such file"),
        ("--corpus none", "none"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_wrong_options(options: str, message: str, jobs: int, run: Run, words: Path) -> None:
    ran = run("lid", "cld2", "--corpus", words, "--jobs", jobs, *options.split())
    assert ran.code == 2
    assert message in ran.complaint


def test_workers_count_the_same(run: Run, model: Path, words: Path) -> None:
    (words / "rus.txt").write_text("кот дом\nсад\n" * 40, "utf-8")
    args = ("lid", f"m={model}", "cld2", "--corpus", words, "--perturb", "case", "--format", "json")
    alone = run(*args)
    together = run(*args, "--jobs", 2)
    assert (together.code, together.err) == (0, "")
    assert numbers(together.out) == numbers(alone.out)


def test_thresholds_of_one_corpus_on_another(run: Run, model: Path, words: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "tat.txt").write_text("бакча\nкот\n", "utf-8")
    args = ("lid", model, "--threshold-from", words, "--test-on", other, "--no-hygiene")
    result = json.loads(run(*args, "--format", "json").out)
    assert [corpus["name"] for corpus in result["corpora"]] == ["words", "other"]
    assert {row["from"] for row in result["thresholds"]} == {"words"}
    view = " ".join(run(*args).out.split())
    assert "At the lowest score for a precision of 95% in the mix of the test, found on words, %" in view
    assert "which flatters" not in view
    alone = " ".join(run("lid", model, "--corpus", words, "--no-hygiene", "--base-rate", "1e-3").out.split())
    assert "in a base rate of 0.001, %" in alone and "which flatters" in alone


def test_predictions_are_written_and_measured_again(run: Run, model: Path, words: Path) -> None:
    out = words.parent / "said.jsonl.zst"
    args = ("--corpus", words, "--perturb", "case", "--format", "json")
    alone = run("lid", model, *args, "--predictions", out)
    assert (alone.code, alone.err) == (0, "")
    again = run("lid", f"predictions:{out}", *args).out
    assert found(again) == found(alone.out)
    assert json.loads(again)["signature"] == json.loads(alone.out)["signature"]
    first = out.read_bytes()
    workers = run("lid", model, *args, "--predictions", out, "--jobs", 2)
    assert numbers(workers.out) == numbers(alone.out) and out.read_bytes() == first
    assert (
        "predictions are kept of one model"
        in run("lid", model, "cld2", *args, "--predictions", out).complaint
    )
    text = words / "rus.txt"
    assert "never written over" in run("lid", model, *args, "--predictions", text).complaint
    assert "no such folder" in run("lid", model, *args, "--predictions", "none/x.jsonl").complaint


def test_a_library_that_is_not_there(model: Path, words: Path) -> None:
    ran = without(["pycld2"], "lid", "cld2", "--corpus", words)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"langcov: ")
    assert b"pip install 'langcov[lid]'" in ran.stderr
    out = words.parent / "out.json"
    ran = without(["pycld2"], "lid", "cld2", model, "--corpus", words, "-o", out)
    assert ran.returncode == 3
    assert "not measured: cld2: " in ran.stdout.decode()
    assert b"langcov: cld2 could not be measured: " in ran.stderr
    assert [bool(system["skipped"]) for system in json.loads(out.read_text("utf-8"))["systems"]] == [
        False,
        True,
    ]


def test_no_library_at_all(words: Path) -> None:
    none = "import langcov.core.kinds as k; k.find_spec = lambda module: None"
    ran = spawn("lid", "--corpus", words, code=none)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"pip install 'langcov[lid]'" in ran.stderr


def test_a_model_that_fails_on_a_line(
    run: Run, model: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langcov.lid.cld2 import Cld2

    predict = Cld2.predict

    def failing(self: Cld2, texts: list[str], k: int) -> Predictions:
        if "дом" in texts:
            raise RuntimeError("boom")
        return predict(self, texts, k)

    monkeypatch.setattr(Cld2, "predict", failing)
    args = ("lid", "cld2", model, "--corpus", words)
    ran = run(*args, "--format", "json")
    assert ran.code == 3
    [line] = ran.err.splitlines()
    assert line == f"langcov: cld2 could not be measured: words: {words}/rus.txt, line 2: boom"
    assert found(ran.out)["small", None, "accuracy"] == 9 / 11
    assert found(ran.out)["cld2", None, "accuracy"] is None
    view = run(*args).out
    assert "rus.txt,line2:boom" in "".join(view.split())
    assert "1 of 4 languages has no label in small: Even." in " ".join(view.split())


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_keeps_what_was_finished(jobs: int, words: Path) -> None:
    """Ctrl-C comes while English is read, from a pipe that gives nothing."""
    (words / "eng.txt").unlink()
    os.mkfifo(words / "eng.txt")
    out = words.parent / "out.json"
    corpora = (f"--corpus=rus={words}/rus.txt", f"--corpus=eng={words}/eng.txt")
    command = [sys.executable, "-m", "langcov", "lid", "cld2", *corpora, f"--jobs={jobs}", "-o", str(out)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=environment(), start_new_session=True, **pipes)  # type: ignore[call-overload]
    with (words / "eng.txt").open("w"):  # waits until it is being read
        wait_until_idle(process.pid)  # the other worker may still hold Russian
        os.killpg(process.pid, signal.SIGINT)
        printed, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b"langcov: interrupted; what was finished is kept\n"
    assert b"Russian" in printed
    result = json.loads(out.read_text("utf-8"))
    assert {row["language"] for row in result["totals"]} == {"rus_Cyrl"}
    assert "partial:interrupted" in result["signature"]["short"]


def test_thresholds_come_from_the_corpus_that_is_named(
    run: Run, model: Path, words: Path, tmp_path: Path
) -> None:
    """Files named with their language make one corpus each time; a corpus without the language is told."""
    [file] = [path for path in words.iterdir() if path.stem.startswith("tat")][:1]
    other = tmp_path / "b" / "tat.txt"
    other.parent.mkdir()
    other.write_bytes(file.read_bytes())
    args = ("lid", model, "--threshold-from", f"tat={file}", "--test-on", f"tat={other}", "--no-hygiene")
    result = json.loads(run(*args, "--format", "json").out)
    assert len(result["corpora"]) == 2
    names = {row["from"] for row in result["thresholds"]}
    assert len(names) == 1
    assert {row["corpus"] for row in result["thresholds"]} == {one["name"] for one in result["corpora"]}
    ran = run(
        "lid", model, "--threshold-from", words, "--test-on", other.parent, "--lang", "kaa", "--no-hygiene"
    )
    assert ran.code == 2 and "kaa" in ran.err
