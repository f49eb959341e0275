"""Runs that are ended in the middle, and go on: what it costs, and whether the result is the undisturbed one.

    python benchmarks/faults.py 30     # megabytes of surrogate text; needs ../shared, and Linux

Each run is ended once half of its pieces are kept: the command itself, one of its two processes, or one of
three workers of a Dask cluster, by SIGKILL; then the same command goes on. Costs are processor time of the
command and its processes, without those of Dask, which are of nobody.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.surrogate import fit, read_lines, write

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

PIECE = 1 << 20
RUN = f"""
import langcov.measure.sources, langcov.cli
langcov.measure.sources.PART_BYTES = {PIECE}
raise SystemExit(langcov.cli.main())
"""


def started(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """The command, in a process of its own, which writes its result to ``out.json``."""
    system = f"o200k=tiktoken:{SHARED}/tokenizers/o200k_base.tiktoken"
    args = ["tokenizers", system, f"--corpus=tat={folder}/text.txt", "--no-hygiene", "--quiet", "--rows=none"]
    command = [sys.executable, "-c", RUN, *args, "-o", str(folder / "out.json"), *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)


def ended(process: subprocess.Popen[bytes]) -> tuple[float, int, str]:
    """Processor seconds of a command and its processes, its exit code, and its last line."""
    said = process.stderr.read().decode() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, process.returncode, (said.splitlines() or [""])[-1]


def digest(folder: Path) -> str:
    """Of a result without its time."""
    made = json.loads((folder / "out.json").read_text("utf-8"))
    made.pop("created")
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()[:12]


def pieces(folder: Path) -> int:
    """How many are kept."""
    return len(list((folder / "keep").glob("*.piece")))


@contextmanager
def cluster(folder: Path, workers: int = 3) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers of Dask: its address, and they."""
    file, nothing = folder / "scheduler.json", subprocess.DEVNULL
    where = ["--scheduler-file", str(file), "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def one(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, *where], stdout=nothing, stderr=nothing, env=environment
        )

    processes = [one("scheduler", "--host", "127.0.0.1", "--port", "0")]
    try:
        while not (file.exists() and file.read_text("utf-8")):
            time.sleep(0.1)
        processes += [one("worker", "--nthreads", "1", "--no-nanny") for _ in range(workers)]
        yield json.loads(file.read_text("utf-8"))["address"], processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def disturbed(folder: Path, half: int, victim: str, worker: subprocess.Popen[bytes], *more: str) -> str:
    """End a run at half of its pieces, let it go on, and say what came of it."""
    process = started(folder, "--resume", str(folder / "keep"), *more)
    while pieces(folder) < half and process.poll() is None:
        time.sleep(0.02)
    if victim == "process":
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        child = next(one for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes())
        os.kill(int(child), signal.SIGKILL)
    elif victim == "worker":
        worker.kill()
    else:
        process.kill()
    cost, code, said = ended(process)
    kept, more_cost = pieces(folder), 0.0
    if code:
        more_cost, again, _ = ended(started(folder, "--resume", str(folder / "keep"), *more))
        assert again == 0
    what = f"{' '.join(more)[:30] or 'one process'}, the {victim} ended"
    return f"| {what} | {code} | {kept} | {cost:.1f} + {more_cost:.1f} | {digest(folder)} | {said[:60]} |"


def main() -> None:
    """The command line."""
    with tempfile.TemporaryDirectory() as name:
        folder, size = Path(name), int(sys.argv[1]) * 10**6
        with (folder / "text.txt").open("wb") as file:
            write(fit(read_lines([SHARED / "corpora/commonvoice/tat.txt"])), file, size)
        cost, _, _ = ended(started(folder))
        print(
            "| run | exit code | pieces kept | processor seconds | result | said |\n|---|--:|--:|--:|---|---|"
        )
        print(f"| undisturbed | 0 | – | {cost:.1f} | {digest(folder)} | |", flush=True)
        half = size // PIECE // 2
        with cluster(folder) as (address, workers):
            for victim, more in (
                ("command", ()),
                ("command", ("--jobs", "2")),
                ("process", ("--jobs", "2")),
                ("command", ("--scheduler", address)),
                ("worker", ("--scheduler", address)),
            ):
                print(disturbed(folder, half, victim, workers[-1], *more), flush=True)


if __name__ == "__main__":
    main()
