"""Which labels are right for a language: macrolanguages, sisters, scripts, and labels that mean nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import langcov
from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.lid import load
from langcov.measure.lid import LidSettings, measure
from langcov.metrics.lid.metric import UNSUPPORTED
from langcov.report import render
from tests.measure.told import LINES, Always, Told, cells, one, told


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


def test_tables_of_labels_show_in_the_signature(tmp_path: Path) -> None:
    [corpus] = resolve([LINES])
    seen = {measure([corpus], [load(Told())], LidSettings()).signature["short"]}
    for meaning in ("tat", "bak", "unsure", "unmapped"):
        (tmp_path / "x.tsv").write_text(f"tt\t{meaning}\n", "utf-8")
        settings = LidSettings(labels={"Told": tmp_path / "x.tsv"})
        seen.add(measure([corpus], [load(Told())], settings).signature["short"])
    assert len(seen) == 5
    assert sum("|labels:Told." in signature for signature in seen) == 4


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


def test_more_labels_than_a_tally_has_room_for() -> None:
    model = Told()
    model.labels = ("tt",) * 70_000  # type: ignore[assignment]
    with pytest.raises(UserError, match="70000 labels, more than"):
        told(LINES, model=model)
