"""Commands run in rounds, each in a process of its own, and the time and memory that each run takes.

This imports nothing big: a child's peak memory is never less than its parent's.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "speed.json"
ONE_THREAD = {
    "RAYON_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
LIBRARIES = (
    *("langcov", "numpy", "tiktoken", "tokenizers", "sentencepiece", "gigatoken", "tokie"),
    *("fasttext-community", "pycld2", "cld3-py", "heliport"),
)


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


def compiled(folder: Path) -> dict[str, str]:
    """The environment of a command with one thread whose modules are compiled once, as pip compiles them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **ONE_THREAD, "PYTHONPYCACHEPREFIX": str(folder)}


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


def installed(package: str) -> str | None:
    """The version of a package, None without it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
