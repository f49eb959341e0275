"""A cluster of a scheduler and three workers on loopback, all real processes, some of which are ended."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run, environment
from tests.cli.test_resume import command, corpus, end, figures, goes_on, pieces, started, text, until, wanted

pytest.importorskip("distributed")

__all__ = ["corpus", "text", "wanted"]


class Cluster:
    """Processes of Dask, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.file, self.log = folder / "scheduler.json", (folder / "log").open("wb")
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(lambda: self.file.exists() and bool(self.file.read_bytes()))
        self.address = json.loads(self.file.read_text("utf-8"))["address"]
        self.workers = [self.worker() for _ in range(3)]

    def _start(self, kind: str, *more: str) -> subprocess.Popen[bytes]:
        where = ("--scheduler-file", str(self.file), "--no-dashboard")
        line = [sys.executable, "-m", "dask", kind, *where, *more]
        return subprocess.Popen(
            line,
            cwd=self.file.parent,
            env=environment(),
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "--nthreads", "1", "--no-nanny")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    for process in (*made.workers, made.scheduler):
        process.kill()
        process.wait()


def test_a_worker_that_is_ended_costs_nothing(cluster: Cluster, corpus: Path, wanted: str) -> None:
    process = started(corpus, "--scheduler", cluster.address, "--quiet")
    gone = cluster.workers.pop()
    gone.kill()
    printed, said = process.communicate(timeout=60)
    assert (process.returncode, said, figures(printed) == wanted) == (0, b"", True)


def test_a_command_that_is_ended_goes_on(cluster: Cluster, corpus: Path, run: Run, wanted: str) -> None:
    process = started(corpus, "--scheduler", cluster.address)
    process.send_signal(signal.SIGKILL)
    assert end(process)[0] == -9
    goes_on(corpus, run, wanted)


def test_what_is_wrong_is_said_as_here(cluster: Cluster, corpus: Path, run: Run) -> None:
    (corpus / "rus_Cyrl.txt").write_bytes(b"\xd0\xb0\n" * 20_000 + b"\xff\n")
    told = run(*command(corpus, "--scheduler", cluster.address)).err.splitlines()[-1]
    assert re.search(r"rus_Cyrl\.txt, line 20001, byte 1: 0xff is not valid UTF-8", told)


def test_a_scheduler_that_is_lost_costs_no_piece(
    cluster: Cluster, corpus: Path, run: Run, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = started(corpus, "--scheduler", cluster.address)
    os.kill(cluster.scheduler.pid, signal.SIGKILL)
    ended, said = end(process)
    assert ended == 2
    assert f"langcov: the scheduler {cluster.address} was lost" in said.decode()
    goes_on(corpus, run, wanted)
    monkeypatch.setattr("langcov.core.cluster.PATIENCE", "1s")
    told = run(*command(corpus, "--scheduler", cluster.address)).complaint
    assert told.startswith(f"langcov: --scheduler {cluster.address}: no scheduler of Dask answers there")
    assert not pieces(corpus)
