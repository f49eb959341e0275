"""Processes that work for another one: they see no signal that it sees, and end with it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
"""The signals that ask a process to end."""


@contextmanager
def unseen() -> Iterator[None]:
    """Let processes that are started here never see what ends this one: what blocks signals is inherited."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work_for_parent() -> None:
    """Make ready a process that was started for work: the one that started it says when it ends."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["RAYON_NUM_THREADS"] = "1"


def _end_with_parent() -> None:
    """Leave no process behind when the one that started it is killed, whatever this one does then."""
    from multiprocessing import parent_process  # not above: a command without workers is not to wait

    if parent := parent_process():
        parent.join()
        os._exit(1)
