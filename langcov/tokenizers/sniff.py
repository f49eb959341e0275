"""What kind of tokenizer a file is, told from its content."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

from langcov.core import fasttext_file
from langcov.errors import UserError
from langcov.tokenizers.model_file import read


def kind_of_file(path: str | Path) -> str:
    """The kind of SPEC that loads a file.

    Raises:
        UserError: it can't be read, or its content is none that is known.
    """
    if _is_gguf(path):  # of many gigabytes
        return "gguf"
    data = read(path)
    head = data[:4096]
    first_line = head.split(b"\n", 1)[0].rstrip(b"\r")
    if _opened(head).startswith(b'"bpe_simple_vocab'):
        return "clip"
    if first_line.startswith(b"#version:"):
        return "bpe"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _kind_of_json(path, data)
    if head.startswith(fasttext_file.MAGIC):
        return "vocab"
    # A SentencePiece model is a protobuf message whose first field (tag 0x0A) is a piece, a message
    # whose own first field is its text.
    if re.match(rb"\n.\x01?\n", head, re.DOTALL):
        return "spm"
    if re.fullmatch(rb"\d+ \d+", first_line):  # a .vec: how many words, of what dimension
        return "vocab"
    if re.fullmatch(rb"[A-Za-z0-9+/]+={0,2} \d+", first_line):
        return "tiktoken"
    if re.fullmatch(rb"\d+ b?(['\"]).*\1 \d+", first_line):
        return "rwkv"
    if re.search(rb"(?m)^\[UNK\]\r?$", data):
        return "wordpiece"
    raise UserError(
        f"{path}: can't tell what tokenizer this is; name its kind, as spm:{path} or vocab:{path} "
        f"(text to measure stands after --corpus)"
    )


def _kind_of_json(path: str | Path, data: bytes) -> str:
    try:
        keys = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: not valid JSON, or cut short: {error}") from None
    if "model" in keys:
        return "hf"
    if "vocab" in keys and "config" in keys:
        return "tekken"
    if Path(path).name.endswith("vocab.json"):
        return "bpe"
    raise UserError(
        f"{path}: JSON, but neither a tokenizers file (no 'model') nor a tekken one (no 'config')"
    )


def _opened(head: bytes) -> bytes:
    """The start of a file, decompressed where it is gzipped."""
    try:
        return zlib.decompressobj(31).decompress(head) if head.startswith(b"\x1f\x8b") else head
    except zlib.error:
        return head


def _is_gguf(path: str | Path) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(4) == b"GGUF"
    except (OSError, ValueError):
        return False
