"""What ``scale.py`` times that is no plain command: python benchmarks/scale_jobs.py JOB ARGUMENT…

A job prints one line of JSON: ``seconds`` on the clock, ``cpu`` seconds of all processes, ``peak_mb`` of the
largest of them, without what it takes to make ready.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed_texts import SHARED, TATAR

MB = 10**6
LETTERS = "абвгдежзийклмнопрстуфхцчшщыьэюя"


def prepare(*arguments: str) -> dict[str, Any]:
    """Write Tatar surrogate text of some sizes, each the beginning of the next.

    Args:
        arguments: a folder, and megabytes; files are ``MEGABYTES.txt``.
    """
    from benchmarks.surrogate import fit, read_lines, write

    folder, sizes = Path(arguments[0]), sorted(map(int, arguments[1:]))
    whole = folder / f"{sizes[-1]}.txt"
    if not whole.exists():
        with whole.open("wb") as file:
            write(fit(read_lines([SHARED / "corpora" / name for name in TATAR])), file, sizes[-1] * MB)
    for size in sizes[:-1]:
        _beginning(whole, folder / f"{size}.txt", size * MB, lambda data: data)
    return {}


def one_line(source: str, target: str, megabytes: str) -> dict[str, Any]:
    """The beginning of a text as one line."""
    size = int(megabytes) * MB
    _beginning(Path(source), Path(target), size, lambda data: data.replace(b"\n", b" "))
    with Path(target).open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\n")
    return {}


def one_word(target: str, megabytes: str) -> dict[str, Any]:
    """A line without any space, its letters drawn evenly."""
    import numpy as np

    letters = np.frombuffer("".join(LETTERS).encode("utf-16-le"), np.uint16)
    with Path(target).open("wb") as file:
        for seed in range(int(megabytes)):
            drawn = np.random.default_rng(seed).choice(letters, MB // 2)
            file.write(drawn.tobytes().decode("utf-16-le").encode())
        file.write(b"\n")
    return {}


def _beginning(source: Path, target: Path, size: int, change: Callable[[bytes], bytes]) -> None:
    """Copy whole lines, as many as fit."""
    with source.open("rb") as given, target.open("wb") as taken:
        while size > 0 and (data := given.read(min(size, 64 * MB))):
            size -= len(data)
            if size <= 0:
                data = data[: data.rfind(b"\n") + 1]
            taken.write(change(data))


def on_cluster(workers: str, *command: str) -> dict[str, Any]:
    """A command with ``--scheduler``, on a Dask cluster of this machine that has just begun."""
    from benchmarks.faults import cluster

    with tempfile.TemporaryDirectory() as name, cluster(Path(name), int(workers)) as (address, there):
        _until_ready(address, int(workers))
        before = sum(_cpu(worker.pid) for worker in there)
        seconds, cpu, peak = _timed([*command, "--scheduler", address])
        cpu += sum(_cpu(worker.pid) for worker in there) - before
        return {"seconds": seconds, "cpu": cpu, "peak_mb": max(peak, *(_peak(one.pid) for one in there))}


def stopped(*command: str) -> dict[str, Any]:
    """A command with ``--resume``, killed when half of its pieces are kept, and once more to its end."""
    with tempfile.TemporaryDirectory() as name:
        kept, args = Path(name) / "kept", [*command, "--resume", f"{name}/kept"]
        text = next(arg.partition("=")[2] for arg in command if arg.startswith("tat="))
        half = max(1, Path(text).stat().st_size // (32 << 20) // 2)
        started = time.perf_counter()
        process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(list(kept.glob("*.piece"))) < half and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        _, _, used = os.wait4(process.pid, 0)
        first = time.perf_counter() - started
        pieces = len(list(kept.glob("*.piece")))
        seconds, cpu, peak = _timed(args)
    cpu += used.ru_utime + used.ru_stime  # without that of its processes, which nobody has waited for
    return {"seconds": first + seconds, "cpu": cpu, "peak_mb": peak, "kept": pieces}


def silent(*command: str) -> dict[str, Any]:
    """A command that prints something else."""
    seconds, cpu, peak = _timed(list(command))
    return {"seconds": seconds, "cpu": cpu, "peak_mb": peak}


def _timed(command: list[str]) -> tuple[float, float, float]:
    """Seconds on the clock and of the processor, and megabytes of the largest process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _until_ready(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(workers)


def _cpu(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> float:
    """Megabytes that a process had at most."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main(name: str, *arguments: str) -> None:
    """Run a job and print its answer."""
    jobs: dict[str, Callable[..., dict[str, Any]]] = {
        job.__name__: job for job in (prepare, one_line, one_word, on_cluster, stopped, silent)
    }
    print(json.dumps(jobs[name](*arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])
