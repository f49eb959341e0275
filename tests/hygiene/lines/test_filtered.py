"""What filters drop a text for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines import filtered
from langcov.hygiene.lines.filtered import END_MARKS, Filtered
from tests.hygiene.lines.asked import context, issues_of

LINE = "Алар кичә өйгә соң кайттылар"


def found(lines: list[str], piece: int = 7) -> dict[str, dict[str, str]]:
    issues = issues_of(Filtered(context()), lines, piece)
    assert all(number is None and issue.severity == "note" for number, issue in issues)
    return {issue.check: dict(issue.values) for _, issue in issues}


def test_all_in_capitals() -> None:
    assert found([f"{LINE.upper()}."] * 20) == {"capitals": {"percent": "100"}}
    assert found([f"{LINE}."] * 10 + [f"{LINE.upper()}."] * 10) == {}
    assert found([f"{LINE.upper()}."] * 5) == {}  # too few letters
    assert found(["მეორე დღეს ისინი სახლში დაბრუნდნენ."] * 20) == {}  # which have no case


def test_no_end_marks() -> None:
    assert found([LINE] * 20) == {"end-marks": {"lines": "20", "ended": "0"}}
    assert found([LINE] * 19) == {}
    assert found(["Ике сүз", "дүрт сүз булган юл"] * 50) == {}  # lists
    assert found([LINE] * 22 + [f"{LINE}.» "] * 3) == {"end-marks": {"lines": "25", "ended": "3"}}
    assert found([LINE] * 20 + [f"{LINE}.» "] * 3) == {}


@given(st.lists(st.text(st.sampled_from("аБ .!»\u00a0"), max_size=14), max_size=60), st.integers(1, 9))
def test_against_plain_counts(lines: list[str], piece: int) -> None:
    check = Filtered(context())
    issues_of(check, lines, piece)
    long = [line for line in lines if len(line.split()) >= 5]
    ended = [line for line in long if line.rstrip(" \u00a0»")[-1:] in {*END_MARKS}]
    assert (check._lines, check._ended) == (len(long), len(ended))
    capitals, small = (sum(line.count(letter) for line in lines) for letter in "Ба")
    assert filtered._cases(check._uses) == (capitals, capitals + small)
