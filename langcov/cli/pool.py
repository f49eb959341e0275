"""Processes that count for a command; an interrupt or a failure leaves none behind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children, get_context
from typing import Any

from langcov.core.processes import unseen, work_for_parent
from langcov.corpora.readers.streams import changed
from langcov.counting.jobs import Counted, Job
from langcov.errors import UserError

if sys.platform != "win32":
    from multiprocessing.resource_tracker import ensure_running


class _Pool(ProcessPoolExecutor):
    """Its processes don't see a signal that is sent to all, as a terminal does: this one ends them."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a task, and a process for it where there is none."""
        with unseen():
            return super().submit(*args, **kwargs)


Count = Callable[[Job], Counted]

_counts: list[Count] = []  # what counts in this process, where it is one of a pool


@contextmanager
def pool(jobs: int, prepare: Callable[..., Count], *args: Any) -> Iterator[ProcessPoolExecutor]:
    """Processes that are ended at once whatever goes wrong here.

    Args:
        prepare: called in each with ``args`` before its first task, to load what ``count`` needs; picklable.

    Raises:
        UserError: a process died.
    """
    if sys.platform != "win32":
        with unseen():
            ensure_running()  # whatever is started with it would see them
    made = _Pool(jobs, get_context("spawn"), initializer=_start, initargs=(prepare, *args))
    try:
        yield made
    except BaseException as error:
        for process in active_children():
            process.kill()
        if isinstance(error, BrokenProcessPool):
            raise UserError("a worker process died, perhaps for want of memory: try fewer --jobs") from None
        raise
    finally:
        made.shutdown(cancel_futures=True)


def count(job: Job) -> Counted:
    """Count a source in a process of a pool, by what was prepared there."""
    [prepared] = _counts
    return prepared(job)


def _start(prepare: Callable[..., Count], *args: Any) -> None:
    work_for_parent()
    try:
        _counts.append(prepare(*args))
    except Exception as error:  # of one that fails here the pool would only say that it died
        _counts.append(partial(_refuse, error))


def _refuse(error: Exception, job: Job) -> Counted:
    raise error


def check_same(spec: str, loaded: str | None, wanted: str | None) -> None:
    """See that a process has what the one that started it loaded from a file.

    Args:
        loaded, wanted: the sha256 here and there.

    Raises:
        UserError: the file was changed between.
    """
    if loaded != wanted:
        raise changed(spec)
