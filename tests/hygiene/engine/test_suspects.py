"""The search on arrays against the rule of each trigger, which sees one string after another."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.suspects import Sought, suspects
from langcov.hygiene.engine.triggers import Trigger, capitals_of
from langcov.hygiene.reading.fields import Fields

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
