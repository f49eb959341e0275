"""Speed and memory: langcov against the libraries it measures, their fast engines, ``wc -w`` and its peers.

    python benchmarks/speed.py tokenizers                     # an hour or two: 100 MB, five rounds
    python benchmarks/speed.py tokenizers --megabytes 5 --repeat 1 --only 'o200k|ten|count|wc'
    python benchmarks/speed.py tokenizers --megabytes 1000 --text surrogate --repeat 1 --only ten   # memory
    python benchmarks/speed.py stages                         # where the time goes, 1, 10 and 100 MB
    python benchmarks/speed.py lid --repeat 3                 # LID models, one process and two
    python benchmarks/speed.py check                          # a corpus checked; hygiene beside numbers
    python benchmarks/speed.py peers --peers-python VENV/bin/python
    python benchmarks/speed.py everyday --base CHECKOUT       # commands of every day, by two builds in turn
    python benchmarks/speed.py report                         # RESULTS.md and plots from results/speed.json

Every repetition is a process of its own with one thread; rounds go through the jobs forwards and backwards
in turn; medians count. ``results/speed.json`` keeps every run, a later one of the same job and text takes
its place. Needs ../shared; peers are measured in an environment that has ``toklens`` and
``asia-fertility[oai]``. This process imports nothing big: a child's peak memory is never less than its
parent's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
RESULTS = HERE / "results" / "speed.json"
CHILD = [sys.executable, str(HERE / "speed_jobs.py")]
ONE_THREAD = {
    "RAYON_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
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
LIBRARIES = (
    *("langcov", "numpy", "tiktoken", "tokenizers", "sentencepiece", "gigatoken", "tokie"),
    *("fasttext-community", "pycld2", "cld3-py", "heliport"),
)
PARTS = ("tokenizers", "stages", "lid", "check", "peers")
SLOW_CHECKS = ("russian-line", "sister-language", "other-language", "near-duplicate-line")
"""Checks that ask models or compare all lines with each other."""
O200K_IN_CACHE = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""What tiktoken calls o200k_base in its cache: the sha1 of where it comes from."""


def compiled(folder: Path) -> dict[str, str]:
    """The environment of a command with one thread whose modules are compiled once, as pip compiles them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **ONE_THREAD, "PYTHONPYCACHEPREFIX": str(folder)}


@dataclass(frozen=True)
class Job:
    """A command to time.

    Attributes:
        name: what is done and with which tokenizer: ``reference gpt2``.
        command: to run; what it prints to stdout is JSON, or nothing that matters.
        result: a langcov result that the command writes.
        codes: exit codes of a command that did its work; a check says by 1 that it found errors.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    result: Path | None = None
    codes: tuple[int, ...] = (0,)


def run(job: Job) -> dict[str, Any]:
    """Run a job: seconds on the clock, peak memory, and what it answered."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        environment = os.environ | ONE_THREAD | job.environment
        process = subprocess.Popen(job.command, stdout=out, stderr=err, env=environment, cwd=HERE.parent)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in job.codes:
            last = err.read().decode(errors="replace").strip().splitlines()[-1:]
            return {"error": f"exit code {process.returncode}: {' '.join(last)}"}
        answer = {} if job.result else json.loads(out.read() or "{}")
    cpu = usage.ru_utime + usage.ru_stime
    found: dict[str, Any] = {"wall": wall, "cpu": cpu, "peak_mb": usage.ru_maxrss / 1024}
    if job.result:
        result = json.loads(job.result.read_text(encoding="utf-8"))
        found["systems"] = {
            system["name"]: {key: system[key] for key in ("method", "engine")} for system in result["systems"]
        }
        found["tokens"] = {total["system"]: total.get("tokens") for total in result["totals"]}
        if len(result["systems"]) == 1:
            found["figures"] = {record["metric"]: record["value"] for record in result["records"]}
    if isinstance(answer, dict) and "bpt" in answer:  # asia-fertility: value, low, high
        answer = {"figures": {key: value[0] for key, value in answer.items() if isinstance(value, list)}}
    return found | (answer if isinstance(answer, dict) else {"words": answer})


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


def installed(package: str) -> str | None:
    """The version of a package, None without it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def prepare(kind: str, megabytes: float, folder: Path) -> tuple[dict[str, Any], Path, Path]:
    """Make a text: its figures, its file, and a file of its first line."""
    text = folder / f"{kind}-{megabytes:g}.txt"
    line = text.with_suffix(".line.txt")
    command = [*CHILD, "prepare", kind, str(megabytes), str(text)]
    facts = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    with text.open("rb") as file:
        line.write_bytes(file.readline())
    return facts, text, line


def measure(
    part: str, text: str, facts: dict[str, Any], jobs: Sequence[Job], repeat: int, results: Path = RESULTS
) -> None:
    """Run all jobs in rounds; every run is on disk as soon as it is done."""
    everything = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    everything["machine"] = machine()
    kept = everything.setdefault(part, {}).setdefault(text, {"text": facts, "runs": {}})
    kept["text"] = facts
    for job in jobs:
        kept["runs"][job.name] = []
    for number in range(repeat):
        for job in jobs[:: -1 if number % 2 else 1]:
            found = run(job)
            kept["runs"][job.name].append(found)
            told = found.get("error") or f"{found.get('seconds') or found['wall']:.2f} s"
            print(f"{text}, round {number + 1}: {job.name}: {told}", file=sys.stderr, flush=True)
            results.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Where this runs, and with what."""
    info = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.*)", info.read_text()) if info.exists() else None
    return {
        "cpu": model[1] if model else platform.processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": {name: installed(name) for name in LIBRARIES},
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("part", choices=(*PARTS, "everyday", "report"))
    parser.add_argument("--megabytes", type=float, action="append", help="of each text (100; peers 5)")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--text", action="append", choices=("real", "surrogate"), help="both")
    parser.add_argument("--only", default="", metavar="REGEX", help="of names of jobs, as in speed.json")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "langcov-speed")
    parser.add_argument("--peers-python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--base", type=Path, metavar="CHECKOUT", help="of the build that this one is held to")
    args = parser.parse_args()
    args.work.mkdir(exist_ok=True)
    if args.part == "everyday":
        given = map(
            str, (args.base or parser.error("everyday needs --base"), args.repeat, args.work, args.only)
        )
        subprocess.run([sys.executable, str(HERE / "speed_everyday.py"), *given], check=True)
    sizes = {"stages": [1, 10, 100], "peers": [5]}.get(args.part, [100] * (args.part in PARTS))
    kinds = args.text or (("surrogate",) if args.part in ("lid", "check") else ("real", "surrogate"))
    for megabytes, kind in product(args.megabytes or sizes, kinds):
        facts, text, line = prepare(kind, megabytes, args.work)
        if args.part == "peers":
            made = peer_jobs(text, line, args.peers_python)
        else:
            make = {"stages": stage_jobs, "lid": lid_jobs, "check": check_jobs}.get(args.part, tokenizer_jobs)
            made = make(text, line)
        jobs = [job for job in made if re.search(args.only, job.name)]
        measure(args.part, text.stem, facts, jobs, args.repeat)
    subprocess.run([sys.executable, str(HERE / "speed_report.py")], check=True)


if __name__ == "__main__":
    main()
