"""Lines that are almost the same, against all pairs."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from langcov.hygiene.lines.near_duplicates import ALIKE, NearDuplicates
from tests.hygiene.lines.asked import context, issues_of, numbers_of

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


def test_lines_of_few_letters_far_apart_are_like_none() -> None:
    lines = [f"аб{' ' * spaces}в" for spaces in (40, 41)]
    assert issues_of(NearDuplicates(context()), lines) == []


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
    module = "tests.hygiene.lines.test_near_duplicates"
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


def in_files(files: list[list[str]], most: int = 1000) -> list[list[tuple[int | None, str | None, str]]]:
    """Of each file the lines found, the file that is named, and the line there; and what was not judged."""
    earlier: dict[type, Any] = {}
    told = []
    for number, lines in enumerate(files):
        check = NearDuplicates(context(file=f"f{number}", earlier=earlier), most)
        found = issues_of(check, lines)
        told.append([(at, issue.values.get("file"), issue.values["line"]) for at, issue in found])
        told[-1] += [(None, None, reason) for reason in check.unjudged().values()]
    return told


def test_lines_of_other_files_are_compared() -> None:
    line = "закон и порядок в доме и на дворе"
    assert in_files([["другая строка той же длины, что и та", line], [line.upper(), line, line[:-1]]]) == [
        [],
        [(0, "f0", "2"), (2, "f0", "2")],
    ]


def test_where_all_files_are_too_large_each_is_compared_with_itself() -> None:
    dice = random.Random(1)
    one, two = (["".join(dice.choices("абвгдежз ", k=60)) for _ in range(8)] for _ in "12")
    told = in_files([one, [one[0] + "я", *two, two[0] + "я"], [two[0] + "ю", one[1] + "ю"]], most=12)
    assert told == [
        [],
        [(0, "f0", "1"), (9, None, "2"), (None, None, told[1][-1][2])],
        [(0, "f1", "2")],
    ]
    assert told[1][-1][2].startswith("there are too many lines to compare all files")
