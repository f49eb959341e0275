"""Which tokenizer to take, in words: every case, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from langcov.core import ui
from langcov.report.tokenizers.answers import answers
from langcov.results.result import Result
from tests.report.conftest import Build
from tests.report.figures import compared, with_tests

FOUR = {"a": (1.1, None), "b": (1.2, None), "c": (1.3, None), "bytes": (0.1, None)}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    ui.use("en")
    yield
    ui.use("en")


def built(build: Build, systems: dict[str, Any], *rows: list[dict[str, Any]]) -> Result:
    result = with_tests(build(systems), *rows)
    for system in result.systems:
        system["kind"] = "bytes" if system["name"] == "bytes" else "sentencepiece"
    return result


def answer(result: Result) -> str:
    asked = [{"asked": "tat_Cyrl", "told_by": "udhr"}]
    _, line = answers(replace(result, details={**result.details, "asked": asked}))
    return line


def test_the_winner_comes_with_the_test_against_the_next(build: Build) -> None:
    rows = compared("tat_Cyrl", "fertility", "a", {"c": 0.002, "b": 0.004})
    rows[1] |= {"difference": 0.2, "low": 0.15, "high": 0.25}
    result = built(build, FOUR, rows)
    assert answer(result) == (
        "Tatar (udhr): a, 2.20 tokens a word; the next, b, needs 0.20 more [0.15, 0.25], p = 0.004 "
        "(paired bootstrap over 30 rows, Holm)."
    )
    ui.use("ru")
    assert answer(result) == (
        "татарский (udhr): a, 2,20 токена на слово; у следующего, b, на 0,20 больше [0,15; 0,25], p = 0,004 "
        "(парный бутстреп, рядов: 30, поправка Холма)."
    )


def test_what_is_not_told_apart_is_named_together(build: Build) -> None:
    rows = compared("tat_Cyrl", "fertility", "a", {"b": 0.31, "c": 0.002})
    assert answer(built(build, FOUR, rows)) == (
        "Tatar (udhr): not distinguishable: a, b; b needs 0.50 tokens a word more than a [0.10, 0.90], "
        "p = 0.310 (paired bootstrap over 30 rows, Holm)."
    )


def test_one_that_is_left_is_no_winner_and_the_others_say_why(build: Build) -> None:
    systems = {"a": (1.1, None), "lossy": (0.5, 0.3), "seen": (0.9, None), "broken": (1.0, None)}
    result = built(build, {**systems, "bytes": (0.1, None)})
    ledger = [{"system": "seen", "corpus": "udhr", "status": "trained", "source": "a card", "note": ""}]
    records = [
        replace(record, value=None, low=None, high=None, reason="line 7: no")
        if (record.system, record.language) == ("broken", "tat_Cyrl")
        else record
        for record in result.records
    ]
    result = replace(result, records=records, details={**result.details, "ledger": ledger})
    assert answer(result) == (
        "Tatar (udhr): only one tokenizer can be compared, a, so that nothing is tested; left out: "
        "lossy (loses 30 % of the characters), seen (trained on this corpus), broken (line 7: no)."
    )
    none = replace(result, records=[record for record in records if record.system != "a"])
    assert answer(none).startswith("Tatar (udhr): no tokenizer can be compared; left out: ")


def test_few_rows_and_lists_of_words_are_told(build: Build) -> None:
    result = built(build, FOUR)
    records = [replace(record, rows=15) for record in result.records]
    card = {**result.corpora[0], "kind": "lexicon"}
    assert answer(replace(result, records=records, corpora=[card])) == (
        "Tatar (udhr, a list of words): no test, as 15 rows are too few: a, b, c."
    )
