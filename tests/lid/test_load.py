from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from langcov.core import kinds
from langcov.errors import CannotPredict, MissingLibrary, UserError
from langcov.lid import Model, Predictions, installed, load, predict
from langcov.lid import kinds as registry
from langcov.lid.protocol import Score
from tests.lid.models import saved, train

WITH_A_MODEL = {name: kind.library for name, kind in registry.KINDS.builtin.items() if kind.library}


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("linga", "unknown language-ID model, and no such file; did you mean 'lingua'"),
        ("fastext:x.bin", "unknown kind 'fastext'; did you mean 'fasttext'"),
        ("fasttext:", "nothing after fasttext: name a file"),
        ("fasttext", "did you mean 'fasttext:FILE'"),
        ("=cld2", "a label is written NAME=SPEC"),
        ("missing/x.bin", "missing/x.bin: no such file"),
        ("fasttext:none.bin", "none.bin: no such file"),
    ],
)
def test_what_cannot_be_loaded_says_why(spec: str, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        load(spec)
    assert "\n" not in str(caught.value)


def test_labels_of_specs(tmp_path: Path) -> None:
    pytest.importorskip("fasttext")
    path = saved(train(tmp_path), tmp_path / "tiny.bin")
    for spec in (f"mine=fasttext:{path}", f"mine={path}"):
        system = load(spec)
        assert (system.name, system.kind, system.spec) == ("mine", "fasttext", spec.removeprefix("mine="))
    assert load(f"fasttext:{path}").name == "tiny"


def test_only_installed_libraries_are_measured_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "find_spec", lambda module: None if module == "gcld3" else object())
    assert installed() == ["cld2", "gielladetect", "heliport", "langid", "lingua"]


EXTRAS = {
    "commonlid:pyfranc": ("commonlid.models", "commonlid"),
    "gielladetect": ("gielladetect.text_cat", "gielladetect"),
    "glotscript": ("GlotScript.GlotScript", "glotscript"),
    "langid": ("py3langid.langid", "lid"),
}
"""Modules of adapters that are not the top one, or whose extra is another than the usual."""


@pytest.mark.parametrize("spec", sorted({*WITH_A_MODEL, *EXTRAS}))
def test_a_library_that_is_not_installed_is_one_line(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, extra = EXTRAS.get(spec, (WITH_A_MODEL.get(spec, ""), "lid"))
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingLibrary, match=rf"pip install 'langcov\[{extra}\]'"):
        load(spec)


class Plugged:
    """A model of another package."""

    kind: str = "plugged"
    sha256: str | None = None
    version: str = "plugged 1"
    labels: tuple[str, ...] = ("eng",)
    score: Score = "none"

    def predict(self, texts: list[str], k: int) -> Predictions:
        if "fail" in texts:
            raise RuntimeError("it broke")
        return Predictions.top([0] * len(texts), None, k)


def load_plugged(rest: str) -> Model:
    assert rest in ("", "x")
    return Plugged()


def test_a_plug_in_adds_a_kind_and_may_not_take_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed_as(name: str) -> Callable[..., list[EntryPoint]]:
        point = EntryPoint(name, f"{__name__}:load_plugged", registry.KINDS.group)
        return lambda group: [point]

    monkeypatch.setitem(sys.modules, __name__, sys.modules[load_plugged.__module__])
    monkeypatch.setattr("langcov.core.plugins.entry_points", installed_as("plugged"))
    assert load("plugged").kind == load("plugged:x").kind == "plugged"
    monkeypatch.setattr("langcov.core.plugins.entry_points", installed_as("cld2"))
    with pytest.raises(UserError, match="language-ID model kind 'cld2' is claimed twice"):
        load("cld2")


def test_a_model_that_fails_names_the_string() -> None:
    model = load(Plugged()).model
    with pytest.raises(CannotPredict, match="it broke") as caught:
        predict(model, ["a", "fail", "b"], 1)
    assert caught.value.index == 1


def named(answer: Any, **attributes: Any) -> Callable[[list[str]], Any]:
    """A callable with attributes that gives one answer."""

    def function(texts: list[str]) -> Any:
        return answer(texts) if callable(answer) else answer

    for name, value in attributes.items():
        setattr(function, name, value)
    return function


def test_callables() -> None:
    one = load(named((["eng", "rus"], [0.5, float("nan")]), labels=["rus", "eng"], score="probability"))
    assert (one.name, one.kind, one.model.score, one.model.labels) == (
        "function", "callable", "probability", ("rus", "eng")
    )  # fmt: skip
    found = predict(one.model, ["a", "b"], 2)
    assert found.labels.tolist() == [[1, -1], [0, -1]]
    np.testing.assert_array_equal(found.scores, [[0.5, np.nan], [np.nan, np.nan]])
    several = load(named(([["eng", "rus"], []], [[0.5, 0.25], []]), labels=["rus", "eng"]))
    assert several.model.score == "none"
    assert predict(several.model, ["a", "b"], 1).labels.tolist() == [[1], [-1]]
    single = load(named((["eng", "eng"], np.array([0.5, 0.25], np.float32)), labels=["eng"]))
    assert predict(single.model, ["a", "b"], 1).scores.tolist() == [[0.5], [0.25]]
    bare = load(named((["eng", "eng"], None), labels=["eng"]))
    assert np.isnan(predict(bare.model, ["a", "b"], 1).scores).all()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((["eng"], None), "it returned 1 labels and 1 scores for 2 strings"),
        ((["eng", "eng"], [0.5]), "it returned 2 labels and 1 scores for 2 strings"),
        ((["eng", "tat"], None), "not among its labels: tat"),
    ],
)
def test_a_callable_that_answers_amiss(answer: Any, message: str) -> None:
    model = load(named(answer, labels=["eng"])).model
    with pytest.raises(ValueError, match=message):
        model.predict(["a", "b"], 1)
    with pytest.raises(CannotPredict):
        predict(model, ["a", "b"], 1)


def test_what_is_no_model() -> None:
    with pytest.raises(UserError, match="needs an attribute `labels`"):
        load(lambda texts: (["eng"] * len(texts), None))
    with pytest.raises(UserError, match="'percent' says nothing of a score"):
        load(named((["eng"], None), labels=["eng"], score="percent"))
    with pytest.raises(UserError, match="a int is no language-ID model"):
        load(5)


def test_an_interrupted_model_is_interrupted() -> None:
    def interrupt(texts: list[str]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        predict(load(named(interrupt, labels=["eng"])).model, ["a"], 1)
