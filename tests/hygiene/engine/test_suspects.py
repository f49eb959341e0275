"""The search on arrays against the rule of each trigger, which sees one string after another."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.suspects import DIGITS_CLOSE, DIGITS_SPAN, Sought, Trigger, capitals_of, suspects
from langcov.hygiene.reading.fields import Fields
from langcov.languages import find

LETTERS = "аБ́ӏx\u00ad1|!<@ \u00a0\r7٣\u1680"
LINES = st.lists(st.text(st.sampled_from(LETTERS), max_size=14), min_size=1, max_size=8)
SETS = st.frozensets(st.sampled_from([*LETTERS, "з̌"]), max_size=3)
TRIGGERS = st.lists(
    st.builds(
        Trigger,
        anything=st.sampled_from([False] * 9 + [True]),
        suspects=SETS,
        beside=SETS,
        between=SETS,
        capitals=st.sampled_from([frozenset(), capitals_of("Cyrl")]),
        digits=st.booleans(),
    ),
    max_size=3,
)


@given(LINES, TRIGGERS)
def test_words_are_those_that_any_trigger_sees(lines: list[str], triggers: list[Trigger]) -> None:
    found = suspects(Fields.of(lines), Sought.by("Cyrl", triggers))
    wanted = [
        (number, match.start(), match.group())
        for number, line in enumerate(lines)
        for match in re.finditer(r"\S+", line)
        if any(trigger.sees(match.group()) for trigger in triggers)
    ]
    got = list(zip(found.text.tolist(), found.column.tolist(), found.words.to_list()))
    if any(trigger.digits for trigger in triggers):  # which are counted over spaces: some are found in vain
        got = [one for one in got if any(trigger.sees(one[2]) for trigger in triggers)]
    assert got == wanted
    assert found.total_words == sum(len(line.split()) for line in lines)


@given(LINES, TRIGGERS)
def test_no_line_that_a_trigger_sees_is_missed(lines: list[str], triggers: list[Trigger]) -> None:
    found = suspects(Fields.of(lines), Sought.by("Cyrl", [], triggers))
    seen = {number for number, line in enumerate(lines) if any(trigger.sees(line) for trigger in triggers)}
    assert seen <= set(found.lines.tolist())
    assert len(found.words) == 0
    named = {char for one in triggers for char in one.suspects | one.beside | one.between}
    if not any(trigger.anything or trigger.digits or trigger.capitals for trigger in triggers):
        assert all(named & set(lines[number]) for number in found.lines.tolist())


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
