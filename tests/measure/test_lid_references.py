"""Every figure of random models on random lines by an independent path: scikit-learn and plain loops."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import resolve
from langcov.lid import load
from langcov.lid.classes import Policy
from langcov.lid.labels import meanings
from langcov.measure.lid import LidSettings, measure
from langcov.results.result import Result

pytest.importorskip("sklearn")
from benchmarks.lid_by_definition import figures
from benchmarks.lid_judged import Judged, Line

LABELS = [
    "tt", "tat_Latn", "tat_Cyrl", "crh", "crh_Latn", "crh_Cyrl", "kum", "tr", "kv", "kpv_Cyrl", "sh", "sr",
    "srp_Latn", "bs", "az", "azj_Latn", "mn", "zh-Hant", "en", "und", "zxx", "mul",
]  # fmt: skip
GOLD = [
    "tat_Cyrl", "crh_Cyrl", "crh_Latn", "kum_Cyrl", "tur_Latn", "kpv_Cyrl", "koi_Cyrl", "srp_Cyrl",
    "srp_Latn", "azj_Latn", "xal_Cyrl", "zho_Hans", "eng_Latn", "eve_Cyrl",
]  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[Policy, list[str], list[Line]]:
    """A policy, the labels of a model, and lines with what it says of them."""
    labels = ["ru", *draw(st.lists(st.sampled_from(LABELS), max_size=8, unique=True))]
    golds = draw(st.lists(st.sampled_from(GOLD), min_size=1, max_size=6, unique=True))
    # Chinese has no upper case.
    line = st.builds(
        lambda gold, chars, best, others, score, case: Line(
            gold,
            chars,
            [best, *others] if best else [],
            score if best else None,
            {"case": None if gold == "zho_Hans" else case},
        ),
        st.sampled_from(golds),
        st.integers(5, 120),
        st.sampled_from([*labels, ""]),
        st.lists(st.sampled_from(labels), max_size=2),
        st.sampled_from([0.0, 0.3, 0.9, 0.9, 1.0]),
        st.sampled_from(labels),
    )
    policy: Policy = draw(st.sampled_from(["strict", "macro", "group"]))
    return policy, labels, draw(st.lists(line, min_size=1, max_size=60))


def measured(
    policy: Policy, labels: list[str], lines: list[Line], rate: float | None = None, parted: int = 0
) -> Result:
    """A model that finds its answers by the number that a text begins with.

    Args:
        rate: the base rate of thresholds.
        parted: so many lines are a corpus of their own, which thresholds are from.
    """

    def model(texts: list[str]) -> tuple[list[list[str]], list[list[float]]]:
        said, scores = [], []
        for text in texts:
            line = lines[int(text[:3])]
            found = list(line.labels) if "а" in text else [line.changed["case"] or ""]
            said.append(found)
            scores.append([line.score or 0.0] * len(found))
        return said, scores

    model.labels, model.score = labels, "probability"  # type: ignore[attr-defined]
    corpora: list[dict[str, list[str]]] = [{}, {}] if parted else [{}]
    for number, line in enumerate(lines):
        corpus = corpora[-1] if number >= parted else corpora[0]
        corpus.setdefault(line.gold, []).append(f"{number:03} ".ljust(line.chars, "а"))
    made = resolve([corpus for corpus in corpora if corpus])
    settings = LidSettings(
        policy, 3, perturbations=["case"], base_rate=rate, threshold_from=made[0].name if parted else ""
    )
    return measure(made, [load(model)], settings)


def compared(judged: Judged, result: Result, corpus: str) -> None:
    """See that the records of a corpus are what they are by definition."""
    expected = figures(judged)
    languages = {
        of: {line.gold for line, gold in zip(judged.lines, judged.truth) if gold == of} for of in judged.gold
    }
    seen = set()
    for record in result.records:
        if record.corpus != corpus or "counted in" in str(record.reason):
            continue
        (of,) = [
            gold
            for gold in judged.gold
            if "_".join(gold) == record.language or languages[gold] == set(record.languages or ())
        ] or [None]
        value = expected.get((of, record.metric))
        seen.add((of, record.metric))
        assert record.value == (None if value is None else pytest.approx(value, abs=1e-11)), (
            of,
            record.metric,
        )
    assert expected.keys() <= seen


@given(cases(), st.sampled_from([None, 0.5, 0.01]))
def test_every_figure_is_that_of_its_definition(
    case: tuple[Policy, list[str], list[Line]], rate: float | None
) -> None:
    policy, labels, lines = case
    result = measured(policy, labels, lines, rate)
    explained = {meaning.label: meaning for meaning in meanings("callable", labels)}
    compared(Judged(lines, explained, policy, rate), result, result.corpora[0]["name"])


@given(cases(), st.sampled_from([None, 0.5, 0.01]), st.data())
def test_thresholds_of_another_corpus(
    case: tuple[Policy, list[str], list[Line]], rate: float | None, data: st.DataObject
) -> None:
    policy, labels, lines = case
    if len(lines) < 2:
        return
    parted = data.draw(st.integers(1, len(lines) - 1))
    result = measured(policy, labels, lines, rate, parted)
    explained = {meaning.label: meaning for meaning in meanings("callable", labels)}
    whole = Judged(lines, explained, policy)
    found = Judged(lines[:parted], explained, policy, rate)
    found.__dict__["rule"] = whole.rule  # languages of all corpora say which macrolanguages are in use
    thresholds = {
        of: value for (of, metric), value in figures(found).items() if metric == "threshold_for_precision"
    }
    tested = Judged(lines[parted:], explained, policy, rate, thresholds)
    tested.__dict__["rule"] = whole.rule
    first, second = (corpus["name"] for corpus in result.corpora)
    compared(found, result, first)
    compared(tested, result, second)


@given(cases())
def test_predictions_are_the_sums_of_the_columns(case: tuple[Policy, list[str], list[Line]]) -> None:
    policy, labels, lines = case
    columns: Counter[str] = Counter()
    for cell in measured(policy, labels, lines).details["confusion"]:
        columns[cell["predicted"]] += cell["count"]
    judged = Judged(lines, {one.label: one for one in meanings("callable", labels)}, policy)
    assert columns == Counter("_".join(filter(None, judged.said(label))) for label in judged.top)
