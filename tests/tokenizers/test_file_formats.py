"""Tekken, RWKV, WordPiece, word lists, the built-in tokenizers."""

from __future__ import annotations

import base64
import json
import struct
from itertools import product
from pathlib import Path

import pytest
import regex
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st

import tokenizers
from langcov.errors import UserError
from langcov.tokenizers import load
from langcov.tokenizers.builtin import Bytes, Chars
from langcov.tokenizers.rwkv import Rwkv
from langcov.tokenizers.vocab import WordList
from tests.tokenizers.tiny import LINES, ids_by_units, lists, regular, training_lines

BYTES = {bytes([byte]): byte + 1 for byte in range(256)}
RWKV = BYTES | {
    token.encode(): 257 + i for i, token in enumerate(["th", "the", " the", "кот", " к", "\n ", "  "])
}
PATTERN = r" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def write_tekken(path: Path) -> dict[bytes, int]:
    ranks = {bytes([byte]): byte for byte in range(256)} | {b"th": 256, b"the": 257, b"unused": 258}
    vocab = [{"rank": rank, "token_bytes": base64.b64encode(token).decode()} for token, rank in ranks.items()]
    config = {"pattern": PATTERN, "default_vocab_size": 268, "default_num_special_tokens": 10}
    path.write_text(json.dumps({"config": config, "vocab": vocab}))
    return ranks


def test_tekken_ids_come_after_the_specials(tmp_path: Path) -> None:
    path = tmp_path / "tekken.json"
    ranks = write_tekken(path)
    del ranks[b"unused"]
    tokenizer = load(str(path)).tokenizer
    library = tiktoken.Encoding("x", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})
    texts = ["the unused кот", "", *training_lines()[:20]]
    ids = lists(tokenizer.encode(texts))
    assert ids == [[rank + 10 for rank in library.encode_ordinary(text)] for text in texts]
    assert tokenizer.decode(ids) == texts
    assert (tokenizer.kind, tokenizer.word_form) == ("tekken", "kept")
    assert tokenizer.vocabulary and tokenizer.vocabulary.returnable.tolist() == [False] * 10 + [True] * 258


@pytest.mark.parametrize("content", ['{"config": {}, "vocab": []}', '{"config": 1, "vocab": 2}', "[1]", "{"])
def test_what_is_not_tekken_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tekken.json"
    path.write_text(content)
    with pytest.raises(UserError, match=r"tekken\.json: not a tekken file"):
        load(f"tekken:{path}")


@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_rwkv_takes_the_longest_token_at_each_place(lines: list[str]) -> None:
    tokenizer = Rwkv(RWKV, "")
    longest = regex.compile(b"|".join(regex.escape(token) for token in sorted(RWKV, key=len, reverse=True)))
    expected = [[RWKV[token] for token in longest.findall(line.encode())] for line in lines]
    assert lists(tokenizer.encode(lines)) == expected
    assert tokenizer.decode(expected) == lines
    assert tokenizer.word_form == "kept"
    assert [ids_by_units(tokenizer, line) for line in lines] == expected


def test_rwkv_reads_literals_and_says_which_line_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "rwkv_vocab.txt"
    rows = [f"{number} {token!r} 1" for token, number in BYTES.items()] + ["257 'кот' 6", r"258 '\n x' 3"]
    path.write_text("\n".join(rows) + "\n")
    tokenizer = load(str(path)).tokenizer
    assert tokenizer.kind == "rwkv"
    assert tokenizer.encode(["кот!\n x"]).ids.tolist() == [257, ord("!") + 1, 258]
    path.write_text("\n".join([*rows, "259 __import__('os').getpid() 1"]))
    with pytest.raises(UserError, match=r"rwkv_vocab\.txt:259: not a line of id, literal, length"):
        load(f"rwkv:{path}")
    path.write_text("\n".join(rows[:100]))
    with pytest.raises(UserError, match="cut short"):
        load(f"rwkv:{path}")


