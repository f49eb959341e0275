"""A Dask cluster as an executor: tasks run on its workers, in the folder in which the command runs here."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from langcov.core.installed import code, environment
from langcov.core.work import forget
from langcov.errors import MissingLibrary, UserError

PATIENCE = "10s"  # for a scheduler that does not answer

_one_at_a_time = (
    threading.Lock()
)  # workers may have several threads, but there is one folder and one set of models


class _Cluster(Executor):
    """Its workers get tasks one by one; a task of a worker that is lost goes to another."""

    def __init__(self, client: Any, libraries: Sequence[str]) -> None:
        self._tasks = client.get_executor(pure=False)  # else equal tasks are run once
        names = tuple(libraries)
        self._place = os.getcwd(), names, _versions(names)  # noqa: PTH109 (as text)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a task."""
        future: Future[Any] = self._tasks.submit(_there, *self._place, function, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give back what waits; what runs on a worker goes on to its end."""
        self._tasks.shutdown(wait=wait and not cancel_futures)


@contextmanager
def cluster(address: str, libraries: Sequence[str] = ()) -> Iterator[Executor]:
    """The workers of a scheduler.

    Args:
        address: as Dask's scheduler says it, ``tcp://10.0.0.1:8786``.
        libraries: distributions of which workers must have the same versions as there are here.

    Raises:
        MissingLibrary: Dask's distributed is not installed.
        UserError: there is no scheduler, it went away, or a task ended each worker that it was given to.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise MissingLibrary("distributed", "dask", f"--scheduler {address}") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as problem:
        reason = " ".join(str(problem).split())[:160]
        raise UserError(f"--scheduler {address}: no scheduler of Dask answers there ({reason})") from None
    made = _Cluster(client, libraries)
    try:
        yield made
    except KilledWorker as problem:
        raise UserError(
            f"a piece of text ended {problem.allowed_failures + 1} workers of {address} in turn, perhaps for "
            "want of memory: give workers more, or --memory less"
        ) from None
    except CancelledError:
        raise UserError(f"the scheduler {address} was lost, or dropped what it was asked to do") from None
    finally:
        made.shutdown(cancel_futures=True)
        with suppress(Exception):
            client.run(forget, on_error="ignore")
        client.close(timeout=PATIENCE)


@cache
def _versions(names: tuple[str, ...]) -> dict[str, str]:
    """What is installed here under these names, and the rest that figures hang on."""
    found = environment(names) | {"its code": code()[:12]}
    return dict.fromkeys(names, "none") | found


def _there(
    folder: str,
    libraries: tuple[str, ...],
    wanted: Mapping[str, str],
    function: Callable[..., Any],
    *args: Any,
) -> Any:
    """Run a task on a worker.

    Raises:
        UserError: it has other versions than the command, or no such folder.
    """
    here = _versions(libraries)
    if odd := [name for name in wanted if wanted[name] != here[name]]:
        told = "; ".join(f"{name} {here[name]} instead of {wanted[name]}" for name in odd)
        raise UserError(f"a worker has {told}: all need the same installation")
    with _one_at_a_time:
        before = os.getcwd()  # noqa: PTH109
        try:
            os.chdir(folder)
        except OSError as problem:
            raise UserError(
                f"a worker can't enter {folder} ({problem.strerror}): all need the same files"
            ) from None
        try:
            return function(*args)
        finally:
            os.chdir(before)
