"""The gate on models: figures paired by row, classes that both have, lines that went elsewhere."""

from __future__ import annotations

import pytest

import langcov
from langcov.errors import UserError
from langcov.gate.compare import compare_systems
from langcov.gate.settings import GateSettings
from langcov.gate.side import Side
from langcov.metrics.lid.registry import lid_metrics
from tests.gate.made import measured, text

LID = {"tat": text(300), "bak": text(300, 1), "rus": text(300, 2)}


class Model:
    """Says a language by the table; lines for which ``wrong`` holds are Russian."""

    labels = ("tat", "bak", "rus")

    def __init__(self, wrong):
        self.wrong = wrong

    def __call__(self, lines):
        return ["rus" if self.wrong(line) else known.get(line, "rus") for line in lines], None


known = {line: language for language, lines in LID.items() for line in lines}


def identified(wrong):
    return langcov.measure_lid({"m": Model(wrong)}, LID, hygiene=False)


def test_paired_figures_of_a_model_are_those_of_its_records():
    result = identified(lambda line: len(line) % 5 == 0)
    metrics = ["recall", "precision", "f1", "macro_f1", "accuracy"]
    found = langcov.compare(result, result, {"metrics": metrics})
    values = {(one.language, one.metric): one.value for one in result.records}
    assert len(found.changes) == 3 * 3 + 2
    for one in found.changes:
        assert one.paired
        assert one.new == pytest.approx(values[one.language, one.metric], abs=1e-15)
    assert set(metrics) - {"macro_f1"} <= lid_metrics().keys()


def test_a_model_that_got_worse_closes_the_gate_and_says_where_lines_went():
    found = langcov.compare(identified(lambda line: False), identified(lambda line: len(line) % 4 == 0))
    assert {one.language for one in found.worse if one.metric == "recall"} == {"tat_Cyrl", "bak_Cyrl"}
    assert {one.metric for one in found.worse} == {"recall", "precision", "macro_f1_gold"}
    assert {(one.gold, one.predicted) for one in found.moved} >= {("tat_Cyrl", "rus"), ("bak_Cyrl", "rus")}


def test_models_that_merge_other_languages_are_paired_on_the_classes_that_both_have():
    """A label of a macrolanguage makes one class of Zyrian and Permyak for the one model only."""
    lines = {"tat": text(300), "kpv": text(300, 3), "koi": text(300, 4)}

    class Says(Model):
        def __init__(self, *labels):
            self.labels = labels

        def __call__(self, some):
            return [self.labels[len(line) % 3 > 1] for line in some], None

    models = {"a": Says("tat", "kom"), "b": Says("tat", "kpv")}
    side = Side("r", langcov.measure_lid(models, lines, hygiene=False))
    found = compare_systems(side, "a", "b", GateSettings(metrics=("recall", "macro_f1_gold")))
    by_class = {(one.language, one.metric): one for one in found.changes}
    assert by_class["tat_Cyrl", "recall"].paired
    assert by_class["tat_Cyrl", "recall"].verdict == "same"
    assert not by_class[None, "macro_f1_gold"].paired


def test_each_class_of_several_languages_is_compared():
    lines = {language: text(60, at) for at, language in enumerate(("tat", "bak", "rus", "ukr"))}
    known = {line: language for language, some in lines.items() for line in some}

    class Groups:
        labels = ("tat", "bak", "rus", "ukr")

        def __init__(self, lost):
            self.lost = lost

        def __call__(self, lines):
            said = [known[line] for line in lines]
            return [
                "rus" if one == self.lost and len(line) % 2 else one for one, line in zip(said, lines)
            ], None

    base, new = (
        langcov.measure_lid({"m": Groups(lost)}, lines, hygiene=False, policy="group") for lost in ("", "bak")
    )
    recall = {one.language: one for one in langcov.compare(base, new).changes if one.metric == "recall"}
    values = {one.languages: one.value for one in new.records if one.metric == "recall" and one.languages}
    assert len(values) == 2
    for languages, value in values.items():
        one = recall[f"class of {', '.join(languages)}"]
        assert one.paired
        assert one.new == pytest.approx(value, abs=1e-15)
    assert recall["class of bak_Cyrl, tat_Cyrl"].verdict == "worse"


def test_kinds_are_not_mixed():
    with pytest.raises(UserError, match="kind: the base is of tokenizers, the new result of lid"):
        langcov.compare(measured(), identified(bool))
