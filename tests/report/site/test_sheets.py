"""What may stand in one table, and what never does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from langcov.errors import UserError
from langcov.report.site.sheets import sheets
from langcov.results.result import Result
from tests.report.lid_results import CONFUSIONS, lid_result

Tokens = Callable[..., Result]
A, B, C = "10" * 32, "20" * 32, "30" * 32


def test_systems_of_one_text_and_way_stand_together(tokens: Tokens) -> None:
    [sheet] = sheets([tokens({"a": A}), tokens({"b": B})], "tokenizers")
    assert list(sheet.systems) == ["a", "b"]
    assert sheet.title == "udhr"
    assert sheet.numbers.value("b", "tat_Cyrl", "fertility") == pytest.approx(1.32 * 2)


def test_another_text_is_another_table(tokens: Tokens) -> None:
    found = sheets([tokens({"a": A}, text="a" * 64), tokens({"a": A}, text="b" * 64)], "tokenizers")
    assert [sheet.title for sheet in found] == ["udhr @aaaaaaaa", "udhr @bbbbbbbb"]


@pytest.mark.parametrize("said", ["words:uax29", "words:whitespace|norm:NFC", "words:whitespace|version:9.9"])
def test_another_setting_is_another_table(said: str, tokens: Tokens) -> None:
    found = sheets([tokens({"a": A}), tokens({"b": B}, said=said)], "tokenizers")
    assert sorted(list(sheet.systems) for sheet in found) == [["a"], ["b"]]
    assert len({sheet.title for sheet in found}) == 2
    for sheet in found:
        assert sheet.signature.startswith("corpus:udhr@aaaaaaaa|")


def test_what_is_said_of_systems_or_extras_parts_nothing(tokens: Tokens) -> None:
    more = "words:whitespace|perturb:case|context:4096|engine:reference,gigatoken"
    [sheet] = sheets([tokens({"a": A}), tokens({"b": B}, said=more)], "tokenizers")
    assert list(sheet.systems) == ["a", "b"]


def test_the_same_result_counts_once_and_order_does_not_matter(tokens: Tokens) -> None:
    one, other = tokens({"a": A, "b": B}), tokens({"c": C})
    found = [sheets(given, "tokenizers") for given in ([one, other], [other, one, one])]
    assert found[0][0].result == found[1][0].result
    assert len(found[1]) == 1
    assert len(found[1][0].result.records) == len(one.records) + len(other.records)


def test_one_name_of_two_contents_is_two_systems(tokens: Tokens) -> None:
    [sheet] = sheets([tokens({"mine": A}), tokens({"mine": B, "other": C})], "tokenizers")
    assert sorted(sheet.systems) == ["mine@10101010", "mine@20202020", "other"]
    values = [sheet.numbers.value(name, "eng_Latn", "fertility") for name in sorted(sheet.systems)]
    assert values == [pytest.approx(one) for one in (1.16, 1.32, 1.48)]


def test_figures_that_differ_without_a_reason_never_mix(tokens: Tokens) -> None:
    one = tokens({"a": A})
    odd = replace(one, created="2027-01-01T00:00:00Z")
    odd = replace(odd, records=[replace(r, value=(r.value or 0) + 1) for r in odd.records])
    found = sheets([one, odd], "tokenizers")
    assert [sheet.title for sheet in found] == ["udhr", "udhr (2)"]
    assert [sheet.numbers.value("a", "eng_Latn", "fertility") for sheet in found] == [
        pytest.approx(1.16),
        pytest.approx(2.16),
    ]


def comparisons(*names: str, languages: Sequence[str] = ("tat_Cyrl",)) -> dict[str, list[dict[str, object]]]:
    """The first told apart from each other one."""
    return {
        "comparisons": [
            {
                "corpus": "udhr",
                "language": language,
                "metric": "fertility",
                "reference": None,
                "system": names[0],
                "other": other,
                "p_adjusted": 0.001,
            }
            for language in languages
            for other in names[1:]
        ]
    }


def test_who_is_compared(tokens: Tokens) -> None:
    tested = tokens({"a": A, "b": B}, details=comparisons("a", "b"))
    [alone] = sheets([tested], "tokenizers")
    assert alone.tokens.lowest("tat_Cyrl", "fertility") == ["a"]
    assert alone.apart == []
    [more] = sheets([tested, tokens({"c": C})], "tokenizers")
    assert more.apart == ["c"]
    assert more.tokens.lowest("tat_Cyrl", "fertility") == ["a"]
    whole = tokens({"a": A, "b": B, "c": C}, details=comparisons("a", "b", "c"))
    [all] = sheets([tested, tokens({"c": C}), whole], "tokenizers")
    assert all.apart == []
    assert [row["other"] for row in all.tokens.tests("tat_Cyrl", "fertility")] == ["b", "c"]


def test_who_says_that_it_was_trained_on_the_text_is_heard(tokens: Tokens) -> None:
    def said(status: str) -> dict[str, list[dict[str, str]]]:
        row = {"system": "a", "corpus": "udhr", "status": status, "source": "", "note": ""}
        return {"ledger": [row]}

    given = [tokens({"a": A}, details=said(status), created=status) for status in ("trained", "unknown")]
    for order in (given, given[::-1]):
        [sheet] = sheets(order, "tokenizers")
        assert sheet.numbers.trained("a")


def test_models_of_other_classes_are_apart() -> None:
    """A policy makes classes of the labels of the models that were measured together."""
    test = {"corpus": "udhr", "system": "alpha", "other": "gamma", "p_adjusted": 0.001}
    one = lid_result({"alpha": CONFUSIONS["alpha"]}, details={"comparisons": [test]})
    fewer = {gold: cells for gold, cells in CONFUSIONS["beta"].items() if gold != "niv_Cyrl"}
    found = sheets([one, lid_result({"beta": fewer})], "lid")
    assert sorted(list(sheet.systems) for sheet in found) == [["alpha"], ["beta"]]
    [together] = sheets([one, lid_result({"beta": CONFUSIONS["beta"]})], "lid")
    assert list(together.systems) == ["alpha", "beta"]
    assert [len(sheets([one], "lid")[0].lines.tests), together.lines.tests] == [1, []]
    assert together.lines.taken["beta"]["bak_Cyrl"] == {"bak_Cyrl": 5, "tat_Cyrl": 5}


def test_a_kind_that_has_no_pages_is_refused(tokens: Tokens) -> None:
    with pytest.raises(UserError, match="a result of 'speed' has no pages"):
        sheets([replace(tokens({"a": A}), kind="speed")], "tokenizers")
