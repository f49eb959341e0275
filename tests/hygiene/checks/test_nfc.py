from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hygiene.checks.characters_asked import issue, issues

MARKED = st.text(
    st.sampled_from("аиӣуэрoЙй\u0304\u0306\u0301\u0323\u030c\u0315\u212b\u0340\u0344-,«1"), max_size=12
)


def test_a_decomposed_letter_is_composed_and_nothing_else_is_touched() -> None:
    found = issue("nfc", "А\u0438\u0306ытҡолов", "bak")
    assert (found.start, found.end, found.wrong) == (1, 3, "и\u0306")
    assert (found.suggestion, found.severity, found.automatic) == ("Айытҡолов", "error", True)


@pytest.mark.parametrize(
    "word", ["р\u030c", "о\u0301", "ҏ\u0304", "d\u0315", "Бо\u0301льшая", "ﬁ", "²", "й", "е\u0304"]
)
def test_a_mark_without_a_composed_form_and_compatibility_characters_are_right(word: str) -> None:
    assert not issues("nfc", word, "rus")


@pytest.mark.parametrize(
    ("word", "right"), [("\u212b", "Å"), ("а\u0340", "а\u0300"), ("о\u0301\u0323", "о\u0323\u0301")]
)
def test_characters_that_nfc_replaces_and_marks_in_another_order(word: str, right: str) -> None:
    assert issue("nfc", word, "rus").suggestion == right


def test_the_order_of_marks_alone_is_no_error() -> None:
    shadda = issue("nfc", "\u0645\u0651\u064e", "arb")
    assert (shadda.severity, shadda.suggestion) == ("warning", "\u0645\u064e\u0651")
    assert issue("nfc", "и\u0306", "bak").severity == "error"


@settings(deadline=None)  # the tables are made on first use
@given(MARKED | st.text(max_size=8))
def test_the_fix_is_unicodes_own(word: str) -> None:
    found = issues("nfc", word)
    assert (found[0].suggestion if found else word) == unicodedata.normalize("NFC", word)


def test_a_mark_that_stands_twice() -> None:
    found = issue("doubled-mark", "тэгэ\u0304\u0304р", "evn")
    assert (found.start, found.end, found.suggestion) == (5, 6, "тэгэ\u0304р")
    assert (found.severity, found.automatic) == ("error", False)


def test_a_mark_that_the_composed_letter_has_already() -> None:
    assert issue("doubled-mark", "асӣ\u0304", "evn").suggestion == "асӣ"


@pytest.mark.parametrize("word", ["э\u0304", "э\u0304э\u0304", "о\u0323\u0301", "ӣ", "намадивӊчоғр\u030c"])
def test_marks_that_differ_or_stand_on_two_letters_are_right(word: str) -> None:
    assert not issues("doubled-mark", word, "evn")


@settings(deadline=None)  # the tables are made on first use
@given(MARKED)
def test_once_taken_out_no_mark_stands_twice(word: str) -> None:
    for found in issues("doubled-mark", word):
        assert found.suggestion is not None
        assert not issues("doubled-mark", found.suggestion)


def test_a_cedilla_for_a_letter_with_a_descender() -> None:
    found = issue("nfc", "ба\u0441\u0327\u04a1а", "bak")
    assert (found.suggestion, found.start, found.end, found.automatic) == ("ба\u04ab\u04a1а", 2, 4, True)
    assert issue("nfc", "С\u0327Ӑка", "chv").suggestion == "ҪӐка"
    assert not issues("nfc", "к\u0327ала", "bak")  # which has no қ
    both = issues("nfc", "\u0441\u0327и\u0306", "bak")
    assert [one.suggestion for one in both] == ["ҫи\u0306", "\u0441\u0327й"]
