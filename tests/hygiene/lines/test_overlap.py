"""Lines of benchmarks, and what they are compared by."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines.overlap import Overlap, benchmark
from langcov.text.strings import Strings
from tests.hygiene.lines.asked import context, issues_of, numbers_of
from tools import build_benchmark_hashes
from tools.build_benchmark_hashes import LEAST, letter_counts, letter_sums

LINE = st.text(st.sampled_from("аӑёйЯ é1 ,-\u0306"), max_size=20)
EVERYONE = "Все люди рождаются свободными и равными в своем достоинстве и правах."
"""Of article 1 of the UDHR, a text in the public domain."""


@given(LINE)
def test_spelling_makes_no_difference(line: str) -> None:
    varied = [line, line.upper(), unicodedata.normalize("NFD", line), f"«{line}» …"]
    assert len(set(letter_sums(Strings.of(varied)).tolist())) == 1


@given(st.lists(LINE, max_size=10))
def test_letters_are_counted(lines: list[str]) -> None:
    assert letter_counts(Strings.of(lines)).tolist() == [
        sum(char.isalnum() for char in line) for line in lines
    ]


@pytest.mark.parametrize("other", ["Все люди рождаются", EVERYONE + "ж", EVERYONE.replace("люди", "дети")])
def test_another_line_is_no_hit(other: str) -> None:
    assert issues_of(Overlap(context()), [other]) == []


def test_a_line_of_the_udhr() -> None:
    lines = ["", "Ещё одна строка", "all human beings are born free and equal in dignity and rights"]
    lines += ["All human beings are born free and equal in dignity and rights. They are endowed with reason "
              "and conscience and should act towards one another in a spirit of brotherhood."]  # fmt: skip
    ((number, issue),) = issues_of(Overlap(context()), lines, 2)
    assert (number, issue.values) == (3, {"benchmark": "UDHR", "language": "eng_Latn"})


def test_the_table() -> None:
    hashes, sources, names = benchmark()
    assert (np.diff(hashes) > 0).all()
    assert len(sources) == len(hashes) == 70615
    assert int(sources.max()) < len(names)
    assert {name for name, _ in names} == {"FLORES+", "NTREX-128", "UDHR"}


def test_the_benchmarks_are_found_and_nothing_else(shared: Path) -> None:
    for path in ("flores_plus/chv_Cyrl.txt", "ntrex/tat_Cyrl.txt"):
        lines = (shared / "corpora" / path).read_text().split("\n")
        long = np.flatnonzero(letter_counts(Strings.of(lines)) >= LEAST)
        assert numbers_of(issues_of(Overlap(context()), lines)) == long.tolist()
    for name in ("tat", "sah", "rus"):
        lines = (shared / "corpora/commonvoice" / f"{name}.txt").read_text().split("\n")
        assert issues_of(Overlap(context()), lines) == []


def test_rebuilt_to_the_same_arrays(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not to the same bytes: what stands around the arrays in the file is of the version of numpy."""
    committed = np.load(build_benchmark_hashes.TARGET)
    monkeypatch.setattr(build_benchmark_hashes, "TARGET", tmp_path / "made.npz")
    build_benchmark_hashes.main(shared / "corpora")
    made = np.load(tmp_path / "made.npz")
    assert made.files == committed.files
    for name in made.files:
        assert made[name].dtype == committed[name].dtype
        np.testing.assert_array_equal(made[name], committed[name])
