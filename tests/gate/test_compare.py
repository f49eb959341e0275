"""A gate on results of callables, whose ids and counts are known by hand."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
import pytest

import langcov
from langcov.errors import UserError
from langcov.gate.changes import _p, bh
from langcov.gate.compare import compare, compare_systems
from langcov.gate.moved import mcnemar
from langcov.gate.settings import GateSettings
from langcov.gate.side import Side
from langcov.metrics.intervals import interval, resample
from langcov.metrics.lid.registry import lid_metrics
from langcov.metrics.paired import holm
from langcov.results.result import Record, Result

WORDS = [
    "алма",
    "күл",
    "таш",
    "юл",
    "су",
    "ут",
    "бер",
    "ике",
    "өч",
    "дүрт",
    "ай",
    "көн",
    "төн",
    "кеше",
    "бала",
]


def text(lines: int, seed: int = 0) -> list[str]:
    """Lines of words of no language in no order, of 4 to 12 words each."""
    draw = np.random.RandomState(seed)
    return [" ".join(draw.choice(WORDS, draw.randint(4, 13))) for _ in range(lines)]


def ids_of(word: str) -> list[int]:
    """Two pieces of each word."""
    return [zlib.crc32(part.encode()) % 50_000 for part in (word[:2], word[2:]) if part]


def tokenizer(change=lambda at, ids: ids):
    """A callable; ``change`` is given the number of each line and its ids."""

    def encode(lines):
        return [
            change(at, [id for word in line.split() for id in ids_of(word)]) for at, line in enumerate(lines)
        ]

    return encode


def measured(change=lambda at, ids: ids, lines=None, name="t", **more):
    lines = lines or {"tat": text(400), "bak": text(400, 1)}
    return langcov.measure_tokenizers({name: tokenizer(change)}, lines, hygiene=False, **more)


def verdicts(found) -> set[str]:
    return {one.verdict for one in found.changes}


def test_a_result_against_itself_is_the_same():
    result = measured()
    found = langcov.compare(result, result)
    assert (found.failed, found.drifts, verdicts(found)) == (False, [], {"same"})
    assert all(one.paired for one in found.changes)


def test_two_percent_more_tokens_on_text_of_the_size_of_ntrex_close_the_gate():
    lines = {"tat": text(1997)}
    more = measured(lambda at, ids: ids + ids[: len(ids) // 50 + (at % 3 == 0)], lines)
    found = langcov.compare(measured(lines=lines), more)
    [fertility] = [one for one in found.changes if one.metric == "fertility"]
    assert 0.01 < fertility.difference / fertility.base < 0.03
    assert fertility.verdict == "worse"
    assert fertility.low > 0
    assert found.failed


def test_fewer_tokens_open_it():
    found = langcov.compare(measured(lambda at, ids: ids + ids[:1]), measured(), {"ids": "ignore"})
    assert {one.verdict for one in found.changes if one.metric == "fertility"} == {"better"}
    assert not found.failed


def test_one_changed_id_in_a_hundred_thousand_is_id_drift():
    lines = {"tat": text(8000)}

    def other(at, ids):
        return [7, *ids[1:]] if at == 5432 else ids

    base, new = measured(lines=lines), measured(other, lines)
    assert base.totals[0]["tokens"] > 100_000
    found = langcov.compare(base, new)
    [drift] = found.drifts
    assert (drift.rows, drift.same_counts, found.failed) == (1, True, True)
    assert drift.first_lines[0] <= 5433 < drift.first_lines[0] + drift.row_lines
    assert not langcov.compare(base, new, {"ids": "ignore"}).failed


def test_ids_in_another_order_are_no_drift():
    """What a digest that adds is blind to; counts are the same, too."""
    assert langcov.compare(measured(), measured(lambda at, ids: ids[::-1])).drifts == []


def test_drift_is_seen_without_rows_by_language():
    base, new = measured(), measured(lambda at, ids: [7, *ids[1:]] if at == 3 else ids)
    found = langcov.compare(replace(base, rows=None), replace(new, rows=None))
    assert {(one.language, one.rows) for one in found.drifts} == {("tat_Cyrl", None), ("bak_Cyrl", None)}
    assert not any(one.paired for one in found.changes)
    assert len([one for one in found.notices if "no rows" in one]) == 2


def test_a_corpus_that_was_edited_is_named_with_its_line():
    lines = text(400)
    edited = [*lines[:300], lines[300].replace("а", "о", 1), *lines[301:]]
    base, new = measured(lines={"tat": lines}), measured(lines={"tat": edited})
    with pytest.raises(UserError, match=r"corpora: .*first in tat_Cyrl, from line 301 on"):
        langcov.compare(base, new)


@pytest.mark.parametrize(
    ("base", "new", "says"),
    [
        (measured(words="uax29"), measured(), "words: uax29 in the base, whitespace in the new result"),
        (measured(name="a"), measured(name="b"), "no system is in both results"),
        (measured(), measured(lines={"che": text(30)}), "bak_Cyrl, tat_Cyrl in one, che_Cyrl in"),
        (
            replace(measured(), rows=None),
            measured(lines={"tat": text(400)}),
            "in which languages, only rows beside both would tell",
        ),
    ],
)
def test_a_comparison_without_sense_is_refused_with_the_field(base, new, says):
    with pytest.raises(UserError, match=says):
        langcov.compare(base, new)


def test_languages_that_the_new_result_lacks_are_gone_and_others_are_compared():
    both = measured()
    one = measured(lines={"tat": text(400)})
    found = langcov.compare(both, one)
    assert {one.verdict for one in found.changes if one.language == "tat_Cyrl"} == {"same"}
    assert {one.language for one in found.worse if one.verdict == "gone"} == {"bak_Cyrl"}
    assert not langcov.compare(one, both).failed


def test_tolerances():
    base, new = measured(), measured(lambda at, ids: ids + ids[:1])
    worst = max(one.difference / one.base for one in langcov.compare(base, new).worse)
    tolerated = {"relative": worst + 0.01, "ids": "ignore"}
    assert not langcov.compare(base, new, tolerated).failed
    but = {**tolerated, "tolerance": [{"group": "Turkic", "metric": "fertility", "relative": 0.0}]}
    assert {one.metric for one in langcov.compare(base, new, but).worse} == {"fertility"}
    bak = {"relative": 1.0, "ids": "ignore", "tolerance": [{"language": "ba", "relative": 0.0}]}
    assert {one.language for one in langcov.compare(base, new, bak).worse} == {"bak_Cyrl"}


@pytest.mark.parametrize(
    ("gate", "says"),
    [
        ({"metric": ["fertility"]}, "no key is called 'metric'.*metrics"),
        ({"metrics": ["tokens_over_words"]}, "tokens_over_words can't be gated: neither direction"),
        ({"metrics": ["fertilty"]}, "no metric is called 'fertilty'.*fertility"),
        ({"tolerance": [{"relativ": 1}]}, "no key is called 'relativ'.*relative"),
        ({"relative": "much"}, "relative = 'much' is no number"),
        ({"relative": -1}, "must be a number from 0"),
        ({"correction": "none"}, "it is holm or bh"),
        ({"tolerance": [{"language": "klingonish"}]}, "unknown language"),
        ({"metrics": "fertility"}, "metrics = 'fertility' is no list of texts"),
        ({"metrics": [["fertility"]]}, "is no list of texts"),
        ({"ids": 3}, "ids = 3 is no text"),
        ({"tolerance": {"relative": 1}}, r"is no list of tables: write \[\[gate.tolerance\]\]"),
        ({"tolerance": ["x"]}, "is no list of tables"),
        ({"tolerance": [{"language": 3}]}, "language = 3 is no text"),
        ({"tolerance": [{"metric": "fertilty"}]}, "no metric is called 'fertilty'.*fertility"),
        ({"tolerance": [{"group": "Turkik"}]}, "no group is called 'Turkik'.*Turkic"),
    ],
)
def test_a_wrong_gate_says_what_is_wrong(gate, says):
    result = measured(lines={"tat": text(30)})
    with pytest.raises(UserError, match=says):
        langcov.compare(result, result, gate)


def drawn(seed: int, languages: int = 8, rows: int = 60) -> Side:
    """A result without rows: tokens and words of rows drawn from one and the same distribution."""
    draw = np.random.RandomState(seed)
    records = []
    for language in ("tat", "bak", "chv", "che", "sah", "oss", "udm", "mhr")[:languages]:
        words = 4 + draw.poisson(20, rows)
        counted = np.stack([draw.poisson(3.0 * words), words], 1)
        top, bottom = counted.sum(axis=0)
        low, high = interval(np.divide(*resample(counted).T))
        place = ("t", "c", f"{language}_Cyrl", "fertility")
        records.append(Record(*place, top / bottom, low, high, n=rows, rows=rows))
    text = {"short": "corpus:c@1|tok:t@2|words:whitespace", "long": ""}
    corpora, systems = [{"name": "c", "sha256": "1"}], [{"name": "t", "skipped": None}]
    return Side(str(seed), Result("tokenizers", text, "", {}, corpora, systems, [], records))


def test_unpaired_results_of_two_draws_of_rows_seldom_close_the_gate():
    """Nothing differs but chance: of the gates over eight languages at most 5 %, and what sampling adds."""
    gates = 200
    closed = sum(compare(drawn(2 * at), drawn(2 * at + 1), GateSettings()).failed for at in range(gates))
    assert closed <= 0.05 * gates + 2 * np.sqrt(gates * 0.05 * 0.95)


def test_unpaired_results_that_differ_by_much_close_it():
    base, new = drawn(1), drawn(2)
    dear = [
        replace(one, **{name: getattr(one, name) * 1.2 for name in ("value", "low", "high")})
        for one in new.result.records
    ]
    assert compare(base, Side("new", replace(new.result, records=dear)), GateSettings()).failed


def test_p_of_a_difference_is_that_of_students_t():
    """Quantiles of t from tables: 9, 29 and 249 degrees of freedom."""
    for t, rows, p in ((2.262, 10, 0.05), (3.25, 10, 0.01), (2.756, 30, 0.01), (3.33, 250, 0.001)):
        assert _p(t, 1.0, rows) == pytest.approx(p, rel=0.02)


def test_tails_and_adjustments_are_those_of_scipy_and_statsmodels():
    """Down to tails that matter after a thousand tests."""
    stats, multitest = pytest.importorskip("scipy.stats"), pytest.importorskip("statsmodels.stats.multitest")
    for rows in (20, 41, 188, 256):
        for t in (0.5, 1.0, 2.0, 4.0, 5.0, 6.0):
            assert _p(t, 1.0, rows) == pytest.approx(2 * stats.t.sf(t, rows - 1), rel=0.03)
    draw = np.random.RandomState(5)
    for size in (1, 2, 7, 300):
        p = draw.uniform(0, 0.2, size)
        assert bh(p) == pytest.approx(multitest.multipletests(p, method="fdr_bh")[1])
        assert holm(p) == pytest.approx(multitest.multipletests(p, method="holm")[1])
    for more, fewer in ((0, 3), (2, 9), (7, 7), (30, 12)):
        assert mcnemar(more, fewer) == pytest.approx(stats.binomtest(more, more + fewer).pvalue)


def test_mcnemar_by_hand():
    assert mcnemar(1, 9) == pytest.approx(2 * (1 + 10) / 2**10)


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


def test_a_setting_that_one_metric_hangs_on_counts_where_that_is_gated():
    base, new = measured(context=1000), measured(context=2000)
    assert not langcov.compare(base, new).failed
    with pytest.raises(UserError, match="context: 1000 in the base, 2000 in the new result"):
        langcov.compare(base, new, {"metrics": ["context_chars"]})


def test_a_system_that_is_not_there_any_more_closes_the_gate():
    both = langcov.measure_tokenizers({"t": tokenizer(), "u": tokenizer()}, {"tat": text(100)}, hygiene=False)
    found = langcov.compare(both, measured(lines={"tat": text(100)}))
    assert {(one.system, one.verdict) for one in found.worse} == {("u", "gone")}
    assert "u is in the base alone" in found.notices


def test_kinds_are_not_mixed():
    with pytest.raises(UserError, match="kind: the base is of tokenizers, the new result of lid"):
        langcov.compare(measured(), identified(bool))


def test_systems_of_one_result():
    systems = {"a": tokenizer(), "b": tokenizer(lambda at, ids: ids + ids[:1])}
    side = Side("r", langcov.measure_tokenizers(systems, {"tat": text(100)}, hygiene=False))
    found = compare_systems(side, "a", "b", GateSettings())
    assert [one.metric for one in found.worse] == ["fertility"]
    assert found.drifts == []
    with pytest.raises(UserError, match="no system 'c': there are a, b"):
        compare_systems(side, "a", "c", GateSettings())
