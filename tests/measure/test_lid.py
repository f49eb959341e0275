"""A model whose answers stand in the text, by number: every figure can be told by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import langcov
from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions, Source
from langcov.corpora.tables.condense import condense
from langcov.errors import UserError
from langcov.lid import load
from langcov.measure.lid import LidSettings, measure
from langcov.metrics.lid.metric import UNSUPPORTED
from tests.measure.told import LINES, Always, Told, cells, one, told


def test_counts_and_shares_by_hand() -> None:
    result = told(LINES)
    assert cells(result) == {
        ("tat_Cyrl", "tat"): 2,
        ("tat_Cyrl", "kaz"): 1,
        ("tat_Cyrl", "unsure"): 1,
        ("tat_Cyrl", "rus"): 1,
        ("kaz_Cyrl", "kaz"): 1,
        ("kaz_Cyrl", "tat"): 1,
        ("eve_Cyrl", "tat"): 2,
        ("eve_Cyrl", "kaz"): 1,
    }
    assert one(result, "recall", "tat_Cyrl").value == 2 / 5
    assert one(result, "precision", "tat_Cyrl").value == 2 / 5  # Even counts: no model would tell
    assert one(result, "false_positive_rate", "tat_Cyrl").value == 3 / 5
    assert one(result, "f1", "tat_Cyrl").value == 4 / 10
    assert one(result, "discard_rate_unsure", "tat_Cyrl").value == 1 / 5
    assert one(result, "accuracy").value == 3 / 10
    assert one(result, "accuracy_covered").value == 3 / 7
    assert one(result, "coverage").value == 2 / 3
    assert one(result, "top3_accuracy").reason is not None


def test_a_language_without_a_label_is_unsupported_not_wrong() -> None:
    result = told(LINES)
    for metric in ("recall", "precision", "f1", "false_positive_rate", "ece"):
        record = one(result, metric, "eve_Cyrl")
        assert (record.value, record.reason) == (None, UNSUPPORTED)
    assert one(result, "discard_rate", "eve_Cyrl").value == 0


def test_no_gold_language_has_a_label() -> None:
    result = told({"eve_Cyrl": ["0 а", "4 б"], "niv_Cyrl": ["2 в"]})
    assert one(result, "accuracy").value == 0
    assert one(result, "accuracy_covered").value is None
    assert one(result, "coverage").value == 0
    assert one(result, "mcc").value is not None or one(result, "mcc").reason


def test_totals_and_empty_lines() -> None:
    totals = {row["language"]: row for row in told(LINES).totals}
    assert totals["tat_Cyrl"]["lines"] == totals["tat_Cyrl"]["predictions"] == 5
    assert totals["tat_Cyrl"]["empty_lines"] == 1
    assert totals["eve_Cyrl"]["chars"] == sum(map(len, LINES["eve_Cyrl"]))


def test_a_class_of_a_few_lines_stays_out_of_means_and_is_listed() -> None:
    lines = {"tat_Cyrl": ["0 бер"] * 9 + ["1 ике"], "kaz_Cyrl": ["1 бір"] * 10, "bak_Cyrl": ["0 бер"] * 9}
    result = told(lines)
    tatar, kazakh = 2 * 9 / (10 + 18), 2 * 10 / (10 + 11)
    for view in ("gold", "relevant", "observed"):
        assert one(result, f"macro_f1_{view}").value == pytest.approx((tatar + kazakh) / 2), view
    assert result.details["small_classes"] == [
        {"system": "Told", "corpus": "memory", "gold": "bak_Cyrl", "lines": 9}
    ]
    small = told(LINES)
    assert one(small, "macro_f1_gold").value is None
    assert one(small, "macro_f1_gold").reason == "no language of 10 lines or more"


def test_exceptions_are_known_by_content_whatever_the_folder_is_called(tmp_path: Path, shared: Path) -> None:
    results = []
    for name in ("flores_plus", "anything"):
        folder = tmp_path / name
        folder.mkdir()
        for language in ("chv_Cyrl", "eng_Latn"):
            text = (shared / f"corpora/flores_plus/{language}.txt").read_bytes()
            (folder / f"{language}.txt").write_bytes(text)
        made = measure(resolve([str(folder)]), [load(Always())], LidSettings())
        results.append([(row["lines"], row["excepted"], row["off_script_lines"]) for row in made.totals])
        assert {cell[0] for cell in cells(made)} == {"chv_Cyrl", "eng_Latn"}
    assert results[0] == results[1] == [(996, 1, 0), (997, 0, 0)]


def test_robustness_is_the_change_of_recall_of_the_same_lines() -> None:
    """`question` loses ө and ү, upper case loses nothing as the model folds it."""
    lines = {"tat_Cyrl": ["0 бер", "0 өч", "1 ике"], "rus_Cyrl": ["2 два"]}
    result = told(lines, perturbations=("case", "palochka"))
    assert one(result, "recall_change_case", "tat_Cyrl").value == 0
    assert one(result, "recall_change_palochka", "tat_Cyrl").value is None
    lookalike = told(lines, perturbations=("lookalike",))
    assert one(lookalike, "recall_change_lookalike", "tat_Cyrl").value is not None


def test_robustness_is_paired_by_row() -> None:
    """Rows differ, the change doesn't: drawn apart, plain and changed lines would give it an interval."""
    result = told({"tat_Cyrl": ["0 бер", "1 ике"] * 20}, perturbations=("case",))
    change, recall = (one(result, metric, "tat_Cyrl") for metric in ("recall_change_case", "recall"))
    assert (change.value, change.low, change.high) == (0, 0, 0)
    assert recall.low is not None and recall.low < 0.5


