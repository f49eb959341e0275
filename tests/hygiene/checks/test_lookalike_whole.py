"""Words wholly in letters of another script: wrong where the file or the language has the right one."""

from __future__ import annotations

import pytest

from langcov.hygiene.engine.check import Settings, check_corpus
from tests.hygiene.conftest import Judge

LOOKALIKE = Settings(only=["lookalike"])


@pytest.mark.parametrize(
    ("word", "attested", "severity", "automatic"),
    [
        ("xop", "", "note", False),
        ("Xop", "", "note", False),
        ("xop", "хор", "error", True),
        ("opa", "ора", "error", True),
        ("Xop", "хор", "warning", False),
        ("Poca", "роса", "note", False),
        ("Poca", " ".join(["роса"] * 10), "warning", False),
    ],
)
def test_a_word_wholly_of_plain_latin_letters(
    judge: Judge, word: str, attested: str, severity: str, automatic: bool
) -> None:
    (issue,) = judge("tat", word, attested.split())
    assert (issue.check, issue.severity, issue.automatic) == ("lookalike", severity, automatic)
    assert issue.suggestion == word.translate(str.maketrans("xopacXP", "хорасХР"))


@pytest.mark.parametrize("word", ["exec", "yyyy", "Yahoo", "Exec", "Ace"])
def test_a_latin_word_that_is_unlikely_in_the_language_is_left(judge: Judge, word: str) -> None:
    right = word.translate(str.maketrans("aceopxyYhE", "асеорхуУһЕ"))
    assert not judge("tat", word) and not judge("tat", word, [right, word, word])


@pytest.mark.parametrize("word", ["(pa)", "ap", "pa"])
def test_two_letters_are_a_word_only_among_words(word: str) -> None:
    lines = [f"кил {word} сүз", "ра ар ра ар"]
    severities = [found.issue.severity for found in check_corpus(lines, "tat", LOOKALIKE).findings]
    assert severities == ([] if word[0] == "(" else ["error"])
    lines = [f"{word}, сүз", f"{word}", "ра ар ра ар"]
    assert not check_corpus(lines, "tat", LOOKALIKE).findings


@pytest.mark.parametrize("word", ["«xop»", "Xop", "Mac", "xa"])
def test_latin_letters_are_no_word_that_the_file_does_not_have(word: str) -> None:
    assert not check_corpus([f"ул {word}", "ул әйтте"], "tat", LOOKALIKE).findings


@pytest.mark.parametrize("word", ["Mac-ка", "x-ын", "p-блок", "pH-ның"])
def test_a_name_or_a_variable_before_a_hyphen_is_left(judge: Judge, word: str) -> None:
    assert not judge("tat", word, ["Мас", "х", "р", *["мас"] * 20])


def test_an_ending_after_a_hyphen_is_looked_at(judge: Judge) -> None:
    (issue,) = judge("mdf", "лемлувс-c")
    assert (issue.severity, issue.suggestion) == ("warning", "лемлувс-с")
    assert not judge("mdf", "сымбаль-C") and not judge("mdf", "pre-c")


def test_a_latin_word_that_is_more_frequent_is_a_name(judge: Judge) -> None:
    assert not judge("bak", "The", ["тһе", "the", "the"])
    (issue,) = judge("tat", "xop", ["хор", "xop", "xop"])
    assert (issue.severity, issue.automatic) == ("note", False)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("krc", ["Сора уа викитекст. Джангыбыз а уа бери", "1.1.1.42, ya da 1.1.1.42/16"]),
        ("tat", ["рһр әйбер рх", "20 px, e-mail, A-Z, °C, X.509, Content-Type, %H:%M, php"]),
        ("tat", ["хор ко", "http://сайт.ру/xор foo@xор.ру xор.txt «e-mail» co"]),
        ("bak", ["Тһе тһе", "the Guardian һәм The Times"]),
    ],
)
def test_code_addresses_and_foreign_phrases_are_left(language: str, lines: list[str]) -> None:
    checks = ["lookalike", "mixed-script-word"]
    assert not check_corpus(lines, language, Settings(only=checks)).findings


