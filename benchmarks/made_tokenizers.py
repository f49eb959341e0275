"""Tokenizers of kinds of which ../shared has no file, made of those that it has, each with its library."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from langcov.tokenizers.rank_patterns import pattern_of

Reference = Callable[[list[str]], list[list[int]]]
OVER_SPACE = ",▁"
"""What the piece over a space of a model in the shape of Gemma 3 has before the letter и."""


class Given(NamedTuple):
    """A tokenizer by name, its SPEC, and the library that it is compared with."""

    name: str
    spec: str
    reference: Reference


def made(shared: Path, folder: Path) -> Iterator[Given]:
    """All of them; their files are written into a folder."""
    yield from ranks(shared, folder)
    yield uncased(shared)
    yield two_files(shared, folder)
    yield gemma(shared, folder)
    yield gguf_of_sentencepiece(shared, folder)
    yield gguf_of_bytes(shared, folder)


def ranks(shared: Path, folder: Path) -> Iterator[Given]:
    """Ranks with another maker's pattern: by name (and in NFC), and from a file."""
    import tiktoken

    path = shared / "cl100k_base.tiktoken"
    lines = (line.split() for line in path.read_bytes().splitlines())
    table = {base64.b64decode(token): int(rank) for token, rank in lines}
    for name in ("qwen", "kimi-k2"):
        regex = pattern_of(name)
        (folder / name).write_text(regex, encoding="utf-8")
        encoding = tiktoken.Encoding(name, pat_str=regex, mergeable_ranks=table, special_tokens={})
        form = unicodedata.normalize if name == "qwen" else lambda _, text: text

        def reference(texts: list[str], form: Any = form, encoding: Any = encoding) -> list[list[int]]:
            return [encoding.encode_ordinary(form("NFC", text)) for text in texts]

        query = name if name == "qwen" else f"@{folder / name}"
        yield Given(f"cl100k_base?pattern={name}", f"tiktoken:{path}?pattern={query}", reference)


def of_library(tokenizer: Any) -> Reference:
    """What a tokenizer of tokenizers gives."""
    return lambda texts: [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]


def uncased(shared: Path) -> Given:
    """WordPiece in lower case."""
    import tokenizers

    path = shared / "bert_base_cased.vocab.txt"
    reference = of_library(tokenizers.BertWordPieceTokenizer(str(path), lowercase=True))
    return Given("bert_base_cased?lowercase", f"wordpiece:{path}?lowercase", reference)


def two_files(shared: Path, folder: Path) -> Given:
    """vocab.json and merges.txt of GPT-NeoX, read as GPT-2's."""
    import tokenizers

    model = json.loads((shared / "gpt_neox_20b.json").read_text(encoding="utf-8"))["model"]
    pairs = [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]]
    vocab, merges = folder / "vocab.json", folder / "merges.txt"
    vocab.write_text(json.dumps(model["vocab"]), encoding="utf-8")
    merges.write_text("\n".join(["#version: 0.2", *pairs]), encoding="utf-8")
    library = tokenizers.ByteLevelBPETokenizer(str(vocab), str(merges))
    library.add_special_tokens(["<|endoftext|>", "<|padding|>"])
    return Given("gpt_neox vocab.json", f"bpe:{vocab}?pattern=gpt2", of_library(library))


def gemma(shared: Path, folder: Path) -> Given:
    """Mistral's model in the shape of Gemma 3's: one piece reaches over a space, and it is a frequent one."""
    import tokenizers

    structure = json.loads((shared / "mistral_7b_v0.1.json").read_text(encoding="utf-8"))
    marks = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
    split = {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False}
    structure |= {"normalizer": marks, "pre_tokenizer": split}
    vocabulary, merges = structure["model"]["vocab"], structure["model"]["merges"]
    vocabulary[f"{OVER_SPACE}и"] = len(vocabulary)
    by_list = isinstance(merges[0], list)
    at = merges.index(["▁", "и"] if by_list else "▁ и")
    merges.insert(at + 1, [",", "▁и"] if by_list else ", ▁и")
    path = folder / "gemma.json"
    path.write_text(json.dumps(structure), encoding="utf-8")
    return Given("mistral as gemma3", f"hf:{path}", of_library(tokenizers.Tokenizer.from_file(str(path))))


def write_gguf(
    path: Path,
    model: str,
    tokens: list[str],
    types: list[int],
    tensors: Mapping[str, Any] | None = None,
    **fields: Any,
) -> str:
    """A GGUF file with a vocabulary, and no tensors unless they are given."""
    import gguf

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_tokenizer_model(model)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    for name, value in fields.items():
        getattr(writer, f"add_{name}")(value)
    for name, tensor in (tensors or {}).items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return f"gguf:{path}"


def gguf_of_sentencepiece(shared: Path, folder: Path) -> Given:
    """Mistral's SentencePiece model."""
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(shared / "mistral_v1.spm.model"))
    ids = range(model.get_piece_size())
    kinds = [(model.is_unknown, 2), (model.is_control, 3), (model.is_byte, 6)]
    types = [next((kind for told, kind in kinds if told(number)), 1) for number in ids]
    tokens, scores = [model.id_to_piece(n) for n in ids], [model.get_score(n) for n in ids]
    spec = write_gguf(folder / "mistral.gguf", "llama", tokens, types, token_scores=scores)
    return Given("mistral_v1.gguf", spec, model.encode)


def gguf_of_bytes(shared: Path, folder: Path) -> Given:
    """GPT-NeoX's pieces and merges, cut as Llama 3 cuts."""
    import tokenizers

    model = json.loads((shared / "gpt_neox_20b.json").read_text(encoding="utf-8"))["model"]
    pairs = [pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]]
    bpe = tokenizers.models.BPE(model["vocab"], [(left, right) for left, right in pairs], ignore_merges=True)
    library = tokenizers.Tokenizer(bpe)
    split = tokenizers.pre_tokenizers.Split(tokenizers.Regex(pattern_of("llama3")), "isolated")
    levels = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    library.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([split, levels])
    tokens = sorted(model["vocab"], key=model["vocab"].__getitem__)
    merges = [" ".join(pair) for pair in pairs]
    path = folder / "neox.gguf"
    spec = write_gguf(path, "gpt2", tokens, [1] * len(tokens), token_merges=merges, tokenizer_pre="llama-bpe")
    return Given("gpt_neox as llama3.gguf", spec, of_library(library))
