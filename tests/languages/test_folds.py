"""Folds: what stands for a letter, in text that is wrong and in no other."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from langcov.data import read_table
from langcov.languages import find
from langcov.languages.alphabets import Alphabet, alphabet_of
from tests.languages.every import EVERY, clusters, name

ROWS = read_table("hygiene_folds.tsv")
OTHER_ISSUES = regex.compile(r"NFD|NFC|soft hyphen|zero-width|PUA|read as|mojibake|entity|doubled")


def of(language: str, orthography: str = "") -> Alphabet:
    alphabet = alphabet_of(language, orthography)
    assert alphabet
    return alphabet


def meant(language: str, orthography: str = "") -> dict[str, str]:
    return {wrong: fold.right for wrong, fold in of(language, orthography).folds.items()}


def replaced(path: Path, kind: str) -> Iterator[tuple[str, str, str]]:
    """Language, wrong and right character of each issue that puts a letter in the place of another."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            wrong, right = clusters(row["wrong"]), clusters(row["right"])
            if not OTHER_ISSUES.search(row[kind]):
                assert len(wrong) == len(right), row
                yield from ((row["language"], one, two) for one, two in zip(wrong, right) if one != two)


def test_collected_issues_fold_to_the_right_letter(shared: Path) -> None:
    known = list(replaced(shared / "hygiene" / "known_27.tsv", "case"))
    issues = list(replaced(shared / "hygiene" / "faults.tsv", "kind"))
    assert known.pop(0) == ("che", "Ӏ", "ӏ") and "Ӏ" in of("che").letters
    assert len(known) + len(issues) > 40
    for language, wrong, right in known + issues:
        towards_latin = regex.match(r"\p{Latin}", right) and find(language).script == "Cyrl"
        folds = meant("eng_Latn" if towards_latin else language)
        assert folds.get(wrong) == right.replace("Ӏ", "ӏ"), (language, wrong, right)


def test_letters_of_text_that_is_right_are_not_folded(shared: Path) -> None:
    with (shared / "hygiene" / "clean.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            letters = [one for one in clusters(row["text"]) if not regex.match("[A-Za-z0-9]", one)]
            assert not set(letters) & meant(row["language"]).keys(), row


@pytest.mark.parametrize("alphabet", EVERY, ids=name)
def test_a_fold_leads_from_no_letter_to_a_letter(alphabet: Alphabet) -> None:
    assert not alphabet.folds.keys() & (alphabet.letters | alphabet.variants.keys())
    for wrong, fold in alphabet.folds.items():
        assert len(wrong) == 1 and unicodedata.is_normalized("NFC", wrong) and fold.right in alphabet.letters
        assert (fold.kind == "palochka") == (fold.right == "ӏ"), wrong
        if fold.kind == "twin":
            assert regex.match(r"\p{Cyrillic}", wrong) and wrong.isupper() == fold.right.isupper()
            assert wrong.isupper() or wrong.upper() in alphabet.folds
        same_case = wrong.isupper() == fold.right.isupper()
        assert same_case or "palochka" in (fold.kind, unicodedata.name(wrong).split()[-1].lower())


def test_every_row_says_something() -> None:
    ids = {alphabet.language for alphabet in EVERY}
    for row in ROWS:
        assert row["unambiguous"] in ("yes", "no") and row["confidence"] in ("high", "medium", "low")
        assert row["source"] and unicodedata.is_normalized("NFC", row["wrong"] + row["right"])
        named = row["languages"].split()
        assert set(named) <= ids | {"*Cyrl", "*Latn"}
        for wrong in row["wrong"].split():
            used = [
                a
                for a in EVERY
                if (a.folds.get(wrong) and a.folds[wrong].right == row["right"])
                or row["right"] in a.keyboard.get(wrong, ())
            ]
            rival = [a for a in EVERY if wrong in a.folds and row["right"] in a.letters]
            assert set(named) - {"*Cyrl", "*Latn"} <= {a.language for a in used}
            assert used or rival, (wrong, row)


def test_no_row_is_said_twice() -> None:
    said = [
        (language, wrong, row["right"])
        for row in ROWS
        for language in row["languages"].split()
        for wrong in row["wrong"].split()
    ]
    assert len(set(said)) == len(said)


def test_a_row_of_the_language_goes_first() -> None:
    assert meant("chv")["ÿ"] == "ӳ" and meant("mhr")["ÿ"] == "ӱ"
    assert meant("sah")["і"] == "ө" and meant("kpv").get("і") is None and meant("che")["і"] == "ӏ"
    assert meant("sah")["Ç"] == "З" and meant("bak")["Ç"] == "Ҫ" and "Ç" not in meant("rus")


def test_marks_carry_over() -> None:
    assert meant("sjd")["ā"] == "а̄" and meant("sjd")["Ē"] == "Е̄" and "ā" not in meant("tat")
    assert meant("ukr")["ï"] == "ї" and meant("mrj")["ä"] == "ӓ" and meant("rus")["ë"] == "ё"
    assert meant("crh_Latn")["ӧ"] == "ö"


@pytest.mark.parametrize(
    ("language", "sure", "unsure"),
    [
        ("bak", "қ a h", "H Y"),
        ("tat", "ə ҥ ӈ", "H"),
        ("rus", "H Y", ""),
        ("mhr", "ö", "ң ү ө"),
        ("che", "I l І і", "1 | !"),
        ("sah", "ң ӊ і ӈ", "Ç"),
        ("ckt", "ԯ", "ң қ"),
        ("ady", "a", "r"),
        ("eve", "ӊ", ""),
    ],
)
def test_what_is_unambiguous(language: str, sure: str, unsure: str) -> None:
    folds = of(language).folds
    assert all(folds[wrong].unambiguous for wrong in sure.split())
    assert not any(folds[wrong].unambiguous for wrong in unsure.split())


def test_another_way_to_write_a_letter_is_no_issue() -> None:
    for language, forms in (
        ("abk", "ҧҕ"),
        ("kjh", "ҷ"),
        ("niv", "ӊқ"),
        ("itl", "ңқԯ"),
        ("ykg", "ӈғң"),
        ("eve", "ҥһ"),
    ):
        assert not set(forms) & of(language).folds.keys()
