"""Letters of another script that are meant: stems, endings, units, variables and names."""

from __future__ import annotations

import pytest

from tests.hygiene.conftest import Judge


@pytest.mark.parametrize(
    "word",
    [
        "NBCның",
        "BBCның",
        "Instagramга",
        "IP-адрес",
        "iPhone-ым",
        "MWP'дан",
        "pH",
        "H5N1",
        "BBC",
        "CCCP",
        "xi",
        "x",
    ],
)
def test_foreign_stems_acronyms_and_units_are_left(judge: Judge, word: str) -> None:
    assert not judge("tat", word, ["Сар", "вв", "ввс", "вс"])


def test_an_ending_of_one_letter_is_left(judge: Judge) -> None:
    assert not judge("rus", "Linuxе", ["Linux"])
    assert not judge("che", "MediaWikiс", ["MediaWiki"])  # whose i is no palochka
    assert not judge("ukr", "Finder’і")


@pytest.mark.parametrize("word", ["10MiBтан", "Macта", "host_nameX", "назва_вузлаX"])
def test_a_name_before_an_ending_is_no_word_of_the_language(judge: Judge, word: str) -> None:
    assert not judge("tat", word, ["Mac"])


@pytest.mark.parametrize(
    ("language", "word", "attested"),
    [
        ("bak", "mod_securityйәки", "йәки"),
        ("bak", "Licenseошо", "ошо"),
        ("bel", "паHTTP/S", "па"),
        ("krc", "dosyalджангы", "джангы"),
    ],
)
def test_two_glued_words_are_told(judge: Judge, language: str, word: str, attested: str) -> None:
    (issue,) = judge(language, word, [attested])
    assert (issue.check, issue.severity, issue.suggestion) == ("mixed-script-word", "warning", None)
    assert language == "bel" or not judge(language, word)


@pytest.mark.parametrize("word", ["YouTubeтан", "Windowsларның", "Nның", "Example.jpg|лаца"])
def test_an_ending_is_no_glued_word_though_the_file_has_it(judge: Judge, word: str) -> None:
    assert not judge("tat", word, ["тан", "ларның", "ның", "лаца"])


@pytest.mark.parametrize("word", ["Т34", "1С", "5нче", "к1ант", "З66н", "Т34ка", "м0ктәп5", "3ән"])
def test_digits_that_are_digits(judge: Judge, word: str) -> None:
    assert not judge("tat", word, ["тзч", "зән"])


def test_a_capital_that_tells_a_word_from_others_is_no_slip(judge: Judge) -> None:
    assert not judge("tat", "кыйммәтN") and not judge("kat", "სახელიA")


@pytest.mark.parametrize("word", ["ЯндексGPT", "НоваGRF", "«ОткройTTD»", "ПРЕФИКСaa", "ФАЙЛab"])
def test_names_half_in_another_script_are_meant(judge: Judge, word: str) -> None:
    assert judge("rus", word) == []
    assert judge("rus", "новаGRF") and judge("rus", "Префиксaa") and judge("rus", "RMTтележка", ["тележка"])


@pytest.mark.parametrize(
    ("language", "word"), [("ukr", "ι-аквариди"), ("bel", "Hα-лінія"), ("fin", "Hα-viiva")]
)
def test_greek_letters_that_stand_for_themselves(judge: Judge, language: str, word: str) -> None:
    assert judge(language, word) == []
    assert judge("bul", "γрад") and judge("fin", "Nο")  # omicron


@pytest.mark.parametrize(("language", "word"), [("kir", "μсек"), ("bel", "µс"), ("kat", "μმ"), ("fin", "μs")])
def test_a_unit_has_the_greek_letter_of_its_prefix(judge: Judge, language: str, word: str) -> None:
    assert judge(language, word) == []
    assert judge("bul", "секμ") and judge("bul", "μикросекунда")


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("kat", "yმაქს"),
        ("hye", "FԲաշխում"),
        ("hye", "xՄինիմում"),
        ("kat", "სიგმაYY"),
        ("mkd", "ОтстапувањеYY"),
    ],
)
def test_a_variable_at_a_word_is_meant(judge: Judge, language: str, word: str) -> None:
    assert judge(language, word) == []
    assert judge("kat", "pმაქს") and judge("mkd", "отстапувањеy")


def test_a_capital_before_the_name_of_an_argument_is_meant(judge: Judge) -> None:
    assert not judge("bel", "--reference=RФАЙЛ")
    assert not judge("ukr", "RФАЙЛА", ["файла"])
    assert judge("ukr", "RФАЙЛА") and judge("ukr", "--reference=Rфайл")


@pytest.mark.parametrize(
    ("language", "word"),
    [("rus", "DebЖурнал"), ("srp_Cyrl", "SvДворак"), ("uzn", "Firefox'ни")],
)
def test_a_name_half_of_which_is_of_the_line_is_meant(judge: Judge, language: str, word: str) -> None:
    attested = ["Журнал", "Дворак"]
    assert not judge(language, word, attested)


@pytest.mark.parametrize(
    ("language", "word"),
    [("rus", "debЖурнал"), ("rus", "TeamsЖурнал"), ("uzn", "Fireни"), ("uzn", "Fire'Ни")],
)
def test_beside_such_names_words_of_two_scripts_are_told(judge: Judge, language: str, word: str) -> None:
    assert [one.check for one in judge(language, word, ["Журнал"])] == ["mixed-script-word"]


@pytest.mark.parametrize("word", ["\\x3eсүз", "x3eсүз", "сүзx3c/ax3e", "target='-blank'x3eсүз"])
def test_an_escape_of_markup_is_no_letter_of_its_word(judge: Judge, word: str) -> None:
    assert not judge("tat", word)
