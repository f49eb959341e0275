"""Calibration, and thresholds: found on one corpus, tested on another, at a base rate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.lid import load
from langcov.measure.lid import LidSettings, measure
from langcov.metrics.intervals import wilson
from langcov.metrics.lid.calibration import NO_PROBABILITY
from tests.measure.told import LINES, Told, one, told


def test_calibration_is_of_the_scores() -> None:
    result = told({"tat_Cyrl": ["0 бер"] * 9 + ["1 бер"], "kaz_Cyrl": ["0 бір"]})
    step = (int(0.9 * 4096) + 0.5) / 4096
    assert one(result, "ece", "tat_Cyrl").value == pytest.approx(abs(9 / 10 - step))
    assert one(result, "threshold_for_precision", "tat_Cyrl").value is None
    points = {point["coverage"]: point["risk"] for point in result.details["risk_coverage"]}
    assert points == {10 / 11: pytest.approx(1 / 10), 1.0: pytest.approx(2 / 11)}


class Sure(Told):
    """As sure as the digit after the label says."""

    def __call__(self, texts: Sequence[str]) -> tuple[list[str], list[float]]:
        return [self.labels[int(text[0])] for text in texts], [int(text[1]) / 10 for text in texts]


def lines_of(**counts: dict[str, int]) -> dict[str, list[str]]:
    return {
        language: [start + " а" for start, n in lines.items() for _ in range(n)]
        for language, lines in counts.items()
    }


FOUND_ON = lines_of(tat={"08": 19, "02": 6, "12": 5}, kaz={"08": 1, "02": 4, "19": 25})


def test_precision_and_recall_at_the_threshold() -> None:
    result = told(FOUND_ON, model=Sure())
    step = (int(0.2 * 4096) + 1) / 4096  # the lowest above what is too often wrong
    assert one(result, "threshold_for_precision", "tat_Cyrl").value == step
    precision, recall = (one(result, f"{name}_at_threshold", "tat_Cyrl") for name in ("precision", "recall"))
    assert (precision.value, recall.value) == (19 / 20, 19 / 30)
    low, high = wilson(np.array([19, 19]), np.array([20, 30]))
    assert [precision.low, recall.low, precision.high, recall.high] == [*low, *high]
    thresholds = {row["gold"]: row["threshold"] for row in result.details["thresholds"]}
    assert thresholds == {"tat_Cyrl": step, "kaz_Cyrl": step, None: step}
    assert one(result, "recall_at_threshold").value == (19 + 25) / 60


def test_thresholds_are_tested_on_another_corpus() -> None:
    other = lines_of(tat={"08": 8, "02": 2}, kaz={"08": 2, "19": 8}, bak={"09": 5})
    corpora = resolve([FOUND_ON, other])
    settings = LidSettings("strict", threshold_from=corpora[0].name)
    result = measure(corpora, [load(Sure())], settings)
    records = {(r.corpus, r.language, r.metric): r for r in result.records}
    second = corpora[1].name
    assert records[second, "tat_Cyrl", "precision_at_threshold"].value == 8 / 15
    assert records[second, "tat_Cyrl", "recall_at_threshold"].value == 8 / 10
    assert records[second, "bak_Cyrl", "recall_at_threshold"].value is None
    assert {(row["corpus"], row["from"]) for row in result.details["thresholds"]} == {
        (corpus.name, corpora[0].name) for corpus in corpora
    }
    assert f"|threshold-from:{corpora[0].name}|" in result.signature["short"]
    with pytest.raises(UserError, match="thresholds from 'else': the corpora are memory"):
        measure(corpora, [load(Sure())], LidSettings(threshold_from="else"))


def test_a_threshold_at_a_base_rate() -> None:
    lines = lines_of(tat={"09": 10, "05": 10}, kaz={"05": 1, "19": 99})
    result = told(lines, model=Sure(), base_rate=0.01)
    rare = 0.01 * 1 / (0.01 * 1 + 0.99 * 0.01)  # all of both, one of a hundred false
    assert rare < 0.95
    threshold = one(result, "threshold_for_precision", "tat_Cyrl")
    assert threshold.value == (int(0.5 * 4096) + 1) / 4096
    precision = one(result, "precision_at_threshold", "tat_Cyrl")
    assert precision.value is None and "no false positive seen: 0.1" in str(precision.reason)
    assert one(result, "recall_at_threshold", "tat_Cyrl").value == 1 / 2
    assert one(result, "threshold_for_precision").reason == "a base rate is of one language"
    assert "|base-rate:0.01|" in result.signature["short"]


def test_intervals_at_the_threshold_are_of_rows_where_documents_are_known(tmp_path: Path) -> None:
    (tmp_path / "tat.jsonl").write_text(
        "".join(f'{{"text": "0{8 if n % 3 else 2} а"}}\n' for n in range(60)), "utf-8"
    )
    (tmp_path / "kaz.jsonl").write_text('{"text": "02 а"}\n' * 30 + '{"text": "19 а"}\n' * 30, "utf-8")
    result = measure(resolve([str(tmp_path)]), [load(Sure())], LidSettings("strict"))
    recall = one(result, "recall_at_threshold", "tat_Cyrl")
    assert (recall.value, one(result, "precision_at_threshold", "tat_Cyrl").value) == (40 / 60, 1)
    assert (
        recall.low is not None
        and 0.5 < recall.low < 0.6
        and recall.low != wilson(np.array(40), np.array(60))[0]
    )


class Bare(Told):
    score = "none"


def test_scores_that_are_no_probabilities_are_not_calibrated() -> None:
    result = told(LINES, model=Bare())
    assert one(result, "ece", "tat_Cyrl").reason == NO_PROBABILITY
    assert result.details["risk_coverage"] == []


def test_a_corpus_that_a_model_failed_on_has_no_thresholds() -> None:
    lines = {"tat_Cyrl": ["0 бер"] * 20, "rus_Cyrl": ["2 раз"] * 20}
    first, second = resolve([lines, {**lines, "rus_Cyrl": ["2 раз"] * 19 + ["2 два"]}])
    settings = LidSettings("strict", threshold_from=second.name)
    result = measure([first, second], [load(Told(fails_on="два"))], settings)
    assert result.details["thresholds"] == []
    for metric in ("precision_at_threshold", "recall_at_threshold"):
        for language in ("tat_Cyrl", "rus_Cyrl", None):
            [found] = [
                r
                for r in result.records
                if (r.corpus, r.metric, r.language) == (first.name, metric, language)
            ]
            assert found.value is None and str(found.reason).endswith("not this one")
