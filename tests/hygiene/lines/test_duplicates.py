"""Repeated lines, against a dict."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines.duplicates import SENTENCE, Duplicates, trim
from langcov.text.strings import Strings
from tests.hygiene.lines.asked import context, issues_of

LINES = st.lists(st.text(st.sampled_from("аб \t\r\u00a0"), max_size=4), max_size=40)


@given(LINES, st.integers(1, 7))
def test_each_repetition_names_the_first(lines: list[str], piece: int) -> None:
    found = [
        (number, int(issue.values["line"]) - 1)
        for number, issue in issues_of(Duplicates(context()), lines, piece)
    ]
    first: dict[str, int] = {}
    wanted = []
    for number, line in enumerate(lines):
        trimmed = line.strip(" \t\r")
        if trimmed and first.setdefault(trimmed, number) != number:
            wanted.append((number, first[trimmed]))
    assert found == wanted


@given(LINES)
def test_trim(lines: list[str]) -> None:
    assert trim(Strings.of(lines)).to_list() == [line.strip(" \t\r") for line in lines]


def test_a_short_line_may_repeat() -> None:
    lines = ["а" * (SENTENCE - 1)] * 2 + ["а" * SENTENCE] * 2
    assert [issue.severity for _, issue in issues_of(Duplicates(context()), lines)] == ["note", "warning"]
