"""A tiny tokenizer with an engine, and certificates that fit it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from langcov.tokenizers import System, load
from langcov.tokenizers.content import Content, HasContent
from langcov.tokenizers.engines import with_engine
from langcov.tokenizers.engines.certificates import Certificate, installed, shortened
from tests.tokenizers.tiny import training_lines
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SPECIAL = "<|special|>"


@cache
def byte_level() -> System:
    """A tiny byte-level BPE that normalises."""
    made = Tokenizer(models.BPE())
    made.normalizer = normalizers.NFC()
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=330, show_progress=False, initial_alphabet=alphabet, special_tokens=[SPECIAL]
    )
    made.train_from_iterator(training_lines(), trainer)
    return replace(load(made), name="tiny")


def content_of(system: System) -> Content:
    assert isinstance(system.tokenizer, HasContent)
    content = system.tokenizer.content()
    assert content is not None
    return content


def certified(system: System, **changed: Any) -> list[Certificate]:
    """A certificate that fits a tokenizer, some of it changed."""
    content = content_of(system)
    engine, library = str(installed("gigatoken")), str(installed(content.library))
    fitting = Certificate(engine, library, shortened(content.recipe), "\u088f\u0c5c\u0cdc\u1ac7")
    return [replace(fitting, **changed)]


def fast(system: System) -> System:
    found = with_engine(system, certified(system))
    assert found.engine == installed("gigatoken")
    return found


@cache
def quick_byte_level() -> System:
    return fast(byte_level())
