"""The rule that decides what a check sees, against one written with re."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.triggers import DIGITS_CLOSE, DIGITS_SPAN, Trigger
from langcov.languages import find

TEXTS = st.text(st.sampled_from("аБ́ӏBx\u00ad1|! ҧ7٣"), max_size=16)
JOINS = r"(?:[^\W\d_]|\u0301)"
CHECK = Check("toy", "", "")
EVIDENCE = Evidence(find("che"), None)


def sees(check: Check, text: str) -> bool:
    return Trigger.of(check, EVIDENCE).sees(text)


@given(TEXTS)
def test_a_check_that_names_nothing_sees_everything(text: str) -> None:
    assert sees(CHECK, text)


@given(TEXTS)
def test_suspects(text: str) -> None:
    check = replace(CHECK, suspects=lambda evidence: ["ӏ", "\u00ad", "а\u0301"])  # one with a mark
    assert sees(check, text) == bool(re.search("[ӏ\u00ad]", text))


@given(TEXTS)
def test_beside_and_between(text: str) -> None:
    check = replace(CHECK, beside=lambda evidence: "1|", between=lambda evidence: "!")
    pattern = rf"{JOINS}[1|]|[1|]{JOINS}|{JOINS}!{JOINS}"
    assert sees(check, text) == bool(re.search(pattern, text))


@given(TEXTS)
def test_capitals_of_the_script_and_small_palochkas_in_a_row(text: str) -> None:
    assert sees(replace(CHECK, capitals=True), text) == bool(re.search("[Бӏ]{3}", text))


@given(st.text(st.sampled_from("17٣ -а"), max_size=30))
def test_digits_close_together(text: str) -> None:
    windows = (text[start : start + DIGITS_SPAN] for start in range(len(text)))
    crowded = any(sum(map(str.isdigit, window)) >= DIGITS_CLOSE for window in windows)
    assert sees(replace(CHECK, digits=True), text) == crowded


def test_a_check_may_want_to_see_nothing_of_a_language() -> None:
    assert not sees(replace(CHECK, suspects=lambda evidence: ""), "аБ")
