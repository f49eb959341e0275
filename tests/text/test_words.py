from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from langcov.text import scan
from langcov.text.strings import Strings
from langcov.text.words import uax29_words
from tests.text import unicode_references as reference


@settings(max_examples=200)
@given(reference.texts)
def test_words_equal_uniseg(texts: list[str]) -> None:
    strings = Strings.of(texts)
    expected = [reference.uax29_words(text) for text in texts]
    assert reference.by_string(strings, uax29_words(strings)) == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "BLOCK", 8)
        assert reference.by_string(strings, uax29_words(strings)) == expected


@given(reference.texts)
def test_words_of_a_selection(texts: list[str]) -> None:
    strings = Strings.of(texts)[np.arange(len(texts))[::-1]]
    words = uax29_words(strings)
    assert reference.by_string(strings, words) == [reference.uax29_words(text) for text in texts[::-1]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("… — №", []),
        ("Ҡала-ла", ["Ҡала", "ла"]),
        ("об'єкт ’я'", ["об'єкт", "я"]),
        ("3,5 3. 3.a", ["3,5", "3", "3", "a"]),
        ("a_1\u202fб", ["a_1\u202fб"]),
        ("пе\u0301ре\xadнос", ["пе\u0301ре\xadнос"]),
        ("\u0301a", ["a"]),
        ("\nа\u0301б", ["а\u0301б"]),
        ("\u05d0\"\u05d0 \u05d0'", ['\u05d0"\u05d0', "\u05d0'"]),
        ("カタ漢字", ["カタ", "漢", "字"]),
        ("🇦🇷🇦a", ["a"]),
        ("\u0301 ½ Ⅷ", ["½", "Ⅷ"]),
    ],
)
def test_words_by_hand(text: str, words: list[str]) -> None:
    strings = Strings.of([text])
    assert reference.by_string(strings, uax29_words(strings)) == [words]
