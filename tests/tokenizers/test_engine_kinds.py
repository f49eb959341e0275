"""Engines before tokenizers of each kind: ids are those of the kind's own library, on lines that are hard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
import sentencepiece
import tiktoken
from hypothesis import given, settings

from langcov.counting.encode_words import encode_words
from langcov.text.strings import Strings
from langcov.text.units import cut
from langcov.tokenizers import System, load
from langcov.tokenizers.content import Content, HasContent
from langcov.tokenizers.engines import ENGINES, with_engine
from langcov.tokenizers.engines.certificates import Certificate, installed, shortened
from langcov.tokenizers.engines.fast import Fast
from langcov.tokenizers.protocol import Encoded
from langcov.tokenizers.rank_patterns import pattern_of
from tests.tokenizers.tiny import LINES, train_sentencepiece, training_lines
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

for package in ("gigatoken", "nanotoken", "splintr"):
    pytest.importorskip(package)

UNKNOWN = "[UNK]"


@cache
def word_piece() -> System:
    """Few pieces, so that many words are unknown, cut and cleaned as BERT's."""
    made = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    made.normalizer = normalizers.BertNormalizer(lowercase=False)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=90, show_progress=False, special_tokens=[UNKNOWN], limit_alphabet=40
    )
    made.train_from_iterator(training_lines(), trainer)
    return load(made)


@cache
def unigram() -> System:
    """Few letters, so that words are spelled around what is unknown, marked as T5's; from a file."""
    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    made.decoder = decoders.Metaspace()
    alphabet = sorted(set("котыамдn the"))
    lines = [line for line in training_lines() if set(line) <= set("котыма тheactsd ")]
    trainer = trainers.UnigramTrainer(
        vocab_size=60,
        show_progress=False,
        special_tokens=["<unk>"],
        unk_token="<unk>",
        initial_alphabet=alphabet,
    )
    made.train_from_iterator(lines, trainer)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "unigram.json"
        made.save(str(path))
        return load(str(path))


@cache
def ranks() -> System:
    """Bytes and some joined ones, cut by the pattern of GPT-2."""
    joined = [b"\xd0" + bytes([last]) for last in range(0xB0, 0xC0)] + [
        b" \xd0",
        b" t",
        b"he",
        b" the",
        b"at",
    ]
    table = {token: rank for rank, token in enumerate([*(bytes([byte]) for byte in range(256)), *joined])}
    pattern = pattern_of("gpt2")
    return load(tiktoken.Encoding("tiny", pat_str=pattern, mergeable_ranks=table, special_tokens={}))


@cache
def marked() -> System:
    """A SentencePiece BPE with byte fallback."""
    model = train_sentencepiece(model_type="bpe", byte_fallback=True, normalization_rule_name="identity")
    return load(sentencepiece.SentencePieceProcessor(model_proto=model))


KINDS: dict[str, tuple[Callable[[], System], str]] = {
    "WordPiece": (word_piece, "nanotoken"),
    "Unigram": (unigram, "splintr-rs"),
    "tiktoken": (ranks, "gigatoken"),
    "SentencePiece": (marked, "gigatoken"),
}


def content_of(system: System) -> Content:
    assert isinstance(system.tokenizer, HasContent)
    content = system.tokenizer.content()
    assert content is not None
    return content


@cache
def fast(kind: str) -> System:
    make, engine = KINDS[kind]
    content = content_of(make())
    name, library = installed(engine), installed(content.library)
    assert name and library
    # Newer than the Unicode of the library: what a real certificate would name.
    certificate = Certificate(name, library, shortened(content.recipe), "\u088f\u0c5c\u0cdc", "gpt2")
    found = with_engine(make(), [certificate])
    assert found.engine == name and isinstance(found.tokenizer, Fast)
    return found


def same(mine: Encoded, theirs: Encoded) -> bool:
    return np.array_equal(mine.ids, theirs.ids) and np.array_equal(mine.starts, theirs.starts)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(LINES)
def test_ids_are_the_librarys(kind: str, lines: list[str]) -> None:
    system, quick = KINDS[kind][0]().tokenizer, fast(kind).tokenizer
    texts = [*lines, "", "кот\nкот", *(line.replace(" ", "  ") for line in lines)]
    assert same(quick.encode(texts), system.encode(texts))
    units = cut(Strings.of(lines)).units
    if system.word_form and len(units):
        mine, theirs = encode_words(quick, units.packed()), encode_words(system, units.packed())
        assert same(mine[0], theirs[0]) and np.array_equal(mine[1], theirs[1])


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_loaded_is_compared(kind: str) -> None:
    make, engine = KINDS[kind]
    content = content_of(make())
    loaded = ENGINES[engine](content, "gpt2")
    assert loaded.holds(content)
    one, other = sorted(content.tokens)[-2:]
    wrong: dict[int, Any] = {**content.tokens, one: content.tokens[other], other: content.tokens[one]}
    assert not loaded.holds(Content(content.recipe, wrong, (), b"", (), content.library))


def test_half_a_surrogate_pair_is_the_librarys() -> None:
    texts = ["кот", "\ud800 кот"]
    assert same(fast("tiktoken").tokenizer.encode(texts), ranks().tokenizer.encode(texts))


def test_a_certificate_of_unigram_is_for_one_vocabulary() -> None:
    """No engine shows the scores that it has loaded."""
    recipe = content_of(unigram()).recipe
    assert recipe["model"]["vocab"].startswith("sha256:")
    assert "vocab" not in content_of(word_piece()).recipe["model"]
