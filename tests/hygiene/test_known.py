"""The issues and the right forms that were collected from real corpora, judged word by word."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import regex

from tests.hygiene.conftest import Judge

ELSEWHERE = (
    *(
        "NFD",
        "hyphen",
        "zero-width",
        "PUA",
        "latin1",
        "cp1251",
        "entity",
        "NFC",
        "mojibake",
        "doubled combining",
    ),
)
"""What other checks find, by words of the column that says what is wrong."""


def _rows(shared: Path, name: str) -> Iterator[dict[str, str]]:
    with (shared / "hygiene" / f"{name}.tsv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _kind(what: str) -> str:
    """The check that should find an issue."""
    if what in ("U+04F1 for U+04F3", "legacy-font letter", "archaic look-alike", "wrong Cyrillic twin"):
        return "twin"
    if what.startswith("palochka"):
        return "palochka"
    return (
        "apostrophe"
        if what.startswith("apostrophe")
        else "twin"
        if " for ҡ" in what or " for ҥ" in what
        else "lookalike"
    )


def test_the_known_issues_are_found(shared: Path, judge: Judge) -> None:
    judged = 0
    for row in [*_rows(shared, "known_27"), *_rows(shared, "faults")]:
        what = row.get("case") or row["kind"]
        if any(word in what for word in ELSEWHERE) or "U+04C0 in lowercase" in what:
            continue
        for attested in ([], [row["right"]]):
            found = judge(row["language"], row["wrong"], attested)
            assert {issue.check for issue in found} == {_kind(what)}, (what, found)
            assert found[0].suggestion == row["right"]
        judged += 1
    assert judged == 38


def test_the_normal_palochka_is_no_issue(shared: Path, judge: Judge) -> None:
    row = next(_rows(shared, "known_27"))
    assert row["wrong"] == "хӀун" and not judge("che", row["wrong"])


def test_what_is_clean_has_no_error_and_is_not_fixed(shared: Path, judge: Judge) -> None:
    for row in _rows(shared, "clean"):
        for word in row["text"].split():
            itself = regex.findall(r"[\p{L}\p{M}]+", word)
            for attested in ([], itself, [*itself, "ВВС", "Сар", "аӏ", "І", "рН"]):
                for issue in judge(row["language"], word, attested, letters="абв" * 100):
                    assert issue.severity != "error" and not issue.automatic, (row, issue)
