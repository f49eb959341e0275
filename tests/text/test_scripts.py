"""The majority script against a count with `regex`."""

from __future__ import annotations

from collections import Counter

import regex
from hypothesis import given
from hypothesis import strategies as st

from langcov.text.properties import scripts
from langcov.text.scripts import NO_SCRIPT, SAME, comparable, is_script, majority_script
from langcov.text.strings import Strings

VOTERS = ["Cyrl", "Latn", "Arab", "Geor", "Armn", "Hebr", "Grek", "Hani", "Hang", "Mong", "Deva"]
PATTERNS = {code: rf"\p{{sc={code}}}" for code in VOTERS} | {"Hani": r"\p{Hani}\p{Hira}\p{Kana}\p{Bopo}"}


def by_regex(text: str) -> str:
    """The same rule in other words; first in the alphabet wins a tie."""
    counts = {code: len(regex.findall(rf"(?=\p{{L}})[{own}]", text)) for code, own in PATTERNS.items()}
    best = max(counts.values())
    return min(code for code in VOTERS if counts[code] == best) if best else "Zyyy"


def found(*texts: str) -> list[str]:
    return [scripts()[at] for at in majority_script(Strings.of(texts))]


@given(st.lists(st.text("абvwҗӏӀʼˮ1 .\u0301яΩשء日のテ語한ქწდკՀ\U00010ffff०कᠮª", max_size=12), max_size=8))
def test_is_the_count_of_letters(texts: list[str]) -> None:
    assert found(*texts) == [by_regex(text) for text in texts]


def test_ties_go_by_the_order_of_codes_wherever_the_letters_stand() -> None:
    assert found("аб ab", "ab аб", "ab შე", "שג ab") == ["Cyrl", "Cyrl", "Geor", "Hebr"]


def test_digits_marks_and_letters_of_no_script_have_no_vote() -> None:
    assert found("", "2026", "\u0301", "ʼʼʼ а", "😀!", "१२३") == [
        "Zyyy",
        "Zyyy",
        "Zyyy",
        "Cyrl",
        "Zyyy",
        "Zyyy",
    ]


def test_japanese_does_not_change_script_with_its_share_of_kana() -> None:
    assert found("テレビ", "てれび", "日本語", "ㄅㄆ") == ["Hani"] * 4


def test_blocks_do_not_show() -> None:
    texts = ["тат", "tat", "ტატ", ""] * 100_000
    assert Counter(found(*texts)) == dict.fromkeys(["Cyrl", "Latn", "Geor", "Zyyy"], 100_000)
    assert found(*texts)[-4:] == ["Cyrl", "Latn", "Geor", "Zyyy"]


def test_codes_that_are_compared_as_the_same() -> None:
    assert {comparable(code) for code in ("Hans", "Hant", "Hani", "Jpan", "Hira")} == {"Hani"}
    assert comparable("Kore") == comparable("Hang") == "Hang"
    assert all(is_script(code) and code in scripts() for code in SAME.values())
    assert {comparable(code) for code in NO_SCRIPT} == {""}
    assert not is_script("Tatn") and not is_script("")
