"""A pool of processes on this machine; an interrupt or a failure leaves none behind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import Any

from langcov.core.processes import unseen, work_for_parent
from langcov.errors import UserError

if sys.platform != "win32":
    from multiprocessing.resource_tracker import ensure_running


ENDED = 5  # seconds in which the system says how a process ended


class _Task(Future[Any]):
    """What waits for an answer; once it was cancelled, it is no fault that there is none."""

    def set_exception(self, exception: BaseException | None) -> None:
        """Python tells each task of a pool that broke, and ends with a traceback if one was cancelled."""
        with suppress(InvalidStateError):
            super().set_exception(exception)


class _Pool(ProcessPoolExecutor):
    """Its processes don't see a signal that is sent to all, as a terminal does: this one ends them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watchers: dict[int, threading.Thread] = {}
        self._answers: Any = None
        self._ended, self._ending = False, threading.Lock()

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a task, and a process for it where there is none."""
        with self._ending, unseen():
            if self._ended:
                raise BrokenProcessPool
            self._answers = self._result_queue._writer  # type: ignore[attr-defined]
            future = super().submit(*args, **kwargs)
        future.__class__ = _Task
        for pid, process in list(self._processes.items()):
            if pid not in self._watchers:
                self._watchers[pid] = threading.Thread(target=self._watch, args=(process,), daemon=True)
                self._watchers[pid].start()
        return future

    def end(self) -> None:
        """Kill its processes, and no other pool's: a process of one that is over may be noticed late.

        Where one dies in the middle of an answer, Python waits for the rest for as long as anybody could
        still write it, as this process could.
        """
        with self._ending:
            if self._ended:
                return
            self._ended = True
            for process in list((self._processes or {}).values()):
                process.kill()
            if self._answers:
                self._answers.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for those who watch too: while one of them reaps a process, it seems to others to live on."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        for watcher in self._watchers.values() if wait else ():
            watcher.join(ENDED)

    def _watch(self, process: Any) -> None:
        """Let one that is killed break the pool."""
        wait([process.sentinel])
        process.join(ENDED)
        if process.exitcode:
            self.end()


@contextmanager
def pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are spawned when they are needed, and ended at once whatever goes wrong here.

    Raises:
        UserError: a process died.
    """
    if sys.platform != "win32":
        with unseen():
            ensure_running()  # whatever is started with it would see them
    made = _Pool(jobs, get_context("spawn"), initializer=work_for_parent)
    try:
        yield made
    except BaseException as error:
        made.end()
        if isinstance(error, BrokenProcessPool):
            raise UserError(
                "a worker process died, perhaps for want of memory: try fewer --jobs, or less --memory"
            ) from None
        raise
    finally:
        made.shutdown(cancel_futures=True)
