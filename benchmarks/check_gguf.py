"""Are the tokens of a GGUF vocabulary those of llama.cpp? python -m benchmarks.check_gguf

All lines of ../shared/corpora/flores_plus and hostile ones, by each kind of vocabulary that langcov reads,
against the server of llama.cpp (pip install xllamacpp gguf), which wants a whole model: its weights here are
zeros. Exit code 1 if an id differs.
"""

from __future__ import annotations

import importlib
import json
import sys
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.check_ids import SHARED, texts_of
from benchmarks.made_tokenizers import write_gguf
from langcov.tokenizers import load
from langcov.tokenizers.gguf import PRE
from langcov.tokenizers.wordforms import hostile_lines

WIDTH = 32
BLOCK = {
    **{f"attn_{part}": (WIDTH, WIDTH) for part in ("q", "k", "v", "output")},
    **{f"ffn_{part}": (WIDTH, WIDTH) for part in ("gate", "up", "down")},
    **{f"{part}_norm": (WIDTH,) for part in ("attn", "ffn")},
}
SIZES = {
    "context_length": 64,
    "embedding_length": WIDTH,
    "block_count": 1,
    "feed_forward_length": WIDTH,
    "head_count": 2,
    "head_count_kv": 2,
    "layer_norm_rms_eps": 1e-5,
    "rope_dimension_count": WIDTH // 2,
    "bos_token_id": 1,
    "eos_token_id": 2,
}


def main() -> int:
    """Compare and print."""
    texts = [" ".join(["кот"] * 3), "  a  b", "x\t  y", "ё\u0301 а\u0301", *hostile_lines()]
    for path in sorted((SHARED / "corpora" / "flores_plus").glob("*.txt")):
        texts += texts_of(path)
    bad = 0
    with TemporaryDirectory() as folder:
        for name, spec in models(Path(folder)):
            wrong = compare(spec, texts)
            print(name, len(texts), wrong, sep="\t", flush=True)
            bad += wrong
    return int(bad > 0)


def models(folder: Path) -> list[tuple[str, str]]:
    """A SentencePiece BPE, and GPT-NeoX's pieces with each pre-tokenizer."""
    import sentencepiece

    path = SHARED / "tokenizers" / "mistral_v1.spm.model"
    model: Any = sentencepiece.SentencePieceProcessor(model_file=str(path))
    ids = range(model.get_piece_size())
    types = [
        2 if model.is_unknown(n) else 3 if model.is_control(n) else 6 if model.is_byte(n) else 1 for n in ids
    ]
    pieces, scores = [model.id_to_piece(n) for n in ids], [model.get_score(n) for n in ids]
    made = [("llama", whole(folder / "llama.gguf", "llama", pieces, types, token_scores=scores))]
    bpe = json.loads((SHARED / "tokenizers" / "gpt_neox_20b.json").read_text(encoding="utf-8"))["model"]
    pieces = sorted(bpe["vocab"], key=bpe["vocab"].__getitem__)
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in bpe["merges"]]
    types = [3 if piece.startswith("<|") and piece.endswith("|>") else 1 for piece in pieces]
    for pre in PRE:
        fields = {"token_merges": merges, "tokenizer_pre": pre}
        made.append((pre, whole(folder / f"{pre}.gguf", "gpt2", pieces, types, **fields)))
    return made


def whole(path: Path, model: str, tokens: list[str], types: list[int], **fields: Any) -> str:
    """A GGUF file of a model that llama.cpp loads."""
    shapes = {"token_embd": (len(tokens), WIDTH), "output": (len(tokens), WIDTH), "output_norm": (WIDTH,)}
    shapes |= {f"blk.0.{part}": shape for part, shape in BLOCK.items()}
    tensors = {f"{part}.weight": np.zeros(shape, np.float32) for part, shape in shapes.items()}
    sizes = {**SIZES, "vocab_size": len(tokens)}
    return write_gguf(path, model, tokens, types, tensors, **sizes, **fields)


def compare(spec: str, texts: list[str]) -> int:
    """How many texts llama.cpp gives other tokens."""
    library = importlib.import_module("xllamacpp")
    params = library.CommonParams()
    params.model.path, params.n_ctx, params.warmup = spec.partition(":")[2], 64, False
    server, tokenizer = library.Server(params), load(spec).tokenizer
    encoded = tokenizer.encode(texts)
    wrong = 0
    for number, text in enumerate(texts):
        asked = json.dumps({"content": text, "add_special": False, "parse_special": False}).encode()
        header = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{server.listening_address}/tokenize", asked, header)
        with urllib.request.urlopen(request) as answer:
            theirs = json.load(answer)["tokens"]
        ours = encoded.ids[encoded.starts[number] : encoded.starts[number + 1]].tolist()
        if ours != theirs:
            wrong += 1
            print(f"{text[:60]!r}: {ours[:10]} {theirs[:10]}" * (wrong < 4))
    return wrong


if __name__ == "__main__":
    sys.exit(main())
