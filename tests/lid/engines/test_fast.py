"""The model with the engine before it: each gate is tried with an engine made wrong on purpose."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("fasttext")
import langcov
from langcov.cli import EXIT_PARTLY, lid, main
from langcov.errors import ALARM, CannotPredict, UserError
from langcov.lid import engines
from langcov.lid.engines import with_engine
from langcov.lid.engines.certificates import Certificate, certificates, recipe
from langcov.lid.engines.engine import ENGINE, Answers, Engine
from langcov.lid.engines.fast import FEW, Fast
from langcov.lid.fasttext import FastText
from langcov.lid.kinds import LidSystem
from langcov.lid.protocol import Predictions
from langcov.measure import engines as choice
from langcov.text.strings import Strings
from tests.lid.engines.models import KINDS, SYLLABLES, TEXTS, made, weights_of


def system() -> LidSystem:
    model = made(*KINDS[0])
    return LidSystem("tiny", f"fasttext:{model.path}", model)


def certified(**changed: Any) -> list[Certificate]:
    """A certificate that fits, some of it changed."""
    model = made(*KINDS[0])
    return [replace(Certificate(ENGINE, model.version, recipe(weights_of(model))), **changed)]


def fast() -> Fast:
    found = with_engine(system(), certified())
    assert found.engine == ENGINE and isinstance(found.model, Fast)
    return found.model


def test_no_certificate_no_engine() -> None:
    for changed in (
        {"engine": "langcov-fasttext 0"},
        {"reference": "fasttext-community 0.1"},
        {"recipe": {**certified()[0].recipe, "loss": "hs"}},
    ):
        assert with_engine(system(), certified(**changed)).engine == "reference"
    assert with_engine(system(), []).engine == "reference"
    of_object = replace(system(), model=FastText(made(*KINDS[0]).library, None))
    assert with_engine(of_object, certified()) is of_object
    glotscript: Any = replace(system(), model=object())
    assert with_engine(glotscript, certified()) is glotscript


def test_the_certificates_are_of_this_engine_and_without_a_difference() -> None:
    text = Path(engines.__file__).parents[2].joinpath("data", "lid_certificates.json").read_text("utf-8")
    held = json.loads(text)
    assert held["engine"] == ENGINE and len(certificates()) == len(held["certified"]) > 10
    for one in held["certified"]:
        assert one["models"] and not one["recipe"]["word_ngrams"]
        assert all(
            model["differences"] == 0 and sum(model["compared"].values()) > 1e5 for model in one["models"]
        )


def test_answers_are_the_library_s_and_say_so_in_any_order() -> None:
    model, reference = fast(), made(*KINDS[0])
    for k in (1, 3, 400):
        mine, theirs = model.predict(TEXTS, k), reference.predict(TEXTS, k)
        assert np.array_equal(mine.labels, theirs.labels)
        assert np.allclose(mine.scores, theirs.scores, rtol=1e-4, atol=1e-6, equal_nan=True)
    assert model.predict([], 1).labels.shape == (0, 1)
    with pytest.raises(CannotPredict) as caught:
        langcov.lid.predict(model, ["ба", "\ud800"], 1)
    assert caught.value.index == 1


def test_text_is_cleaned_as_for_the_library() -> None:
    reference = made(*KINDS[0]).cleaned("openlid-v2")
    model = fast().cleaned("openlid-v2")
    texts = ["БАРО, ба!", "the  Cat 12", "...", "ба\nро"]
    assert model.clean == "openlid-v2"
    assert np.array_equal(model.predict(texts, 1).labels, reference.predict(texts, 1).labels)


class Hears(FastText):
    """It keeps what it is asked."""

    heard: list[str]

    def predict(self, texts: list[str], k: int) -> Predictions:
        self.heard = [*getattr(self, "heard", []), *texts]
        return super().predict(texts, k)


def test_what_is_not_sure_is_asked_and_few_others() -> None:
    known = made(*KINDS[0])
    reference = Hears(known.library, known.sha256, None, known.path)
    texts = [f"{one}ба {one} the" for one in SYLLABLES] * 20
    model = Fast(reference, Engine(weights_of(known)), ENGINE)
    sure = Engine(weights_of(known)).answer(Strings.of([*texts, "ба </s>"]), 1).sure
    model.predict([*texts, "ба </s>"], 1)
    unsure = int((~sure).sum())
    assert "ба </s>" in reference.heard and unsure <= len(reference.heard) <= unsure + FEW + 2


Change = Callable[[Answers], Answers]


def _other_label(answers: Answers) -> Answers:
    return replace(answers, labels=(answers.labels + 1) % 260)


def _other_step(answers: Answers) -> Answers:
    return replace(answers, scores=answers.scores * np.float32(0.9))


def _fails(answers: Answers) -> Answers:
    raise RuntimeError("out of luck")


def break_engine(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    right = Engine.answer
    monkeypatch.setattr(Engine, "answer", lambda self, lines, k: change(right(self, lines, k)))


@pytest.mark.parametrize(
    ("change", "said"),
    [(_other_label, "another answer"), (_other_step, "another answer"), (_fails, "out of luck")],
)
def test_alarm_ends_the_model(change: Change, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = fast()
    break_engine(monkeypatch, change)
    texts = [f"{one}ба {one} the" for one in SYLLABLES]
    with pytest.raises(CannotPredict, match=f"{ALARM}: .*{said}"):
        model.predict(texts, 1)
    monkeypatch.undo()
    with pytest.raises(CannotPredict, match=ALARM):  # it doesn't go on with what would be right
        model.predict(["баро"], 1)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A corpus of two languages, a model, and an engine that may stand behind it."""
    monkeypatch.setattr(choice, "LID_PAYS", 0)
    monkeypatch.setattr(engines, "certificates", certified)
    (tmp_path / "text").mkdir()
    for at, language in enumerate(("rus_Cyrl", "tat_Cyrl")):
        lines = [
            f"{SYLLABLES[(n + at) % 12]}ба {SYLLABLES[n % 7]} the {SYLLABLES[n % 5]}\n" for n in range(300)
        ]
        (tmp_path / "text" / f"{language}.txt").write_text("".join(lines), encoding="utf-8")
    labels = tmp_path / "labels.tsv"
    labels.write_text(
        "".join(f"x{n:03}\t{'rus' if n % 2 else 'tat'}\tCyrl\n" for n in range(260)), encoding="utf-8"
    )
    model = made(*KINDS[0]).path
    given = [
        "lid",
        f"tiny={model}",
        "--corpus",
        str(tmp_path / "text" / "*.txt"),
        "--labels",
        f"tiny={labels}",
    ]
    return [*given, "--quiet", "--no-hygiene", "--perturb", "case", "--top", "3"]


