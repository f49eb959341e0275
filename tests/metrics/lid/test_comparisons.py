from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pytest

import langcov
from langcov.metrics.intervals import weights

LINES = {"rus": [f"кот {n}" for n in range(30)], "tat": [f"ак {n}" for n in range(30)]}


def model(wrong: Collection[int]) -> Callable[[list[str]], tuple[list[str], None]]:
    """Right, but for some Russian lines that it takes for Tatar."""
    missed = {LINES["rus"][n] for n in wrong}

    def says(texts: list[str]) -> tuple[list[str], None]:
        return ["rus" if text.startswith("кот") and text not in missed else "tat" for text in texts], None

    says.labels = ["rus", "tat"]  # type: ignore[attr-defined]
    return says


def compared(lines: int = 30, **models: Any) -> list[dict[str, Any]]:
    some = {language: texts[:lines] for language, texts in LINES.items()}
    rows = langcov.measure_lid(models, some, hygiene=False).details["comparisons"]
    for row in rows:
        assert (row["metric"], row["language"], row["reference"]) == ("macro_f1_gold", None, None)
    return rows


def macro(wrong: Collection[int]) -> Any:
    """Macro F1 in each resample by its definition: of 30 lines each, some Russian ones are called Tatar."""
    missed = weights(30)[:, list(wrong)].sum(axis=1)
    return (2 * (30 - missed) / (60 - missed) + 60 / (60 + missed)) / 2


def test_the_highest_macro_f1_against_another() -> None:
    [row] = compared(a=model(range(12)), b=model(range(3)))
    differences = macro(range(12)) - macro(range(3))
    assert (row["system"], row["other"]) == ("b", "a")
    exact = (36 / 48 + 60 / 72 - 54 / 57 - 60 / 63) / 2
    assert row["difference"] == pytest.approx(exact, rel=1e-12)
    assert [row["low"], row["high"]] == pytest.approx(np.quantile(differences, [0.025, 0.975]).tolist())
    assert row["p"] == pytest.approx(2 * (1 + (differences >= 0).sum()) / 1001)


def test_models_that_differ_in_a_line_are_not_told_apart() -> None:
    [row] = compared(a=model([0, 1, 2]), b=model([3, 4, 5, 6]))
    assert row["system"] == "a" and row["low"] < 0 < row["high"] and row["p_adjusted"] > 0.05


def test_where_nothing_is_tested() -> None:
    assert compared(a=model([0])) == []
    assert compared(9, a=model([0]), b=model([])) == []


def test_a_model_that_was_trained_on_the_corpus_takes_no_part() -> None:
    models = {"a": model([0]), "b": model([])}
    told = langcov.measure_lid(models, LINES, trained_on={"b": ["memory"]}, hygiene=False)
    assert told.details["comparisons"] == []


def test_means_over_other_classes_are_not_compared() -> None:
    def komi(*labels: str) -> Callable[[list[str]], tuple[list[str], None]]:
        def says(texts: list[str]) -> tuple[list[str], None]:
            return [labels[0] if text.startswith("к") else labels[-1] for text in texts], None

        says.labels = [*labels, "rus"]  # type: ignore[attr-defined]
        return says

    lines = {"kpv": ["к"] * 30, "koi": ["в"] * 30, "rus": ["раз"] * 30}
    models = {"macro": komi("kom"), "own": komi("kpv", "koi")}
    assert langcov.measure_lid(models, lines, hygiene=False).details["comparisons"] == []
