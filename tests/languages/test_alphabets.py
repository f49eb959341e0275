"""The alphabets of the checks: every language's sets by their properties, and what a review asked for."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
import regex

from langcov.errors import UserError
from langcov.languages import BASES, find, orthographies
from langcov.languages.alphabets import Alphabet, alphabet_of, letter_languages, stand_in
from tests.languages.every import EVERY, clusters, name


@pytest.mark.parametrize("alphabet", EVERY, ids=name)
def test_sets_hold_single_letters_in_nfc_and_in_both_cases(alphabet: Alphabet) -> None:
    letters = alphabet.letters
    for letter in letters | alphabet.variants.keys():
        assert unicodedata.is_normalized("NFC", letter) and clusters(letter) == [letter]
    turkic = {"i": "İ", "ı": "I"} if "ı" in letters else {}
    for letter in letters:
        upper = turkic.get(letter, letter.upper())
        if alphabet.script != "Geor" and len(clusters(upper)) == 1:
            assert upper in letters
        assert {v: k for k, v in turkic.items()}.get(letter, letter.lower()) in letters


@pytest.mark.parametrize("alphabet", EVERY, ids=name)
def test_parts_belong_to_the_whole(alphabet: Alphabet) -> None:
    letters = alphabet.letters
    base = {"Cyrl": BASES["russian33"], "Latn": BASES["latin26"]}.get(alphabet.script, "")
    assert alphabet.added <= letters and alphabet.loans <= letters
    assert letters - alphabet.added <= {*base, *base.upper()}
    assert alphabet.palochka == ("ӏ" in letters) == ("Ӏ" in letters)
    [facts] = [
        row.facts for row in orthographies(find(alphabet.language)) if row.orthography == alphabet.orthography
    ]
    digraphs = facts["digraphs"].split()
    assert {part for digraph in digraphs for part in clusters(digraph)} <= letters
    assert not letters & alphabet.variants.keys()
    assert {right for wrong, right in alphabet.variants.items() if right != wrong} <= letters
    assert alphabet.apostrophes <= letters | alphabet.variants.keys()
    assert alphabet.confidence in ("high", "medium", "low")


def test_letters_of_unicode_16_have_both_cases() -> None:
    khanty = alphabet_of("kca")
    assert khanty and {"\u1c89", "\u1c8a"} <= khanty.letters


def test_yiddish_has_the_alphabet_of_cldr() -> None:
    yiddish = alphabet_of("ydd")
    assert yiddish and {"א", "אַ", "ײַ", "פֿ", "ץ"} <= yiddish.letters and "װ" in yiddish.variants


def test_the_likeliest_reading_of_a_letter_is_first() -> None:
    tatar, kazakh = alphabet_of("tat"), alphabet_of("kaz")
    assert tatar and kazakh
    assert (tatar.lookalikes["H"], kazakh.lookalikes["H"]) == (("Һ", "Н"), ("Н", "Һ"))
    assert tatar.keyboard["ğ"] == ("г",) and kazakh.keyboard["Ğ"] == ("Ғ", "Г")


def test_what_stands_in_for_an_alphabet_is_the_script() -> None:
    siberian, hebrew = stand_in(find("sty")), stand_in(find("ydd"))
    assert hebrew is None and siberian
    assert siberian.folds["c"].right == "с" and "I" not in siberian.folds and "ӏ" in siberian.letters


def test_a_language_without_known_letters_has_no_alphabet() -> None:
    assert alphabet_of("kim_Cyrl") is None and alphabet_of("cmn_Hans") is None
    with pytest.raises(UserError, match=r"eve_Cyrl has no orthography 'yakut' .*: known are yakutia$"):
        alphabet_of("eve_Cyrl", "yakut")
    with pytest.raises(UserError, match="unknown language"):
        alphabet_of("xx")


@pytest.mark.parametrize(
    ("language", "orthography", "letters", "variants", "neither"),
    [
        ("krc", "", "ў", "", "ӏ"),
        ("kjh", "", "ӌ Ӌ", "ҷ Ҷ", "һ"),
        ("eve", "", "ӈ ӫ ӣ ӯ", "ҥ һ", "ң"),
        ("eve", "yakutia", "ҥ ө һ Һ", "ӈ ӫ ӣ Ӣ", "ң"),
        ("evn", "", "ӈ э̄ Э̄ ӣ ӯ ю̄ я̄", "ә ә̄ ң һ", "ө"),
        ("evn", "udhr", "ң һ э̄ ӣ", "ӈ", "ә"),
        ("ykg", "", "ҕ ҥ ө ԝ", "ӷ ӈ ғ ң ӧ", "ә"),
        ("niv", "", "ӷ ғ ӻ ӄ ӈ р̌ Р̌ ӽ ӿ ʼ", "ӊ қ ў ’", "ң"),
        ("yrk", "", "ʼ ˮ ӈ", "’ ” ' \" ӭ", "һ"),
        ("nio", "", "ҙ ”", "з̌ ˮ", "ʼ"),
        ("ckt", "", "ʼ", "’ '", "ԯ"),
        ("sjd", "", "а̄ е̄ о̄ э̄ ю̄ я̄", "ҋ ʼ", "щ"),
        ("mns", "", "а̄ е̄ ё̄ о̄ э̄ я̄", "", "ө"),
        ("oaa", "", "а̄ е̄ о̄ э̄ ӯ ө̄", "", "ш щ ъ ы ю я ё"),
        ("gld", "", "й ё ӣ ӯ е̄ э̄", "", "ӡ"),
        ("vot", "", "õ ä ü č ž š ö d̕ n̕ l̕ t̕ z̕ r̕", "ť ď ľ ń ź", "å"),
        ("olo", "", "ä ö č š ž ’", "", "ü"),
        ("krl", "", "’", "ʼ '", "õ"),
        ("vep", "", "ü ’", "' ʼ", "õ"),
        ("crh_Latn", "", "â ç ğ ı İ i I ñ ö ş ü", "", "ä"),
        ("ket", "", "ӄ ә ӷ", "қ ґ", "ң"),
        ("itl", "", "ӆ ҳ ӑ о̆ ў", "ԓ ӽ", "ү"),
        ("kca", "", "ԯ ӈ ң", "", "і"),
        ("sah", "", "в ц щ ю я", "", "і ң ç"),
        ("tyv", "", "ө", "", "ѳ"),
        ("mhr", "", "ӧ ӱ ҥ", "", "ү ө ң"),
        ("chv", "", "ӑ ӗ ҫ ӳ", "", "ӱ ă"),
        ("oss", "", "ӕ", "' ’", "æ"),
        ("ava", "", "ӏ Ӏ", "", "І"),
        ("abk", "", "ӷ ԥ", "ҕ ҧ", "ё"),
    ],
)
def test_what_the_review_asked_for(
    language: str, orthography: str, letters: str, variants: str, neither: str
) -> None:
    alphabet = alphabet_of(language, orthography)
    assert alphabet
    assert set(letters.split()) <= alphabet.letters
    assert set(variants.split()) <= alphabet.variants.keys()
    assert not set(neither.split()) & (alphabet.letters | alphabet.variants.keys())


def test_variants_lead_to_their_letter_in_their_case() -> None:
    khakas, yukaghir, nenets = (alphabet_of(code) for code in ("kjh", "ykg", "yrk"))
    assert khakas and yukaghir and nenets
    assert (khakas.variants["ҷ"], khakas.variants["Ҷ"]) == ("ӌ", "Ӌ")
    assert yukaghir.variants["Ғ"] == "Ғ", "doubted, so a form of nothing"
    assert nenets.variants["'"] == "ʼ" and nenets.variants['"'] == "ˮ"
    assert nenets.apostrophes == {*"ʼ’'ˮ”\""}


def test_loans_and_confidence() -> None:
    sakha, kalmyk, dolgan = (alphabet_of(code) for code in ("sah", "xal", "dlg"))
    assert sakha and kalmyk and dolgan
    assert {"в", "Ц", "я"} <= sakha.loans and "ҕ" not in sakha.loans
    assert [one.confidence for one in (sakha, kalmyk, dolgan)] == ["high", "high", "low"]


def test_letters_of_texts_are_letters(shared: Path) -> None:
    """In the UDHR, but for the files in another orthography or with another palochka."""
    for alphabet in EVERY:
        path = shared / "corpora" / "udhr" / f"{alphabet.language}.txt"
        bad = {"eve_Cyrl": "", "evn_Cyrl": "", "ady_Cyrl": "", "kbd_Cyrl": ""}
        if not path.is_file() or alphabet.script not in ("Cyrl", "Latn", "Armn", "Geor"):
            continue
        if bad.get(alphabet.language) == alphabet.orthography:
            continue
        rows = csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
        text = unicodedata.normalize("NFC", " ".join(row[-1] for row in rows if "/title" not in row[0]))
        found = [cluster for cluster in clusters(text) if regex.match(r"\p{L}", cluster)]
        strange = [cluster for cluster in found if cluster not in alphabet.letters | alphabet.variants.keys()]
        assert len(strange) / len(found) < 0.004, (name(alphabet), set(strange))


def test_languages_of_a_letter() -> None:
    assert letter_languages()["ӕ"] == {"oss_Cyrl"}
    assert "eve_Cyrl" in letter_languages()["ҥ"], "in its other orthography"
    assert "Ҙ" not in letter_languages() and "ҙ" in letter_languages()
