"""Bare tokenizers whose tokens' bytes, joined, are the line: bytes, characters, tiktoken, Tekken and RWKV."""

from __future__ import annotations

import ast
import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.bare import Bare, Span, char_spans, whole


def of_bytes(name: str, spec: str, pieces: dict[int, bytes], encode: Callable[[str], list[int]]) -> Bare:
    """A tokenizer whose tokens' bytes, joined, are the line."""

    def spans(line: str, ids: list[int]) -> list[Span]:
        assert b"".join(pieces[token] for token in ids) == line.encode()
        found, at = [], 0
        for token in ids:
            found.append((at, at + len(pieces[token])))
            at += len(pieces[token])
        return found

    return Bare(
        name,
        spec,
        encode,
        lambda ids: b"".join(pieces[token] for token in ids).decode(errors="replace"),
        spans,
        set(pieces),
        byte_ids={token for token, piece in pieces.items() if not whole(piece)},
    )


def of_chars() -> Bare:
    """A token for each code point."""

    def spans(line: str, ids: list[int]) -> list[Span]:
        return char_spans(line)

    every = {point for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000}
    return Bare("chars", "chars", lambda t: [ord(c) for c in t], lambda i: "".join(map(chr, i)), spans, every)


def tiktoken_file(path: Path) -> Bare:
    """A .tiktoken file with the pattern of its name."""
    import tiktoken

    ranks, pattern = tiktoken_ranks(path)
    encoding = tiktoken.Encoding(path.stem, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    pieces = {rank: token for token, rank in ranks.items()}
    return of_bytes(path.stem, str(path), pieces, encoding.encode_ordinary)


def tiktoken_ranks(path: Path) -> tuple[dict[bytes, int], str]:
    """Ranks, and the pattern that the library has under the file's name."""
    from tiktoken_ext import openai_public

    ranks = {}
    for row in path.read_bytes().splitlines():
        token, rank = row.split()
        ranks[base64.b64decode(token)] = int(rank)
    if path.stem == "gpt2":
        return ranks, openai_public.r50k_pat_str
    kept = openai_public.load_tiktoken_bpe  # the others are inside functions that would fetch the ranks
    openai_public.load_tiktoken_bpe = lambda *_, **__: ranks
    try:
        return ranks, getattr(openai_public, path.stem)()["pat_str"]
    finally:
        openai_public.load_tiktoken_bpe = kept


def tekken(path: Path) -> Bare:
    """A Tekken file: ids of text are after those of the specials."""
    import tiktoken

    ranks, pattern, special = tekken_ranks(path)
    encoding = tiktoken.Encoding("tekken", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    pieces = {rank + special: token for token, rank in ranks.items()}
    return of_bytes(
        path.stem, str(path), pieces, lambda text: [i + special for i in encoding.encode_ordinary(text)]
    )


def tekken_ranks(path: Path) -> tuple[dict[bytes, int], str, int]:
    """Ranks, of the first entries only, the pattern, and how many special tokens are before them."""
    file = json.loads(path.read_text(encoding="utf-8"))
    config = file["config"]
    special = config["default_num_special_tokens"]
    used = file["vocab"][: config["default_vocab_size"] - special]
    ranks = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in used}
    return ranks, config["pattern"], special


def rwkv(path: Path) -> Bare:
    """Greedy longest match over the bytes."""
    pieces: dict[int, bytes] = {}
    for row in path.read_text(encoding="utf-8").split("\n"):
        if row:
            token = ast.literal_eval(row[row.index(" ") + 1 : row.rindex(" ")])
            pieces[int(row.split(" ")[0])] = token.encode() if isinstance(token, str) else token
    ids = {piece: token for token, piece in pieces.items()}
    longest = max(map(len, ids))

    def encode(text: str) -> list[int]:
        data, found = text.encode(), []
        while data:
            piece = next(data[:n] for n in range(min(longest, len(data)), 0, -1) if data[:n] in ids)
            found.append(ids[piece])
            data = data[len(piece) :]
        return found

    return of_bytes(path.stem, str(path), pieces, encode)
