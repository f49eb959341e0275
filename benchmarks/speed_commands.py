"""The commands that ``speed.py`` times: langcov, the libraries it measures, their engines, and peers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.speed_rounds import HERE, Job, installed

SHARED = HERE.parents[1] / "shared"
CHILD = [sys.executable, str(HERE / "speed_jobs.py")]
TEN = {
    "gpt2": "tiktoken:gpt2.tiktoken",
    "cl100k": "tiktoken:cl100k_base.tiktoken",
    "o200k": "tiktoken:o200k_base.tiktoken",
    "tekken": "tekken:tekken_240718.json",
    "mistral-v3": "spm:mistral_v3.spm.model",
    "grok-1": "spm:grok1.spm.model",
    "gpt-neox": "hf:gpt_neox_20b.json",
    "mistral-7b": "hf:mistral_7b_v0.1.json",
    "t5": "hf:t5_small.json",
    "bert-cased": "wordpiece:bert_base_cased.vocab.txt",
}
LID = {
    "lid.176": f"fasttext:{SHARED / 'lid' / 'lid.176.ftz'}",
    "cld2": "cld2",
    "cld3": "cld3",
    "heliport": "heliport",
}
"""Language-ID models; langid and lingua would take hours."""
ENGINES = {
    "gigatoken": ("gpt2", "cl100k", "o200k", "mistral-v3", "grok-1", "gpt-neox", "mistral-7b"),
    "tokie": ("gpt-neox", "mistral-7b", "t5"),
}
"""The engines, and which tokenizers each can load."""
SLOW_CHECKS = ("russian-line", "sister-language", "other-language", "near-duplicate-line")
"""Checks that ask models or compare all lines with each other."""
O200K_IN_CACHE = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""What tiktoken calls o200k_base in its cache: the sha1 of where it comes from."""


def spec(name: str) -> str:
    """The SPEC of one of the ten, with the path of its file."""
    kind, _, file = TEN[name].partition(":")
    return f"{kind}:{SHARED / 'tokenizers' / file}"


def langcov(name: str, systems: Sequence[str], text: Path, *options: str) -> Job:
    """The command line, on a text."""
    result = text.parent / "result.json"
    named = [f"{system}={spec(system)}" for system in systems]
    command = [sys.executable, "-m", "langcov", "tokenizers", *named, "--corpus", f"tat={text}", *options]
    command += ["--reference", "tat", "--quiet", "--format", "json", "--no-hygiene", "-o", str(result)]
    return Job(name, command, result=result)


def word_count(name: str, text: Path) -> Job:
    """``wc -w``, which prints a number: JSON as it is."""
    return Job(name, ["sh", "-c", f"wc -w < '{text}'"], {"LC_ALL": "C.UTF-8"})


def tokenizer_jobs(text: Path, line: Path) -> Iterator[Job]:
    """Everything that is measured on a text; ``start`` is the same on its first line alone."""
    yield word_count("wc", text)
    yield word_count("start wc", line)
    yield Job("count", [*CHILD, "count", str(text)])
    for name in TEN:
        yield Job(f"reference {name}", [*CHILD, "reference", spec(name), str(text)])
        yield Job(f"words {name}", [*CHILD, "words", spec(name), str(text)])
        for engine, able in ENGINES.items():
            if name in able and installed(engine):
                yield Job(f"{engine} {name}", [*CHILD, f"{engine}_engine", spec(name), str(text)])
        yield langcov(f"langcov {name}", [name], text)
        yield langcov(f"start {name}", [name], line)
    yield langcov("langcov ten", list(TEN), text)
    yield langcov("start ten", list(TEN), line)


def lid_jobs(text: Path, line: Path) -> Iterator[Job]:
    """LID models alone and measured, in one process and in two."""
    command = [sys.executable, "-m", "langcov", "lid", "--quiet", "--format", "json", "--policy", "strict"]
    command.append("--no-hygiene")
    for name, model in LID.items():
        yield Job(f"bare {name}", [*CHILD, "bare_lid", model, str(text)])
        for prefix, path in (("", text), ("start ", line)):
            result = text.parent / "result.json"
            measured = [*command, model, "--corpus", f"tat={path}", "-o", str(result)]
            yield Job(f"{prefix or 'langcov '}{name}", measured, result=result)
            yield Job(f"{prefix or 'langcov '}{name} ×2", [*measured, "--jobs", "2"], result=result)


def check_jobs(text: Path, line: Path) -> Iterator[Job]:
    """A text checked, and fixed; and what hygiene adds to a measurement, of bytes, which cost nothing."""
    yield word_count("wc", text)
    yield word_count("start wc", line)
    for prefix, path in (("langcov ", text), ("start ", line)):
        out = text.parent / "out"
        common = [f"tat={path}", "--quiet", "--skip", ",".join(SLOW_CHECKS)]
        for action, options in (
            ("check", ["--format", "json", "-o", f"{out}.json"]),
            ("fix", ["--write", "--force", "-o", f"{out}.txt"]),
        ):
            command = [sys.executable, "-m", "langcov", "corpora", action, *common, *options]
            yield Job(f"{prefix}{action}", command, codes=(0, 1))
        for name, options in (("hygiene", []), ("bytes", ["--no-hygiene"])):
            command = [sys.executable, "-m", "langcov", "tokenizers", "bytes", "--corpus", f"tat={path}"]
            command += ["--reference", "tat", "--quiet", "--format", "json", *options]
            result = text.parent / "result.json"
            yield Job(f"{prefix}{name}", [*command, "-o", str(result)], result=result)


def stage_jobs(text: Path, _: Path) -> Iterator[Job]:
    """Where langcov's time goes, with a tokenizer of a fast library."""
    yield Job("stages o200k", [*CHILD, "stages", spec("o200k"), str(text)])


def peer_jobs(text: Path, line: Path, python: str) -> Iterator[Job]:
    """Peers and langcov with the same tokenizer on the same text."""
    cache = text.parent / "tiktoken"
    cache.mkdir(exist_ok=True)
    shutil.copy(SHARED / "tokenizers" / "o200k_base.tiktoken", cache / O200K_IN_CACHE)
    app = [python, "-c", "from asia_fertility.cli import app; app()", "measure", "--json"]
    app += ["--tokenizer", "openai/o200k_base", "--lang", "tat", "--baseline-lang", "tat"]
    app += ["--corpus", "custom", "--path"]
    own = [python, str(HERE / "speed_jobs.py"), "toklens", spec("gpt-neox").partition(":")[2]]
    for prefix, path in (("", text), ("start ", line)):
        rows = path.with_suffix(".jsonl")
        subprocess.run([*CHILD, "as_jsonl", str(path), str(rows)], check=True, stdout=subprocess.DEVNULL)
        yield Job(f"{prefix}asia-fertility o200k", [*app, str(rows)], {"TIKTOKEN_CACHE_DIR": str(cache)})
        yield Job(f"{prefix}toklens gpt-neox", [*own, str(path)])
        for name in ("o200k", "gpt-neox"):
            yield langcov(f"{prefix or 'langcov '}{name}", [name], path)
    definitions = [*CHILD, "by_their_definitions", spec("gpt-neox"), spec("o200k"), str(text)]
    yield Job("definitions", definitions)
