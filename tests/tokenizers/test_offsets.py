"""Where tokens lie in a text that a normaliser changed."""

from __future__ import annotations

import pytest

import tokenizers
from langcov.counting.batch import Batch, Tokens
from langcov.counting.counters import count_each, token_columns
from langcov.counting.spans import token_spans
from langcov.text.strings import Strings
from langcov.tokenizers import load
from langcov.tokenizers.protocol import Tokenizer
from langcov.tokenizers.sentencepiece import SentencePiece
from tests.toys import sentencepiece_model

Spans = list[tuple[int, int]]


def places(tokenizer: Tokenizer, text: str) -> Spans:
    """The byte ranges of the tokens that stand for text."""
    found = tokenizer.offsets([text])
    assert found is not None
    begin, end = found
    assert len(begin) == tokenizer.encode([text]).counts[0]
    return [span for span in zip(begin.tolist(), end.tolist()) if span[0] < span[1]]


def counters(tokenizer: Tokenizer, text: str) -> dict[str, int]:
    strings = Strings.of([text])
    one = Strings.of([text]).starts
    encoded = tokenizer.encode([text])
    spans = token_spans(tokenizer, strings, encoded, one != 0)
    batch = Batch(strings, one, one, one + 1, lines=True)
    values, _ = count_each(token_columns().words, Tokens(batch, encoded, spans, tokenizer), 1)
    return {name: int(value[0]) for name, value in values.items()}


@pytest.mark.parametrize("byte_fallback", [False, True])
def test_all_pieces_of_a_character_that_became_several_cover_it(byte_fallback: bool) -> None:
    """The library gives ½ (1⁄2) to the last of its pieces, so that the others touch no word."""
    model = SentencePiece(sentencepiece_model("bpe", byte_fallback, "nfkc"), "toy")
    found = places(model, "ак ½ кот")
    assert found.count((5, 7)) >= 3
    assert set(found[: found.index((5, 7))]) <= {(0, 2), (2, 4), (0, 4)}
    counted = counters(model, "½")
    assert counted["retained_words"] == 0
    assert counted["split_characters"] == 1
    assert counted["unknown_words"] == (not byte_fallback)


def test_a_ligature_is_shared_by_the_pieces_of_its_letters() -> None:
    model = SentencePiece(sentencepiece_model("char", True, "nfkc"), "toy")
    assert places(model, "\ufb05 t")[:2] == [(0, 3), (0, 3)]  # ſt becomes s and t
    assert counters(model, "\ufb05")["continued_words"] == 1


def test_an_unknown_run_of_a_decomposed_text_reaches_over_its_marks() -> None:
    model = SentencePiece(sentencepiece_model("bpe", False, "nfkc"), "toy")
    assert places(model, "и\u0306и\u0306 кот")[0] == (0, 8)
    assert counters(model, "и\u0306и\u0306")["unknown_words"] == 1


@pytest.mark.parametrize(
    "text", ["  ак   кот ", "\u2581ак кот", "\u00a0ак\u3000кот", "ﷺ", "", "\u3000", "´а"]
)
def test_pieces_stay_in_their_string_in_order(text: str) -> None:
    for rule in ("identity", "nfkc", "nmt_nfkc"):
        model = SentencePiece(sentencepiece_model("bpe", True, rule), "toy")
        found = places(model, text)
        assert found == sorted(found)
        assert all(0 <= begin < end <= len(text.encode()) for begin, end in found)


def nfc_bytes() -> Tokenizer:
    """Byte-level BPE without a merge, after NFC."""
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    made = tokenizers.Tokenizer(tokenizers.models.BPE({letter: i for i, letter in enumerate(alphabet)}, []))
    made.normalizer = tokenizers.normalizers.NFC()
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    return load(made).tokenizer


def test_a_composed_mark_belongs_to_the_tokens_of_its_letter() -> None:
    """The library leaves the mark to no token; but the letter's two bytes lie in two of them."""
    tokenizer = nfc_bytes()
    assert places(tokenizer, "и\u0306 a") == [(0, 4), (0, 4), (4, 5), (5, 6)]
    assert counters(tokenizer, "и\u0306 a")["split_characters"] == 2
    assert counters(tokenizer, "а\u0306б")["split_characters"] == 3


def test_marks_at_the_start_of_the_next_string_stay_there() -> None:
    found = nfc_bytes().offsets(["e\u0301", "\u0301a", "a"])
    assert found is not None
    assert list(zip(*(part.tolist() for part in found))) == [(0, 3), (0, 3), (0, 2), (0, 2), (2, 3), (0, 1)]
