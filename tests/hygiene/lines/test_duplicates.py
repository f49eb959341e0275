"""Repeated lines, against a dict."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines.duplicates import FILE, SENTENCE, Duplicates, Known, trim
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


FILES = st.lists(st.tuples(st.sampled_from(["", "train", "dev", "test"]), LINES), max_size=5)
STANDS = re.compile(r"line (\d+) of f(\d)\.$")


@given(FILES)
def test_the_first_of_all_files_is_named_and_leaks_before_all(files: list[tuple[str, list[str]]]) -> None:
    files.sort(key=lambda file: ["", "train", "dev", "test"].index(file[0]))
    earlier: dict[type, Any] = {}
    first: dict[tuple[str, str], tuple[int, int]] = {}
    for number, (part, lines) in enumerate(files):
        check = Duplicates(context(file=f"f{number}", part=part, earlier=earlier))
        found = {at: issue for at, issue in issues_of(check, lines) if at is not None}
        trimmed = [line.strip(" \t\r") for line in lines]
        seen: dict[str, int] = {}
        for at, line in enumerate(trimmed):
            others = [
                other for other in ("train", "dev") if part and other != part and (other, line) in first
            ]
            known = ["", part] if part else ["", "train", "dev", "test"]
            places = [first[key, line] for key in known if (key, line) in first]
            if not line or not (others or places or line in seen):
                assert at not in found
            elif others or places:
                said = found[at].message.format(**found[at].values)
                at_line, file = map(int, STANDS.findall(said)[0])
                assert (file, at_line - 1) == (first[others[0], line] if others else min(places))
                assert ("set stands in" in said) == bool(others)
            else:
                assert found[at].values == {"line": str(seen[line] + 1)}
            seen.setdefault(line, at)
        for line, at in seen.items():
            first.setdefault((part, line), (number, at))


def test_a_leak_is_counted_for_the_file() -> None:
    long, earlier = "а" * SENTENCE, {}  # type: ignore[var-annotated]
    issues_of(Duplicates(context(file="train.txt", part="train", earlier=earlier)), ["б", long, "в"])
    issues_of(Duplicates(context(file="dev.txt", part="dev", earlier=earlier)), ["г", "", "в"])
    test = Duplicates(context(file="test.txt", part="test", earlier=earlier))
    found = issues_of(test, ["я", long, "", "в", long])
    said = [(at, issue.check, issue.severity, issue.message.format(**issue.values)) for at, issue in found]
    share = "{} of 4 lines of this test set ({} %) stand in {}: the first, line {}, is line {}"
    line = "This line of the test set stands in training: line {} of train.txt."
    assert said == [
        (None, "split-leak", "warning", share.format(3, 75, "training", 2, "2 of train.txt.")),
        (None, "split-leak", "note", share.format(1, 25, "the development set", 4, "3 of dev.txt.")),
        (1, "duplicate-line", "warning", line.format(2)),
        (3, "duplicate-line", "note", line.format(3)),
        (4, "duplicate-line", "warning", line.format(2)),
    ]


def test_a_hundred_files_are_looked_through_as_few() -> None:
    known = Known()
    for number in range(100):
        hashed = np.arange(10 * number, 10 * number + 20, dtype=np.uint64)
        found = known.find([""], hashed)
        assert (found >= 0).tolist() == [number > 0] * 10 + [False] * 10
        known.add(f"f{number}", "", hashed, np.arange(20))
    assert len(known._sorted("")) < 10
    places = known.find([""], np.array([5, 15, 995], np.uint64))
    assert places.tolist() == [5, 15, 98 * FILE + 15]
