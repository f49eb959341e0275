"""A model whose answers stand in the text, by number: every figure can be told by hand."""

from __future__ import annotations

from collections.abc import Sequence
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
from langcov.metrics.intervals import wilson
from langcov.metrics.lid.calibration import NO_PROBABILITY
from langcov.metrics.lid.metric import UNSUPPORTED
from langcov.report import render
from langcov.results.result import Record, Result


class Told:
    """Gives the label whose number a text begins with, else Russian; scores are 0.9, for Kazakh 0.5."""

    labels = ("tt", "kk", "ru", "kv", "und", "crh_Latn")
    score = "probability"

    def __init__(self, fails_on: str | None = None) -> None:
        self.fails_on = fails_on

    def __call__(self, texts: Sequence[str]) -> tuple[list[str], list[float]]:
        if self.fails_on and any(self.fails_on in text for text in texts):
            raise ValueError("not this one")
        labels = [self.labels[int(text[0])] if text[0].isdigit() else "ru" for text in texts]
        return labels, [0.5 if label == "kk" else 0.9 for label in labels]


def told(
    lines: dict[str, list[str]], policy: Any = "strict", model: Told | None = None, **more: Any
) -> Result:
    [corpus] = resolve([lines])
    return measure([corpus], [load(model or Told())], LidSettings(policy=policy, **more))


def one(result: Result, metric: str, language: str | None = None) -> Record:
    (found,) = [
        record
        for record in result.records
        if (record.metric, record.language, record.languages) == (metric, language, None)
    ]
    return found


def cells(result: Result) -> dict[tuple[str, str], int]:
    return {(cell["gold"], cell["predicted"]): cell["count"] for cell in result.details["confusion"]}


LINES = {
    "tat_Cyrl": ["0 бер", "0 ике", "1 өч", "4 дүрт", "", "биш"],
    "kaz_Cyrl": ["1 бір", "0 екі"],
    "eve_Cyrl": ["0 өмэн", "0 дюр", "1 илан"],
}


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


def test_members_of_a_macrolanguage_are_one_class_under_macro_alone() -> None:
    lines = {"kpv_Cyrl": ["3 а", "2 б"], "koi_Cyrl": ["3 в"], "rus_Cyrl": ["2 г"]}
    merged = told(lines, "macro")
    assert one(merged, "recall", "kom_Cyrl").value == 2 / 3
    assert one(merged, "recall", "koi_Cyrl").reason == "counted in kom_Cyrl (macro)"
    strict = told(lines, "strict")
    assert one(strict, "recall", "koi_Cyrl").reason == UNSUPPORTED
    assert cells(strict)["koi_Cyrl", "kom"] == 1


def test_sisters_are_one_class_under_group() -> None:
    result = told({"tat_Cyrl": ["0 а", "1 б"], "bak_Cyrl": ["0 в"]}, "group")
    (record,) = [r for r in result.records if r.metric == "recall" and r.languages]
    assert record.languages == ("bak_Cyrl", "tat_Cyrl")
    assert record.value == 2 / 3


def test_a_declared_script_wins_and_the_lines_own_is_counted() -> None:
    result = told({"tat_Cyrl": ["0 бер", "0 bersuz", "0 34"], "crh_Cyrl": ["5 къырым", "5 qirim"]})
    assert one(result, "recall", "tat_Cyrl").value == 1
    assert one(result, "recall", "crh_Cyrl").reason == UNSUPPORTED
    assert {cell[0] for cell in cells(result)} == {"tat_Cyrl", "crh_Cyrl"}
    assert {row["language"]: row["off_script_lines"] for row in result.totals} == {
        "tat_Cyrl": 1,
        "crh_Cyrl": 1,
    }
    assert "|gold:source.declared-script|" in result.signature["short"]


class Always(Told):
    labels = ("fin", "en")  # type: ignore[assignment]

    def __call__(self, texts: Sequence[str]) -> tuple[list[str], list[float]]:
        return ["fin"] * len(texts), [0.9] * len(texts)


