from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from langcov import check_corpus
from langcov.cli import main
from langcov.hygiene.checks import mojibake
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.registry import finders
from langcov.hygiene.engine.suspects import Trigger
from langcov.languages import find
from tests.hygiene.checks.characters_asked import evidence_of, issue, issues

RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
MISREAD = [
    ("utf-8", "cp1251"),
    ("utf-8", "latin-1"),
    ("utf-8", "cp866"),
    ("utf-8", "koi8-r"),
    ("cp1251", "latin-1"),
]


@pytest.mark.parametrize(("written", "read"), MISREAD)
@settings(deadline=None)  # the tables are made on first use
@given(word=st.text(st.sampled_from(RUSSIAN), min_size=3, max_size=12), title=st.booleans())
def test_words_are_read_back(written: str, read: str, word: str, title: bool) -> None:
    word = word.capitalize() if title else word
    misread = word.encode(written).decode(read, "replace")
    (check,) = mojibake.CHECKS
    # Some letters, in UTF-8, become letters and quotes that are Russian too: nobody looks at such a word.
    assume(Trigger.of(check, evidence_of("rus")).sees(misread))
    if "\ufffd" in misread or any(character.isspace() for character in misread):
        return
    found = issue("mojibake", misread, "rus")
    assert (found.suggestion, found.automatic, found.severity) == (word, True, "error")


@pytest.mark.parametrize(
    ("word", "language", "right"),
    [
        ("РґР°", "rus", "да"),
        ("Ð´Ð°", "rus", "да"),
        ("à÷à", "chv", "ача"),
        ("(Єг¤®),", "rus", "(кудо),"),
        ("вЂњSMS", "tat", "“SMS"),
        ("pÃ¤mez", "vep", "pämez"),
        ("РљР°Р·Р°РЅ\u04a3", "rus", None),
        ("Т›Р°Р»Р°", "rus", None),
        ("ТЎР°Р»Р°", "bak", "ҡала"),
    ],
)
def test_single_words(word: str, language: str, right: str | None) -> None:
    found = issues("mojibake", word, language)
    assert [one.suggestion for one in found] == ([right] if right else [])


def test_half_a_word_is_not_fixed_without_being_asked() -> None:
    half = "Россия".encode().decode("cp1251").split("\u00a0")[1]
    assert issue("mojibake", half, "rus").automatic
    assert not issue("mojibake", half, "rus", letters="\u00a0").automatic
    assert issue("mojibake", half, "rus", {"оссия": 1}, "\u00a0").automatic


def test_koi8_is_certain_where_the_file_has_the_word() -> None:
    found = issue("mojibake", "«ЛХДП»,", "myv", {"кудо": 9, "лхдп": 1})
    assert (found.suggestion, found.severity, found.automatic) == ("«кудо»,", "error", False)
    assert (found.start, found.end) == (1, 5)
    assert issue("mojibake", "лХДП", "myv", {"кудо": 9}).suggestion == "Кудо"
    assert issue("mojibake", "ЛХДП", "myv", letters="ЛХДП").severity == "warning"
    assert not issues("mojibake", "ЛХДП", "myv", letters="ЛХДПкудо вий")  # an abbreviation


@pytest.mark.parametrize("word", ["ФБР", "НАТО", "СССР", "ЛГБТ", "УЕФА", "КНДР", "ПРАВАТА", "ДНК", "КСДП"])
def test_acronyms_and_capitals_are_no_koi8(word: str) -> None:
    assert not issues("mojibake", word, "bak", {"тап": 50, "дол": 3})


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Рік", "ukr"),
        ("РІСІ", "ukr"),
        ("öö", "che"),
        ("öç,", "tat"),
        ('"Õ/õ"', "tat"),
        ("ÿç", "chv"),
        ("14½-13½", "mkd"),
        ("раз", "rus"),
        ("список", "rus"),
        ("сонсож", "mon"),
        ("кока®", "rus"),
        ("20°C", "rus"),
        ("pämez'", "vep"),
        ("В«Зените»", "rus"),
        ("été", "rus"),
        ("çыру", "chv"),
        ("Аҧсуа", "abk"),
        ("ОʻЗБЕК", "uzn"),
    ],
)
def test_right_words_are_left_alone(word: str, language: str) -> None:
    assert not issues("mojibake", word, language)


def test_no_error_in_real_words(shared: Path) -> None:
    files = {
        "udhr/tat_Cyrl.txt": "tat",
        "udhr/yrk_Cyrl.txt": "yrk",
        "udhr/ukr_Cyrl.txt": "ukr",
        "ntrex/mkd_Cyrl.txt": "mkd",
    }
    files |= {"flores_plus/mhr_Cyrl.txt": "mhr", "ud/UD_Veps-VWT.conllu": "vep", "commonvoice/abk.txt": "abk"}
    for name, language in files.items():
        words = set((shared / "corpora" / name).read_text("utf-8").split())
        assert not [word for word in words if issues("mojibake", word, language)], name


