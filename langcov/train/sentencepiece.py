"""SentencePiece models of words, each as often as the share of its languages says."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import numpy as np

from langcov.core.arrays import Growing
from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.text.distinct import Distinct
from langcov.tokenizers.sentencepiece import schema
from langcov.train.sampling import Weights
from langcov.train.words import Words

Model = Literal["bpe", "unigram"]
FINEST = 16.0  # how often at least a word counts that stands in the text once
COVERAGE = 0.9999  # of characters, beside the letters that are required


def train(
    words: Mapping[str, Words], weights: Weights, model: Model, size: int, letters: Collection[str]
) -> bytes:
    """A SentencePiece model with byte fallback; the same words and weights give the same bytes.

    Args:
        words: the text of each language.
        weights: the share of each.
        size: pieces.
        letters: that each have a piece, however rare they are.

    Raises:
        UserError: the vocabulary is too small for these letters, or too large for this text.
    """
    library = require("sentencepiece", "all", "a SentencePiece model")
    made = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.tsv"
        path.write_bytes(_table(words, weights))
        try:
            library.SentencePieceTrainer.train(
                input=str(path),
                input_format="tsv",
                model_writer=made,
                model_type=model,
                vocab_size=size,
                character_coverage=COVERAGE,
                required_chars="".join(sorted(letters)),
                byte_fallback=True,
                normalization_rule_name="identity",
                remove_extra_whitespaces=False,
                max_sentence_length=1 << 24,
                num_threads=1,  # the pieces of a Unigram model hang on it
                minloglevel=2,
            )
        except Exception as error:  # sentencepiece has no narrower class
            raise UserError(
                f"SentencePiece can't train {size} pieces of this text: {one_line(error)}"
            ) from None
    return _without_path(made.getvalue())


def _table(words: Mapping[str, Words], weights: Weights) -> bytes:
    """A line for each word: it, a TAB and how often it counts.

    SentencePiece merges within white-space words: a text and its words with their numbers are the same to it.
    """
    chars = {language: max(1, text.chars) for language, text in words.items()}
    # So that no word is rounded away, whatever share its language has.
    total = FINEST * max(chars[one] / weights[one] for one in words if weights[one] > 0)
    distinct, uses = Distinct(), Growing(np.float64)
    for language, text in words.items():
        which = distinct.add(text.words)
        uses.extend(np.zeros(len(distinct) - len(uses)))
        np.add.at(uses.values, which, text.uses * (weights[language] * total / chars[language]))
    counts = np.rint(uses.values).astype(np.int64).tolist()
    lines = sorted(b"%s\t%d\n" % (word.encode(), n) for word, n in zip(distinct.strings, counts) if n)
    return b"".join(lines)


def _without_path(data: bytes) -> bytes:
    """The model without the name of the file that it was trained on, which is another one each time."""
    proto = schema().ModelProto()
    proto.ParseFromString(data)
    del proto.trainer_spec.input[:]
    return bytes(proto.SerializeToString(deterministic=True))
