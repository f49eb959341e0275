"""The judged sample of fresh texts: complete, of the drawn size, and reported as it stands."""

from __future__ import annotations

from collections import Counter

from benchmarks.sample_fresh import COLUMNS, KEY, REPORT, read_sample, tables


def test_each_place_is_judged_with_a_reason() -> None:
    rows = read_sample()
    assert Counter(row["part"] for row in rows) == {"lines": 101, "letters": 109}
    assert all(
        tuple(row) == COLUMNS and row["verdict"] in ("right", "wrong") and row["reason"] for row in rows
    )
    assert all((row["fix"] != "-") == bool(row["suggestion"]) for row in rows)
    assert len({tuple(row[name] for name in (*KEY, "line", "file")) for row in rows}) == len(rows)


def test_the_report_is_of_these_verdicts() -> None:
    assert REPORT.read_text(encoding="utf-8").startswith("\n".join(tables(read_sample())) + "\n")


def test_what_is_not_right_is_counted_and_listed() -> None:
    first, *_ = (dict(row) for row in read_sample() if row["part"] == "letters" and row["fix"] == "right")
    text = "\n".join(tables([first, first | {"line": "0", "verdict": "wrong", "fix": "wrong"}]))
    assert f"| letters | {first['severity']} · all | 2 | 1 | 0.50 | 2 | 1 |" in text
    assert text.count(f"{first['file']}:0, ") == 1
    assert f"{first['file']}:{first['line']}, " not in text
