from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings

import tokenizers
from langcov.errors import UserError
from langcov.tokenizers.callables import wrap
from langcov.tokenizers.huggingface import HuggingFace
from langcov.tokenizers.wordforms import MARK
from tests.tokenizers.tiny import LINES, charsmap, ids_by_units, joined_pieces, lists, regular, training_lines
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, trainers
from tokenizers import pre_tokenizers as cutters

CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
ALPHABET = cutters.ByteLevel.alphabet()


def trained(model: Any, trainer: Any, normalizer: Any, cutter: Any, decoder: Any = None) -> Tokenizer:
    tokenizer = Tokenizer(model)
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if cutter is not None:
        tokenizer.pre_tokenizer = cutter
    if decoder is not None:
        tokenizer.decoder = decoder
    tokenizer.train_from_iterator(training_lines(), trainer)
    return tokenizer


def bpe(normalizer: Any = None, cutter: Any = None, decoder: Any = None, **options: Any) -> Tokenizer:
    trainer = trainers.BpeTrainer(vocab_size=200, show_progress=False, special_tokens=["<unk>"])
    return trained(models.BPE(unk_token="<unk>", **options), trainer, normalizer, cutter, decoder)


def byte_level(normalizer: Any = None, cutter: Any = None, prefix: bool = False) -> Tokenizer:
    trainer = trainers.BpeTrainer(vocab_size=330, show_progress=False, initial_alphabet=ALPHABET)
    levels = cutters.ByteLevel(add_prefix_space=prefix, use_regex=cutter is None)
    cutter = levels if cutter is None else cutters.Sequence([*cutter, levels])
    return trained(models.BPE(), trainer, normalizer, cutter, decoders.ByteLevel())


def marks(normalizer: Any = None, cutter: Any = None, decoder: bool = True, **options: Any) -> Tokenizer:
    """BPE over a whole line with spaces as marks, every byte a piece, as Llama, Gemma and Mistral have it."""
    split = cutters.Metaspace(replacement=MARK, prepend_scheme="always", split=True)
    source = json.loads(bpe(cutter=split, byte_fallback=True, fuse_unk=True).to_str())
    vocabulary = source["model"]["vocab"]
    for byte in BYTES:
        vocabulary.setdefault(byte, len(vocabulary))
    source["model"].update(options)
    tokenizer = Tokenizer.from_str(json.dumps(source))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, cutter
    if decoder:
        steps = [decoders.Replace(MARK, " "), decoders.ByteFallback(), decoders.Fuse()]
        tokenizer.decoder = decoders.Sequence(steps)
    return tokenizer


def unigram(normalizer: Any = None, cutter: Any = None) -> Tokenizer:
    trainer = trainers.UnigramTrainer(
        vocab_size=100, show_progress=False, special_tokens=["<unk>"], unk_token="<unk>"
    )
    return trained(models.Unigram(), trainer, normalizer, cutter, decoders.Metaspace())


def wordpiece(lowercase: bool) -> Tokenizer:
    trainer = trainers.WordPieceTrainer(vocab_size=120, show_progress=False, special_tokens=["[UNK]"])
    model = models.WordPiece(unk_token="[UNK]")
    cutter, decoder = cutters.BertPreTokenizer(), decoders.WordPiece()
    return trained(model, trainer, normalizers.BertNormalizer(lowercase=lowercase), cutter, decoder)


def added(tokenizer: Tokenizer, *tokens: Any) -> Tokenizer:
    tokenizer.add_tokens(list(tokens))
    return tokenizer


def gemma(ends: str, normalizer: Any = None) -> Tokenizer:
    """Spaces as marks, and letters that are merged with the ▁t of the next word as soon as there is one."""
    source = json.loads(marks(normalizer or replace_spaces()).to_str())
    vocabulary, merges = source["model"]["vocab"], source["model"]["merges"]
    assert merges[0] == [MARK, "t"]
    for letter in ends:
        vocabulary[f"{letter}{MARK}t"] = len(vocabulary)
        merges.insert(1, [letter, f"{MARK}t"])
    tokenizer = Tokenizer.from_str(json.dumps(source))
    tokenizer.pre_tokenizer = (
        metaspace("first", False) if normalizer else cutters.Split(" ", "merged_with_previous")
    )
    return tokenizer


def metaspace(scheme: str, split: bool) -> Any:
    return cutters.Metaspace(replacement=MARK, prepend_scheme=scheme, split=split)


