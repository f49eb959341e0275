"""Runs of the command that are timed, sometimes ended by a signal, and judged by what they leave behind."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.soak.edits import PACKED

ROOT = Path(__file__).resolve().parents[2]
MOST = 60.0  # seconds of a run
LEFT = 10.0  # seconds in which processes have to be gone once their parent is
MEMORY = 8 << 30  # bytes of address space, for the sake of the machine
CODES = {0, 1, 2, 3}
SAYING_NO = (("compare",), ("run",), ("corpora", "check"), ("corpora", "card"))
STARTING = "preparation_data = reduction.pickle.load(from_parent)"
"""What a worker shows whose parent was killed while it started: Python's, before any code of ours."""
NO_NOISE = ("Traceback", "panicked at", "core dumped", "Exception ignored")
OF_LIBRARIES = "panicked at"  # a library of Rust says so itself, before langcov says that it failed


@dataclass
class Ran:
    """A run that came to its end."""

    words: Sequence[str]
    code: int
    out: bytes
    err: str
    seconds: float
    signal: int = 0
    hung: bool = False
    orphans: int = 0


class Run:
    """A run of ``python -m langcov`` in a session of its own."""

    def __init__(
        self, words: Sequence[str], folder: Path, program: Sequence[str] = ("-m", "langcov")
    ) -> None:
        self.words, self.signal, self.hung, self.started = words, 0, False, time.monotonic()
        self.place = folder.parent / f"{folder.name}-{self.started}"
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        own = {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}
        own |= {"LANGCOV_CACHE": str(folder.parent / "cache")}
        with self._stream("out").open("wb") as out, self._stream("err").open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, *program, *words],
                cwd=folder,
                env=os.environ | own,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
            )

    def _stream(self, name: str) -> Path:
        return self.place.with_name(f"{self.place.name}.{name}")

    def _ready(self) -> bool:
        """Whether it handles SIGTERM: what comes earlier or later ends Python, not langcov."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("SigCgt"):
                    return bool(int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
        return False

    def end_with(self, number: int, after: float) -> None:
        """Send it a signal, seconds after it is ready; Ctrl-C goes to all its processes, as of a terminal."""
        while self.process.poll() is None and not self._ready():
            time.sleep(0.005)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(after)
        if self.process.poll() is None and self._ready():
            self.signal = number
            send = os.killpg if number == signal.SIGINT else os.kill
            with suppress(ProcessLookupError):
                send(self.process.pid, number)

    def ended(self) -> Ran:
        """Wait for its end, and see who is left."""
        try:
            self.process.wait(max(0.1, MOST - (time.monotonic() - self.started)))
        except subprocess.TimeoutExpired:
            self.hung = True
            self.process.kill()
            self.process.wait()
        seconds = time.monotonic() - self.started
        until = time.monotonic() + LEFT
        while (left := in_session(self.process.pid)) and time.monotonic() < until:
            time.sleep(0.05)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        out, err = (self._stream(name).read_bytes() for name in ("out", "err"))
        for name in ("out", "err"):
            self._stream(name).unlink()
        told = err.decode("utf-8", "replace")
        return Ran(self.words, self.process.returncode, out, told, seconds, self.signal, self.hung, len(left))


def in_session(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):
                state, _, _, of = (path / "stat").read_text().rpartition(")")[2].split()[:4]
                if int(of) == session and state != "Z":
                    found.append(int(path.name))
    return found


def faults(ran: Ran) -> list[str]:
    """What was wrong with how a run ended."""
    found = [f"{noise} on stderr" for noise in NO_NOISE if noise in ran.err]
    if ran.signal == signal.SIGKILL and STARTING in ran.err:
        found = [fault for fault in found if not fault.startswith("Traceback")]
    if ran.code == 3:
        found = [fault for fault in found if not fault.startswith(OF_LIBRARIES)]
    if ran.hung:
        return [*found, f"no end in {MOST:.0f} s"]
    allowed = set(CODES)
    if not any(tuple(ran.words[: len(one)]) == one for one in SAYING_NO):
        allowed.discard(1)
    if ran.signal:
        allowed |= {-ran.signal} if ran.signal == signal.SIGKILL else {130}
    if ran.code not in allowed:
        found.append(f"exit code {ran.code}" + (f" after signal {ran.signal}" if ran.signal else ""))
    if ran.code == 2 and not ran.err.strip():
        found.append("exit code 2 without a word")
    if ran.orphans:
        found.append(f"{ran.orphans} processes left")
    if ran.code in (0, 1, 3) and not ran.signal and "json" in ran.words and "-o" not in ran.words:
        found += [f"standard output: {one}" for one in unreadable(Path("x.json"), ran.out)]
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def unreadable(path: Path, data: bytes) -> list[str]:
    """What is wrong with a file that was written: it is cut short, or no file of its kind."""
    try:
        if path.suffix in PACKED:
            data = PACKED[path.suffix][0](data)
            path = path.with_suffix("")
        if path.suffix in (".json", ".sarif"):
            json.loads(data, parse_constant=_no_constant)
        elif path.suffix == ".jsonl":
            for line in filter(None, data.splitlines()):
                json.loads(line, parse_constant=_no_constant)
        elif path.suffix == ".npz":
            with np.load(io.BytesIO(data), allow_pickle=False) as archive:
                for name in archive.files:
                    archive[name]
        elif path.suffix == ".html" and not data.rstrip().endswith(b"</html>"):
            return [f"{path.name} has no end"]
        elif path.name.endswith((".words.tsv", ".md")) and not data.endswith(b"\n"):
            return [f"{path.name} ends in the middle of a line"]
    except Exception as error:
        return [f"{path.name}: {type(error).__name__}: {error}"]
    return []
