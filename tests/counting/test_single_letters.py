"""Letters inside a word, and how often a text uses them."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from langcov.counting.single_letters import letter_uses, single_letters
from langcov.counting.sums import Histogram
from langcov.text.scripts import letters
from langcov.text.strings import Strings
from langcov.tokenizers import load
from tests.toys import byte_bpe, dropping_bpe, dropping_bytes, uncased_wordpiece, wordpiece

TATAR = ("т", "ә", "Ә")


def single(tokenizer: object, wanted: tuple[str, ...]) -> list[bool]:
    found = single_letters(load(tokenizer).tokenizer, wanted)
    assert found is not None
    return found.tolist()


def uses(wanted: tuple[str, ...], text: str) -> list[int]:
    histogram = Histogram()
    histogram.add(*letters(Strings.of([text]), np.ones(1, np.int64)))
    return letter_uses(wanted, histogram).tolist()


def test_a_letter_of_two_tokens_is_not_single() -> None:
    assert single("bytes", TATAR) == [False] * 3
    assert single("chars", TATAR) == [True] * 3
    assert single(byte_bpe("ә"), TATAR) == [False, True, False]


def test_a_letter_is_single_though_the_tokenizer_knows_no_other_script() -> None:
    """WordPiece makes a word with an unknown letter one UNK: the letter's neighbours must be known."""
    known = wordpiece("a", "##a", "b", "q", "##q", "0", "##0", "##b")
    assert single(known, ("a", "b", "c")) == [True, True, False]
    only_digits = wordpiece("##a", "0", "##0")
    assert single(only_digits, ("a",)) == [True]


def test_a_letter_that_is_known_only_at_the_start_of_words_is_not_single() -> None:
    starts = wordpiece("a", "q", "##q", "0", "##0", "ж", "##ж")
    assert single(starts, ("a",)) == [False]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_uses_are_the_same_in_each_normal_form(form: str) -> None:
    text = unicodedata.normalize(form, "йод и иӣ ка̄")  # type: ignore[arg-type]
    assert uses(("и", "й", "ӣ", "а", "а̄"), text) == [2, 1, 1, 0, 1]


def test_a_stress_mark_makes_no_other_letter_but_a_composed_one_is_another() -> None:
    assert uses(("о", "е"), "о\u0301 e\u0301 е\u0301 \u00e9 \u0451 е\u0308") == [1, 1]


def test_letters_that_unicode_calls_punctuation_are_counted() -> None:
    assert uses(("’", "l"), "vel’ vel’l") == [2, 3]


def test_a_letter_counts_only_if_it_comes_back() -> None:
    """A lone byte is not the letter, a letter without its mark is another, what is left out is nobody."""
    by_bytes = dropping_bytes()
    assert len(by_bytes.encode("\u04b1").ids) == len(by_bytes.encode("к").ids) == 1  # ұ: its D2 is left out
    assert single(by_bytes, ("к", "\u04b1", "ҷ")) == [True, False, False]
    assert single(dropping_bpe(), ("к", "ӧ", "ә", "ң")) == [True, True, False, False]
    assert single(uncased_wordpiece(), ("и", "й", "И")) == [True, False, False]
