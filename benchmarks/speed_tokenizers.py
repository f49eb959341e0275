"""langcov against the libraries of ten tokenizers: python -m benchmarks.speed_tokenizers TEXT [--rounds N]

TEXT is a file in one language (benchmarks/surrogate.py makes one of any size). Measured in turn, each in a
process of its own with one thread, by its processor time: each library's bare encoding of lines that are in
memory, in the way that is fastest for it, its loading not counted (of a large text one line in so many, as is
said); and ``langcov tokenizers`` (start, loading, reading, all figures, no hygiene) with each tokenizer by
itself and with all ten in one pass. Medians over rounds; results/speed_tokenizers.json keeps them. The
figures with engines are compared with those without (``--engine reference``) once.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed_commands import CHILD, TEN, spec
from benchmarks.speed_rounds import ONE_THREAD, compiled

RESULTS = Path(__file__).resolve().parent / "results" / "speed_tokenizers.json"
ALONE = ("gpt2", "cl100k", "o200k", "t5", "bert-cased")
"""Measured by themselves too."""
SAMPLE = 20_000_000
"""Bytes of lines, about, that a library encodes of a larger text."""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(ALONE), help="of those measured by themselves")
    parser.add_argument("--no-check", action="store_true", help="no run without engines, which takes minutes")
    args = parser.parse_args()
    step = max(1, args.text.stat().st_size // SAMPLE)
    alone = [name for name in args.only.split(",") if name]
    with tempfile.TemporaryDirectory() as folder:
        found = measured(args.text, alone, step, args.rounds, Path(folder))
        if not args.no_check:
            check_same(args.text, Path(folder))
    held = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    held[args.text.stem] = found
    RESULTS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


def measured(text: Path, alone: Sequence[str], step: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Medians of processor seconds, and the ratios that were aimed at."""
    bare: dict[str, list[float]] = {name: [] for name in TEN}
    whole: dict[str, list[dict[str, float]]] = {name: [] for name in (*alone, "ten")}
    line = folder / "line.txt"
    line.write_bytes(text.open("rb").readline())
    langcov(list(TEN), line, folder / "start.json")  # compiles the modules
    for _ in range(rounds):
        for name in TEN:
            bare[name].append(library(name, text, step))
            if name in alone:
                whole[name].append(langcov([name], text, folder / f"{name}.json"))
        whole["ten"].append(langcov(list(TEN), text, folder / "ten.json"))
    libraries = {name: round(statistics.median(seconds), 2) for name, seconds in bare.items()}
    ours = {
        name: {key: round(statistics.median(run[key] for run in runs), 2) for key in runs[0]}
        for name, runs in whole.items()
    }
    libraries["ten"] = round(sum(libraries.values()), 2)
    return {
        "bytes": text.stat().st_size,
        "libraries_one_line_in": step,
        "rounds": rounds,
        "libraries": libraries,
        "langcov": ours,
        "times_as_fast": {name: round(libraries[name] / run["cpu"], 2) for name, run in ours.items()},
        "load_average": round(os.getloadavg()[0], 1),
    }


def library(name: str, text: Path, step: int) -> float:
    """Processor seconds that the library would take for all lines."""
    ran = subprocess.run(
        [*CHILD, "reference", spec(name), str(text), str(step)],
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        check=True,
    )
    return float(json.loads(ran.stdout)["cpu"])


def langcov(names: Sequence[str], text: Path, out: Path, *more: str) -> dict[str, float]:
    """Processor and wall time of the command, seconds, and its peak memory, MB."""
    given = [f"{name}={spec(name)}" for name in names]
    given += [
        "--corpus",
        f"tat={text}",
        "--reference",
        "tat",
        "--no-hygiene",
        "--quiet",
        "-o",
        str(out),
        *more,
    ]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "langcov", "tokenizers", *given],
        env=compiled(out.parent / "compiled"),
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{names}: exit code {process.returncode}")
    wall, cpu = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
    return {"cpu": cpu, "wall": wall, "peak_mb": usage.ru_maxrss / 1024}


def check_same(text: Path, folder: Path) -> None:
    """See that every figure of the ten is that of their libraries."""
    langcov(list(TEN), text, folder / "reference.json", "--engine", "reference")
    one, other = (json.loads((folder / name).read_text("utf-8")) for name in ("ten.json", "reference.json"))
    for part in ("records", "totals", "details"):
        assert one.get(part) == other.get(part), f"{part} differ"


if __name__ == "__main__":
    main()
