"""Each tokenizer of ../shared/tokenizers through its bare library: for ``check_metrics``."""

from __future__ import annotations

from pathlib import Path

from benchmarks.bare import Bare
from benchmarks.bare_bytes import of_bytes, of_chars, rwkv, tekken, tiktoken_file
from benchmarks.bare_huggingface import bert, mistral, neox, t5
from benchmarks.bare_sentencepiece import sentencepiece


def load_all(folder: Path) -> list[Bare]:
    """The tokenizers that are checked."""
    return [
        of_bytes("bytes", "bytes", {byte: bytes([byte]) for byte in range(256)}, lambda t: list(t.encode())),
        of_chars(),
        tiktoken_file(folder / "gpt2.tiktoken"),
        tiktoken_file(folder / "o200k_base.tiktoken"),
        tekken(folder / "tekken_240718.json"),
        rwkv(folder / "rwkv_vocab_v20230424.txt"),
        sentencepiece(folder / "mistral_v3.spm.model"),
        sentencepiece(folder / "grok1.spm.model"),
        sentencepiece(folder / "sp_test_unigram1k.spm.model"),
        neox(folder / "gpt_neox_20b.json"),
        mistral(folder / "mistral_7b_v0.1.json"),
        t5(folder / "t5_small.json"),
        bert(folder / "bert_base_cased.vocab.txt"),
    ]
