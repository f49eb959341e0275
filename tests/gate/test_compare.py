"""A gate on results of callables, whose ids and counts are known by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

import langcov
from langcov.errors import UserError
from langcov.gate.compare import compare_systems
from langcov.gate.settings import GateSettings
from langcov.gate.side import Side
from tests.gate.made import measured, text, tokenizer, verdicts


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


def test_systems_of_one_result():
    systems = {"a": tokenizer(), "b": tokenizer(lambda at, ids: ids + ids[:1])}
    side = Side("r", langcov.measure_tokenizers(systems, {"tat": text(100)}, hygiene=False))
    found = compare_systems(side, "a", "b", GateSettings())
    assert [one.metric for one in found.worse] == ["fertility"]
    assert found.drifts == []
    with pytest.raises(UserError, match="no system 'c': there are a, b"):
        compare_systems(side, "a", "c", GateSettings())
