"""The tokenizer in a GGUF file against the one that the file was made from, written here with the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sentencepiece

import tokenizers
from benchmarks.made_tokenizers import write_gguf
from langcov.errors import UserError
from langcov.tokenizers import load
from langcov.tokenizers.rank_patterns import pattern_of
from tests.tokenizers.tiny import lists, train_sentencepiece, training_lines
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

pytest.importorskip("gguf")
TEXTS = ["кот  вода", "The cats' 12345", " ё\u0301 中 \U0001f468", "", "a<tool>b <s>", *training_lines()[:60]]


def write(path: Path, *vocabulary: Any, **fields: Any) -> str:
    write_gguf(path, *vocabulary, **fields)
    return str(path)


def of_sentencepiece(path: Path, **options: Any) -> tuple[str, Any]:
    """A GGUF file as llama.cpp's converter makes it of a SentencePiece model, and the library's processor."""
    trained = train_sentencepiece(
        model_type="bpe",
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        **options,
    )
    made = sentencepiece.SentencePieceProcessor(model_proto=trained)
    tokens = [made.id_to_piece(number) for number in range(len(made))]
    kinds = [(made.is_unknown, 2), (made.is_control, 3), (made.is_unused, 5), (made.is_byte, 6)]
    types = [next((kind for told, kind in kinds if told(number)), 1) for number in range(len(made))]
    types = [4 if token in options.get("user_defined_symbols", ()) else t for token, t in zip(tokens, types)]
    scores = [made.get_score(number) for number in range(len(made))]
    prefix = options.get("add_dummy_prefix", True)
    return write(path, "llama", tokens, types, token_scores=scores, add_space_prefix=prefix), made


@pytest.mark.parametrize("prefix", [True, False])
def test_a_vocabulary_of_sentencepiece(prefix: bool, tmp_path: Path) -> None:
    path, library = of_sentencepiece(tmp_path / "tiny.gguf", add_dummy_prefix=prefix)
    system = load(path)
    assert (system.name, system.kind) == ("tiny", "sentencepiece")
    assert lists(system.tokenizer.encode(TEXTS)) == library.encode(TEXTS)
    assert system.tokenizer.word_form == ("stripped" if prefix else "kept")


@pytest.mark.parametrize(("pre", "pattern"), [("gpt-2", "gpt2"), ("llama-bpe", "llama3"), ("qwen2", "qwen")])
def test_a_vocabulary_of_byte_level_bpe(pre: str, pattern: str, tmp_path: Path) -> None:
    made = Tokenizer(models.BPE(ignore_merges=pre == "llama-bpe"))
    levels = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=pre == "gpt-2")
    split = pre_tokenizers.Split(Regex(pattern_of(pattern)), "isolated")
    made.pre_tokenizer = levels if pre == "gpt-2" else pre_tokenizers.Sequence([split, levels])
    made.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        training_lines(), trainers.BpeTrainer(vocab_size=330, show_progress=False, initial_alphabet=letters)
    )
    size = made.get_vocab_size()
    made.add_tokens([tokenizers.AddedToken("<end>", special=True), "<tool>"])
    tokens = [made.id_to_token(number) for number in range(size + 2)]
    merges = [" ".join(pair) for pair in json.loads(made.to_str())["model"]["merges"]]
    types = [1] * size + [3, 4]
    path = write(tmp_path / "tiny.gguf", "gpt2", tokens, types, token_merges=merges, tokenizer_pre=pre)
    system = load(f"gguf:{path}")
    ids = [encoding.ids for encoding in made.encode_batch(TEXTS)]
    assert lists(system.tokenizer.encode(TEXTS)) == ids
    assert system.tokenizer.decode(ids) == TEXTS
    assert (system.kind, system.tokenizer.word_form) == ("gguf", "kept")
    vocabulary = system.tokenizer.vocabulary
    assert vocabulary and vocabulary.returnable.sum() == size + 1
    other = write(tmp_path / "other.gguf", "gpt2", tokens, types, token_merges=merges, tokenizer_pre="falcon")
    with pytest.raises(
        UserError, match=r"kind gpt2, falcon can't be put together .*name the file that it was"
    ):
        load(other)


def test_what_cannot_be_put_together_exactly_is_refused(tmp_path: Path) -> None:
    path, _ = of_sentencepiece(tmp_path / "added.gguf", user_defined_symbols=["<br>"])
    with pytest.raises(
        UserError, match=r"added\.gguf: a vocabulary of the kind llama, with added tokens can't"
    ):
        load(path)
    path = write(tmp_path / "bert.gguf", "bert", ["[UNK]", "a"], [2, 1])
    with pytest.raises(UserError, match="of the kind bert can't be put together exactly"):
        load(path)
    path = write(tmp_path / "short.gguf", "llama", ["<unk>", "a"], [2, 1], token_scores=[0.0])
    with pytest.raises(UserError, match=r"short\.gguf: its vocabulary is damaged: "):
        load(path)
    (tmp_path / "cut.gguf").write_bytes(Path(path).read_bytes()[:50])
    with pytest.raises(UserError, match=r"cut\.gguf: not a GGUF file, or cut short: ") as caught:
        load(tmp_path / "cut.gguf")
    assert "\n" not in str(caught.value)
    with pytest.raises(UserError, match=r"none\.gguf: (no such file|can't be read)"):
        load(f"gguf:{tmp_path}/none.gguf")
