"""Every cause on vocabularies so small that it can be told by hand, and counts against plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiktoken

import tokenizers
from langcov.audit.contexts import CONTEXTS, completions, is_sound
from langcov.audit.reach import Reach, Search
from langcov.tokenizers import load
from langcov.tokenizers.sentencepiece import BPE, SentencePiece, schema
from tests.toys import GPT2_PATTERN, byte_bpe, sentencepiece_model, wordpiece

SHARED = Path(__file__).parents[2].parent / "shared" / "tokenizers"


def wrap(made: Any) -> Any:
    return load(made).library


def reach_of(tokenizer: Any) -> Reach:
    parts, vocabulary = tokenizer.parts(), tokenizer.vocabulary
    asked = vocabulary.returnable & (parts.texts.lengths > 0)
    if vocabulary.unknown is not None:
        asked[vocabulary.unknown] = False
    return Search(tokenizer, parts, asked, np.zeros(vocabulary.size, bool)).run()


def bpe(
    pieces: Iterable[str], merges: Iterable[tuple[str, str]], whole: bool = False, **steps: Any
) -> tuple[Any, dict[str, int]]:
    ids = {piece: n for n, piece in enumerate(pieces)}
    made = tokenizers.Tokenizer(tokenizers.models.BPE(ids, list(merges), ignore_merges=whole))
    for name, step in steps.items():
        setattr(made, name, step)
    return wrap(made), ids


def test_merges_that_come_first_and_pieces_of_no_pair() -> None:
    """bc joins before ab can, so abc is b's: ab + c is never there; cd stands in no pair at all."""
    tokenizer, ids = bpe(["a", "b", "c", "d", "bc", "ab", "abc", "cd"], [("b", "c"), ("a", "b"), ("ab", "c")])
    reach = reach_of(tokenizer)
    assert reach.causes == {ids["abc"]: "order", ids["cd"]: "pair"}
    assert reach.alone[ids["ab"]] and reach.reached[ids["bc"]] and not reach.whole.any()


def test_what_merges_do_not_make_may_be_taken_whole() -> None:
    """As Llama 3 has 588 of: with ignore_merges a text that is a piece is taken as it is."""
    pieces, merges = ["a", "b", "c", "bc", "ab", "abc"], [("b", "c"), ("a", "b"), ("ab", "c")]
    tokenizer, ids = bpe(pieces, merges, whole=True)
    reach = reach_of(tokenizer)
    assert not reach.causes
    assert np.flatnonzero(reach.whole).tolist() == [ids["abc"]]


def test_the_pattern_the_normaliser_and_added_tokens() -> None:
    pieces = ["a", "b", "A", "-", "a-", "ab", "-b", "-a"]
    merges = [("a", "-"), ("a", "b"), ("-", "b"), ("-", "a")]
    tokenizer, ids = bpe(
        pieces,
        merges,
        normalizer=tokenizers.normalizers.Lowercase(),
        pre_tokenizer=tokenizers.pre_tokenizers.Punctuation("merged_with_next"),
    )
    assert reach_of(tokenizer).causes == {ids["A"]: "normaliser", ids["a-"]: "pattern"}
    made = tokenizers.Tokenizer(tokenizers.models.BPE(dict(ids), merges))
    made.add_tokens(["-b"])
    # the piece -b itself becomes the added token; a-b is cut before it, but a- stands before others
    assert reach_of(wrap(made)).causes == {}
    made.add_tokens(["-"])
    causes = reach_of(wrap(made)).causes
    assert causes == {ids["a-"]: "added", ids["-a"]: "added"}


def test_bytes_that_no_text_has_and_characters_that_pieces_cut() -> None:
    """ж is D0 B6: its bytes stand alone in no text of this vocabulary, as they always join."""
    reach = reach_of(wrap(byte_bpe("ж")))
    causes = Counter(reach.causes.values())
    assert causes == {"bytes": 13}
    assert [at for at, cause in reach.causes.items() if cause == "bytes"] == [0xC0, 0xC1, *range(0xF5, 0x100)]
    assert reach.reached[0xD0] and not reach.alone[0xD0], "of other letters"


def test_bytes_that_always_join_are_beside_nothing() -> None:
    """Every character that C2 begins is a piece, so that C2 is never left over."""
    pieces = [chr(point) for point in range(0x80, 0xC0)]
    reach = reach_of(wrap(byte_bpe(*pieces)))
    assert reach.causes[0xC2] == "beside"
    assert 0xC3 not in reach.causes


