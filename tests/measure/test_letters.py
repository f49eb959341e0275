"""Letters of several alphabets, asked for together."""

from __future__ import annotations

import pytest

import langcov
from langcov.errors import CannotEncode
from langcov.tokenizers.builtin import Chars
from langcov.tokenizers.protocol import Encoded

LINES = {"tat": ["өч ике"] * 20, "chv": ["ҫын ӗҫ"] * 20, "eng": ["two"] * 20}


def singles() -> dict[str | None, float | None]:
    result = langcov.measure_tokenizers("chars", LINES, "eng", hygiene=False)
    return {one.language: one.value for one in result.records if one.metric == "alphabet_single"}


def test_each_letter_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tatar and Chuvash share most of theirs."""
    asked: list[str] = []
    encode = Chars.encode

    def heard(self: Chars, texts: list[str]) -> Encoded:
        asked.extend(text for text in texts if len(text) == 3 and text[0] == text[2] == "q")
        return encode(self, texts)

    monkeypatch.setattr(Chars, "encode", heard)
    assert singles() == {"tat_Cyrl": 1.0, "chv_Cyrl": 1.0, "eng_Latn": 1.0}
    assert len(asked) == len(set(asked)) > 100


def test_a_letter_that_fails_is_the_failure_of_its_language_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    encode = Chars.encode

    def failing(self: Chars, texts: list[str]) -> Encoded:
        if "qҗq" in texts:
            raise CannotEncode(texts.index("qҗq"), "it has no җ")
        return encode(self, texts)

    monkeypatch.setattr(Chars, "encode", failing)
    assert singles() == {"tat_Cyrl": None, "chv_Cyrl": 1.0, "eng_Latn": 1.0}
