"""Predictions in a file: the same figures as the model that made them, from its addresses alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import zstandard

import langcov
from langcov.errors import UserError
from langcov.lid import load
from langcov.lid.stored import SCHEMA, Stored
from langcov.results.result import Result

TEXTS = {
    "tat_Cyrl": ["мәче бер", "", "йорт ике", "hello", "мәче"] * 20,
    "rus_Cyrl": ["кот один", "дом два", "сад"] * 25,
    "hin_Deva": ["बिल्ली"] * 12,
}


class Model:
    """Ranks by the first letter; as sure as the line is long."""

    labels = ("tt", "ru", "en", "zz_odd")
    score = "probability"

    def __call__(self, texts: list[str]) -> tuple[list[list[str]], list[list[float]]]:
        first = {"м": "tt", "М": "en", "к": "ru", "h": "zz_odd"}
        labels = [[] if text[0] == "с" else [first.get(text[0], "ru"), "en", "tt"] for text in texts]
        scores = [[len(text) / 10, 0.05, 0.0][: len(row)] for text, row in zip(texts, labels)]
        return labels, scores


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for language, lines in TEXTS.items():
        (folder / f"{language}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def told(result: Result) -> str:
    """All but when it was made and what it was asked as."""
    return re.sub(r'"(created|spec)": "[^"]*"', "", result.to_json())


def test_files_of_one_name_are_refused_before_any_line_is_identified(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("мәче\n" * 12, "utf-8")
    pairs = [f"tat={tmp_path}/{folder}/x.txt" for folder in ("a", "b")]
    out, model = tmp_path / "said.jsonl", Model()
    langcov.measure_lid({"mine": model}, pairs[:1], predictions=out, hygiene=False)
    asked: list[int] = []
    model.__class__ = type("Watched", (Model,), {"__call__": lambda self, texts: asked.append(len(texts))})
    for models, predictions in ((model, tmp_path / "new.jsonl"), (f"predictions:{out}", None)):
        with pytest.raises(UserError, match=r"2 files of \S+ are called x\.txt: rename one"):
            langcov.measure_lid(models, [pairs], predictions=predictions, hygiene=False)
    assert asked == []


@pytest.mark.parametrize("suffix", ["", ".zst", ".gz", ".xz"])
@pytest.mark.parametrize("more", [{}, {"top": 3, "perturbations": ["case", "nfd", "base_letters"]}])
def test_figures_are_those_of_the_model_byte_for_byte(
    corpus: Path, tmp_path: Path, suffix: str, more: dict[str, Any]
) -> None:
    out = tmp_path / f"said.jsonl{suffix}"
    model = langcov.measure_lid({"mine": Model()}, str(corpus), predictions=out, **more)
    assert told(langcov.measure_lid(f"predictions:{out}", str(corpus), **more)) == told(model)
    assert [one["name"] for one in model.systems] == ["mine"] == [load(f"predictions:{out}").name]
    assert load(f"other=predictions:{out}").name == "other"


def test_a_library_is_measured_the_same_from_its_file(shared: Path, tmp_path: Path) -> None:
    pytest.importorskip("fasttext")
    corpora = [str(shared / "corpora/flores_plus"), "udhr"]
    more: dict[str, Any] = {"languages": ["tat", "rus", "kat"], "top": 3, "perturbations": ["case"]}
    out = tmp_path / "said.jsonl.zst"
    model = langcov.measure_lid(str(shared / "lid/lid.176.ftz"), corpora, predictions=out, **more)
    assert told(langcov.measure_lid(f"predictions:{out}", corpora, **more)) == told(model)


def rows(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".zst":
        data = zstandard.ZstdDecompressor().stream_reader(data).read()
    return [json.loads(line) for line in data.decode().rstrip("\n").split("\n")]


def test_what_is_in_the_file(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "said.jsonl.zst"
    langcov.measure_lid({"mine": Model()}, str(corpus), predictions=out, top=3, perturbations=["case"])
    header, *lines = rows(out)
    assert header == {
        **{"schema": SCHEMA, "name": "mine", "spec": "object:Model", "kind": "callable"},
        **{"sha256": None, "version": ""},
        **{"labels": list(Model.labels), "score": "probability", "clean": "none", "top": 3},
        "perturbations": ["case"],
    }
    where = {"corpus": "texts", "language": "tat_Cyrl", "file": "tat_Cyrl.txt"}
    of_tatar = [line for line in lines if line["language"] == "tat_Cyrl"]
    said = {"label": "tt", "score": 0.8, "more": ["en", "tt"], "changed": {"case": "en"}}
    assert of_tatar[0] == {**where, "line": 1, **said}
    assert [line["line"] for line in of_tatar[:4]] == [1, 3, 4, 5], "an empty line is asked about by nobody"
    (nothing, *_) = [line for line in lines if line["label"] is None]
    assert (nothing["score"], nothing["more"]) == (None, [])
    assert not [
        word for word in ("мәче", "кот", "hello", "बिल्ली") if word in json.dumps(lines, ensure_ascii=False)
    ]


def test_predictions_made_elsewhere(corpus: Path, tmp_path: Path) -> None:
    """Only labels, addresses and a header with what can be predicted."""
    out = tmp_path / "elsewhere.jsonl"
    made: list[dict[str, Any]] = [{"schema": SCHEMA, "labels": ["tat_Cyrl", "rus_Cyrl"]}]
    for language, lines in TEXTS.items():
        where = {"corpus": "texts", "language": language, "file": f"{language}.txt"}
        made += [
            {**where, "line": number, "label": "tat_Cyrl"} for number, line in enumerate(lines, 1) if line
        ]
    out.write_text("".join(json.dumps(line) + "\n" for line in reversed(made[1:])), "utf-8")
    out.write_text(json.dumps(made[0]) + "\n" + out.read_text("utf-8"), "utf-8")
    result = langcov.measure_lid(f"predictions:{out}", str(corpus), hygiene=False)
    figures = {(r.language, r.metric): r.value for r in result.records}
    assert figures["tat_Cyrl", "precision"] == 80 / (80 + 75 + 12)
    assert figures["rus_Cyrl", "recall"] == 0 and figures["hin_Deva", "recall"] is None
    assert result.systems[0]["name"] == "elsewhere" and result.systems[0]["sha256"]


def test_a_line_that_is_not_there_is_named(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "said.jsonl"
    langcov.measure_lid({"mine": Model()}, str(corpus), predictions=out)
    kept = out.read_text("utf-8").split("\n")
    out.write_text("\n".join(line for line in kept if '"line": 3,' not in line), "utf-8")
    line = f"{corpus}/hin_Deva.txt, line 3: {out} says nothing of this line of texts, hin_Deva, hin_Deva.txt"
    with pytest.raises(UserError, match=re.escape(line)):
        langcov.measure_lid(f"predictions:{out}", str(corpus), hygiene=False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "1: no JSON object"),
        ("{}\n", "1: the first line of predictions has"),
        ('{"schema": "langcov.predictions/1"}\n', "1: the header lacks 'labels'"),
        ('{"schema": "langcov.predictions/1", "labels": []}\n', "1: it names no labels"),
        (
            '{"schema": "langcov.predictions/1", "labels": ["ru"], "score": "percent"}\n',
            "'percent' says nothing",
        ),
        ('{"schema": "langcov.predictions/1", "labels": ["ru"]}\n[]\n', "2: it lacks 'corpus'"),
        ('{"schema": "langcov.predictions/1", "labels": ["ru"]}\nx\n', "2: no JSON object"),
    ],
)
def test_files_that_hold_no_predictions(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(UserError, match=re.escape(f"{path}:") + f".*{message}") as caught:
        Stored(str(path))
    assert "\n" not in str(caught.value)


def test_wrong_rows_and_what_was_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    header = {"schema": SCHEMA, "labels": ["ru"]}
    row = {"corpus": "memory", "language": "rus_Cyrl", "file": "<memory>", "line": 1, "label": "ru"}
    for wrong, message in (
        ([{**row, "label": "tt"}], "2: it lacks 'tt', or that is no label"),
        ([{**row, "line": "one"}], "2: it lacks"),
        ([row, row], "line 1 of memory, rus_Cyrl, <memory> is there twice"),
    ):
        path.write_text("\n".join(map(json.dumps, [header, *wrong])), "utf-8")
        with pytest.raises(UserError, match=message):
            Stored(str(path))
    path.write_text("\n".join(map(json.dumps, [header, row])), "utf-8")
    for more, message in (
        ({"top": 3}, "it has the best 1 labels of a line, not 3"),
        ({"perturbations": ["case", "nfd"]}, "no predictions of lines changed by case, nfd"),
    ):
        with pytest.raises(UserError, match=message):
            langcov.measure_lid(f"predictions:{path}", {"rus": ["кот"]}, **more)  # type: ignore[arg-type]
    assert langcov.measure_lid(f"predictions:{path}", {"rus": ["кот"]}, clean="both", hygiene=False)


def test_predictions_are_of_one_model(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="predictions are kept of one model, not of 2"):
        langcov.measure_lid({"a": Model(), "b": Model()}, {"rus": ["кот"]}, predictions=tmp_path / "x.jsonl")
