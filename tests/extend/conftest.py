"""Lines of words of the UDHR, drawn by chance, and tokenizers of every kind that can be extended."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import tokenizers
from langcov.corpora import Corpus, resolve
from langcov.extend.advise import Settings
from langcov.extend.protect import table_lines
from tests.toys import GPT2_PATTERN, LINES, byte_bpe, sentencepiece_model

NOT_UDHR = ("commonvoice", "flores", "gatitos", "ntrex", "panlex", "ud")
Maker = Callable[[Path], str]


@cache
def lines_of(language: str, n: int = 300) -> list[str]:
    """Lines of seven words."""
    words = " ".join(table_lines(language, NOT_UDHR)).split()
    draw = random.Random(0)
    return [" ".join(draw.choices(words, k=7)) for _ in range(n)]


@pytest.fixture
def tatar() -> list[Corpus]:
    """A corpus in Tatar and Russian."""
    return resolve([{"tat": lines_of("tat_Cyrl"), "rus": lines_of("rus_Cyrl", 60)}])


def byte_level() -> tokenizers.Tokenizer:
    """Byte-level BPE with a special and an added token that its model lacks, as GPT-NeoX has them."""
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=300, show_progress=False, initial_alphabet=alphabet)
    made.train_from_iterator(LINES, trainer)
    made.add_special_tokens(["<|end|>"])
    made.add_tokens(["   "])
    return made


def unigram() -> tokenizers.Tokenizer:
    """Unigram with the letters of ``LINES``."""
    made = tokenizers.Tokenizer(tokenizers.models.Unigram())
    made.pre_tokenizer, made.decoder = tokenizers.pre_tokenizers.Metaspace(), tokenizers.decoders.Metaspace()
    trainer = tokenizers.trainers.UnigramTrainer(
        vocab_size=90, show_progress=False, unk_token="<unk>", special_tokens=["<unk>"]
    )
    made.train_from_iterator(LINES, trainer)
    made.add_tokens(["<extra>"])
    return made


def _hf(make: Callable[[], tokenizers.Tokenizer]) -> Maker:
    def write(folder: Path) -> str:
        make().save(str(folder / "toy.json"))
        return f"hf:{folder / 'toy.json'}"

    return write


def _spm(kind: str) -> Maker:
    def write(folder: Path) -> str:
        (folder / "toy.model").write_bytes(sentencepiece_model(kind))
        return f"spm:{folder / 'toy.model'}"

    return write


def _tiktoken(folder: Path) -> str:
    ranks = byte_bpe("ак", "ба", "ко").__dict__["_mergeable_ranks"]
    lines = (b"%s %d\n" % (base64.b64encode(token), rank) for token, rank in ranks.items())
    (folder / "toy.tiktoken").write_bytes(b"".join(lines))
    (folder / "pattern.txt").write_text(GPT2_PATTERN, "utf-8")
    return f"tiktoken:{folder / 'toy.tiktoken'}?pattern=@{folder / 'pattern.txt'}"


MAKERS = {
    "hf-bpe": _hf(byte_level),
    "hf-unigram": _hf(unigram),
    "spm-bpe": _spm("bpe"),
    "spm-unigram": _spm("unigram"),
    "tiktoken": _tiktoken,
}

FREE = 300
"""The first id of new ranks."""


def settings(kind: str = "", **more: object) -> Settings:
    """Forty pieces for Tatar, Russian protected, unless something else is said."""
    usual = {"languages": ["tat"], "add": 40, "protect": ["rus"], "leave_out": NOT_UDHR}
    first = {"first_id": FREE} if kind == "tiktoken" else {}
    return Settings(**{**usual, **first, **more})  # type: ignore[arg-type]