def test_a_model_that_fails_on_a_line_stops_no_other() -> None:
    [corpus] = resolve([LINES])
    systems = [load(Told()), replace(load(Told(fails_on="екі")), name="fails")]
    result = measure([corpus], systems, LidSettings(policy="strict"))
    broken = [r for r in result.records if r.system == "fails"]
    assert {r.value for r in broken} == {None}
    assert {str(r.reason).rpartition(", ")[2] for r in broken} == {"line 2: not this one"}
    assert [r.value for r in result.records if r.system != "fails" and r.metric == "accuracy"] == [3 / 10]


def test_how_far_a_model_came_before_it_failed_does_not_show() -> None:
    [corpus] = resolve([LINES])
    models = [load(Told(fails_on="бір")), replace(load(Told(fails_on="4 дүрт")), name="later")]
    results = [
        measure([corpus], models, LidSettings(policy="strict", options=ReadOptions(chunk_bytes=size)))
        for size in (1, 1 << 20)
    ]
    one, other = (result.to_json().replace(result.created, "") for result in results)
    assert one == other
    [result, _] = results
    assert result.details["risk_coverage"] == []
    for system in ("Told", "later"):
        answered = [row["predictions"] for row in result.totals if row["system"] == system]
        counted = [cell["count"] for cell in result.details["confusion"] if cell["system"] == system]
        assert sum(counted) == sum(filter(None, answered)) > 0


def test_a_language_all_of_whose_lines_are_exceptions(tmp_path: Path, shared: Path) -> None:
    folder = tmp_path / "udhr"
    folder.mkdir()
    title = (shared / "corpora/udhr/eve_Cyrl.txt").read_text("utf-8").splitlines()[:400]
    (folder / "eve_Cyrl.tsv").write_text(
        next(one for one in title if one.startswith("01/title")) + "\n", "utf-8"
    )
    alone = measure(resolve([str(folder)]), [load(Told())], LidSettings(perturbations=("case",)))
    assert [(row["lines"], row["excepted"], row["predictions"]) for row in alone.totals] == [(0, 1, 0)]
    assert one(alone, "accuracy").value is None
    assert alone.details["confusion"] == []
    (folder / "rus_Cyrl.tsv").write_text("01/1\tдва\n", "utf-8")
    both = measure(resolve([str(folder)]), [load(Told())], LidSettings())
    assert one(both, "accuracy").value == 1


def test_the_place_where_a_model_failed(tmp_path: Path) -> None:
    def reasons(corpora: Any) -> set[str | None]:
        result = langcov.measure_lid(Told(fails_on="екі"), corpora)
        return {record.reason for record in result.records if record.metric == "accuracy"}

    assert reasons([LINES]) == {"<memory> kaz_Cyrl, line 2: not this one"}
    for language, word in {"tat_Cyrl": "ике", "kaz_Cyrl": "екі"}.items():
        source = Source(language, "<memory>", "memory", (f"1 {word}",))
        condense(Corpus("made", (source,), licence="CC0-1.0"), tmp_path / f"{language}.words.tsv")
    assert reasons(str(tmp_path)) == {f"{tmp_path}/kaz_Cyrl.words.tsv kaz_Cyrl, line 1: not this one"}


def test_chunks_and_order_do_not_show(tmp_path: Path) -> None:
    texts = {
        "tat_Cyrl": ["0 бер", "1 ике өч", "", "4", "биш"] * 70,
        "kaz_Cyrl": ["1 бір", "0 екі"] * 300,
    }
    for language, lines in texts.items():
        (tmp_path / f"{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    results = [
        measure(
            resolve([str(tmp_path)]),
            [load(Told())],
            LidSettings(policy="strict", perturbations=("case",), options=ReadOptions(chunk_bytes=size)),
        )
        for size in (50, 1 << 20)
    ]
    one, other = (result.to_json().replace(result.created, "") for result in results)
    assert one == other
    assert np.isfinite([r.low for r in results[0].records if r.metric == "f1" and r.low is not None]).all()


@pytest.mark.parametrize("wrong", [{"policy": "loose"}, {"top": 2}, {"perturbations": ("noise",)}])
def test_settings_that_no_measurement_can_follow(wrong: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        LidSettings(**wrong)


def test_a_perturbation_named_twice_is_one() -> None:
    result = langcov.measure_lid(Told(), {"tat": ["0 бер"]}, perturbations=["case", "case"])
    assert [record.metric for record in result.records].count("recall_change_case") == 1


def test_two_models_of_one_name() -> None:
    with pytest.raises(UserError, match="two models are called"):
        measure(resolve([LINES]), [load(Told()), load(Told())], LidSettings())
