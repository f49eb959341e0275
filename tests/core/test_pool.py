"""Processes that die cost a run, and nobody waits for what they would have said."""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from multiprocessing import active_children
from multiprocessing.connection import wait
from types import FrameType
from typing import Any

import pytest

from langcov.core.pool import pool
from langcov.errors import UserError


def die() -> None:
    os._exit(9)


def die_in_an_answer() -> None:
    """As one that is killed while it writes: the length of an answer, its first bytes, and nothing more."""
    frame: FrameType | None = sys._getframe()
    while frame and "result_queue" not in frame.f_locals:
        frame = frame.f_back
    assert frame
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000) + b"x" * 10)
    os._exit(9)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are others there")
@pytest.mark.parametrize("task", [die, die_in_an_answer])
def test_a_process_that_dies_ends_the_pool(task: object) -> None:
    start = time.monotonic()
    with pytest.raises(UserError, match="a worker process died, perhaps for want of memory"), pool(2) as made:
        others = [made.submit(time.sleep, 100) for _ in range(1)]
        made.submit(task).result(60)  # type: ignore[arg-type]
        others[0].result(60)
    assert time.monotonic() - start < 50
    assert not active_children()


def test_tasks_that_were_given_up_fail_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes are killed, Python tells each task that it failed, also those that were cancelled."""
    faults: list[object] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)
    with pytest.raises(UserError, match="a worker process died"), pool(1) as made:
        first, *others = [made.submit(time.sleep, seconds) for seconds in (100, 0, 0, 0, 0, 0)]
        cancelled = [task.cancel() for task in others[-3:]]
        assert all(cancelled)
        for process in active_children():
            process.kill()
        first.result(60)
    assert not faults
    assert not active_children()


def test_a_pool_that_failed_leaves_the_next_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(waited: list[Any]) -> list[Any]:
        found = wait(waited)
        time.sleep(0.2)
        return found

    monkeypatch.setattr("langcov.core.pool.wait", late)
    with pytest.raises(ValueError, match="read"), pool(2) as made:
        made.submit(time.sleep, 100)
        raise ValueError("a file can't be read")
    with pool(2) as made:
        assert made.submit(time.sleep, 1).result(60) is None
