"""Every share of random models by an independent path: label by label and line by line, with scikit-learn."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import resolve
from langcov.lid import load
from langcov.lid.classes import Policy
from langcov.measure.lid import LidSettings, measure
from langcov.results.result import Result

metrics = pytest.importorskip("sklearn.metrics")

MEANINGS = {
    "tt": ("tat", ""), "tat_Latn": ("tat", "Latn"), "tat_Cyrl": ("tat", "Cyrl"), "crh": ("crh", ""),
    "crh_Latn": ("crh", "Latn"), "crh_Cyrl": ("crh", "Cyrl"), "kum": ("kum", ""), "tr": ("tur", ""),
    "kv": ("kom", ""), "kpv_Cyrl": ("kpv", "Cyrl"), "sr": ("srp", ""), "srp_Latn": ("srp", "Latn"),
    "sh": ("hbs", ""), "bs": ("bos", ""), "en": ("eng", ""), "und": ("", "unsure"),
    "zxx": ("", "not-language"),
}  # fmt: skip
"""What labels mean: a language and a script, or none and the sentinel."""
GOLD = [
    "tat_Cyrl", "tat_Latn", "crh_Cyrl", "crh_Latn", "kum_Cyrl", "tur_Latn", "kpv_Cyrl", "koi_Cyrl",
    "srp_Cyrl", "srp_Latn", "eng_Latn", "eve_Cyrl",
]  # fmt: skip
GROUPS = {
    **{(code, script): "tatar" for code in ("tat",) for script in ("Cyrl", "Latn")},
    **{("kum", script): "kipchak" for script in ("Cyrl", "Latn")},
    ("crh", "Cyrl"): "kipchak", ("crh", "Latn"): "oghuz",
    **{("tur", script): "oghuz" for script in ("Cyrl", "Latn")},
    **{(code, script): "permic" for code in ("kpv", "koi", "kom") for script in ("Cyrl", "Latn")},
}  # fmt: skip


MACROLANGUAGES = {"kpv": "kom", "koi": "kom", "srp": "hbs", "bos": "hbs"}


def kind(policy: Policy, language: str, script: str, used: set[str]) -> tuple[str, str]:
    """The class of a language in a script, said a second time."""
    macro = MACROLANGUAGES.get(language)
    if policy != "strict" and macro in used:
        language = macro
    if policy == "group":
        language = GROUPS.get((language, script), language)
    return language, script


def claims(policy: Policy, label: str, gold: str, used: set[str]) -> bool:
    """Whether a label is right on lines of a language."""
    language, script = MEANINGS[label]
    code, _, written = gold.partition("_")
    if not language or (script and script != written):
        return False
    return kind(policy, language, written, used) == kind(policy, code, written, used)


Lines = list[tuple[str, str]]
"""Of each line its gold language and what the model says."""


@st.composite
def cases(draw: st.DrawFn) -> tuple[Policy, list[str], Lines]:
    """A policy, the labels of a model, and lines."""
    labels = draw(st.lists(st.sampled_from(sorted(MEANINGS)), min_size=1, max_size=8, unique=True))
    golds = draw(st.lists(st.sampled_from(GOLD), min_size=1, max_size=6, unique=True))
    line = st.tuples(st.sampled_from(golds), st.sampled_from(labels))
    policy: Policy = draw(st.sampled_from(["strict", "macro", "group"]))
    return policy, labels, draw(st.lists(line, min_size=1, max_size=80))


def measured(policy: Policy, labels: list[str], lines: Lines) -> Result:
    """A model that reads its answer in the line."""

    def model(texts: list[str]) -> tuple[list[str], None]:
        return [text.split()[0] for text in texts], None

    model.labels = labels  # type: ignore[attr-defined]
    corpus: dict[str, list[str]] = {}
    for gold, label in lines:
        corpus.setdefault(gold, []).append(f"{label} {len(lines)}")
    return measure(resolve([corpus]), [load(model)], LidSettings(policy=policy))


def figures(result: Result, of: tuple[str, str], languages: set[str]) -> dict[str, float | None]:
    """The figures of a class, by metric."""
    name = "_".join(of)
    return {
        record.metric: record.value
        for record in result.records
        if (record.language == name and "counted in" not in str(record.reason))
        or set(record.languages or ()) == languages
    }


@given(cases())
def test_every_share_is_that_of_scikit_learn(case: tuple[Policy, list[str], Lines]) -> None:
    policy, labels, lines = case
    result = measured(policy, labels, lines)
    used = {MEANINGS[label][0] for label in labels} | {gold[:3] for gold, _ in lines}
    right = [claims(policy, label, gold, used) for gold, label in lines]
    kinds = [kind(policy, *gold.split("_"), used) for gold, _ in lines]  # type: ignore[call-arg]
    for one in set(kinds):
        languages = {gold for (gold, _), of in zip(lines, kinds) if of == one}
        gold = min(languages)
        truth = [of == one for of in kinds]
        said = [
            claims(policy, label, gold, used) and (of == one or not hit)
            for (_, label), of, hit in zip(lines, kinds, right)
        ]
        table = metrics.confusion_matrix(truth, said, labels=[False, True])
        expected = {
            "precision": metrics.precision_score(truth, said, zero_division=np.nan),
            "recall": metrics.recall_score(truth, said, zero_division=np.nan),
            "f1": metrics.f1_score(truth, said, zero_division=np.nan),
            "false_positive_rate": table[0, 1] / table[0].sum() if table[0].sum() else np.nan,
        }
        if not any(claims(policy, label, gold, used) for label in labels):
            expected = dict.fromkeys(expected, np.nan)
        found = figures(result, one, languages)
        for metric, value in expected.items():
            assert found[metric] == (None if np.isnan(value) else value), (one, metric)
    (accuracy,) = (record.value for record in result.records if record.metric == "accuracy")
    assert accuracy == sum(right) / len(right)


@given(cases())
def test_predictions_are_the_sums_of_the_columns(case: tuple[Policy, list[str], Lines]) -> None:
    _, labels, lines = case
    columns: Counter[str] = Counter()
    for cell in measured("strict", labels, lines).details["confusion"]:
        columns[cell["predicted"]] += cell["count"]
    expected: Counter[str] = Counter()
    for _, label in lines:
        code, script = MEANINGS[label]
        expected["_".join(filter(None, (code, script)))] += 1
    assert columns == expected