def test_a_label_without_a_script_is_a_false_positive_in_every_script() -> None:
    result = told({"fin_Latn": ["yksi"] * 3, "rus_Cyrl": ["два"] * 30}, model=Always())
    assert one(result, "precision", "fin_Latn").value == 3 / 33
    assert one(result, "recall", "fin_Latn").value == 1
    assert one(result, "false_positive_rate", "fin_Latn").value == 1
    assert cells(result) == {("fin_Latn", "fin"): 3, ("rus_Cyrl", "fin"): 30}


def test_precision_of_english_on_first_words(shared: Path) -> None:
    """The library alone says `en` to 94 of the 100 English words and to 228 of the others."""
    pytest.importorskip("fasttext")
    words = {
        name: [
            line.split()[0]
            for line in (shared / f"corpora/flores_plus/{name}.txt").read_text().split("\n")[:n]
        ]
        for name, n in (("eng_Latn", 100), ("tat_Cyrl", 300), ("kat_Geor", 300))
    }
    words["kat_Geor"] = [word.upper() for word in words["kat_Geor"]]
    result = langcov.measure_lid(str(shared / "lid/lid.176.ftz"), words, hygiene=False)
    assert one(result, "precision", "eng_Latn").value == 94 / (94 + 228)


def test_a_label_without_a_script_is_right_in_every_script_and_counted_once() -> None:
    class Crimean(Told):
        labels = ("crh", "ru")  # type: ignore[assignment]

    lines = {"crh_Cyrl": ["0 къырым", "0 тили"], "crh_Latn": ["0 qirim"], "rus_Cyrl": ["0 два", "1 три"]}
    result = told(lines, model=Crimean())
    assert [one(result, "recall", f"crh_{script}").value for script in ("Cyrl", "Latn")] == [1, 1]
    assert one(result, "precision", "crh_Cyrl").value == 2 / 3
    assert one(result, "precision", "crh_Latn").value == 1 / 2
    assert sum(cells(result).values()) == 5
    assert one(result, "accuracy").value == 4 / 5


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


def test_tables_of_labels_show_in_the_signature(tmp_path: Path) -> None:
    [corpus] = resolve([LINES])
    seen = {measure([corpus], [load(Told())], LidSettings()).signature["short"]}
    for meaning in ("tat", "bak", "unsure", "unmapped"):
        (tmp_path / "x.tsv").write_text(f"tt\t{meaning}\n", "utf-8")
        settings = LidSettings(labels={"Told": tmp_path / "x.tsv"})
        seen.add(measure([corpus], [load(Told())], settings).signature["short"])
    assert len(seen) == 5
    assert sum("|labels:Told." in signature for signature in seen) == 4


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


def test_labels_that_nothing_explains_are_counted_and_shown() -> None:
    model = Told()
    model.labels = ("tt", "zzz_odd", "ru")  # type: ignore[assignment]
    result = langcov.measure_lid({"named": model}, {"tat": ["0 бер", "1 ике", "1 өч"]})
    assert result.systems[0]["unmapped"] == ["zzz_odd"]
    assert cells(result) == {("tat_Cyrl", "tat"): 1, ("tat_Cyrl", "unmapped"): 2}
    assert one(result, "discard_rate_unmapped", "tat_Cyrl").value == 2 / 3
    told = " ".join(render(result, "table").split())
    assert "labels of named that nothing explains" in told and "zzz_odd; --labels says" in told


def test_a_model_that_names_no_language() -> None:
    model = Told()
    model.labels = ("LABEL_1", "und")  # type: ignore[assignment]
    with pytest.raises(
        UserError, match=r"^named: no language is known for any of its 2 labels \(LABEL_1, und\); give a TSV"
    ):
        langcov.measure_lid({"named": model}, {"tat": ["0 бер"]})


def test_two_models_of_one_name() -> None:
    with pytest.raises(UserError, match="two models are called"):
        measure(resolve([LINES]), [load(Told()), load(Told())], LidSettings())


def test_more_labels_than_a_tally_has_room_for() -> None:
    model = Told()
    model.labels = ("tt",) * 70_000  # type: ignore[assignment]
    with pytest.raises(UserError, match="70000 labels, more than"):
        told(LINES, model=model)


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
