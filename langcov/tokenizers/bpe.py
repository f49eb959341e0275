"""Byte-level BPE in two files, as GPT-2 has it (``bpe:vocab.json``, with ``merges.txt`` beside it)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langcov.core.kinds import split_query
from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.tokenizers.huggingface import HuggingFace
from langcov.tokenizers.huggingface_structure import byte_alphabet
from langcov.tokenizers.model_file import read, refused, sha256
from langcov.tokenizers.protocol import Tokenizer
from langcov.tokenizers.rank_patterns import Pattern, pattern_for

_CLASSES = {
    **dict.fromkeys(("GPT2", "Roberta", "Bart", "Longformer", "LED", "CodeGen", "Whisper"), "gpt2"),
    "Qwen2": "qwen",
}
"""Classes of transformers, the word Tokenizer left out, to the pattern they cut by."""


def load(rest: str) -> Tokenizer:
    """The spec ``bpe:vocab.json[?pattern=…]``, or its ``merges.txt``.

    The files don't say by which regex text is cut. The ``tokenizer_config.json`` beside them may, by naming
    the class that reads them, or the query does.

    Raises:
        UserError: a file is missing or not what it should be; or the pattern isn't known.
        MissingLibrary: tokenizers is not installed.
    """
    path, _, query = split_query(rest)
    vocab_file, merges_file = _both(path)
    data = read(vocab_file), read(merges_file)
    vocabulary, merges = _vocabulary(vocab_file, data[0]), _merges(merges_file, data[1])
    if any(piece.endswith("</w>") for piece in vocabulary):
        raise UserError(
            f"{path}: its pieces end in </w>, as CLIP's do: clip:FILE reads its merges, hf: its JSON"
        )
    config = _config(vocab_file.with_name("tokenizer_config.json"))
    name = _CLASSES.get(str(config.get("tokenizer_class", "")).removesuffix("Fast").removesuffix("Tokenizer"))
    if not query and name is None:
        raise UserError(
            f"{path}: these files don't say by which regex text is cut: name tokenizer.json instead if there "
            f"is one, else write {path}?pattern=gpt2, another name, or ?pattern=@FILE"
        )
    pattern = pattern_for(path, query or f"pattern={name}", "")
    prefix = bool(config.get("add_prefix_space"))
    made = byte_level(path, vocabulary, merges, pattern, prefix=prefix)
    made.add_special_tokens(_unmerged(vocabulary, merges))
    said = f"{pattern.regex}{pattern.form or ''}{prefix or ''}".encode()
    return HuggingFace(made.to_str().encode(), path, "bpe", sha256(b"".join(data) + said))


def byte_level(
    name: str,
    vocabulary: Mapping[str, int],
    merges: Sequence[tuple[str, str]],
    pattern: Pattern,
    prefix: bool = False,
    whole: bool = False,
) -> Any:
    """A ``tokenizers.Tokenizer`` of byte-level BPE.

    Args:
        name: the file, for messages.
        vocabulary: the pieces in letters for bytes, with their ids.
        merges: pairs of pieces, in their order.
        pattern: cuts the text.
        prefix: a space is put before a text.
        whole: a text that is a piece isn't merged (Llama 3).

    Raises:
        UserError: the parts make no tokenizer.
        MissingLibrary: tokenizers is not installed.
    """
    library = require("tokenizers", "hf", name)
    steps, cut = library.pre_tokenizers, pattern.name != "gpt2"
    levels = steps.ByteLevel(add_prefix_space=prefix, use_regex=not cut)
    with refused(f"{name}: no BPE"):
        model = library.models.BPE(dict(vocabulary), list(merges), ignore_merges=whole)
        made = library.Tokenizer(model)
        if pattern.form:
            made.normalizer = getattr(library.normalizers, pattern.form)()
        # Oniguruma reads {1,3}+ as more and more of {1,3}; in the patterns with a name it says possessive.
        regex = re.sub(r"(\{\d[\d,]*\})\+", r"\1", pattern.regex) if pattern.name else pattern.regex
        split = steps.Split(library.Regex(regex), "isolated") if cut else None
    made.pre_tokenizer = steps.Sequence([split, levels]) if split else levels
    made.decoder = library.decoders.ByteLevel()
    return made


def _both(path: str) -> tuple[Path, Path]:
    """The vocabulary and the merges of which one is named: their names differ in these words only."""
    given = Path(path)
    both = ("vocab.json", "merges.txt")
    end = next((end for end in both if given.name.endswith(end)), None)
    if end is None:
        raise UserError(f"{path}: a BPE in two files is called vocab.json and merges.txt: name one of them")
    vocabulary, merges = (given.with_name(given.name.removesuffix(end) + name) for name in both)
    for one in (vocabulary, merges):
        if given.exists() and not one.exists():
            raise UserError(f"{path}: {one.name} must lie beside it, as a BPE of GPT-2's layout is two files")
    return vocabulary, merges


def _vocabulary(path: Path, data: bytes) -> dict[str, int]:
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or not all(isinstance(number, int) for number in found.values()):
            raise ValueError("no pieces with ids")
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: not a vocabulary of BPE: {one_line(error)}") from None
    return found


def _merges(path: Path, data: bytes) -> list[tuple[str, str]]:
    found = []
    for number, line in enumerate(data.decode(errors="replace").split("\n"), 1):
        pair = line.rstrip("\r").split(" ")
        if len(pair) == 2 and all(pair) and not line.startswith("#version"):
            found.append((pair[0], pair[1]))
        elif line.strip() and not line.startswith("#version"):
            raise UserError(f"{path}:{number}: not a pair of pieces")
    return found


def _config(path: Path) -> dict[str, Any]:
    """A ``tokenizer_config.json``; empty where there is none."""
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(read(path)))
    except (ValueError, TypeError) as error:
        raise UserError(f"{path}: not a tokenizer_config.json: {one_line(error)}") from None


def _unmerged(vocabulary: Mapping[str, int], merges: Sequence[tuple[str, str]]) -> list[str]:
    """Pieces that no merge makes, which are special tokens: <|endoftext|>, <s>."""
    made = {left + right for left, right in merges} | byte_alphabet().keys()
    return [piece for piece in vocabulary if piece not in made]
