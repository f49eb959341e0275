"""Words encoded many in a line get the tokens, and the places of these, that each gets alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from langcov.counting.encode_words import encode_words
from langcov.counting.spans import token_spans
from langcov.text.strings import Strings
from langcov.tokenizers import load
from langcov.tokenizers.protocol import Encoded
from tests.toys import byte_bpe, wordpiece

PARTS = ("ак", "барс", "кӑ", "и\u0306", "a!", "(б)", "中б", "\u0301", "й", "qq", "\u200d", "\ufffd", "\u0600")
WORDS = [" " + one + other for one in PARTS for other in ("", *PARTS)] + ["ак", "барс!"]


@pytest.mark.parametrize("toy", ["wordpiece", "bytes"])
def test_words_of_a_line_have_the_tokens_and_places_that_they_have_alone(
    toy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = ("ак", "барс", "##ак", "кӑ", "##барс", "a", "!", "(", "б", "и")
    tokenizer: Any = load(wordpiece(*pieces) if toy == "wordpiece" else byte_bpe("ко", " к", "арс")).tokenizer
    encode, asked = tokenizer.encode, 0

    def counted(texts: list[str]) -> Encoded:
        nonlocal asked
        asked += len(texts)
        return encode(texts)  # type: ignore[no-any-return]

    monkeypatch.setattr(tokenizer, "encode", counted)
    strings = Strings.of(WORDS)
    encoded, stripped = encode_words(tokenizer, strings)
    assert asked < len(WORDS) / 2
    alone = encode(WORDS)
    assert not alone.differs(encoded).any()
    mine, its = (token_spans(tokenizer, strings, tokens, stripped) for tokens in (encoded, alone))
    assert mine is not None and its is not None
    np.testing.assert_array_equal(mine.begin, its.begin)
    np.testing.assert_array_equal(mine.end, its.end)
