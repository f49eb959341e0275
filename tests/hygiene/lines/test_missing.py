"""Text without its added letters."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.lines.missing import ENOUGH, MissingLetters
from tests.hygiene.lines.asked import context, issues_of


def found(language: str, text: str) -> tuple[list[Issue], str | None]:
    check = MissingLetters(context(language))
    issues = [issue for _, issue in issues_of(check, text.split("\n"))]
    return issues, check.unjudged().get("missing-letters")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("tat", "а" * ENOUGH, 1),
        ("tat", "аә" * ENOUGH, 1),  # the other letters
        ("tat", "аәөүҗңһ" * ENOUGH, 0),
        ("kaz", "аәа" * ENOUGH, 0),  # it isn't known how often it has others
        ("kaz", "Ә" * 5 + "а" * (ENOUGH - 5), 1),
        ("kaz", "Ә" * 6 + "а" * (ENOUGH - 6), 0),
        ("chv", unicodedata.normalize("NFD", "аӑӗҫӳ") * ENOUGH, 0),
        ("chv", "аă" * ENOUGH, 1),  # the Latin letter
        ("che", "а1" * ENOUGH, 1),
        ("che", "аӀ" * ENOUGH, 0),
    ],
)
def test_added_letters(language: str, text: str, expected: int) -> None:
    issues, unjudged = found(language, text)
    assert (len(issues), unjudged) == (expected, None)
    assert [issue.severity for issue in issues] == ["warning"] * expected


def test_each_letter_is_judged_by_itself() -> None:
    line = "әөү" + "а" * 7
    (issue,), _ = found("tat", f"{line * ENOUGH}{'һ' * 30}{'ж' * 300}")
    assert issue.values["letters"] == "ң (0), җ (0)"


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("tat", "а" * (ENOUGH - 1), "fewer than 2,000 letters"),
        ("tat", "1" * 2 * ENOUGH, "fewer than 2,000 letters"),
        ("kum", "а" * ENOUGH, "adds no letters"),  # its letters are digraphs
        ("krc", "а" * ENOUGH, "adds no letters"),  # ў is optional
        ("uzn_Latn", "a" * ENOUGH, "adds no letters"),  # apostrophe letters only
        ("bul", "а" * ENOUGH, "adds no letters"),  # ѝ only
        ("tat_Arab", "ا" * ENOUGH, "no source"),
    ],
)
def test_not_judged(language: str, text: str, reason: str) -> None:
    issues, unjudged = found(language, text)
    assert issues == []
    assert unjudged is not None and reason in unjudged


@pytest.mark.parametrize("folder", ["flores_plus", "ntrex", "udhr"])
def test_clean_text_is_left_alone(shared: Path, folder: str) -> None:
    for path in sorted((shared / "corpora" / folder).glob("???_????.txt")):
        text = "\n".join(line.rpartition("\t")[2] for line in path.read_text().split("\n"))
        assert found(path.stem, text)[0] == [], path