def test_a_word_between_words_of_the_language_is_fixed_though_others_are_foreign() -> None:
    lines = ["Windows æ", "æ æмæ", "сӕ мӕ дӕ куы ничи цы уыд"]
    findings = check_corpus(lines, "oss", LOOKALIKE).findings
    assert [(one.text, one.issue.automatic) for one in findings] == [("æ", True), ("æ", True), ("æмæ", True)]
    lines = ["ул cap башында", "сар сар сар", "cap"]
    (finding, _) = check_corpus(lines, "myv", LOOKALIKE).findings
    assert (finding.issue.suggestion, finding.issue.automatic) == ("сар", True)
    issues = check_corpus([*lines, "red cap"], "myv", LOOKALIKE).findings
    assert {(one.issue.severity, one.issue.automatic) for one in issues} == {("error", False)}


def test_one_letter_is_worth_a_look_where_its_look_alike_is_a_usual_word() -> None:
    def found(*lines: str, own: int = 20) -> list[tuple[str, str | None]]:
        report = check_corpus([*lines, *["ал с ол"] * own], "rus", LOOKALIKE)
        return [(one.issue.severity, one.issue.suggestion) for one in report.findings]

    assert found("вот, c ними", "и c тем") == [("warning", "с")] * 2
    assert found("вот, c ними", own=19) == found("вот, C ними") == []
    assert found("вот, c ними", "ссс" * 700) == []  # hardly any с is a word
    assert found("(c) ими", "-c ими", "c ими", "с c") == []
    assert found("вот, c ними", "ось c", "c") == []


def test_a_letter_is_no_word_where_the_file_has_the_other_coordinate() -> None:
    own = ["ён у ім"] * 20
    assert check_corpus(["яны y ім", *own], "bel", LOOKALIKE).findings
    for axis in ("ад x да y ім", "цэнтр-x,цэнтр-y"):
        assert not check_corpus([axis, "яны y ім", *own], "bel", LOOKALIKE).findings


def test_a_letter_that_is_seldom_meant_is_none_in_a_latin_word(judge: Judge) -> None:
    assert judge("ady", "rъэ") and not judge("ady", "pre")


def test_a_word_wholly_of_added_letters_is_wrong_where_the_file_is_cyrillic(judge: Judge) -> None:
    (issue,) = judge("chv", "ĕç", letters="хула ĕç")
    assert (issue.severity, issue.suggestion, issue.automatic) == ("error", "ӗҫ", True)
    (issue,) = judge("chv", "ĕç", letters="dans une ĕç")
    assert (issue.severity, issue.automatic) == ("warning", False)


def test_an_option_is_no_word() -> None:
    lines = ["Са Са Са иде", "-Ca, --align кое нещо", "(--Ca)"]
    assert check_corpus(lines, "bul", LOOKALIKE).findings == []


def test_the_year_of_a_pattern_is_no_preposition() -> None:
    words, only = ["він у місті у школі"] * 40, Settings(only=["lookalike"])
    assert not check_corpus([*words, "d MMMM y 'р'.", "y 'р'."], "ukr", only).findings
    assert check_corpus([*words, "він y місті"], "ukr", only).findings


def test_a_common_name_in_latin_letters_needs_no_look() -> None:
    lines = ["мас тут", "Гурмухі, Mac", "Тайська, Mac", "Хорватська, Mac"]
    assert not check_corpus(lines, "ukr", LOOKALIKE).findings
    others = [line.replace("мас", "сара").replace("Mac", "Capa") for line in lines]
    assert [one.issue.suggestion for one in check_corpus(others, "ukr", LOOKALIKE).findings] == ["Сара"] * 3
