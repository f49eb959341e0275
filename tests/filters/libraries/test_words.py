"""Word tokenizers that the library gives languages: one that is missing or fails is said, never raised."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("spacy")

from datatrove.utils import word_tokenizers

from langcov.filters.libraries.words import words_of


@pytest.fixture(autouse=True)
def anew() -> Any:
    words_of.cache_clear()
    yield
    words_of.cache_clear()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ImportError("Install it with `pip install sudachipy`"),
            "its word tokenizer is not installed: Install it",
        ),
        (KeyError("dictionary"), "its word tokenizer fails: 'dictionary'"),
    ],
)
def test_one_that_fails_in_use_only_is_not_judged(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    class Failing:
        def word_tokenize(self, text: str) -> list[str]:
            raise error

    monkeypatch.setattr(word_tokenizers, "load_word_tokenizer", lambda _: Failing())
    found = words_of("tat_Cyrl")
    assert found.language is None
    assert found.missing.startswith(said)


def test_one_that_works_is_taken_and_a_download_is_stood_in_for() -> None:
    assert words_of("tat_Cyrl").language == "tat_Cyrl"
    assert words_of("kaz_Cyrl").stand_in == "stand-in: words by spaCy xx, not by Stanza kk"
    assert words_of("kaz_Cyrl", True).missing == "its word tokenizer is a download (Stanza kk)"
    assert words_of("xyz_Xxxx").missing == "the library has no word tokenizer for xyz_Xxxx"
