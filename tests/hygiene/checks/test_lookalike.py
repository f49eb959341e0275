"""Letters of another script: folded where the word is sure, left where the word is foreign."""

from __future__ import annotations

import pytest

from tests.hygiene.conftest import Judge


@pytest.mark.parametrize(
    ("language", "word", "attested", "expected"),
    [
        ("tat", "aлap", "", ("lookalike", "error", "алар", False)),
        ("tat", "aлap", "алар", ("lookalike", "error", "алар", True)),
        ("chv", "«Çав", "", ("lookalike", "error", "«Ҫав", True)),  # an added letter
        ("oss", "æвзаг", "", ("lookalike", "error", "ӕвзаг", True)),
        ("bak", "hауа", "", ("lookalike", "error", "һауа", True)),
        ("chv", "c\u0327ыру", "", ("lookalike", "error", "ҫыру", True)),  # decomposed
        ("tat", "oтиp", "", ("lookalike", "error", "отир", False)),
        ("tat", "Tаулар", "", ("lookalike", "warning", "Таулар", False)),
        ("tat", "Tаулар", "таулар", ("lookalike", "error", "Таулар", True)),
        ("tat", "Macка", "", ("lookalike", "note", "Маска", False)),
        ("tat", "Caка", "", ("lookalike", "warning", "Сака", False)),
        ("tat", "витаминC", "", ("lookalike", "warning", "витаминС", False)),
        ("bxr", "хγбөө", "", ("lookalike", "error", "хүбөө", True)),  # Greek
        ("bak", "“Нigh", "", ("lookalike", "error", "“High", False)),
        ("mhr", "(КV62).", "", ("lookalike", "error", "(KV62).", False)),
        ("che", "xӀoпа", "", ("lookalike", "error", "хӀопа", False)),
        ("srp", "Сaрa", "", ("lookalike", "error", "Сара", False)),
        ("srp", "Сaрa", "capa", ("lookalike", "error", "Capa", False)),
        ("mon", "МeToo", "", ("lookalike", "error", "MeToo", False)),
        ("chv", "ВBC", "", ("lookalike", "error", "BBC", False)),
        ("chv", "ABС-не", "", ("lookalike", "warning", "ABC-не", False)),
        ("chv", "ABС-не", "авс", ("lookalike", "error", "АВС-не", True)),
        ("koi", "кö", "", ("lookalike", "error", "кӧ", True)),
        ("tat", "Дракons", "", ("mixed-script-word", "error", None, False)),
        ("tat", "яндексGPT", "", ("mixed-script-word", "warning", None, False)),
        ("bul", "OС", "", ("lookalike", "warning", "ОС", False)),  # as many letters of either script
        ("rus", "cсора", "", ("lookalike", "error", "ссора", False)),
        ("uzn_Latn", "Вblok", "", ("lookalike", "warning", None, False)),  # B, or a slip before blok
        ("crh_Latn", "qaҫ", "", ("lookalike", "error", "qaç", True)),  # the other way round
        ("crh_Latn", "Hindсe", "", ("lookalike", "error", "Hindce", False)),
        ("crh_Latn", "daа", "daa", ("lookalike", "error", "daa", True)),
    ],
)
def test_a_mixed_word(
    judge: Judge, language: str, word: str, attested: str, expected: tuple[str, str, str | None, bool]
) -> None:
    (issue,) = judge(language, word, [attested])
    assert (issue.check, issue.severity, issue.suggestion, issue.automatic) == expected


@pytest.mark.parametrize(
    ("language", "word", "attested", "suggestion", "automatic"),
    [
        ("tat", "Hәр", "", "Һәр", False),
        ("tat", "Hәр", "һәр", "Һәр", True),
        ("tat", "ШӘHӘРЕ", "шәһәре", "ШӘҺӘРЕ", True),
        ("bak", "Hин", "нин", "Нин", True),
        ("kaz", "Hан", "", "Нан", False),
        ("sah", "Hэһилиэк", "", "Нэһилиэк", False),  # of a bundled table
        ("kaz", "Hауа", "һауа", "Һауа", True),
        ("khk", "Yүний", "үүний", "Үүний", True),
    ],
)
def test_of_several_readings_the_file_knows_the_right_one(
    judge: Judge, language: str, word: str, attested: str, suggestion: str, automatic: bool
) -> None:
    (issue,) = judge(language, word, [attested])
    assert (issue.check, issue.suggestion, issue.automatic) == ("lookalike", suggestion, automatic)


@pytest.mark.parametrize(
    ("language", "word", "attested", "suggestion"),
    [
        ("tat", "İсланд", "", None),
        ("tat", "Iранга", "", "Иранга"),
        ("tat", "iнсан", "", None),
        ("tat", "Мадаgаскар", "", "Мадагаскар"),  # the one likely reading
        ("khk", "Yгvй", "", "Үгүй"),
        ("khk", "Yгvйs", "", None),  # an ending of another language
        ("tat", "iнсан", "инсан", "инсан"),
        ("tat", "öй", "", None),
        ("tat", "öй", "өй", "өй"),
        ("tat", "ğалим", "галим", "галим"),
        ("kaz", "ğалым", "ғалым", "ғалым"),
        ("bak", "ауа\u00f1", "ауаң", "ауаң"),
        ("bak", "ауa\u00f1", "ауаң", "ауаң"),  # rather than ayañ
        ("tat", "ïн", "", None),
        ("tat", "Gөрҗестан", "", None),
        ("tat", "İспания", "Испания", "Испания"),
        ("kjh", "bайттаң", "байттаң", "байттаң"),
        ("kjh", "lдӧк", "ідӧк", "ідӧк"),
        ("che", "dlа-схьа", "", None),
    ],
)
def test_a_foreign_letter_is_no_stem(
    judge: Judge, language: str, word: str, attested: str, suggestion: str | None
) -> None:
    (issue,) = judge(language, word, [attested])
    assert (issue.check, issue.severity, issue.suggestion, issue.automatic) == (
        "mixed-script-word",
        "error",
        suggestion,
        False,
    )


