"""What work costs as it grows: processor time and memory of whole commands, on surrogate text.

    python benchmarks/scale.py 1 10 100 > benchmarks/results/scale.md     # megabytes; needs ../shared

Processor time of a command and all its processes, so that a shared machine shows little; memory is the peak
of its largest process. Each size is a prefix of one surrogate of Tatar (``surrogate.py``), so sizes compare.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.surrogate import fit, read_lines, write

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

TOKENIZERS = {
    "o200k": "tiktoken:o200k_base.tiktoken",
    "cl100k": "tiktoken:cl100k_base.tiktoken",
    "gpt2": "tiktoken:gpt2.tiktoken",
    "tekken": "tekken:tekken_240718.json",
    "neox": "hf:gpt_neox_20b.json",
    "mistral": "hf:mistral_7b_v0.1.json",
    "mistral-v3": "spm:mistral_v3.spm.model",
    "t5": "hf:t5_small.json",
    "bert": "wordpiece:bert_base_cased.vocab.txt",
    "rwkv": "rwkv:rwkv_vocab_v20230424.txt",
}


def spec(name: str) -> str:
    """A tokenizer of the folder ``shared``, by its name."""
    kind, _, file = TOKENIZERS[name].partition(":")
    return f"{name}={kind}:{SHARED}/tokenizers/{file}"


def commands(text: Path, table: Path) -> Iterator[tuple[str, list[str]]]:
    """What is measured, in order: its name and the arguments of ``langcov``."""
    measure = ["--corpus", f"tat={text}", "--quiet", "--format", "json"]
    alone, ten = [spec("o200k")], [spec(name) for name in TOKENIZERS]
    bare = [*measure, "--no-hygiene"]
    yield "one tokenizer", ["tokenizers", *alone, *bare]
    yield "one tokenizer, with hygiene", ["tokenizers", *alone, *measure]
    yield "ten tokenizers", ["tokenizers", *ten, *bare]
    yield "ten tokenizers, two processes", ["tokenizers", *ten, *bare, "--jobs", "2"]
    yield "ten tokenizers, 1 GB a process", ["tokenizers", *ten, *bare, "--memory", "1GB"]
    yield "lid.176", ["lid", f"fasttext:{SHARED}/lid/lid.176.ftz", *bare]
    yield "condense", ["corpora", "condense", f"tat={text}", "--compact", "-o", str(table)]
    yield "one tokenizer, from the table", ["tokenizers", *alone, "--corpus", str(table), *bare[2:]]
    yield "ten tokenizers, from the table", ["tokenizers", *ten, "--corpus", str(table), *bare[2:]]


def cost(arguments: list[str]) -> tuple[float, float]:
    """Seconds of processor time, and megabytes of the largest process, of a command."""
    code = """
import resource, subprocess, sys
ran = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3, ran.returncode)
"""
    command = [sys.executable, "-c", code, sys.executable, "-m", "langcov", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    seconds, memory, returned = ran.stdout.split()
    if returned not in ("0", "3"):  # Unigram is not measured from a table: said in the result
        raise SystemExit(f"langcov {' '.join(arguments)}: exit code {returned}")
    return float(seconds), float(memory)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("megabytes", nargs="+", type=int)
    sizes = sorted(parser.parse_args().megabytes)
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "whole.txt"
        with whole.open("wb") as file:
            write(fit(read_lines([SHARED / "corpora/commonvoice/tat.txt"])), file, sizes[-1] * 10**6)
        for size in sizes:
            text = Path(name) / f"{size}.txt"
            data = whole.read_bytes()[: size * 10**6]
            text.write_bytes(data[: data.rfind(b"\n") + 1])
            for what, arguments in commands(text, Path(name) / f"{size}.words.tsv.zst"):
                seconds, memory = cost(arguments)
                print(size, what, seconds, memory, file=sys.stderr, flush=True)
                found.setdefault(what, []).append(f"{seconds:.1f} s, {memory:.0f} MB")
            table = (Path(name) / f"{size}.words.tsv.zst").stat().st_size
            found.setdefault("size of the table", []).append(f"{table / 1e6:.1f} MB")
    print(f"# Cost as text grows\n\nBy `python benchmarks/scale.py {' '.join(map(str, sizes))}`.")
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}.")
    print("Processor time of all processes, and the peak memory of the largest.\n")
    print("| | " + " | ".join(f"{size} MB" for size in sizes) + " |\n| --- |" + " --: |" * len(sizes))
    for what, row in found.items():
        print(f"| {what} | {' | '.join(row)} |")


if __name__ == "__main__":
    main()
