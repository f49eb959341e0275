"""Where a command works: here, in processes, on a cluster; and what it keeps of a run that may be stopped."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langcov.cli.reading_options import positive, size
from langcov.core.composed import tell
from langcov.core.pieces import Pieces, opened
from langcov.core.work import Prepared
from langcov.errors import UserError
from langcov.measure.sources import Where

if TYPE_CHECKING:
    from langcov.cli.measuring import Planned


def add_where(add: Callable[..., Any]) -> None:
    """``--jobs`` and its like."""
    add("--jobs", type=positive, default=1, metavar="N", help="processes, each with all systems (1)")
    add("--scheduler", metavar="tcp://HOST:PORT", help="work on the workers of this Dask scheduler instead")
    add(
        "--memory",
        type=size,
        metavar="SIZE",
        help="of each process, as 1GB: words are kept as far as it goes",
    )
    add(
        "--resume",
        type=Path,
        metavar="FOLDER",
        help="keep finished pieces there; the same command goes on with them after it was stopped",
    )


def options_of(args: argparse.Namespace) -> list[str]:
    """The same options as words of a command line."""
    given = {name: getattr(args, name) for name in ("jobs", "scheduler", "memory", "resume")}
    return [f"--{name}={value}" for name, value in given.items() if value is not None]


@contextmanager
def where(kind: str, args: argparse.Namespace, planned: Planned) -> Iterator[Where]:
    """Where the sources of a measurement are counted; pieces that are kept of it go when all is well.

    Raises:
        UserError: as ``core.pieces.opened`` and ``core.cluster.cluster``; or a process died.
    """
    if args.scheduler and args.jobs > 1:
        raise UserError("--jobs is of processes here, --scheduler of workers elsewhere: give one of them")
    with ExitStack() as stack:
        pieces = executor = None
        if args.resume is not None:
            from langcov.cli.identity import contents, hangs_on  # brings all of LID and the gate

            known = {"files": contents(planned.corpora), **hangs_on(kind, args, planned)}
            pieces = stack.enter_context(opened(args.resume, known))
        if args.scheduler:
            from langcov.core.cluster import cluster

            executor = stack.enter_context(cluster(args.scheduler, planned.libraries))
        elif args.jobs > 1:
            from langcov.core.pool import pool

            executor = stack.enter_context(pool(args.jobs))
        load, *args_of = planned.worker
        count = Prepared(os.urandom(8).hex(), load, tuple(args_of)) if executor else None
        with _told(pieces):
            yield Where(executor, count, pieces, args.memory)
        if pieces:
            pieces.clear()


@contextmanager
def _told(pieces: Pieces | None) -> Iterator[None]:
    """Say how to go on, if this is ended."""
    try:
        yield
    except BaseException:
        if pieces and pieces.number:
            tell(
                f"{pieces.number} finished pieces are in {pieces.folder}: the same command goes on with them"
            )
        raise
