"""langcov's engine against fastText itself: python -m benchmarks.speed_lid TEXT MODEL ... [--rounds N]

TEXT is a file in one language (benchmarks/surrogate.py makes one of any size) or ``commonvoice``: lines of 20
languages of ../shared/corpora/commonvoice, shuffled. Measured in turn, each in a process of its own with one
thread, by its processor time: the library's bare prediction (of lines that are in memory, its loading not
counted; of a text that would take minutes one line in so many, as is said); the whole evaluation (``langcov
lid``: start, reading, all figures, no hygiene) with the engine and with the library; and with the engine in
two processes. Medians over rounds; results/speed_lid.json keeps them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.speed_commands import SHARED
from benchmarks.speed_rounds import ONE_THREAD, compiled

RESULTS = Path(__file__).resolve().parent / "results" / "speed_lid.json"
LIMIT = 60.0  # seconds that the library's bare prediction may take; beyond, one line in so many is predicted
BARE = """
import sys, time, fasttext
model, path, step = sys.argv[1], sys.argv[2], int(sys.argv[3])
lines = open(path, encoding="utf-8", newline="\\n").read().split("\\n")[:-1]
loaded, some = fasttext.load_model(model), lines[::step]
started = time.process_time()
for begin in range(0, len(some), 10_000):
    loaded.predict(some[begin : begin + 10_000])
print((time.process_time() - started) * len(lines) / len(some))
"""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("text")
    parser.add_argument("models", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = _mixed(Path(folder)) if args.text == "commonvoice" else Path(args.text)
        found = {Path(model).name: _measured(text, model, args.rounds, Path(folder)) for model in args.models}
    held = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    for model, figures in found.items():
        held.setdefault(model, {})[args.text.rpartition("/")[2]] = figures
        print(model, json.dumps(figures, indent=1))
    RESULTS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _measured(text: Path, model: str, rounds: int, folder: Path) -> dict[str, Any]:
    lines = sum(1 for _ in text.open("rb"))
    step = 1 + int(_bare(text, model, max(lines // 20_000, 1)) // LIMIT)
    by_name: dict[str, list[dict[str, float]]] = {}
    line = folder / "line.txt"
    line.write_bytes(text.open("rb").readline())
    _whole(line, model, folder / "start.json", ())  # compiles the modules
    for _ in range(rounds):
        by_name.setdefault("bare library", []).append({"cpu": _bare(text, model, step)})
        for name, more in (
            ("whole, engine", ()),
            ("whole, library", ("--engine", "reference")),
            ("whole, engine, two processes", ("--jobs", "2")),
        ):
            if name == "whole, library" and step > 1:
                continue
            out = folder / f"{name}.json"
            by_name.setdefault(name, []).append(_whole(text, model, out, more))
    if "whole, library" in by_name:
        _check_same(folder / "whole, engine.json", folder / "whole, library.json")
    medians = {
        name: {key: round(statistics.median(run[key] for run in runs), 3) for key in runs[0]}
        for name, runs in by_name.items()
    }
    bare, engine = medians["bare library"]["cpu"], medians["whole, engine"]["cpu"]
    return {
        "lines": lines,
        "bytes": text.stat().st_size,
        "bare_library_one_line_in": step,
        "seconds": medians,
        "bare_by_whole_engine": round(bare / engine, 2),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _bare(text: Path, model: str, step: int) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", BARE, model, str(text), str(step)],
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        check=True,
    )
    return float(ran.stdout)


def _whole(text: Path, model: str, out: Path, more: tuple[str, ...]) -> dict[str, float]:
    """Processor and wall time of the command and its workers, seconds."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    given = ["lid", model, "--corpus", f"tat={text}", "--no-hygiene", "--quiet", "--rows", "none"]
    subprocess.run(
        [sys.executable, "-m", "langcov", *given, "-o", str(out), *more],
        env=compiled(out.parent / "compiled"),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "wall": time.perf_counter() - started}


def _check_same(one: Path, other: Path) -> None:
    results = [json.loads(path.read_text("utf-8")) for path in (one, other)]
    for part in ("records", "totals", "confusion"):
        assert results[0][part] == results[1][part], f"{part} differ"


def _mixed(folder: Path) -> Path:
    files = sorted((SHARED / "corpora" / "commonvoice").glob("*.txt"))
    by_size = sorted(files, key=lambda path: -path.stat().st_size)[:20]
    lines = [line for path in by_size for line in path.read_text("utf-8").splitlines()]
    random.Random(0).shuffle(lines)
    path = folder / "commonvoice.txt"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
