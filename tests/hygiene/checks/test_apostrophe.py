"""Apostrophe letters: what looks like one is told, quotation marks are left."""

from __future__ import annotations

import pytest

from tests.hygiene.conftest import Judge


@pytest.mark.parametrize(
    ("language", "word", "severity", "suggestion"),
    [
        ("yrk", "ненэцяиʼʼ", "warning", "ненэцяиˮ"),
        ("niv", "к’икр̌", "note", "кʼикр̌"),  # a listed variant
        ("niv", "к`икр̌", "warning", "кʼикр̌"),
        ("vep", "oma'n", "note", "oma’n"),
        ("uzn", "o'zbek", "note", "oʻzbek"),  # CLDR: oʻ gʻ, but maʼno
        ("uzn", "G‘ISHT", "note", "GʻISHT"),
        ("uzn", "ma'no", "note", "maʼno"),
        ("uzn", "oʼzbek", "warning", "oʻzbek"),
        ("uzn", "maʻno", "warning", "maʼno"),
        ("uzn", "HBOʻning", "warning", "HBOʼning"),
    ],
)
def test_it_is_told_and_not_fixed(
    judge: Judge, language: str, word: str, severity: str, suggestion: str
) -> None:
    (issue,) = judge(language, word)
    assert (issue.check, issue.severity, issue.suggestion) == ("apostrophe", severity, suggestion)
    assert not issue.automatic


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("yrk", "манэˮӈадмʼ"),
        ("yrk", '"манэ"'),
        ("vep", "pämez'"),
        ("uzn", "oʻzbek"),
        ("uzn", "HBOʼning"),
        ("uzn", "maʼno"),
        ("oss", "'ппӕт"),
        ("tat", "MWP'дан"),
        ("tat", "д’ан"),
    ],
)
def test_letters_quotes_and_elisions_are_right(judge: Judge, language: str, word: str) -> None:
    assert not judge(language, word)


def test_an_apostrophe_at_the_wrong_place_is_not_replaced(judge: Judge) -> None:
    (found,) = judge("uzn", "yiʻguvchi")
    assert (found.severity, found.suggestion) == ("warning", None)


def test_a_word_that_the_file_has_without_one_gets_none(judge: Judge) -> None:
    (found,) = judge("uzn", "«haʻqida»", ["haqida"])
    assert (found.severity, found.suggestion) == ("warning", None)
    (found,) = judge("uzn", "«haʻqida»", ["haqida", "haʼqida"])
    assert found.suggestion == "«haʼqida»"


@pytest.mark.parametrize("word", ["Firefox'ни", "Firefox’ни"])
def test_an_apostrophe_before_an_ending_in_another_script_is_no_letter(judge: Judge, word: str) -> None:
    assert not judge("uzn", word)
    assert judge("uzn", word.replace("ни", "ni"))
