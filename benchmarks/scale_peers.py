"""Packages that measure tokenizers or language-ID models: python benchmarks/scale_peers.py NAME TEXT

Prints one line of JSON: ``seconds`` on the clock and ``cpu`` seconds of what it does with the lines, without
imports, loading and reading. Needs the package and ../shared; nothing is fetched.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
O200K_IN_CACHE = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""What tiktoken calls o200k_base in its cache: the sha1 of where it comes from."""
NEOX = SHARED / "tokenizers/gpt_neox_20b.json"
LANGUAGE = "tat"
Work = Callable[[], Any]


def glotscope(lines: list[str], folder: Path) -> Work:
    """Fertility, compression, round trip, GPT-NeoX's file; its list of corpora is closed: one stands in."""
    from glotscope import Corpus, LoadedCorpus, Segmenter, Tokenizer

    tokenizer = Tokenizer.from_file(NEOX)
    corpus = LoadedCorpus(Corpus.fineweb2([LANGUAGE], version="surrogate"), {LANGUAGE: tuple(lines)})
    return lambda: tokenizer.analyze(corpus, segmenter=Segmenter.WHITESPACE)


def toklens(lines: list[str], folder: Path) -> Work:
    """All its figures with GPT-NeoX's file; the lines as one text, as it wants them."""
    from toklens.analyzer import Analyzer

    from tokenizers import Tokenizer

    analyzer, text = Analyzer(Tokenizer.from_file(str(NEOX))), "\n".join(lines)
    return lambda: analyzer.evaluate_text(text)


def asia_fertility(lines: list[str], folder: Path) -> Work:
    """Fertility with intervals, o200k; by its command, which reads a file, so that reading is in it."""
    from asia_fertility.cli import app

    rows = folder / "lines.jsonl"
    listed = [json.dumps({"lang": LANGUAGE, "text": line}, ensure_ascii=False) for line in lines]
    rows.write_text("\n".join(listed), encoding="utf-8")
    args = ["measure", "--json", "--tokenizer", "openai/o200k_base", "--lang", LANGUAGE]
    args += ["--baseline-lang", LANGUAGE, "--corpus", "custom", "--path", str(rows)]
    return lambda: app(args, standalone_mode=False)


def afri_fertility(lines: list[str], folder: Path) -> Work:
    """Fertility, o200k; the lines as one text, as it wants them."""
    from afri_fertility import measure_text

    text = "\n".join(lines)
    return lambda: measure_text(text, "openai/o200k_base")


def mothertoken(lines: list[str], folder: Path) -> Work:
    """Counts of tokens, o200k, line by line."""
    from mothertoken.core.tokenizers import load_tiktoken_tokenizer, tokenize_tiktoken

    tokenizer = load_tiktoken_tokenizer("o200k_base")
    return lambda: tokenize_tiktoken(tokenizer, lines)


def commonlid(lines: list[str], folder: Path) -> Work:
    """An evaluation of lid.176; model and lines stand in for those that it would fetch."""
    import fasttext
    from commonlid.core.lid_dataset import LIDDataset
    from commonlid.evaluation.evaluator import Evaluator
    from commonlid.models._fasttext_base import FastTextHubModel

    class Given(LIDDataset):  # type: ignore[misc]
        dataset_id = "surrogate"

        def load(self, *, limit: int | None = None) -> Any:
            self._dataset = lines
            return lines

        def iter_batches(self, batch_size: int = 64, *, limit: int | None = None) -> Any:
            for at in range(0, len(lines), batch_size):
                some = lines[at : at + batch_size]
                yield some, [LANGUAGE] * len(some)

    class Model(FastTextHubModel):  # type: ignore[misc]
        model_id, requires_preprocessing = "lid.176", False

        def load(self) -> None:
            """It is loaded below."""

    model = Model()
    model._model_path = str(SHARED / "lid/lid.176.ftz")
    model._ft, model._loaded = fasttext.load_model(model._model_path), True
    return Evaluator([model], [Given()], folder, use_cache=False).run


PEERS = (glotscope, toklens, asia_fertility, afri_fertility, mothertoken, commonlid)


def main(name: str, path: str) -> None:
    """Run one and print what it took."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")[:-1]
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / O200K_IN_CACHE
        kept.write_bytes((SHARED / "tokenizers/o200k_base.tiktoken").read_bytes())
        os.environ["TIKTOKEN_CACHE_DIR"], os.environ["HF_HUB_OFFLINE"] = folder, "1"
        (peer,) = (one for one in PEERS if one.__name__ == name)
        with contextlib.redirect_stdout(io.StringIO()):
            work = peer(lines, Path(folder))
            started, before = time.perf_counter(), time.process_time()
            work()
            seconds, cpu = time.perf_counter() - started, time.process_time() - before
    print(json.dumps({"seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main(*sys.argv[1:])
