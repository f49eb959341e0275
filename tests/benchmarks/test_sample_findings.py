"""The judged sample of findings: complete, reported as it stands, and still what the checks find."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.sample_findings import COLUMNS, FILES, PLACE, REPORT, VERDICTS, drawn, flagged, read_sample
from benchmarks.sample_findings import report as report_of


def test_two_hundred_places_of_ten_languages_are_judged() -> None:
    rows = read_sample()
    assert Counter(row["language"] for row in rows) == dict.fromkeys(FILES, 20)
    assert all(tuple(row) == COLUMNS and row["reason"] and row["verdict"] in VERDICTS for row in rows)
    assert all(row["fix"] in (VERDICTS if row["suggestion"] else ("-",)) for row in rows)
    assert len({tuple(row[column] for column in PLACE) for row in rows}) == 200


def test_the_report_is_of_these_verdicts() -> None:
    assert REPORT.read_text(encoding="utf-8") == report_of(read_sample())


def test_what_is_not_right_is_counted_and_listed() -> None:
    first, second, *_ = (
        dict(row) for row in read_sample() if row["suggestion"] and row["verdict"] == "right"
    )
    text = report_of([first, second | {"verdict": "wrong", "fix": "unsure"}])
    assert "| all | 2 | 1 | 1 | 0 |" in text
    assert "| all | 2 | 1 | 0 | 1 |" in text
    assert text.count(f"{second['file']}:{second['line']} |") == 1


def test_checks_take_turns() -> None:
    many = {"file": "a", "line": "1", "severity": "error", "language": "tat_Cyrl"}
    rows = [many | {"check": "nfc", "column": str(column)} for column in range(90)]
    rows += [many | {"check": "twin", "column": str(column)} for column in range(3)]
    sample = drawn(rows, "tat_Cyrl")
    assert Counter(row["check"] for row in sample) == {"nfc": 17, "twin": 3}
    assert sample == drawn(rows, "tat_Cyrl") != rows[:20]


@pytest.mark.parametrize("language", FILES)
def test_each_place_that_is_not_wrong_is_still_found(shared: Path, language: str) -> None:
    pytest.importorskip("heliport")
    pytest.importorskip("pycld2")
    found = {tuple(row[column] for column in PLACE) for row in flagged(language, shared / "corpora")}
    own = [row for row in read_sample() if row["language"] == language and row["verdict"] != "wrong"]
    listed = {tuple(row[column] for column in PLACE) for row in own}
    assert listed <= found
