"""The palochka: what stands for it is found and fixed, what only looks so is left."""

from __future__ import annotations

import pytest

from langcov.hygiene.engine.check import Settings, check_corpus
from tests.hygiene.conftest import Judge


@pytest.mark.parametrize(
    ("language", "word", "right"),
    [
        ("che", "«хIун,", "«хӏун,"),
        ("che", "хlун", "хӏун"),
        ("kbd", "цІыху", "цӏыху"),
        ("ady", "Іоф", "ӏоф"),  # initial
        ("abq", "йыцIстI", "йыцӏстӏ"),  # and final
        ("ani", "ц̅Іаду", "ц̅ӏаду"),  # after a mark
        ("che", "БIАЬСТЕ", "БӀАЬСТЕ"),  # among capitals
    ],
)
def test_a_letter_in_its_place_is_fixed(judge: Judge, language: str, word: str, right: str) -> None:
    (issue,) = judge(language, word)
    assert (issue.check, issue.severity, issue.suggestion, issue.automatic) == (
        "palochka",
        "error",
        right,
        True,
    )


def test_the_fix_has_the_form_of_the_file(judge: Judge) -> None:
    (issue,) = judge("che", "хIун", letters="ӀӀӏ")
    assert issue.suggestion == "хӀун"


def test_the_capital_begins_a_sentence_in_a_file_that_begins_them_with_capitals() -> None:
    def suggested(*lines: str) -> list[str | None]:
        report = check_corpus(list(lines), "che", Settings(only=["palochka"]))
        return [finding.issue.suggestion for finding in report.findings]

    assert suggested("Iуьйре дика. Iедал цIа", "Хӏун ду?") == ["Ӏуьйре", "Ӏедал", "цӏа"]
    assert suggested("Хӏун Iуьйре дика, «Iедал цIа") == ["ӏуьйре", "ӏедал", "цӏа"]
    assert suggested("lуьйре дика", "Хӏун ду?") == ["ӏуьйре"]
    assert suggested("Iуьйре", "хӏун", "зӏе") == ["ӏуьйре"]  # a list of words


def test_where_it_stands_and_what_is_wrong(judge: Judge) -> None:
    (issue,) = judge("abq", "«закIвсхIыз»")
    assert (issue.start, issue.end, issue.wrong) == (4, 9, "II")


@pytest.mark.parametrize(
    ("word", "attested", "severity", "automatic"),
    [
        ("х1ун", [], "error", False),
        ("х1ун", ["ХӀУН"], "error", True),
        ("БТР1М", [], "warning", False),
        ("аг1", [], "warning", False),
        ("маса1", ["масаӏ"], "error", True),
        ("дитт1", ["диттӏ"], "error", True),
        ("1а", ["ӏа"], "warning", False),  # a class, or winter
        ("х|ун", [], "warning", False),
        ("х|ун", ["хӏун"], "error", False),
        ("х!ун", ["хӏун"], "warning", False),
        ("хiун", [], "warning", False),
        ("хiун", ["хӏун"], "error", True),
    ],
)
def test_signs_and_digits_need_the_word_in_the_file(
    judge: Judge, word: str, attested: list[str], severity: str, automatic: bool
) -> None:
    (issue,) = judge("che", word, attested)
    assert (issue.check, issue.severity, issue.automatic) == ("palochka", severity, automatic)


@pytest.mark.parametrize(
    "word",
    [
        "хӀун",
        "Ӏамо",
        "А1",
        "Б1",
        "ТВ1",
        "11нче",
        "1",
        "2.1а",
        "1а",
        "хун!",
        "лаце1",  # the first of some pictures: no word is known to end so
        "дитт1",
        "|Мы",
        "х|",
        "к1ант2",
        "XVIII-ибил",
        "XIXчу",
        "I",
        "BIOS",
    ],
)
def test_what_is_right_is_left(judge: Judge, word: str) -> None:
    assert not [issue for issue in judge("che", word) if issue.check.startswith("palochka")]


@pytest.mark.parametrize("word", ["ХIХ", "ХIХчу", "ХІХ"])
def test_a_roman_numeral_holds_no_palochka(judge: Judge, word: str) -> None:
    (issue,) = judge("dar", word, ["хӏх"])
    assert (issue.check, issue.severity, issue.automatic) == ("lookalike", "warning", False)
    assert issue.suggestion == word.translate(str.maketrans("ХІ", "XI"))


def test_among_other_latin_letters_only_an_attested_word_is_fixed(judge: Judge) -> None:
    assert "palochka" not in {issue.check for issue in judge("che", "хIopа")}
    issues = judge("che", "хIopа", ["хӏора"])
    assert [(issue.check, issue.suggestion) for issue in issues] == [
        ("palochka", "хӏopа"),
        ("lookalike", "хIора"),
    ]


def test_in_a_latin_word_it_is_l(judge: Judge) -> None:
    (issue,) = judge("che", "GoogӀe")
    assert (issue.check, issue.severity, issue.suggestion, issue.automatic) == (
        "palochka",
        "error",
        "Google",
        False,
    )


def test_the_small_one_among_capitals(judge: Judge) -> None:
    (issue,) = judge("che", "НОХЧИЙН-БӏАЬСТЕ")
    assert (issue.check, issue.suggestion, issue.automatic) == ("palochka-form", "НОХЧИЙН-БӀАЬСТЕ", True)
    assert not judge("che", "Бӏаьсте") and not judge("che", "Аӏ")


def test_other_languages_have_none(judge: Judge) -> None:
    assert "palochka" not in {issue.check for issue in judge("tat", "хIун")}
