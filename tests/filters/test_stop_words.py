"""Stop words from the bundled word tables."""

from __future__ import annotations

import numpy as np
import pytest

from langcov.errors import UserError
from langcov.filters.stop_words import CLEARLY, OTHERS, SURE, certainty, stop_words
from langcov.languages import alphabet, find


def test_they_are_words_in_the_letters_of_the_language_from_several_sources() -> None:
    found = stop_words("tat_Cyrl", ["ntrex"])
    assert found.sources == ("commonvoice", "flores", "udhr")
    assert {"һәм", "белән", "өчен"} <= {one.word for one in found.words[:12]}
    letters = set("".join(alphabet(find("tat"))))
    assert all(set(one.word) <= letters and one.word == one.word.lower() for one in found.words)
    assert all(len(one.sources) >= 2 for one in found.words)  # the median of three is above 0
    shares = [one.share for one in found.words]
    assert shares == sorted(shares, reverse=True)


def test_they_are_the_fewest_of_which_a_short_text_has_enough() -> None:
    found = stop_words("tat_Cyrl")
    shares = [one.share for one in found.words]
    assert found.sure >= SURE > certainty(shares[:-1])


def test_a_word_of_russian_is_none() -> None:
    russian = {one.word: one.share for one in stop_words("rus_Cyrl").words}
    assert "и" not in russian  # a word has two letters at least
    assert {"не", "на"} <= russian.keys()
    chuvash = {one.word: one.share for one in stop_words("chv_Cyrl").words}
    assert all(russian.get(word, 0) * CLEARLY < share for word, share in chuvash.items())
    assert OTHERS == ("rus_Cyrl", "eng_Latn")


def test_the_certainty_is_that_of_drawn_texts() -> None:
    shares = np.array([0.03, 0.02, 0.01, 0.01])
    draw = np.random.default_rng(0)
    texts = draw.choice(5, size=(20_000, 50), p=[*shares, 1 - shares.sum()])
    distinct = sum((texts == word).any(axis=1).astype(int) for word in range(4))
    assert certainty(shares.tolist()) == pytest.approx(float((distinct >= 2).mean()), abs=0.015)


def test_words_of_another_list_stay_if_they_pass_the_same_checks() -> None:
    given = ["һәм", "географиясе", "c", "°", "не", "Казан", "the"]
    found = stop_words("tat_Cyrl", given=given)
    assert "һәм" in {one.word for one in found.words}
    assert found.kept == ("географиясе",)  # and is not named twice
    assert found.words == stop_words("tat_Cyrl").words


@pytest.mark.parametrize(
    ("language", "left_out", "told"),
    [
        ("che_Cyrl", [], "no bundled text in che_Cyrl is there"),
        ("abk_Cyrl", ["udhr", "commonvoice"], r"abk_Cyrl are of text that is left out \(commonvoice, udhr\)"),
    ],
)
def test_lexicons_are_refused(language: str, left_out: list[str], told: str) -> None:
    with pytest.raises(UserError, match=told):
        stop_words(language, left_out)
