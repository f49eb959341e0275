"""Perturbations against one string at a time, in the plainest Python."""

from __future__ import annotations

import pickle
import re
from functools import partial
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.text.perturb import (
    END,
    Perturbation,
    Rewrite,
    respell,
    through_code_page,
    upper,
    without_digits,
)
from langcov.text.strings import Strings

# Line ends of all kinds, marks that reorder and gather, letters of several bytes, special casing, digits.
HARD = (
    " \n\r\x00\x0b\x1c\x85\u2028\u2029\u00a0\u202f\ufeff\uffff\u0301\u0308\u0304\u0323\u0345ёйӧӱӏӀaiıßŉΐ5٥½ү—"
)
TEXTS = st.lists(st.text(st.sampled_from(HARD) | st.characters(codec="utf-8"), max_size=12), max_size=8)
LETTERS = {"ӧ": "о", "Ӧ": "О", "ӱ": "у", "ё̄": "ё", "а̄": "а", "ҥ": "нг", "ү": "у"}
REWRITES: dict[str, Rewrite] = {
    "case": partial(upper, dotted=False),
    "dotted case": partial(upper, dotted=True),
    "nfd": partial(normalize, "NFD"),
    "digits": without_digits,
    "question": partial(through_code_page, page="cp1251"),
    "letters": respell(LETTERS),
}
ALL = pytest.mark.parametrize("name", REWRITES)


def change(name: str, texts: list[str]) -> list[str]:
    return Perturbation(name, REWRITES[name])(Strings.of(texts)).to_list()


@ALL
@given(texts=TEXTS)
def test_each_string_as_if_it_stood_alone(name: str, texts: list[str]) -> None:
    assert change(name, texts) == [REWRITES[name](text) for text in texts]


@ALL
@given(texts=TEXTS)
def test_a_line_changed_is_its_words_changed(name: str, texts: list[str]) -> None:
    words = [text.split(" ") for text in texts]
    assert change(name, texts) == [" ".join(change(name, line)) for line in words]


@ALL
@given(texts=TEXTS)
def test_a_second_time_changes_nothing(name: str, texts: list[str]) -> None:
    once = change(name, texts)
    assert change(name, once) == once


@ALL
def test_every_code_point_alone(name: str) -> None:
    """Without the middles of planes that have no characters: those of private use, and those not yet used."""
    planes = (*range(0x40000), *range(0x4FF00, 0x50100), *range(0xE0000, 0xE1000), *range(0x10FF00, 0x110000))
    points = [chr(point) for point in planes if not 0xD800 <= point < 0xE000]
    once = change(name, points)
    assert once == [REWRITES[name](point) for point in points]
    assert change(name, once) == once


@ALL
def test_no_strings_and_empty_ones(name: str) -> None:
    assert change(name, []) == []
    assert change(name, ["", ""]) == ["", ""]


def test_a_selection_leaves_the_rest_of_the_buffer_out() -> None:
    strings = Strings.of(["а1", "б2", "в3"])[np.array([2, 0])]
    found = Perturbation("digits", without_digits)(strings)
    assert found.to_list() == ["в", "а"]
    assert bytes(found.data) == "ва".encode()


@given(st.text(st.characters(codec="utf-8")))
def test_question_is_the_conversion_by_python_but_for_white_space(text: str) -> None:
    words = re.split(r"(\s+)", text)
    words[::2] = [word.encode("cp1251", "replace").decode("cp1251") for word in words[::2]]
    assert through_code_page(text, "cp1251") == "".join(words)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cn"])))  # regex knows newer digits
def test_digits_are_those_of_the_general_category(text: str) -> None:
    import regex

    assert without_digits(text) == regex.sub(r"\p{Nd}", "", text)


@given(st.text(st.sampled_from("ӧӱёҥүаоуеЁ \u0301")))
def test_letters_in_nfd_are_the_same_letters(text: str) -> None:
    rewrite = respell(LETTERS)
    assert normalize("NFC", rewrite(normalize("NFD", text))) == normalize(
        "NFC", rewrite(normalize("NFC", text))
    )


def test_marks_of_other_letters_stay() -> None:
    assert respell(LETTERS)("а̄ е̄ ё̄ ӯ й") == "а е̄ ё ӯ й"
    assert respell({"\u045e": "y\u0306"})("\u045e у\u0306") == "y\u0306 у\u0306"


def test_many_marks_are_not_quadratic() -> None:
    assert respell(LETTERS)("о" + "\u0308" * 1_000_000) == "о"


def test_case_of_a_dotless_i() -> None:
    assert change("dotted case", ["ıi"]) == ["Iİ"]
    assert change("case", ["ıi"]) == ["II"]


@ALL
def test_can_be_sent_to_a_worker(name: str) -> None:
    perturbation = pickle.loads(pickle.dumps(Perturbation(name, REWRITES[name])))
    assert perturbation(Strings.of(["ӱй 1ҥ"])).to_list() == change(name, ["ӱй 1ҥ"])


def test_the_separator_is_in_no_text() -> None:
    with pytest.raises(UnicodeEncodeError):
        END.encode()