def result(command: list[str], path: Path, *more: str) -> dict[str, Any]:
    assert main([*command, "-o", str(path), "--rows", "none", *more]) == 0
    return json.loads(path.read_text("utf-8"))


def test_figures_are_the_same_and_the_result_says_who_answered(command: list[str], tmp_path: Path) -> None:
    mine = result(command, tmp_path / "mine.json")
    theirs = result(command, tmp_path / "theirs.json", "--engine", "reference")
    assert [system["engine"] for system in mine["systems"]] == [ENGINE]
    assert [system["engine"] for system in theirs["systems"]] == ["reference"]
    assert f"engine:{ENGINE}" in mine["signature"]["long"] and "engine:" not in theirs["signature"]["long"]
    assert mine["records"] == theirs["records"] and mine["totals"] == theirs["totals"]


def test_a_worker_has_the_engine_too(command: list[str]) -> None:
    parser = argparse.ArgumentParser()
    lid.add_arguments(parser)
    planned = lid.plan(parser.parse_args(command[1:]))
    (judge,) = planned.worker[0](*planned.worker[1:]).keywords["judges"]
    assert isinstance(judge.system.model, Fast)


def test_predictions_are_the_library_s_own(command: list[str], tmp_path: Path) -> None:
    kept = result(command, tmp_path / "kept.json", "--predictions", str(tmp_path / "said.jsonl"))
    assert kept["systems"][0]["engine"] == "reference"


def test_small_text_is_the_library_s(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "LID_PAYS", 10**6)
    assert result(command, tmp_path / "small.json")["systems"][0]["engine"] == "reference"
    with pytest.raises(UserError, match="no engine is called 'fast'"):
        choice.choose_models([system()], [], "fast")


def test_alarm_in_one_file_is_one_in_all(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_engine(monkeypatch, _other_label)
    assert main([*command, "--format", "json"]) == EXIT_PARTLY
    shown = capsys.readouterr()
    assert ALARM in shown.err
    totals = json.loads(shown.out)["totals"]
    assert [row["predictions"] for row in totals] == [None, None]
    assert main([*command, "--engine", "reference"]) == 0
    assert ALARM not in capsys.readouterr().err


def test_lines_are_asked_without_a_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "certificates", certified)
    known = made(*KINDS[0])
    engine = langcov.lid_engine(str(known.path))
    assert engine.engine == ENGINE and engine.labels == known.labels
    labels, scores = engine.predict(iter(TEXTS))
    theirs = known.predict(TEXTS, 1)
    expected = [known.labels[label] if label >= 0 else None for label in theirs.labels[:, 0].tolist()]
    assert labels == expected
    assert np.allclose(scores, theirs.scores[:, 0], rtol=1e-4, atol=1e-6, equal_nan=True)
    assert engine.predict([])[0] == []
