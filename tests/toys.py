"""Tokenizers of the real libraries with vocabularies so small that their tokens can be told by hand."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import sentencepiece
import tiktoken

import tokenizers

GPT2_PATTERN = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"

LINES = [
    "кот ак барс сау бул",
    "ак кот, сау бул!",
    "барс кот ак ак ак",
    "the cat sat on the mat",
    "a cat, a mat and 12 cats",
    "сау бул ак барс 2024 ел",
    "тыва дыл ӧӧренир ӱр",
    "ак-кот барс... барс?",
] * 20


def byte_bpe(*merges: str) -> tiktoken.Encoding:
    """Byte-level BPE: 256 bytes (id = byte), then these merges."""
    ranks = {bytes([byte]): byte for byte in range(256)}
    ranks |= {merge.encode(): 256 + i for i, merge in enumerate(merges)}
    return tiktoken.Encoding("toy", pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens={})


def wordpiece(*words: str) -> tokenizers.Tokenizer:
    """WordPiece over these pieces, [UNK] being id 0."""
    vocabulary = {word: i for i, word in enumerate(["[UNK]", *words])}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    made.decoder = tokenizers.decoders.WordPiece()
    return made


@cache
def sentencepiece_model(model_type: str = "bpe", byte_fallback: bool = True, rule: str = "identity") -> bytes:
    """A small SentencePiece model trained here and now."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES),
        model_writer=model,
        model_type=model_type,
        vocab_size=330 if byte_fallback else 75,
        byte_fallback=byte_fallback,
        normalization_rule_name=rule,
        remove_extra_whitespaces=rule != "identity",
        character_coverage=1.0,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return model.getvalue()


def sentencepiece_file(folder: Path, **options: str | bool) -> Path:
    """The same as a file."""
    path = folder / "toy.model"
    path.write_bytes(sentencepiece_model(**options))  # type: ignore[arg-type]
    return path


def _trained(model: object, trainer: object, before: object, after: object, norm: object = None) -> Any:
    made = tokenizers.Tokenizer(model)
    made.pre_tokenizer, made.decoder = before, after
    if norm is not None:
        made.normalizer = norm
    made.train_from_iterator(LINES, trainer)
    return made


def dropping_bpe() -> tokenizers.Tokenizer:
    """BPE of ``LINES`` without UNK and without byte fallback: letters that it never saw are left out."""
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=90, show_progress=False)
    before, after = tokenizers.pre_tokenizers.Metaspace(), tokenizers.decoders.Metaspace()
    return _trained(tokenizers.models.BPE(), trainer, before, after)


def dropping_bytes() -> tokenizers.Tokenizer:
    """Byte-level BPE of ``LINES`` without its initial alphabet: bytes that it never saw are left out."""
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=110, show_progress=False)
    before = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    return _trained(tokenizers.models.BPE(), trainer, before, tokenizers.decoders.ByteLevel())


def uncased_wordpiece() -> tokenizers.Tokenizer:
    """WordPiece of ``LINES`` that lower-cases and strips marks."""
    norm = tokenizers.normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    trainer = tokenizers.trainers.WordPieceTrainer(
        vocab_size=120, special_tokens=["[UNK]"], initial_alphabet=list("иеё"), show_progress=False
    )
    model = tokenizers.models.WordPiece(unk_token="[UNK]")
    before, after = tokenizers.pre_tokenizers.BertPreTokenizer(), tokenizers.decoders.WordPiece()
    return _trained(model, trainer, before, after, norm)
