"""From answers of a model to records: lengths, perturbations, and metrics that are declared elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest

from langcov.metrics.lid.matrix import Matrix, Ratio
from langcov.metrics.lid.metric import NO_LINES, UNSUPPORTED, LidMetric, shares, together
from langcov.metrics.lid.registry import MODULES, lid_metrics
from langcov.metrics.metric import Shown
from langcov.metrics.tokenizers.metric import TokenizerMetric
from langcov.metrics.tokenizers.ratios import ratio
from langcov.report import render
from tests.measure.told import LINES, one, told
from tests.plug_ins import declared


def test_lengths() -> None:
    result = told({"tat_Cyrl": ["0 бер", "0 " + "ә" * 100, "1 өч"], "kaz_Cyrl": ["0 бір", "1" * 30]})
    short, long = "recall_1-10_chars", "recall_101+_chars"
    assert (one(result, short, "tat_Cyrl").value, one(result, short, "tat_Cyrl").n) == (1 / 2, 2)
    assert (one(result, long, "tat_Cyrl").value, one(result, long, "tat_Cyrl").n) == (1, 1)
    assert one(result, "precision_1-10_chars", "tat_Cyrl").value == 1 / 2
    assert one(result, "f1_21-50_chars", "kaz_Cyrl").value == 1
    assert one(result, "f1_11-20_chars", "kaz_Cyrl").reason == "no lines of this length, never predicted"
    accuracy = one(result, "accuracy_1-10_chars")
    assert (accuracy.value, accuracy.n) == (1 / 3, 3)
    assert one(result, "accuracy_51-100_chars").value is None


class Shouted:
    """Takes what is in capitals for Russian, all else for what its first digit says."""

    labels = ("tt", "ru")
    score = "none"

    def __call__(self, texts: Sequence[str]) -> tuple[list[str], None]:
        return [self.labels[text.isupper() or int(text[0])] for text in texts], None


def test_a_change_of_recall_is_paired_by_row() -> None:
    """Rows differ more between themselves than the perturbation changes them: one line in each of 16."""
    right = np.random.default_rng(0).integers(1, 16, 160)
    lines = ["0 бер", "0 12", "1 12"]
    rows = [[lines[0], *[lines[1]] * (n - 1), *[lines[2]] * (16 - n)] for n in right.tolist()]
    result = told(
        {"tat_Cyrl": [line for row in rows for line in row]}, "strict", Shouted(), perturbations=["case"]
    )  # type: ignore[arg-type]
    recall, change = (one(result, name, "tat_Cyrl") for name in ("recall", "recall_change_case"))
    assert recall.value == right.sum() / 2560
    assert recall.low is not None and recall.low < recall.value
    assert (change.rows, change.value, change.low, change.high) == (160, -1 / 16, -1 / 16, -1 / 16)


def _second(matrix: Matrix) -> Ratio:
    return matrix.lines - matrix.right, matrix.known


def test_a_metric_is_added_by_declaring_it() -> None:
    toy = LidMetric("misses", "share", "lower", "…", NO_LINES, shares(_second), shares(together(_second)))
    other = TokenizerMetric("of_another_kind", "share", "", "…", ratio("tokens", "words"))
    plain = told(LINES)
    with declared(metrics={"toys": [toy, other]}):
        result = told(LINES)
    assert one(result, "misses", "tat_Cyrl").value == 3 / 5
    assert one(result, "misses", "tat_Cyrl").low is not None
    assert one(result, "misses", "eve_Cyrl").reason == UNSUPPORTED
    assert one(result, "misses").value == (3 + 1 + 3) / 7
    assert [record for record in result.records if record.metric != "misses"] == plain.records


@pytest.mark.parametrize(("shown", "heads"), [(None, 0), (Shown(heading="missed\nlines"), 2)])
def test_a_metric_that_is_to_be_shown_has_a_column(shown: Shown | None, heads: int) -> None:
    toy = LidMetric(
        *("misses", "share", "lower", "…", NO_LINES, shares(_second), shares(together(_second))), shown=shown
    )
    with declared(metrics={"toy": toy}):
        text = render(told(LINES), "md")
    assert len([line for line in text.splitlines() if "missed lines" in line]) == heads
    assert ("60.0" in text) == bool(heads)


def test_no_metric_is_known_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = told(LINES, perturbations=["nfd", "case"]).records
    turned = [SimpleNamespace(METRICS=module.METRICS[::-1]) for module in reversed(MODULES)]
    monkeypatch.setattr("langcov.metrics.lid.registry.MODULES", turned)
    with declared():
        assert next(iter(lid_metrics())) == turned[0].METRICS[0].name
        assert told(LINES, perturbations=["nfd", "case"]).records == sorted(wanted, key=lambda one: one.place)
