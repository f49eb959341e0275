"""Merging alone against the libraries, with nothing before it and nothing looked up whole."""

from __future__ import annotations

import random

import numpy as np
import pytest

import tokenizers
from langcov.text.strings import Strings
from langcov.tokenizers import load
from langcov.tokenizers.merges import Merges, first_bytes, first_points, splits
from langcov.tokenizers.sentencepiece import SentencePiece
from tests.toys import sentencepiece_model


def strings(letters: str, n: int = 300) -> list[str]:
    made = random.Random(0)
    return ["".join(made.choices(letters, k=made.randint(0, 12))) for _ in range(n)]


def test_merges_are_those_of_a_list() -> None:
    """Against the library's BPE without a pre-tokenizer, whose pairs overlap (aaa, aab)."""
    pairs = [("a", "a"), ("b", "c"), ("aa", "a"), ("a", "b"), ("bc", "aa"), ("aa", "aa")]
    ids = {text: n for n, text in enumerate([*"abcd", *("".join(pair) for pair in pairs)])}
    library = tokenizers.Tokenizer(tokenizers.models.BPE(ids, pairs))
    rows = ((ids[a], ids[b], n, ids[a + b]) for n, (a, b) in enumerate(pairs))
    merges = Merges.of(rows, first_points(ids, len(ids)))
    texts = strings("abcd")
    found = merges.parts(Strings.of(texts))
    assert not merges.of_bytes
    for text, start, end in zip(texts, found.starts, found.starts[1:]):
        assert found.ids[start:end].tolist() == library.encode(text).ids, text


def test_merges_of_ranks_are_by_rank_then_from_the_left() -> None:
    """Worked by hand: of two pairs of one result the left one joins, though the right one came first here."""
    ids = {bytes([byte]): byte for byte in range(256)} | {b"aa": 256, b"aaa": 257, b"ba": 258}
    first = first_bytes(ids)
    merges = Merges.of(splits(ids, int, first), first)
    found = merges.parts(Strings.of([b"aaaa", b"aaa", b"baaa", b"\xd0aa", b""]))
    told = np.split(found.ids, found.starts[1:-1])
    # aaaa: aa|aa, and then neither aa + aa nor anything else; baaa: aa first (256), then ba doesn't meet
    assert [one.tolist() for one in told] == [[256, 256], [257], [98, 257], [0xD0, 256], []]


def test_a_character_that_is_no_piece_may_still_join() -> None:
    ids = {"a": 0, "xa": 1}
    first = first_points(ids, 2)
    found = Merges.of(splits(ids, int, first), first).parts(Strings.of(["axa", "xx"]))
    assert found.ids.tolist() == [0, 1, 2 + ord("x"), 2 + ord("x")]


@pytest.mark.parametrize("rule", ["identity", "nmt_nfkc"])
def test_merges_of_sentencepiece_are_its_own(rule: str) -> None:
    """Words without a character that is spelled in bytes, which are no part of merging."""
    tokenizer = SentencePiece(sentencepiece_model(rule=rule), "toy")
    merges = tokenizer.parts().merges
    assert merges is not None
    texts = [text for text in strings("аксубтр12") if text]
    found = merges.parts(Strings.of(f" {text}" for text in texts))
    assert found.ids.tolist() == tokenizer.encode(texts).ids.tolist()


def test_without_pairs_all_stays() -> None:
    assert Merges.of([], np.arange(256)).parts(Strings.of(["ab"])).ids.tolist() == [97, 98]


def test_a_wrapped_tokenizer_is_taken_apart_too() -> None:
    made = tokenizers.Tokenizer(tokenizers.models.BPE({"a": 0, "b": 1, "ab": 2}, [("a", "b")]))
    parts = load(made).library.parts()  # type: ignore[attr-defined]
    assert (parts.model, parts.whole, parts.merges.parts(parts.texts).ids.tolist()) == (
        "bpe",
        False,
        [0, 1, 2],
    )
