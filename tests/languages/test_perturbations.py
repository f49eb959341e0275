"""The letters of each perturbation, and which languages have it."""

from __future__ import annotations

import csv
import re
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.errors import UserError
from langcov.languages import BASES, all_languages, alphabet, find
from langcov.languages.perturbations import SURENESS, perturb, perturbations
from langcov.text.perturb import Perturbation
from langcov.text.strings import Strings

with (files("langcov.data") / "perturbations.tsv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def change(name: str, language: str, *texts: str) -> list[str]:
    perturbation = perturb(name, find(language))
    assert isinstance(perturbation, Perturbation), perturbation
    return perturbation(Strings.of(texts)).to_list()


@pytest.mark.parametrize(
    ("name", "language", "text", "expected"),
    [
        ("case", "che_Cyrl", "хӏун", "ХӀУН"),
        ("case", "crh_Latn", "içün", "İÇÜN"),
        ("nfd", "chv_Cyrl", "\u04d1на", "а\u0306на"),
        ("palochka", "che_Cyrl", "хӏун ХӀУН", "хӀун ХӏУН"),
        ("palochka_one", "che_Cyrl", "хӏун хӀун", "х1ун х1ун"),
        ("palochka_capital_i", "che_Cyrl", "хӏун", "хIун"),
        ("palochka_small_l", "che_Cyrl", "хӏун", "хlун"),
        ("palochka_bar", "che_Cyrl", "хӏун", "х|ун"),
        ("palochka_ukrainian_i", "kbd_Cyrl", "цӏыху", "цІыху"),
        ("lookalike", "chv_Cyrl", "ҫыру ӑна ӗҫ пӳрт", "çыpy ăнa ĕç пÿpт"),
        ("lookalike", "oss_Cyrl", "ӕвзаг Ӕ", "æвзaг Æ"),
        ("lookalike", "che_Cyrl", "хӏун", "xӏyн"),
        ("cyrillic", "chv_Cyrl", "çыpy ăнa ĕç пÿpт, the cop", "ҫыру ӑна ӗҫ пӳрт, the cop"),
        ("cyrillic", "tat_Cyrl", "мəктəп c hәм", "мәктәп c һәм"),
        ("base_letters", "bak_Cyrl", "Һауа ҡала әйҙә", "Хауа кала эйзэ"),
        ("base_letters", "tat_Cyrl", "җӨҢ ҙ", "жОН ҙ"),
        ("base_letters", "oss_Cyrl", "Ӕвзаг ӕ", "Аевзаг ае"),
        ("base_letters", "mns_Cyrl", "а̄ Ё̄ ӈ й", "а Ё н й"),
        ("base_letters", "yrk_Cyrl", "манэˮӈадмʼ", "манэˮнадмʼ"),
        ("base_letters", "evn_Cyrl", "тэгэ̄̄р", "тэгэр"),
        ("yo", "rus_Cyrl", "Ёж ёж е\u0308", "Еж еж е"),
        ("question", "tat_Cyrl", "сүз Ә ё", "с?з ? ё"),
        ("question", "kpv_Cyrl", "ӧі", "?і"),
        ("digits", "rus_Cyrl", "в 1990 году", "в  году"),
    ],
)
def test_what_a_perturbation_does(name: str, language: str, text: str, expected: str) -> None:
    assert change(name, language, text) == [expected]


@pytest.mark.parametrize(
    ("name", "language", "reason"),
    [
        ("base_letters", "bxr_Cyrl", "no source says what is typed for һ"),
        ("base_letters", "che_Cyrl", "its alphabet adds no letter to the Russian one but ӏ"),
        ("base_letters", "rus_Cyrl", "its alphabet adds no letter to the Russian one"),
        ("base_letters", "vep_Latn", "not written in Cyrillic"),
        ("base_letters", "kim_Cyrl", "its alphabet is not known"),
        ("palochka", "tat_Cyrl", "its alphabet has no ӏ"),
        ("yo", "nog_Cyrl", "its alphabet has no ё"),
        ("question", "rus_Cyrl", "cp1251 has all its letters"),
        ("question", "kum_Cyrl", "cp1251 has all its letters"),
        ("lookalike", "crh_Latn", "not written in Cyrillic"),
        ("cyrillic", "crh_Latn", "not written in Cyrillic"),
        ("case", "kat_Geor", "its script has no upper case in use"),
    ],
)
def test_why_a_language_has_none(name: str, language: str, reason: str) -> None:
    assert perturb(name, find(language)) == reason


def test_an_unknown_name_is_an_error_that_lists_the_names() -> None:
    with pytest.raises(UserError, match="lookalike"):
        perturb("umlauts", find("tat"))


@pytest.mark.parametrize("name", perturbations())
def test_each_language_has_the_perturbation_or_a_reason(name: str) -> None:
    found = [perturb(name, language) for language in all_languages()]
    assert any(isinstance(one, Perturbation) for one in found)
    assert all(found)


def test_languages_with_base_letters() -> None:
    """Counted, so that a language gained or lost is seen."""
    found = [perturb("base_letters", language) for language in all_languages()]
    sure = [one.confidence for one in found if isinstance(one, Perturbation)]
    assert {level: sure.count(level) for level in SURENESS} == {"low": 21, "medium": 8, "high": 8}


@pytest.mark.parametrize("name", ["base_letters", "yo", "lookalike"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_no_added_letter_is_left(name: str, form: Literal["NFC", "NFD"]) -> None:
    for language in all_languages():
        perturbation = perturb(name, language)
        if isinstance(perturbation, str):
            continue
        letters = [unicodedata.normalize(form, letter) for letter in alphabet(language)]
        once = perturbation(Strings.of(letters))
        assert perturbation(once).to_list() == once.to_list()
        if name == "base_letters":
            russian = {*BASES["russian33"], *"ӏʼˮ’”"}
            left = set(unicodedata.normalize("NFC", "".join(once).lower())) - russian
            assert not left, language.id


@given(st.text(st.sampled_from("абвгд ёйщъыь АЯ,.")))
def test_russian_text_keeps_its_letters(text: str) -> None:
    assert change("base_letters", "tat", text) == [text]
    assert change("palochka", "che", text) == [text]


@given(st.text(st.sampled_from("ҫыру ӑна ӗҫ пӳрт")))
def test_look_alikes_in_cyrillic_words_come_back(text: str) -> None:
    words = " ".join(f"б{word}" for word in text.split())  # б has no look-alike: each stays a Cyrillic word
    assert change("cyrillic", "chv", *change("lookalike", "chv", words)) == [words]


@given(st.text(st.sampled_from("хӏӀун1Il ")))
def test_palochka_twice_is_the_text_again(text: str) -> None:
    assert change("palochka", "che", *change("palochka", "che", text)) == [text]


def test_every_row_is_in_order() -> None:
    seen = set()
    for row in ROWS:
        assert row["perturbation"] in perturbations()
        assert row["confidence"] in SURENESS
        assert row["letter"] == unicodedata.normalize("NFC", row["letter"])
        assert all(row.values()), row
        for id in row["languages"].split():
            assert id == "*" or find(id).id == id
            key = (row["perturbation"], id, row["letter"])
            assert key not in seen
            seen.add(key)


def test_rows_that_cite_unicode_are_what_unicode_says() -> None:
    by_name = {"ZHE": "ж", "KA": "к", "CHE": "ч", "HA": "х", "GHE": "г", "EN": "н", "SHORT I": "й"}
    for row in ROWS:
        letter = row["letter"]
        if row["source"].startswith("the letter without its mark"):
            assert unicodedata.normalize("NFD", letter).startswith(
                unicodedata.normalize("NFD", row["becomes"])
            )
            assert unicodedata.combining(unicodedata.normalize("NFD", letter)[-1])
        if found := re.match(r"Unicode name: ([A-Z ]+)", row["source"]):
            name = found[1].strip()
            assert unicodedata.name(letter[0]).endswith(name)
            base = name.split(" WITH ")[0]
            assert by_name.get(base, row["becomes"]) == row["becomes"]


def test_lookalikes_are_latin_letters_of_the_same_case() -> None:
    for row in ROWS:
        if row["perturbation"] == "lookalike":
            letter, twin = row["letter"], row["becomes"]
            assert unicodedata.name(letter).startswith("CYRILLIC")
            assert unicodedata.name(twin[0]).startswith("LATIN")
            assert letter.islower() == twin.islower()


def test_words_that_people_really_misspell(shared: Path) -> None:
    """The constructed faults of shared/hygiene are what the perturbations make of the right words."""
    made = {
        "palochka as U+04C0 in lowercase word": "palochka",
        "palochka as Latin I": "palochka_capital_i",
        "palochka as Latin l": "palochka_small_l",
        "palochka as digit 1": "palochka_one",
        "palochka as |": "palochka_bar",
        "palochka as U+0406 (UDHR kbd/ady)": "palochka_ukrainian_i",
        "NFD ӑ": "nfd",
        "pure Latin look-alike word": "lookalike",
    }
    with (shared / "hygiene/known_27.tsv").open(encoding="utf-8") as table:
        cases = {row["case"]: row for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for case, name in made.items():
        row = cases[case]
        assert change(name, row["language"], row["right"]) == [row["wrong"]]