CAUGHT = {
    "NFD ӑ": "nfc",
    "soft hyphen": "invisible",
    "zero-width space": "invisible",
    "zero-width non-joiner": "invisible",
    "PUA codepoint": "private-use",
    "cp1251 read as latin1": "mojibake",
    "UTF-8 read as cp1251": "mojibake",
    "HTML entity": "entity",
    "not NFC": "nfc",
    "mojibake inside Cyrillic": "mojibake",
    "doubled combining mark": "doubled-mark",
}
OURS = (
    "mojibake",
    "entity",
    "nfc",
    "doubled-mark",
    "invisible",
    "control",
    "private-use",
    "replacement",
    "bidi",
    "markup",
)


KAZAKH = "Біздің мектеп үлкен, ал ұстаздар өте жақсы. Әкем ауылға кетті, ағам үйде қалды."


@pytest.mark.parametrize("written", ["ptcp154", "kz1048"])
def test_a_regional_code_page_is_read_back_exactly(written: str, tmp_path: Path) -> None:
    path = tmp_path / "kaz.txt"
    path.write_text(KAZAKH.encode(written).decode("cp1251"), "utf-8")
    assert main(["corpora", "fix", str(path), "--lang", "kaz", "--write", "--quiet"]) == 0
    assert path.with_suffix(".fixed.txt").read_text("utf-8") == KAZAKH


TURKISH = "Başlık kaldırıldı, ağaç ışıkta büyüdü. İlk satır şöyle başlar."


@pytest.mark.parametrize(
    ("written", "language", "text"),
    [
        ("cp1254", "tur", TURKISH),
        ("iso8859_9", "gag", TURKISH),
        ("cp1257", "fin", "Šakkia ja žargonia šekki"),
    ],
)
def test_so_is_one_of_latin_letters(written: str, language: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(text.encode(written).decode("cp1252"), "utf-8")
    assert main(["corpora", "fix", str(path), "--lang", language, "--write", "--quiet"]) == 0
    assert path.with_suffix(".fixed.txt").read_text("utf-8") == text


def test_where_some_of_a_file_are_misread_all_are_shown() -> None:
    misread = "Þekil deðiþtirildi, þimdi deðer yanlýþ, beþ iþ, baþlýk, aðýr, düðme, iðne, deðil."
    found = check_corpus([*[TURKISH] * 4, misread], "tur", only=["mojibake"]).findings
    shown = {one.issue.suggestion: one.issue.severity for one in found}
    assert (shown["başlık"], shown["ağır"], len(shown)) == ("error", "warning", 12)


@pytest.mark.parametrize("text", ["Þór Halldórsson geldi", "Ýaşulu Týr ve Aðalbjörg"])
def test_a_name_in_latin_letters_is_no_code_page(text: str) -> None:
    assert check_corpus([text, TURKISH], "tur", only=["mojibake"]).findings == []


def test_a_name_of_a_neighbour_is_no_code_page() -> None:
    assert check_corpus(["Євген келді.", "Євген кетті."], "kaz", only=["mojibake"]).findings == []
    assert check_corpus(["Євген мұнда", KAZAKH], "kaz", only=["mojibake"]).findings == []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_collected_issues_are_caught(shared: Path) -> None:
    rows = [(row, row["case"]) for row in _rows(shared / "hygiene" / "known_27.tsv")]
    rows += [(row, row["kind"]) for row in _rows(shared / "hygiene" / "faults.tsv")]
    ours = [(row, CAUGHT[kind]) for row, kind in rows if kind in CAUGHT]
    assert len(ours) == len(CAUGHT)
    for row, check in ours:
        found = issue(check, row["wrong"], row["language"], {row["right"]: 3})
        assert check == "private-use" or found.suggestion == row["right"]
        assert found.severity == "error"


def test_right_forms_are_untouched(shared: Path) -> None:
    for row in _rows(shared / "hygiene" / "clean.tsv"):
        evidence = evidence_of(find(row["language"]).id)
        for check in (one for one in finders() if isinstance(one, Check) and one.id in OURS):
            ask = check.word or check.line
            assert ask is not None
            assert not list(ask(row["text"], evidence)), (row["text"], check.id)


@pytest.mark.parametrize(
    ("word", "right"), [("istedi─ƒinizden", "istediğinizden"), ("ba┼ƒka", "başka"), ("g├╝n", "gün")]
)
def test_a_latin_letter_of_utf8_read_as_a_page_of_dos(word: str, right: str) -> None:
    found = check_corpus([word], "tur", only=["mojibake"]).findings
    assert [one.issue.suggestion for one in found] == [right]


@pytest.mark.parametrize("word", ["──ƒ", "─gün─", "Çiçeği", "│é│", "├── dosya"])
def test_lines_of_tables_and_trees_are_none(word: str) -> None:
    assert not check_corpus([word], "tur", only=["mojibake"]).findings


@pytest.mark.parametrize("word", ["exp(X)·-·exp(-X))·/·2", "a·b·c·d"])
def test_signs_between_latin_letters_are_no_misread_word(word: str) -> None:
    assert not issues("mojibake", word, "bul")
    misread = "думи".encode("cp1251").decode("cp866")
    assert issues("mojibake", f"{misread}·{misread}", "bul")
