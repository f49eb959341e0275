"""The judged samples of fresh texts: complete, of the drawn size, and reported as they stand."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.sample_fresh import COLUMNS, DRAWS, KEY, Draw, read_sample, tables

SIZES = {
    "fresh_sample": {"lines": 101, "letters": 109},
    "fresh_sample_2": {"lines": 97, "letters": 112},
    "fresh_sample_3": {"lines": 76, "letters": 70},
    "fresh_sample_4": {"lines": 88, "letters": 69},
    "fresh_sample_5": {"lines": 82, "letters": 94},
    "fresh_sample_6": {"lines": 67, "letters": 84},
}


@pytest.mark.parametrize("name", SIZES)
def test_each_place_is_judged_with_a_reason(name: str) -> None:
    rows = read_sample(DRAWS[name])
    assert Counter(row["part"] for row in rows) == SIZES[name]
    assert all(
        tuple(row) == COLUMNS and row["verdict"] in ("right", "wrong") and row["reason"] for row in rows
    )
    assert all((row["fix"] != "-") == bool(row["suggestion"]) for row in rows)
    assert len({tuple(row[name] for name in (*KEY, "severity", "line", "file")) for row in rows}) == len(rows)


@pytest.mark.parametrize("draw", [draw for draw in DRAWS.values() if draw.sample.exists()], ids=SIZES)
def test_the_report_is_of_these_verdicts(draw: Draw) -> None:
    said = "\n".join(tables(read_sample(draw), draw)) + "\n"
    assert draw.report.read_text(encoding="utf-8").startswith(said)


def test_what_is_not_right_is_counted_and_listed() -> None:
    draw = DRAWS["fresh_sample"]
    rows = read_sample(draw)
    first, *_ = (dict(row) for row in rows if row["part"] == "letters" and row["fix"] == "right")
    text = "\n".join(tables([first, first | {"line": "0", "verdict": "wrong", "fix": "wrong"}], draw))
    assert f"| letters | {first['severity']} · all | 2 | 1 | 0.50 | 2 | 1 |" in text
    assert text.count(f"{first['file']}:0, ") == 1
    assert f"{first['file']}:{first['line']}, " not in text
