"""Libraries, engines and peers alone on a text: jobs of ``speed_jobs``."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed_texts import read_lines

BATCH = 10_000
"""Lines given to a library at once: enough for its speed, and its answers don't fill the memory."""


def reference(spec: str, path: str, step: str = "1") -> dict[str, Any]:
    """The tokenizer's own library encodes every line, one thread, and only tokens are counted.

    Args:
        step: one line in so many, as a number; ``cpu`` is then what all would take.
    """
    encode, lines = own_encoder(spec), read_lines(path)
    some = lines[:: int(step)]
    encode(some[:1])
    started, before = time.perf_counter(), time.process_time()
    tokens = sum(encode(some[at : at + BATCH]) for at in range(0, len(some), BATCH))
    cpu = (time.process_time() - before) * len(lines) / len(some)
    return {"seconds": time.perf_counter() - started, "cpu": cpu, "tokens": tokens}


def own_encoder(spec: str) -> Callable[[list[str]], int]:
    """Counts the tokens of lines in the way that is fastest with the library of a SPEC."""
    kind, _, path = spec.partition(":")
    if kind == "spm":
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_file=path)
        return lambda lines: sum(map(len, processor.encode(lines, num_threads=1)))
    if kind in ("hf", "wordpiece"):
        import tokenizers

        tokenizer = (
            tokenizers.Tokenizer.from_file(path)
            if kind == "hf"
            else tokenizers.BertWordPieceTokenizer(path, lowercase=False, strip_accents=False)._tokenizer
        )
        return lambda lines: sum(map(len, tokenizer.encode_batch_fast(lines, add_special_tokens=False)))
    import tiktoken

    from benchmarks.bare_bytes import tekken_ranks, tiktoken_ranks

    read = tekken_ranks if kind == "tekken" else tiktoken_ranks
    ranks, pattern = read(Path(path))[:2]

    encoding = tiktoken.Encoding(kind, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    return lambda lines: sum(map(len, map(encoding.encode_ordinary, lines)))


def gigatoken_engine(spec: str, path: str) -> dict[str, Any]:
    """The engine alone, on the calling thread, in the way that is fastest for it."""
    import gigatoken

    kind, _, file = spec.partition(":")
    if kind == "spm":
        tokenizer = gigatoken.Tokenizer.from_sentencepiece(file)
    elif kind == "tiktoken":
        scheme = {"gpt2": "gpt2", "cl100k_base": "gpt4", "o200k_base": "o200k"}[Path(file).stem]
        tokenizer = gigatoken.Tokenizer.from_tiktoken(file, pretokenizer=scheme, special_tokens={})
    else:
        tokenizer = gigatoken.Tokenizer.from_json(Path(file).read_bytes())
    source = gigatoken.BytesSource(Path(path).read_bytes(), separator=b"\n")
    tokenizer.encode_batch([b"a"], parallel=False)
    started = time.perf_counter()
    tokens = tokenizer.encode_batch(source, parallel=False)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "tokens": len(tokens.layout.content)}


def tokie_engine(spec: str, path: str) -> dict[str, Any]:
    """The engine alone, a thread (by ``RAYON_NUM_THREADS``), in the way that is fastest for it."""
    import tokie

    tokenizer: Any = tokie.Tokenizer.from_json(spec.partition(":")[2])
    lines = read_lines(path)
    tokenizer.encode_batch_flat(lines[:1], add_special_tokens=False)
    started = time.perf_counter()
    tokens = sum(
        len(tokenizer.encode_batch_flat(lines[at : at + BATCH], add_special_tokens=False)[0])
        for at in range(0, len(lines), BATCH)
    )
    return {"seconds": time.perf_counter() - started, "tokens": tokens}


def bare_lid(spec: str, path: str) -> dict[str, Any]:
    """A LID model's own library answers for every line, and nothing is made of the answers."""
    from benchmarks.bare_lid import bare

    model, lines = bare(spec), read_lines(path)
    model.predict(lines[:1])
    started = time.perf_counter()
    for at in range(0, len(lines), BATCH):
        model.predict(lines[at : at + BATCH])
    return {"seconds": time.perf_counter() - started}


def toklens(file: str, path: str) -> dict[str, Any]:
    """The peer on a text; it loads the file itself."""
    from toklens.analyzer import Analyzer

    from tokenizers import Tokenizer

    analyzer = Analyzer(Tokenizer.from_file(file))
    return {"figures": analyzer.evaluate_text(Path(path).read_text(encoding="utf-8"))}


def by_their_definitions(hf: str, tiktoken: str, path: str) -> dict[str, Any]:
    """The figures of the peers, from the libraries and the definitions we think they follow."""
    import unicodedata

    import tokenizers

    text = Path(path).read_text(encoding="utf-8")
    lines, words = text.split("\n")[:-1], Counter(text.split())
    tokenizer = tokenizers.Tokenizer.from_file(hf.partition(":")[2])
    alone = tokenizer.encode_batch_fast(list(words), add_special_tokens=False)
    sizes = dict(zip(words, map(len, alone)))
    whole = len(tokenizer.encode(text, add_special_tokens=False))
    normal = [unicodedata.normalize("NFC", line) for line in lines]
    tokens = own_encoder(tiktoken)(normal)
    runs = sum(len(re.findall(r"[\w\u0300-\u036f]+", line)) or 1 for line in normal)
    figures = {
        "toklens": {
            "fertility": sum(times * sizes[word] for word, times in words.items()) / words.total(),
            "strr": sum(times for word, times in words.items() if sizes[word] == 1) / words.total(),
            "cpt": len(text) / whole,
            "compression_ratio": len(text.encode()) / whole,
        },
        "asia-fertility": {
            "fertility": tokens / runs,
            "cpt": sum(map(len, normal)) / tokens,
            "bpt": sum(len(line.encode()) for line in normal) / tokens,
        },
    }
    return {"figures": figures}
