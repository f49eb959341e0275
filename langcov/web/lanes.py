"""Processes that do the long work, one piece at a time each; any of them can be ended without the others."""

from __future__ import annotations

import asyncio
import os
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from langcov.core.failures import named
from langcov.core.processes import unseen, work_for_parent
from langcov.errors import LangcovError, UserError

Tell = Callable[[Any], None]
"""Takes what a piece of work tells while it goes on: a share of 1, or None where that can't be told."""
Piece = Callable[..., Any]
"""A function of a module that takes ``tell`` first; what it returns and is given can be pickled."""
OWN = Path(__file__).parents[1]
NICE = 5  # pages come before work


class Stopped(Exception):
    """The process that did it was ended, by whoever cancelled it or for want of memory."""


class Broken(Exception):
    """A bug: says where, and quotes no text."""


class Lane:
    """A process, started when it is first needed, and again after it was ended."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Connection | None = None

    def run(self, piece: Piece, given: Sequence[Any], tell: Tell) -> Any:
        """Do a piece of work there, and wait for it.

        Raises:
            UserError: it says what is wrong with what was given.
            Stopped: the process was ended.
            Broken: langcov has a bug.
        """
        pipe = self._started()
        try:
            pipe.send((piece, given))
            while True:
                kind, said = pipe.recv()
                if kind == "told":
                    tell(said)
                elif kind == "done":
                    return said
                else:
                    raise UserError(said) if kind == "refused" else Broken(said)
        except (EOFError, OSError):
            self.stop()
            pipe.close()
            self._pipe = None
            raise Stopped from None

    def _started(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            spawn = get_context("spawn")
            self._pipe, there = spawn.Pipe()
            with unseen():
                self._process = spawn.Process(target=_work, args=(there,), daemon=True)
                self._process.start()
            there.close()
        return self._pipe

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.join()


def _work(pipe: Connection) -> None:
    """What the process does: pieces, as they come."""
    work_for_parent()
    if hasattr(os, "nice"):
        os.nice(NICE)
    while True:
        try:
            piece, given = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(piece, given, lambda said: pipe.send(("told", said))))


def _answer(piece: Piece, given: Sequence[Any], tell: Tell) -> tuple[str, Any]:
    try:
        return "done", piece(tell, *given)
    except LangcovError as error:
        return "refused", str(error)
    except Exception as error:  # what it says may quote the text: only its kind and place are told
        frames = traceback.extract_tb(error.__traceback__)
        *_, where = (one for one in frames if OWN in Path(one.filename).parents)
        return "broke", f"{named(error).partition(':')[0]} ({Path(where.filename).name}, {where.lineno})"


class Lanes:
    """Some lanes; who comes while all are busy waits in turn."""

    def __init__(self, many: int) -> None:
        self._all = [Lane() for _ in range(many)]
        self._threads = ThreadPoolExecutor(many, "lane")
        self._free: asyncio.Queue[Lane] = asyncio.Queue()
        for lane in self._all:
            self._free.put_nowait(lane)

    async def run(
        self,
        piece: Piece,
        given: Sequence[Any],
        tell: Tell,
        begun: Callable[[Lane], None] = lambda lane: None,
    ) -> Any:
        """Do a piece of work in the next free lane.

        Args:
            begun: told which lane does it, so that it can be ended.

        Raises:
            UserError, Stopped, Broken: as of ``Lane.run``.
        """
        lane = await self._free.get()
        try:
            begun(lane)
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, lane.run, piece, given, tell
            )
        finally:
            self._free.put_nowait(lane)

    def stop(self) -> None:
        """End all of them."""
        for lane in self._all:
            lane.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)
