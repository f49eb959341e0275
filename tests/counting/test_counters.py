"""Counters against cases worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from langcov.counting.counters import Batch, token_counters
from langcov.counting.spans import token_spans
from langcov.text.strings import Strings
from langcov.tokenizers import load
from tests.toys import byte_bpe, wordpiece


def count(tokenizer: Any, *texts: str) -> tuple[dict[str, list[int]], dict[str, str]]:
    system = load(tokenizer)
    strings = Strings.of(texts)
    n = np.arange(len(texts))
    batch = Batch(strings, n * 0, n, n * 0 + 1, lines=True)
    encoded = system.tokenizer.encode(list(texts))
    spans = token_spans(system.tokenizer, strings, encoded, np.zeros(len(texts), bool))
    counters, missing = token_counters(batch, encoded, spans, system.tokenizer.vocabulary)
    return {name: values.tolist() for name, values in counters.items()}, missing


def test_byte_bpe() -> None:
    # kot | ␣ | д | ␣ | д | D0 | BA : the last two bytes are к, in two tokens
    counters, missing = count(byte_bpe("ko", "kot", "д"), "kot д дк", "")
    assert missing == {}
    assert counters == {
        "tokens": [7, 0],
        "unknown_tokens": [0, 0],
        "byte_tokens": [2, 0],
        "continued_words": [1, 0],
        "retained_words": [2, 0],
        "unknown_words": [0, 0],
        "split_characters": [1, 0],
    }


def test_a_token_of_space_alone_is_no_part_of_a_word_and_one_with_a_space_is() -> None:
    # " k" | "o" : two tokens overlap the word; " " | "ab" : one does
    counters, _ = count(byte_bpe(" k", "ab"), "a ko", "a ab")
    assert counters["continued_words"] == [1, 0]
    assert counters["retained_words"] == [1, 2]


def test_a_token_longer_than_the_word_retains_it() -> None:
    # UAX #29 gives the words "x" and "y" of "x-y"; here one token covers all of it
    counters, _ = count(lambda texts: [[1] for _ in texts], "x-y")
    assert counters == {"tokens": [1]}
    pattern_free = byte_bpe("--", "x-")
    counters, _ = count(pattern_free, "x-y")
    assert counters["retained_words"] == [2]


def test_wordpiece_with_unknown_words() -> None:
    # кот | кот ##ик | [UNK] | [UNK]: the dot is no word
    counters, missing = count(wordpiece("кот", "##ик"), "кот котик пёс .")
    assert counters["tokens"] == [5]
    assert counters["unknown_tokens"] == [2]
    assert counters["retained_words"] == [1]
    assert counters["continued_words"] == [1]
    assert counters["unknown_words"] == [1]
    assert counters["split_characters"] == [0]
    assert "continued_words" not in missing


def test_a_word_that_the_normaliser_drops_is_unknown() -> None:
    # BERT's clean_text drops U+FFFD; here it is written beside a word and vanishes from it
    counters, _ = count(wordpiece("кот"), "кот\ufffd")
    assert counters["retained_words"] == [1]


def test_a_callable_gives_tokens_and_reasons() -> None:
    counters, missing = count(lambda texts: [[1, 2] for _ in texts], "кот ак")
    assert counters == {"tokens": [2]}
    assert set(missing) == {
        "unknown_tokens",
        "byte_tokens",
        "continued_words",
        "retained_words",
        "unknown_words",
        "split_characters",
    }


@pytest.mark.parametrize(("spec", "expected"), [("bytes", 4), ("chars", 0)])
def test_the_characters_that_bytes_split(spec: str, expected: int) -> None:
    counters, _ = count(spec, "кот ё a")
    assert counters["split_characters"] == [expected]
    assert counters["byte_tokens"] == [2 * expected]
    assert counters["tokens"] == [11 if spec == "bytes" else 7]


def test_every_word_is_one_of_three() -> None:
    texts = ["кот котик пёс 12 a1", "бер ике", "ак. барс, ӧӧ"]
    for tokenizer in (byte_bpe("ко", "от"), wordpiece("кот", "ак", "##ик", "1", "##2"), "bytes", "chars"):
        counters, _ = count(tokenizer, *texts)
        parts = np.array([counters[k] for k in ("continued_words", "retained_words", "unknown_words")])
        assert parts.sum(axis=0).tolist() == [5, 2, 3]


def test_the_text_of_a_batch() -> None:
    strings = Strings.of(["ак барс", "e\u0301"])
    batch = Batch(strings, np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([2, 1, 3]), lines=False)
    assert {key: values.tolist() for key, values in batch.text.items()} == {
        "words": [2, 1],
        "uax29_words": [2, 1],
        "chars": [7, 2],
        "graphemes": [7, 1],
        "bytes": [13, 3],
    }
    assert batch.totals.tolist() == [3, 3]
    assert batch.by_row(batch.text["chars"], 3).tolist() == [14, 13, 0]
