from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import sentencepiece
from hypothesis import given, settings

from langcov.errors import UserError
from langcov.tokenizers.sentencepiece import SentencePiece
from tests.tokenizers.tiny import (
    LINES,
    ids_by_units,
    joined_pieces,
    lists,
    regular,
    train_sentencepiece,
    training_lines,
)

LLAMA = {"model_type": "bpe", "byte_fallback": True, "normalization_rule_name": "identity"}
FORMS: dict[str, tuple[dict[str, Any], str | None]] = {
    "llama": ({**LLAMA, "remove_extra_whitespaces": False}, "stripped"),
    "gemma": ({**LLAMA, "remove_extra_whitespaces": False, "add_dummy_prefix": False}, "kept"),
    "plain": ({"model_type": "bpe"}, "stripped"),
    "nfkc": ({"model_type": "bpe", "normalization_rule_name": "nfkc"}, "stripped"),
    "casefold": ({"model_type": "bpe", "normalization_rule_name": "nmt_nfkc_cf"}, "stripped"),
    "symbols": ({**LLAMA, "user_defined_symbols": ["<br>", "▁▁", "▁▁▁", "ба"]}, "stripped"),
    "small": ({"model_type": "bpe", "character_coverage": 0.98}, "stripped"),
    "char": ({"model_type": "char"}, "stripped"),
    "word": ({"model_type": "word"}, None),
    "unigram": ({"model_type": "unigram", "vocab_size": 80}, None),
    "crossing": ({**LLAMA, "split_by_whitespace": False}, None),
    "nfkc keeping spaces": ({"model_type": "bpe", "remove_extra_whitespaces": False}, None),
    "suffix": ({**LLAMA, "treat_whitespace_as_suffix": True}, None),
    "neither": ({**LLAMA, "add_dummy_prefix": False}, None),
}


@cache
def trained(name: str) -> bytes:
    return train_sentencepiece(**FORMS[name][0])


@cache
def model(name: str) -> SentencePiece:
    return SentencePiece(trained(name), name)


@pytest.mark.parametrize("name", FORMS)
def test_the_word_form_is_the_one_proved(name: str) -> None:
    tokenizer = model(name)
    assert tokenizer.word_form == FORMS[name][1], tokenizer.word_reason
    assert "probe" not in tokenizer.word_reason


@pytest.mark.parametrize("name", [name for name, (_, form) in FORMS.items() if form])
@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_units_give_the_ids_of_the_whole_line(name: str, lines: list[str]) -> None:
    tokenizer = model(name)
    for line in regular(tokenizer, lines):
        assert ids_by_units(tokenizer, line) == tokenizer.encode([line]).ids.tolist(), line


@pytest.mark.parametrize("name", FORMS)
def test_encode_is_the_library(name: str) -> None:
    processor = sentencepiece.SentencePieceProcessor(model_proto=trained(name))
    texts = ["", "кот  вода ", *training_lines()[:50]]
    assert lists(model(name).encode(texts)) == processor.encode(texts)
    assert model(name).decode(processor.encode(texts)) == processor.decode(processor.encode(texts))


@settings(max_examples=40, deadline=None)
@given(lines=LINES)
def test_pieces_join_to_the_text(lines: list[str]) -> None:
    for name, prefix in (("llama", " "), ("gemma", "")):
        for line in regular(model(name), lines):
            assert joined_pieces(model(name), line) == prefix + line


def test_the_vocabulary_knows_what_text_can_reach() -> None:
    with_bytes, without = model("llama").vocabulary, model("plain").vocabulary
    assert with_bytes and without and with_bytes.byte_tokens is not None
    assert with_bytes.unknown is None
    assert with_bytes.byte_tokens.sum() == 256
    assert with_bytes.size - with_bytes.returnable.sum() == 3  # <unk>, <s>, </s>
    assert without.unknown == 0
    assert without.size - without.returnable.sum() == 2  # <s>, </s>


def test_offsets_are_bytes_and_a_character_spelled_in_bytes_is_whole() -> None:
    spans = model("llama").offsets(["а 中문 а", "𐍈"])
    assert spans is not None
    found = list(zip(*(side.tolist() for side in spans)))
    assert found.count((3, 6)) == 3 and found.count((6, 9)) == 3
    assert found.count((0, 4)) == 4
    assert found[0] == (0, 2)
    assert (2, 2) in found  # the mark before 中 covers nothing
    assert model("llama").offsets([]) is not None


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_model_cut_short_is_one_line(share: float) -> None:
    whole = trained("plain")
    with pytest.raises(UserError, match=r"^my\.model: not a SentencePiece model") as caught:
        SentencePiece(whole[: int(len(whole) * share)], "my.model")
    assert "\n" not in str(caught.value)
