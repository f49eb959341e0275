"""What mending letters costs: a table that was measured, and what a file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.data import read_table
from langcov.hygiene.lines.recognition import FEWEST, Recognition
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of
from tests.hygiene.lines.asked import context, issues_of
from tools.build_recognition import rows


def told(language: str, lines: list[str]) -> list[dict[str, str]]:
    issues = issues_of(Recognition(context(language)), lines, 2)
    assert all((number, issue.severity) == (None, "note") for number, issue in issues)
    return [dict(issue.values) for _, issue in issues]


def test_a_file_with_the_letters_that_a_model_learnt() -> None:
    lines = ["æмæ"] * (FEWEST // 2 - 1) + ["Æй"]
    assert told("oss", lines) == []
    (values,) = told("oss", [*lines, "æ"])
    assert (values["model"], values["wrong"], values["right"]) == ("lid.176", "æ", "ӕ")
    assert float(values["with_wrong"]) > 50 and float(values["with_right"]) == 0
    assert told("oss", ["ӕмӕ"] * 50) == told("tat", ["æмæ"] * 50) == []


def test_what_is_called_right_is_of_the_alphabet() -> None:
    for row in read_table("recognition.tsv"):
        alphabet = alphabet_of(find(row["language"]).id)
        assert alphabet and alphabet.letters.issuperset(row["right"].split())
        assert {*row["wrong"].split()}.isdisjoint(alphabet.letters)


def test_the_table_is_what_is_measured(shared: Path) -> None:
    pytest.importorskip("fasttext")
    assert list(rows(shared)) == list(read_table("recognition.tsv"))