@pytest.mark.parametrize(
    ("word", "attested", "severity", "suggestion"),
    [
        ("Content-typе", "", "warning", "Content-type"),
        ("Content-typе", "type", "error", "Content-type"),
        ("(UTС)", "", "error", "(UTC)"),
        ("OSМ", "", "error", "OSM"),
    ],
)
def test_one_letter_at_the_end_of_a_foreign_word(
    judge: Judge, word: str, attested: str, severity: str, suggestion: str
) -> None:
    (issue,) = judge("bak", word, [attested])
    assert (issue.check, issue.severity, issue.suggestion, issue.automatic) == (
        "lookalike",
        severity,
        suggestion,
        False,
    )


@pytest.mark.parametrize(
    ("language", "word", "attested", "severity", "suggestion"),
    [
        ("khk", "З66н", "Зөөн", "error", "Зөөн"),
        ("tat", "м0ктәп", "", "warning", "мәктәп"),  # of a bundled table
        ("tat", "М0КТӘП", "мәктәп", "error", "МӘКТӘП"),
    ],
)
def test_digits_for_letters(
    judge: Judge, language: str, word: str, attested: str, severity: str, suggestion: str
) -> None:
    (issue,) = judge(language, word, [attested])
    assert (issue.check, issue.severity, issue.suggestion) == ("lookalike", severity, suggestion)
    assert not issue.automatic and issue.wrong.isdigit()


@pytest.mark.parametrize(
    ("language", "word", "attested", "severity", "suggestion"),
    [
        ("tat_Latn", "Тäğbir", "", "warning", "Täğbir"),
        ("tat_Latn", "Тäğbir", "täğbir", "error", "Täğbir"),
        ("sty", "Иcәп", "", "error", "Исәп"),
    ],
)
def test_without_an_alphabet_the_script_is_enough(
    judge: Judge, language: str, word: str, attested: str, severity: str, suggestion: str
) -> None:
    (issue,) = judge(language, word, [attested])
    assert (issue.check, issue.severity, issue.suggestion) == ("lookalike", severity, suggestion)
    assert issue.automatic == bool(attested)


def test_a_palochka_without_an_alphabet_is_a_foreign_letter(judge: Judge) -> None:
    (issue,) = judge("tin", "хIама")
    assert (issue.check, issue.suggestion) == ("mixed-script-word", None)
    assert not judge("tin", "хӏама")


def test_where_it_stands_and_what_is_wrong(judge: Judge) -> None:
    (issue,) = judge("tat", "«ак-aлap»")
    assert (issue.start, issue.end, issue.wrong) == (4, 8, "aap")
    assert issue.values["right"] == "U+0430 CYRILLIC SMALL LETTER A, U+0440 CYRILLIC SMALL LETTER ER"


def test_a_letter_keeps_its_stress(judge: Judge) -> None:
    (issue,) = judge("rus", "Сáша")
    assert issue.suggestion == "Са\u0301ша"


def test_a_stray_letter_at_the_end_is_not_replaced(judge: Judge) -> None:
    (issue,) = judge("ukr", "десятковийx")
    assert (issue.severity, issue.suggestion) == ("error", None)
    (issue,) = judge("ukr", "десятковиx")
    assert issue.suggestion == "десяткових"


@pytest.mark.parametrize(
    ("language", "word", "attested", "suggested"),
    [
        ("mkd", "Sооднос", [], ["Сооднос"]),  # not Ѕ, which is rare
        ("mkd", "sвезда", ["ѕвезда"], ["ѕвезда"]),
        ("srp", "HTTPС", ["HTTP"], [None]),  # HTTPS, or HTTPC
        ("rus", "UTС", [], ["UTC"]),
        ("rus", "Tailwindр", [], [None]),
        ("rus", "Content-typе", [], ["Content-type"]),
        ("ukr", "Tпоріг", ["поріг"], [None]),  # a letter too much
        ("ukr", "Tпоріг", [], ["Тпоріг"]),
        ("mkd", "нe_пo_вт_сa", ["не", "по"], [None, None, None]),  # all of it, or nothing
        ("mkd", "нe_пo_вт", ["не", "по"], ["не_пo_вт", "нe_по_вт"]),
        ("srp", "БројањеA", [], []),
        ("srp", "ЦД-a", [], ["ЦД-а"]),
    ],
)
def test_no_word_is_spoiled_or_half_mended(
    judge: Judge, language: str, word: str, attested: list[str], suggested: list[str | None]
) -> None:
    assert [issue.suggestion for issue in judge(language, word, attested)] == suggested


def test_an_abbreviation_that_the_file_has_in_latin_letters_too_is_not_made_cyrillic(judge: Judge) -> None:
    assert [one.suggestion for one in judge("ukr", "ІP-адресою", ["ір", "ip"])] == [None]
    assert [one.suggestion for one in judge("ukr", "ІP-адресою", ["ip"])] == ["IP-адресою"]
    assert [one.suggestion for one in judge("ukr", "АTС-ка", ["атс"])] == ["АТС-ка"]
