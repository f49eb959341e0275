"""The parity-aware trainer of tokenizers, told how long each language is for the same content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from langcov.core.libraries import require
from langcov.errors import UserError
from langcov.tokenizers.model_file import refused


def train(texts: Mapping[str, Iterator[str]], ratios: Mapping[str, float], size: int) -> bytes:
    """A byte-level BPE whose next merge is always for the language that is compressed least, as JSON.

    Args:
        texts: lines by language.
        ratios: bytes of each for the same content (``byte_premiums``). Without them the trainer follows the
            languages that have most text.
        size: of the vocabulary.

    Raises:
        UserError: the installed tokenizers has no such trainer, it failed, or the vocabulary has no room.
    """
    library = require("tokenizers", "hf", "the parity-aware trainer")
    if not hasattr(library.trainers, "ParityBpeTrainer"):
        raise UserError(f"tokenizers {library.__version__} has no parity-aware trainer: 0.23.3 has")
    made = library.Tokenizer(library.models.BPE())
    made.pre_tokenizer = library.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = library.decoders.ByteLevel()
    alphabet = library.pre_tokenizers.ByteLevel.alphabet()
    if size <= len(alphabet):
        raise UserError(
            f"--vocab {size}: each of the {len(alphabet)} bytes needs a piece, and words some more"
        )
    trainer: Any = library.trainers.ParityBpeTrainer(
        num_merges=size - len(alphabet), initial_alphabet=sorted(alphabet), show_progress=False
    )
    with refused("the parity-aware trainer of tokenizers failed"):
        trainer.train_from_iterator(made, list(texts.values()), ratio=[ratios[one] for one in texts])
    return str(made.to_str()).encode()


def byte_premiums(lines: Mapping[str, list[str]], reference: str) -> dict[str, float]:
    """Bytes of each language over those of the reference, on the same lines.

    >>> byte_premiums({"a": ["xx"], "b": ["яя"]}, "a")
    {'a': 1.0, 'b': 2.0}
    """
    sizes = {language: sum(len(line.encode()) for line in text) for language, text in lines.items()}
    return {language: size / sizes[reference] for language, size in sizes.items()}