def words_then_marks(scheme: str) -> Any:
    return cutters.Sequence([cutters.WhitespaceSplit(), metaspace(scheme, True)])


def lower_nfd() -> Any:
    return normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase()])


def replace_spaces() -> Any:
    return normalizers.Replace(" ", MARK)


def isolated(pattern: str) -> Any:
    return cutters.Split(Regex(pattern), "isolated")


def precompiled() -> Any:
    return normalizers.Precompiled(charsmap("nmt_nfkc"))


FORMS: dict[str, tuple[Callable[[], Tokenizer], str | None]] = {
    "gpt2": (byte_level, "kept"),
    "gpt2 prefix": (lambda: byte_level(prefix=True), "kept"),
    "neox": (lambda: byte_level(normalizers.NFC()), "kept"),
    "nfkc": (lambda: byte_level(normalizers.NFKC()), "kept"),
    "lower nfd": (lambda: byte_level(lower_nfd()), "kept"),
    "llama3": (lambda: byte_level(None, [isolated(CL100K)]), "kept"),
    "digits": (lambda: byte_level(None, [cutters.Digits(True), isolated(CL100K)]), "kept"),
    "stripping": (lambda: byte_level(normalizers.StripAccents()), None),
    "unknown pattern": (lambda: byte_level(None, [isolated(r"\p{L}+ ?|\s+")]), None),
    "no catch-all": (lambda: byte_level(None, [isolated(r"\p{N}{1,3}")]), None),
    "whitespace": (lambda: bpe(cutter=cutters.Whitespace()), "kept"),
    "suffix": (lambda: bpe(cutter=cutters.WhitespaceSplit(), end_of_word_suffix="</w>"), "kept"),
    "not cut": (bpe, None),
    "mistral": (lambda: marks(None, metaspace("first", False)), "kept"),
    "mistral always": (lambda: marks(normalizers.NFKC(), metaspace("always", False)), "kept"),
    "never": (lambda: marks(None, metaspace("never", False)), "kept"),
    "gemma": (lambda: marks(replace_spaces(), cutters.Split(" ", "merged_with_previous")), "kept"),
    "llama": (lambda: marks(normalizers.Sequence([normalizers.Prepend(MARK), replace_spaces()])), "stripped"),
    "gemma 3": (lambda: gemma("e"), "kept"),
    "gemma 3 nfkc": (lambda: gemma("e", normalizers.NFKC()), None),
    "superword": (lambda: gemma("acdehilnost"), None),
    "whole pieces": (lambda: marks(replace_spaces(), ignore_merges=True), None),
    "nmt": (lambda: marks(normalizers.Nmt(), metaspace("first", False)), None),
    "t5": (lambda: unigram(precompiled(), words_then_marks("always")), "kept"),
    "xlm": (
        lambda: unigram(
            normalizers.Sequence([precompiled(), normalizers.Replace(Regex(" {2,}"), " ")]),
            words_then_marks("first"),
        ),
        "kept",
    ),
    "split marks": (lambda: unigram(normalizers.NFKC(), metaspace("always", True)), "kept"),
    "unigram": (lambda: unigram(None, metaspace("always", False)), None),
    "bert": (lambda: wordpiece(False), "kept"),
    "bert uncased": (lambda: wordpiece(True), "kept"),
    "added": (lambda: added(byte_level(normalizers.NFC()), "  ", "   "), "kept"),
    "added hidden": (lambda: added(byte_level(normalizers.NFC()), "é"), None),
    "added raw": (
        lambda: added(
            byte_level(normalizers.NFC()), tokenizers.AddedToken("<br>", normalized=False, rstrip=True)
        ),
        "kept",
    ),
}


@cache
def library(name: str) -> Tokenizer:
    return FORMS[name][0]()


@cache
def model(name: str) -> HuggingFace:
    return HuggingFace(library(name).to_str().encode(), name)


@pytest.mark.parametrize("name", FORMS)
def test_the_word_form_is_the_one_proved(name: str) -> None:
    tokenizer = model(name)
    assert tokenizer.word_form == FORMS[name][1], tokenizer.word_reason
    assert "probe" not in tokenizer.word_reason


