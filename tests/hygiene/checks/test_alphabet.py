"""Letters outside the orthography, and variants: told, never fixed."""

from __future__ import annotations

import pytest

from tests.hygiene.conftest import Judge


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
        ("koi", "нимл\u0301ёдз", "alphabet", "warning", "л\u0301"),
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
        ("koi", "видзӧ\u0301т"),
        ("kca", "т\u1c8aт"),
        ("ydd", "ייִדיש"),
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


def test_it_is_fixed_where_the_right_letter_is_twenty_times_as_frequent(judge: Judge) -> None:
    for times, automatic in ((19, False), (20, True)):
        (issue,) = judge("bak", "қала,", letters="ҡ" * times + "қ")
        assert (issue.check, issue.severity, issue.suggestion) == ("twin", "error", "ҡала,")
        assert issue.automatic == automatic


def test_where_the_file_has_it_more_often_it_is_no_slip(judge: Judge) -> None:
    (issue,) = judge("bak", "қала", letters="ҡққ")
    assert (issue.severity, issue.automatic) == ("warning", False)


def test_a_word_of_another_language_is_not_fixed(judge: Judge) -> None:
    (issue,) = judge("mhr", "жөндөмдүүлүк", letters="ӧӱ" * 500)
    assert (issue.check, issue.severity, issue.suggestion) == ("twin", "warning", None)
    assert issue.wrong == "өөүүү"
    (issue,) = judge("mhr", "үдыр", ["ӱдыр"], "ӧӱ" * 500)
    assert (issue.suggestion, issue.automatic) == ("ӱдыр", False)


def test_two_kinds_need_the_word_in_the_file(judge: Judge) -> None:
    letters = "ҥө" * 50
    assert [issue.automatic for issue in judge("sah", "іңі", letters=letters)] == [False]
    assert [issue.automatic for issue in judge("sah", "іңі", ["өҥө"], letters)] == [True]


def test_the_map_is_of_the_language(judge: Judge) -> None:
    (issue,) = judge("sah", "кірбүттэр", letters="ө" * 50)
    assert (issue.suggestion, issue.automatic) == ("көрбүттэр", True)
    assert not judge("kpv", "кірті")  # a letter there
    assert {issue.check for issue in judge("sah", "ІІІ")} == {"lookalike"}  # a numeral
