"""Marks of what is best, told apart by a test, and the sentences made of them."""

from __future__ import annotations

import pytest

from langcov.report import render, sections
from tests.report.conftest import Build
from tests.report.figures import LOSSY, ONE, TWO, compared, line_of, plain, with_tests


@pytest.mark.parametrize("format", ["table", "md", "latex"])
def test_the_lowest_is_marked_as_far_as_it_is_told_apart(build: Build, format: str) -> None:
    """▼ only where it holds against every other one; what nobody tested has no mark."""
    result = with_tests(
        build({**TWO, "third": (1.2, None)}),
        compared("tat_Cyrl", "fertility", "mine", {"other": 0.04, "third": 0.049}),
        compared("sah_Cyrl", "fertility", "mine", {"other": 0.002, "third": 0.05}),
        compared("sah_Cyrl", "premium", "other", {"mine": 1.0, "third": 0.002}, "rus_Cyrl"),
    )
    [shown] = sections(result)
    marks = {
        (table.title, row.code): [cell.mark for cell in row.cells]
        for table in shown.tables
        for row in table.rows()
        if any(cell.mark.strip("¹²³") for cell in row.cells)
    }
    assert marks == {
        ("Tokens per word (fertility)", "tat_Cyrl"): ["▼", "", ""],
        ("Tokens per word (fertility)", "sah_Cyrl"): ["≈", "", "≈"],
        ("Tokens against Russian (premium)", "sah_Cyrl"): ["", "≈", "≈", ""],
    }
    text = " ".join(render(result, format, color=False, width=150).split())
    assert "paired bootstrap over 30 shared rows, Holm over the tokenizers, level 0.05" in text
    down, alike = (r"$\blacktriangledown$", r"$\approx$") if format == "latex" else "▼≈"
    assert text.count(down) == 1 + 1 and text.count(alike) == 4 + 1, "and each in the note"


def test_without_a_test_there_is_no_mark_and_no_best(build: Build) -> None:
    for systems in (ONE, TWO, LOSSY):
        text = plain(build(systems))
        assert not set("▲▼≈") & set(text.replace("never ▼ or ≈", ""))
        assert "fewest" not in text and "bootstrap over" not in text


def test_yardsticks_do_not_compete(build: Build) -> None:
    result = build({**TWO, "third": (1.2, None), "bytes": (0.1, None)})
    result.systems[3]["kind"] = "bytes"
    row = compared("tat_Cyrl", "fertility", "mine", {"other": 0.002, "third": 0.002})
    text = plain(with_tests(result, row))
    assert line_of(text, "Tatar").split()[2:] == ["2.20±0.20▼", "2.80±0.20", "2.40±0.20", "0.20±0.20"]
    assert "not compared, as nobody would choose them: bytes" in text


def test_findings(build: Build) -> None:
    wins = {language: {"other": 0.002} for language in ("tat_Cyrl", "sah_Cyrl", "rus_Cyrl")}
    result = with_tests(
        build(LOSSY),
        *(compared(language, "fertility", "mine", p) for language, p in wins.items()),
        compared("srp_Latn", "fertility", "other", {"mine": 0.002}),
        compared("srp_Cyrl", "fertility", "mine", {"other": 0.06}),
        compared("srp_Cyrl", "premium", "mine", {"other": 0.002}, "rus_Cyrl"),
    )
    text = " ".join(plain(result).split())
    assert (
        "a text in Sakha (Yakut) costs 3.00× the tokens of English: "
        "bytes explain 2.00× of it and the vocabulary 1.50×." in text
    )
    assert (
        "Of 5 languages in which tokenizers are compared, the fewest tokens are needed by mine in 3, "
        "other in 1; in 1 no tokenizer is told apart from all others." in text
    )
    assert "bert loses text of English: 30 % of its characters are lost" in text
    alone = with_tests(build(LOSSY), compared("tat_Cyrl", "fertility", "mine", wins["tat_Cyrl"]))
    assert "Of 1 language in which tokenizers are compared" in " ".join(plain(alone).split())
