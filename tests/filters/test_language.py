"""The step that asks a language-ID model: as datatrove's own filter asks it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from langcov.filters.language import LanguageStep, language_step
from langcov.lid import load

Answers = dict[str, tuple[str, float]]


def model(answers: Answers, scored: bool = True) -> Any:
    def predict(texts: Sequence[str]) -> Any:
        found = [answers[text] for text in texts]
        return [label for label, _ in found], [score for _, score in found] if scored else None

    predict.labels = ["tat", "rus", "bak"]  # type: ignore[attr-defined]
    predict.score = "probability" if scored else "none"  # type: ignore[attr-defined]
    return load(predict)


ANSWERS = {"a b": ("tat", 0.9), "c": ("tat", 0.4), "d": ("rus", 0.95), "e": ("bak", 0.2)}


def made(threshold: float, scored: bool = True) -> LanguageStep:
    one = language_step(model(ANSWERS, scored), "GlotLID v3", "tat_Cyrl", {"threshold": threshold})
    assert not isinstance(one, str), one
    return one


def test_the_label_and_the_score_are_two_rules() -> None:
    one = made(0.5)
    assert [rule.name for rule in one.rules] == ["language", "language_score"]
    assert [one.judge(text).broken for text in ("a\nb", "c", "d", "e")] == [[], [1], [0], [0, 1]]
    assert list(one.decided(one.judge("d"), "d")) == [(0, "rus")]
    assert one.remade({"threshold": 0.4}).judge("c").broken == []


def test_another_model_is_said_and_no_model_is_not_judged() -> None:
    assert made(0.5).stand_in.startswith("stand-in: the language by ")
    assert made(0.5).stand_in.endswith(", not by GlotLID v3")
    assert language_step(None, "GlotLID v3", "tat_Cyrl", {}) == (
        "it needs a model, GlotLID v3: name yours with --lid fasttext:FILE"
    )
    found = language_step(model(ANSWERS), "GlotLID v3", "chv_Cyrl", {})
    assert isinstance(found, str)
    assert found.endswith("has no label for chv_Cyrl")


def test_scores_that_are_no_probabilities_are_not_judged() -> None:
    one = made(0.5, scored=False)
    assert [rule.name for rule in one.rules] == ["language"]
    assert "judged without the threshold" in one.stand_in
    assert one.judge("c").broken == []


@pytest.mark.parametrize("language", ["tat_Cyrl", "rus_Cyrl", "chv_Cyrl"])
def test_it_keeps_what_the_filter_of_datatrove_keeps(shared: Path, language: str) -> None:
    pytest.importorskip("fasttext")
    pytest.importorskip("datatrove")
    from datatrove.data import Document
    from datatrove.utils.lid import FT176LID

    code = {"tat_Cyrl": "tt", "rus_Cyrl": "ru", "chv_Cyrl": "cv"}[language]
    system = load(f"fasttext:{shared / 'lid' / 'lid.176.ftz'}")
    theirs = FT176LID([code])
    theirs._model = system.model.library  # type: ignore[attr-defined]
    one = language_step(system, "lid.176", language, {"threshold": 0.65})
    assert not isinstance(one, str)
    assert one.stand_in == ""
    texts = (shared / "corpora" / "ntrex" / "tat_Cyrl.txt").read_text("utf-8").split("\n")[:120]
    for text in filter(str.strip, texts):
        _, pairs = theirs.predict(Document(text, ""))
        assert (not one.judge(text).broken) == (pairs[code] > 0.65)
