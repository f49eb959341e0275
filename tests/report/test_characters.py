"""Names of characters, languages and scripts as a Russian reader has them."""

from __future__ import annotations

import re
import unicodedata

import pytest

from langcov.core import ui
from langcov.hygiene.engine.finding import name_of
from langcov.languages import all_languages, alphabet
from langcov.report.characters import spoken_name_of, with_names
from langcov.report.languages.name import language_name, language_title, script_name


@pytest.fixture(autouse=True)
def russian() -> None:
    ui.use("ru")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("ӏ", "кириллическая строчная буква «ӏ» (палочка)"),
        ("Ӏ", "кириллическая прописная буква «Ӏ» (палочка)"),
        ("ң", "кириллическая строчная буква «ң» (н с хвостиком снизу)"),
        ("h", "латинская строчная буква «h»"),
        ("Õ", "латинская прописная буква «Õ» (O с тильдой)"),
        ("а", "кириллическая строчная буква «а»"),
        ("֏", "знак «֏»"),
        ("1", "цифра «1»"),
        ("\u00ad", "мягкий перенос"),
        ("\u0301", "диакритический знак: акут (знак ударения)"),
        ("\u0487", "диакритический знак: покрытие"),
        ("\u1ab0", "диакритический знак"),
        ("\x07", "управляющий символ"),
        ("\ue000", "символ частного использования"),
        ("ყ", "грузинская буква «ყ»"),
        ("א", "еврейская буква «א»"),
    ],
)
def test_names_of_characters(character: str, name: str) -> None:
    assert spoken_name_of(character) == f"U+{ord(character):04X} {name}"


def test_no_name_of_a_character_is_english() -> None:
    """Of all that findings can name: the alphabets, and the blocks that text of theirs is taken from."""
    used = {char for language in all_languages() for letter in alphabet(language) for char in letter}
    used |= {*map(chr, [*range(0x250), *range(0x300, 0x600), *range(0x1E00, 0x2070), 0xFFFD, 0xFEFF])}
    for character in sorted(used):
        name = spoken_name_of(character).replace(f"«{character}»", "")
        assert not re.search("[A-Za-z]{2}", name.partition(" ")[2]), name


def test_names_in_a_sentence() -> None:
    english = f"{name_of('ӏ')} (3), {name_of('1')} and {name_of(chr(7))}."
    assert with_names(english) == (
        "U+04CF кириллическая строчная буква «ӏ» (палочка) (3), "
        "U+0031 цифра «1» and U+0007 управляющий символ."
    )
    assert with_names("U+04CF is no name, nor is U+0031 DIG") == "U+04CF is no name, nor is U+0031 DIG"


def test_every_part_of_a_name_is_one_of_unicode() -> None:
    """A slip in the table would never be seen."""
    from langcov.report.characters import _known

    names = {unicodedata.name(chr(point), "") for point in range(0x30000)}
    for kind, name in _known():
        if kind == "whole":
            assert name in names
        elif kind == "combining":
            assert f"COMBINING {name}" in names
        elif kind == "letter":
            assert any(f" {one} {name}" in other for one in ("LETTER", "LIGATURE") for other in names)


def test_names_of_languages_and_scripts() -> None:
    assert language_name("tat_Cyrl") == "татарский" and language_name("gsw_Latn") == "швейцарский немецкий"
    assert language_name("lak_Latn") == "lak_Latn"  # Laka, and not the language that English calls Lak
    assert language_title("che_Cyrl") == "чеченский язык" and language_title("kpv_Cyrl") == "язык коми"
    assert script_name("Latn") == "латиница" and script_name("Xxxx") == "Xxxx"
