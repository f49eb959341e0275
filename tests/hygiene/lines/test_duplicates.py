"""Repeated lines, against a dict."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines.duplicates import ALIKE, SENTENCE, Duplicates, NearDuplicates, trim
from langcov.text.strings import Strings
from tests.hygiene.lines.asked import context, issues_of, numbers_of

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


pytest.importorskip("rensa")


def shingles(line: str) -> set[str]:
    plain = " ".join(line.lower().split())
    return {plain[at : at + 5] for at in range(len(plain) - 4)}


def alike(one: str, other: str) -> float:
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def made_lines() -> list[str]:
    """Lines of random letters, some with a few of them changed."""
    dice = random.Random(0)
    lines = []
    for _ in range(60):
        line = "".join(dice.choice("абвгдежз ") for _ in range(80))
        lines += [line, *("".join(dice.choice("и" + 60 * c) for c in line) for _ in range(2))]
    dice.shuffle(lines)
    return lines


def test_all_pairs() -> None:
    lines = made_lines()
    kept: list[str] = []
    wanted = []
    for number, line in enumerate(lines):
        if line.strip() in {other.strip() for other in lines[:number]}:
            continue
        if any(alike(line, other) >= ALIKE for other in kept):
            wanted.append(number)
        else:
            kept.append(line)
    found = issues_of(NearDuplicates(context()), lines, 7)
    assert numbers_of(found) == wanted
    assert 20 < len(wanted) < 100
    for at, issue in found:
        assert at is not None
        earlier = lines[int(issue.values["line"]) - 1]
        assert int(issue.values["percent"]) == round(100 * alike(lines[at], earlier)) >= 80


def test_exact_and_short_lines_are_left_to_others() -> None:
    assert (
        issues_of(NearDuplicates(context()), ["а б в" * 10, " " + "а б в" * 10, "коротко.", "коротко!"]) == []
    )


def test_case_and_white_space_make_no_difference() -> None:
    line = "закон и порядок в доме и на дворе"
    ((number, issue),) = issues_of(NearDuplicates(context()), [line, line.upper().replace(" ", "\u00a0 ")])
    assert (number, issue.values["percent"]) == (1, "100")


def test_too_many_lines_are_not_judged() -> None:
    lines = [f"{number:040d}" for number in range(11)]
    assert NearDuplicates(context(), 11).unjudged() == {}
    check = NearDuplicates(context(), 10)
    assert issues_of(check, lines) == []
    assert "more than 10 different lines" in check.unjudged()["near-duplicate-line"]


@pytest.mark.parametrize(("ending", "fewest"), [("", 0), (", этаж, квартира, подъезд и почтовый ящик", 1950)])
def test_thousands_of_lines_of_one_template_take_no_time(ending: str, fewest: int) -> None:
    lines = [f"название улицы, номер дома {number}, корпус{ending}" for number in range(2000)]
    assert fewest <= len(issues_of(NearDuplicates(context()), lines)) < 2000


def test_another_process_finds_the_same(tmp_path: Path) -> None:
    module = "tests.hygiene.lines.test_duplicates"
    code = f"from {module} import *; print(numbers_of(issues_of(NearDuplicates(context()), made_lines())))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{numbers_of(issues_of(NearDuplicates(context()), made_lines()))}\n".encode()}
    assert all(a < b for a, b in pairwise(numbers_of(issues_of(NearDuplicates(context()), made_lines()))))  # type: ignore[operator]
