"""Letters outside the orthography, and variants: told, never fixed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from langcov.hygiene.engine.finding import Issue

Judge = Callable[..., list[Issue]]


@pytest.mark.parametrize(
    ("language", "word", "check", "severity", "wrong"),
    [
        ("rus", "РґР°", "alphabet", "warning", "ґ"),
        ("tat", "Київ", "alphabet", "warning", "ї"),
        ("azj_Latn", "web", "alphabet", "note", "w"),  # one of a to z
        ("deu", "hāngi", "alphabet", "note", "ā"),
        ("crh_Latn", "şeër", "alphabet", "warning", "ë"),
        ("deu", "Erkoç", "alphabet", "note", "ç"),
        ("tat", "Їжак", "alphabet", "warning", "Ї"),  # names are transcribed
        ("abk", "Аҧсуа", "variant", "note", "ҧ"),
        ("kjh", "хаҷан", "variant", "note", "ҷ"),
    ],
)
def test_it_is_told(judge: Judge, language: str, word: str, check: str, severity: str, wrong: str) -> None:
    issues = [issue for issue in judge(language, word) if issue.check in ("alphabet", "variant")]
    assert [(issue.check, issue.severity, issue.wrong) for issue in issues] == [(check, severity, wrong)]
    assert issues[0].suggestion is None and not issues[0].automatic


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("rus", "Бо́льшая"),
        ("rus", "ѝ"),
        ("niv", "кʼикр̌"),
        ("tat", "kitap"),
        ("evn", "тэгэ̄р"),
        ("sah", "завод"),
        ("spa", "25.ª"),
        ("deu", "20ºC"),
        ("sah", "20ºC"),
    ],
)
def test_stress_marks_loans_and_latin_words_are_right(judge: Judge, language: str, word: str) -> None:
    assert not [issue for issue in judge(language, word) if issue.check in ("alphabet", "variant")]


def test_the_variant_names_its_letter(judge: Judge) -> None:
    (issue,) = judge("abk", "Аҧсуа")
    assert "U+0525" in issue.values["right"]