@pytest.mark.parametrize("name", [name for name, (_, form) in FORMS.items() if form])
@settings(max_examples=40, deadline=None)
@given(lines=LINES)
def test_units_give_the_ids_of_the_whole_line(name: str, lines: list[str]) -> None:
    tokenizer = model(name)
    for line in regular(tokenizer, lines):
        assert ids_by_units(tokenizer, line) == tokenizer.encode([line]).ids.tolist(), line


@pytest.mark.parametrize("name", FORMS)
def test_encode_is_the_library(name: str) -> None:
    texts = ["", "кот  вода ", "<br> 中", *training_lines()[:50]]
    encodings = library(name).encode_batch(texts, add_special_tokens=False)
    assert lists(model(name).encode(texts)) == [encoding.ids for encoding in encodings]
    ids = [encoding.ids for encoding in encodings]
    assert model(name).decode(ids) == library(name).decode_batch(ids, skip_special_tokens=False)


@pytest.mark.parametrize("name", ["gpt2", "neox", "llama3", "never", "gemma"])
@settings(max_examples=30, deadline=None)
@given(lines=LINES)
def test_pieces_join_to_the_text(name: str, lines: list[str]) -> None:
    for line in regular(model(name), lines):
        expected = unicodedata.normalize("NFC", line) if name == "neox" else line
        assert joined_pieces(model(name), line) == expected


def test_a_line_that_holds_a_piece_over_a_space_is_not_cut() -> None:
    """And only there the piece comes out, as in Gemma 3."""
    tokenizer = model("gemma 3")
    piece = library("gemma 3").token_to_id(f"e{MARK}t")
    assert "e t" in tokenizer.whole_line_texts
    assert (
        piece in tokenizer.encode(["the tale"]).ids and ids_by_units(tokenizer, "the tale").count(piece) == 0
    )
    assert regular(tokenizer, ["the tale", "the cat", "tale"]) == ["the cat", "tale"]


def test_the_vocabulary_knows_what_text_can_reach() -> None:
    level, fallback, plain, bert = (
        model(name).vocabulary for name in ("gpt2", "gemma", "whitespace", "bert")
    )
    assert level and fallback and plain and bert
    assert level.unknown is None and level.returnable.all()
    assert fallback.unknown is None and fallback.size - fallback.returnable.sum() == 1
    assert plain.unknown == 0 and plain.returnable.all()
    assert bert.pieces is None and bert.byte_tokens is not None and not bert.byte_tokens.any()
    assert fallback.byte_tokens is not None and fallback.byte_tokens.sum() == 256
    assert level.byte_tokens is not None and level.byte_tokens.sum() >= 128


def test_offsets_are_bytes_and_a_lone_mark_covers_nothing() -> None:
    spans = model("t5").offsets(["а 中 вода"])
    assert spans is not None
    found = list(zip(*(side.tolist() for side in spans)))
    assert (3, 6) in found and (3, 3) in found
    fallback = model("gemma").offsets(["中文"])
    assert fallback is not None
    assert list(zip(*(side.tolist() for side in fallback))) == [(0, 3)] * 3 + [(3, 6)] * 3
    assert model("gpt2").offsets([]) is not None


def test_an_object_is_measured_without_its_training_settings() -> None:
    thing = Tokenizer.from_str(library("gpt2").to_str())
    thing.enable_truncation(2)
    thing.enable_padding(length=5)
    thing.model.dropout = 0.9
    text = "кот вода коты tail"
    expected = library("gpt2").encode(text).ids
    assert wrap(thing)[1].encode([text] * 20).ids.tolist() == expected * 20
    assert (
        thing.truncation and thing.truncation["max_length"] == 2 and thing.model.dropout == pytest.approx(0.9)
    )


def test_an_object_that_cannot_be_copied_is_refused() -> None:
    class Cutter:
        def pre_tokenize(self, text: Any) -> None: ...

    thing = Tokenizer(models.BPE())
    thing.pre_tokenizer = cutters.PreTokenizer.custom(Cutter())
    with pytest.raises(UserError, match="give a function"):
        wrap(thing)


@pytest.mark.parametrize("data", [b"{", b"[]", b"{}", b"\xff", b'{"version": "1.0", "model": {"type": "BPE"'])
def test_a_file_cut_short_is_one_line(data: bytes) -> None:
    with pytest.raises(UserError, match=r"^t\.json: not a tokenizer\.json, or cut short") as caught:
        HuggingFace(data, "t.json")
    assert "\n" not in str(caught.value)