def test_rwkv_with_a_token_over_a_space_goes_by_lines() -> None:
    assert Rwkv(RWKV | {b"e c": 300}, "").word_form is None


def test_wordpiece_is_the_library(tmp_path: Path) -> None:
    path = tmp_path / "vocab.txt"
    path.write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nкот\n##ы\n \nThe\nthe \n!\n", encoding="utf-8")
    tokenizer = load(str(path)).tokenizer
    library = tokenizers.BertWordPieceTokenizer(str(path), lowercase=False, strip_accents=False)
    texts = ["The коты the!", "dog é", "[MASK] кот", ""]
    expected = [library.encode(text, add_special_tokens=False).ids for text in texts]
    assert lists(tokenizer.encode(texts)) == expected
    assert (tokenizer.kind, tokenizer.word_form) == ("wordpiece", "kept")
    assert tokenizer.vocabulary and tokenizer.vocabulary.unknown == 1
    assert regular(tokenizer, texts) == ["The коты the!", "dog é", ""]
    path.write_text("[CLS]\n[SEP]\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"no line is \[UNK\]"):
        load(f"wordpiece:{path}")


UNCASED = ["[UNK]", "казан", "шәһәре", "мат", "##ур", ".", "кафе", "кафе\u0301", "k", "i"]


@pytest.mark.parametrize(
    ("query", "config", "lowercase", "strip_accents"),
    [
        ("?lowercase", None, True, None),
        ("?lowercase&strip_accents=false", None, True, False),
        ("?strip_accents", None, False, True),
        ("", {"do_lower_case": True}, True, None),
        ("", {"do_lower_case": True, "strip_accents": False}, True, False),
        ("", {"do_lower_case": False}, False, None),
        ("", {"model_max_length": 512}, True, None),
        ("?lowercase=false", {"do_lower_case": True}, False, None),
        ("", None, False, False),
    ],
)
def test_an_uncased_wordpiece_is_read_as_it_or_its_config_says(
    query: str, config: object, lowercase: bool, strip_accents: bool | None, tmp_path: Path
) -> None:
    """Without [SEP] and [CLS], which only whole sentences need; with them it is BertWordPieceTokenizer."""
    path, whole = tmp_path / "vocab.txt", tmp_path / "whole.txt"
    path.write_text("\n".join(UNCASED), encoding="utf-8")
    whole.write_text("\n".join([*UNCASED, "[SEP]", "[CLS]"]), encoding="utf-8")
    if config is not None:
        (tmp_path / "tokenizer_config.json").write_text(json.dumps(config))
    tokenizer = load(f"wordpiece:{path}{query}").tokenizer
    library = tokenizers.BertWordPieceTokenizer(str(whole), lowercase=lowercase, strip_accents=strip_accents)
    texts = ["Казан шәһәре матур.", "кафе́ КАФЕ́", "KİK"]
    ids = lists(tokenizer.encode(texts))
    assert ids == [library.encode(text, add_special_tokens=False).ids for text in texts]
    assert (0 in ids[0]) is not lowercase
    assert tokenizer.word_form == "kept"


def test_what_a_wordpiece_list_leaves_open_is_asked_for(tmp_path: Path) -> None:
    path, config = tmp_path / "vocab.txt", tmp_path / "tokenizer_config.json"
    letters = "абвгдеәө"
    path.write_text("\n".join(["[UNK]", *map("".join, product(letters, repeat=4))]), encoding="utf-8")
    with pytest.raises(UserError, match=r"vocab\.txt: no piece has a capital letter: write .*\?lowercase"):
        load(path)
    ids = load(f"{path}?lowercase").tokenizer.encode(["АБВГ"]).ids.tolist()
    assert ids == load(f"{path}?lowercase=false").tokenizer.encode(["абвг"]).ids.tolist() != [0]
    for query in ("?uncased", "?lowercase=yes"):
        with pytest.raises(UserError, match=r"write \?lowercase or \?strip_accents"):
            load(f"wordpiece:{path}{query}")
    config.write_text('{"word_tokenizer_type": "mecab"}')
    with pytest.raises(UserError, match=r"tokenizer_config\.json: words are cut by mecab first"):
        load(path)
    config.write_text("[")
    with pytest.raises(UserError, match=r"tokenizer_config\.json: not a tokenizer_config\.json"):
        load(path)


def fasttext_model(words: list[tuple[str, int]]) -> bytes:
    head = struct.pack("<ii12id", 793712314, 12, *range(12), 1e-4)
    sizes = struct.pack("<iiiqq", len(words), len(words), 0, 100, -1)
    entries = b"".join(word.encode() + struct.pack("<bqb", 0, 7, kind) for word, kind in words)
    return head + sizes + entries + 2 * struct.pack("<?qq2f", False, 1, 2, 0, 0)


def test_a_vocabulary_is_read_from_a_list_a_vec_and_a_fasttext_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("кот\nthe\r\n\nthe\n", encoding="utf-8")
    (tmp_path / "b.vec").write_text("2 3\nкот 1 2 3\nthe 4 5 6 \n", encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(fasttext_model([("кот", 0), ("__label__x", 1), ("the", 0)]))
    for spec in (f"vocab:{tmp_path / 'a.txt'}", tmp_path / "b.vec", tmp_path / "c.bin"):
        tokenizer = load(spec).tokenizer
        assert tokenizer.encode(["the dog кот", ""]).ids.tolist() == [1, 2, 0]
        assert tokenizer.vocabulary and tokenizer.vocabulary.unknown == 2
        assert tokenizer.decode([[0, 2]]) == ["кот <unk>"]
    (tmp_path / "c.bin").write_bytes(fasttext_model([("кот", 0)])[:-12])
    with pytest.raises(UserError, match=r"c\.bin: a fastText model that is cut short"):
        load(tmp_path / "c.bin")


def test_the_words_of_a_real_fasttext_model(shared: Path) -> None:
    vocabulary = load(f"vocab:{shared / 'lid' / 'lid.176.ftz'}").tokenizer.vocabulary
    assert vocabulary and vocabulary.size == 7235 + 1  # `fasttext.load_model(…).get_words()` has 7235


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(st.sampled_from("аb1 \xa0\x1c\x1f\u2028\u200b\t\x85😀"), max_size=12), max_size=6)
)
def test_a_word_list_cuts_at_white_space_alone(texts: list[str]) -> None:
    tokenizer = WordList(["а", "b"], "")
    found = [list(regex.finditer(r"\P{White_Space}+", text)) for text in texts]
    known = {"а": 0, "b": 1}
    assert lists(tokenizer.encode(texts)) == [[known.get(word[0], 2) for word in words] for words in found]
    spans = tokenizer.offsets(texts)
    assert spans is not None
    expected = [
        (len(text[: word.start()].encode()), len(text[: word.end()].encode()))
        for text, words in zip(texts, found)
        for word in words
    ]
    assert list(zip(*(side.tolist() for side in spans))) == expected


@given(texts=st.lists(st.text(max_size=10), max_size=5))
def test_bytes_and_chars_count_what_they_are_called(texts: list[str]) -> None:
    assert Bytes().encode(texts).counts.tolist() == [len(text.encode()) for text in texts]
    assert lists(Bytes().encode(texts)) == [list(text.encode()) for text in texts]
    assert lists(CHARS.encode(texts)) == [list(map(ord, text)) for text in texts]
    assert CHARS.decode(lists(CHARS.encode(texts))) == texts == Bytes().decode(lists(Bytes().encode(texts)))


def test_the_pieces_of_chars_are_their_utf8() -> None:
    assert CHARS.vocabulary and CHARS.vocabulary.pieces
    points = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF]
    pieces = CHARS.vocabulary.pieces
    for point in points:
        assert pieces.data[pieces.starts[point] : pieces.ends[point]].tobytes() == chr(point).encode()
    assert pieces.lengths[0xD800:0xE000].sum() == 0
    assert CHARS.vocabulary.returnable.sum() == 0x110000 - 0x800


CHARS = Chars()
