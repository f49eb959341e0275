"""Lengths and letters of lines, against Python's own counts."""

from __future__ import annotations

import statistics
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.judge import LONGEST
from langcov.hygiene.lines.statistics import LONG, LineStatistics
from langcov.hygiene.reading.fields import TOO_LONG
from tests.hygiene.lines.asked import context, issues_of, numbers_of

LINES = st.lists(st.text(st.sampled_from("ая́̄ 1.,\t\u00a0😀é"), max_size=12), max_size=30)


@given(LINES, st.integers(1, 7))
def test_letters_and_totals(lines: list[str], piece: int) -> None:
    check = LineStatistics(context())
    few = [issue for issue in issues_of(check, lines, piece) if issue[1].check == "line-letters"]
    letters = [sum(unicodedata.category(char)[0] in "LM" for char in line) for line in lines]
    filled = [sum(not char.isspace() for char in line) for line in lines]
    assert numbers_of(few) == [at for at in range(len(lines)) if filled[at] and 2 * letters[at] < filled[at]]
    sizes = [len(line) for line in lines if line.strip()]
    totals = check.totals
    assert (totals.lines, totals.empty) == (len(lines), len(lines) - len(sizes))
    assert totals.median == (statistics.median(sizes) if sizes else 0)
    assert totals.longest == max(sizes, default=0)
    told = [issue.message for _, issue in check.issues() if issue.check == "line-letters"]
    assert len(told) == len(few)
    without = told.count("This line holds no letter.")
    assert without == sum(a == 0 < b for a, b in zip(letters, filled))


def test_long_lines() -> None:
    lines = [("а " * size)[:size] for size in (LONG, LONG + 1, TOO_LONG, TOO_LONG + 1)]
    found = [
        (number, issue.check, issue.severity) for number, issue in issues_of(LineStatistics(context()), lines)
    ]
    assert found == [
        (1, "line-length", "note"), (2, "line-length", "note"), (3, "line-length", "warning")
    ]  # fmt: skip


def test_long_words() -> None:
    """A word that is too long for the checks of words, suspicious or not; signs without a letter are none."""
    word, rule = "а" * (LONGEST + 1), "—" * (LONGEST + 1)
    lines = [word, f"ак {word[1:]}", f"ак\u00a0\U0001f600{word}, {rule} {word} q", rule]
    found = [
        (number, issue.start, issue.end, issue.severity, issue.values["count"])
        for number, issue in issues_of(LineStatistics(context()), lines, 3)
        if "count" in issue.values
    ]
    start = lines[2].index(word, LONGEST + 9)
    assert found == [
        (0, 0, LONGEST + 1, "warning", "1001"),
        (2, 3, LONGEST + 6, "warning", "1003"),
        (2, start, start + LONGEST + 1, "warning", "1001"),
    ]


def test_no_letter_is_said_so() -> None:
    ((_, issue),) = issues_of(LineStatistics(context()), ["— 1991 —"])
    assert issue.message == "This line holds no letter."
