"""Letters of another script: folded where the word is sure, left where the word is foreign."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from langcov.hygiene.engine.check import Settings, check_corpus
from langcov.hygiene.engine.finding import Issue

Judge = Callable[..., list[Issue]]
LOOKALIKE = Settings(only=["lookalike"])


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


@pytest.mark.parametrize("word", ["Т34", "1С", "5нче", "к1ант", "З66н", "Т34ка", "м0ктәп5", "3ән"])
def test_digits_that_are_digits(judge: Judge, word: str) -> None:
    assert not judge("tat", word, ["тзч", "зән"])


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


def test_a_capital_that_tells_a_word_from_others_is_no_slip(judge: Judge) -> None:
    assert not judge("tat", "кыйммәтN") and not judge("kat", "სახელიA")


def test_a_stray_letter_at_the_end_is_not_replaced(judge: Judge) -> None:
    (issue,) = judge("ukr", "десятковийx")
    assert (issue.severity, issue.suggestion) == ("error", None)
    (issue,) = judge("ukr", "десятковиx")
    assert issue.suggestion == "десяткових"


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


def test_an_option_is_no_word() -> None:
    lines = ["Са Са Са иде", "-Ca, --align кое нещо", "(--Ca)"]
    assert check_corpus(lines, "bul", LOOKALIKE).findings == []


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


def test_the_year_of_a_pattern_is_no_preposition() -> None:
    words, only = ["він у місті у школі"] * 40, Settings(only=["lookalike"])
    assert not check_corpus([*words, "d MMMM y 'р'.", "y 'р'."], "ukr", only).findings
    assert check_corpus([*words, "він y місті"], "ukr", only).findings


def test_a_capital_before_the_name_of_an_argument_is_meant(judge: Judge) -> None:
    assert not judge("bel", "--reference=RФАЙЛ")
    assert not judge("ukr", "RФАЙЛА", ["файла"])
    assert judge("ukr", "RФАЙЛА") and judge("ukr", "--reference=Rфайл")


def test_an_abbreviation_that_the_file_has_in_latin_letters_too_is_not_made_cyrillic(judge: Judge) -> None:
    assert [one.suggestion for one in judge("ukr", "ІP-адресою", ["ір", "ip"])] == [None]
    assert [one.suggestion for one in judge("ukr", "ІP-адресою", ["ip"])] == ["IP-адресою"]
    assert [one.suggestion for one in judge("ukr", "АTС-ка", ["атс"])] == ["АТС-ка"]


def test_a_common_name_in_latin_letters_needs_no_look() -> None:
    lines = ["мас тут", "Гурмухі, Mac", "Тайська, Mac", "Хорватська, Mac"]
    assert not check_corpus(lines, "ukr", LOOKALIKE).findings
    others = [line.replace("мас", "сара").replace("Mac", "Capa") for line in lines]
    assert [one.issue.suggestion for one in check_corpus(others, "ukr", LOOKALIKE).findings] == ["Сара"] * 3