def test_an_own_piece_for_each_character_of_a_byte() -> None:
    """Byte fallback, and every character of two bytes that C2 begins a piece: C2 has nothing to stand for."""
    proto = schema().ModelProto.FromString(sentencepiece_model())
    for point in range(0x80, 0xC0):
        proto.pieces.add(piece=chr(point), score=-1000 - point)
    reach = reach_of(SentencePiece(proto.SerializeToString(), "toy"))
    number = {piece.piece: n for n, piece in enumerate(proto.pieces)}
    assert reach.causes[number["<0xC2>"]] == "own"
    assert reach.causes[number["<0xFF>"]] == "bytes"
    assert number["<0xC3>"] not in reach.causes
    assert reach.causes[number["<0x61>"]] == "twin", "a is a piece"


def test_whole_words_added_to_merges_are_seldom_used() -> None:
    """A word is reached only if two pieces of its parts join to it when their time comes."""
    proto = schema().ModelProto.FromString(sentencepiece_model())
    assert proto.trainer_spec.model_type == BPE
    words = ["▁котбарсаксаубул", "▁сауббулбарс", "▁котак"]
    for at, word in enumerate(words):
        proto.pieces.add(piece=word, score=-2000 - at)
    tokenizer = SentencePiece(proto.SerializeToString(), "toy")
    first = len(proto.pieces) - len(words)
    reach = reach_of(tokenizer)
    by_library = [
        tokenizer.encode([word.removeprefix("▁")]).ids.tolist() == [first + at]
        for at, word in enumerate(words)
    ]
    assert reach.reached[first:].tolist() == by_library
    assert not all(by_library) and reach.causes[first] == "pair"


def test_scores_of_other_pieces() -> None:
    pieces = [("<unk>", 0.0), ("a", -1.0), ("b", -1.0), ("ab", -3.0), ("ba", -1.5)]
    made = tokenizers.Tokenizer(tokenizers.models.Unigram(pieces, unk_id=0))
    made.decoder = tokenizers.decoders.Metaspace()
    assert reach_of(wrap(made)).causes == {3: "score"}


def test_pieces_inside_words_of_wordpiece() -> None:
    """What goes on behind a letter is found there; punctuation is always a word of its own."""
    reach = reach_of(wrap(wordpiece("кот", "##ик", "!", "##!", "q", "##q")))
    assert reach.causes == {4: "pattern"}
    assert reach.alone[1] and reach.reached[2] and not reach.alone[2]


def test_completions() -> None:
    heads = completions("қ".encode()[:1], 64)
    assert len(heads) == 64 and all(text.encode()[0] == 0xD2 for text in heads)
    both = completions("қа".encode()[1:3], 64)
    assert both and all("қа".encode()[1:3] in text.encode() for text in both)
    assert completions(b"a\xff", 4) == completions(b"\xd0a\xd0", 4) == []
    assert is_sound("қа".encode()[1:]) and not is_sound(b"\xd0a") and not is_sound(b"\x80" * 4)


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
@pytest.mark.parametrize("name", ["sp_test_unigram1k.spm.model", "t5_small.json"])
def test_counts_are_those_of_plain_loops(name: str) -> None:
    """By the library itself: what comes of any text that was tried is reached (check_audit has more)."""
    tokenizer = load(str(SHARED / name)).library
    reach, seen = reach_of(tokenizer), set()
    texts = dict(zip(range(len(reach.asked)), tokenizer.parts().texts))  # type: ignore[attr-defined]
    texts = {at: text for at, text in texts.items() if reach.asked[at]}
    for left, right in CONTEXTS:
        rest = [text for at, text in texts.items() if at not in seen]
        forms = [left + form + right for text in rest for form in {text, text.removeprefix(" ") or text}]
        for form in forms:
            seen.update(tokenizer.encode([form]).ids.tolist())
    assert {at for at in texts if at not in seen} == set(reach.causes)


def test_a_pattern_of_tiktoken_is_proved_by_its_cuts() -> None:
    """o200k's pattern takes ' with letters before it; here ' ends a word, so that I' is in no text."""
    ranks = {bytes([byte]): byte for byte in range(256)} | {b"I'": 256, b" I": 257}
    made = tiktoken.Encoding("toy", pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens={})
    causes = reach_of(wrap(made)).causes
    assert {at: cause for at, cause in causes.items() if cause != "bytes"} == {256: "pattern"}
