"""What commands that measure share: loading what is named, interruption, printing and writing the result."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from langcov.cli import EXIT_DONE, EXIT_INTERRUPTED, EXIT_PARTLY
from langcov.cli.pool import count, pool
from langcov.cli.progress_bar import choose
from langcov.core.files import check_target
from langcov.corpora import Corpus, ReadOptions
from langcov.errors import MissingLibrary, UserError
from langcov.hygiene.engine.summary import with_hygiene
from langcov.report import formats, render
from langcov.results.result import Result

Loaded = TypeVar("Loaded")


def add_hygiene(add: Callable[..., Any]) -> None:
    """``--no-hygiene``."""
    add(
        "--no-hygiene",
        dest="hygiene",
        action="store_false",
        help="leave out the faults of the text, for which it is read again",
    )


def add_output(add: Callable[..., Any]) -> None:
    """``-o``, ``--format``, ``--quiet``."""
    add("-o", "--output", type=Path, metavar="RESULT.json", help="write the result here")
    add("--format", choices=tuple(formats()), default="table", help="of what is printed (table)")
    add("--quiet", action="store_true", help="no progress")


def load_all(specs: Sequence[str], load: Callable[[str], Loaded]) -> tuple[list[Loaded], dict[str, str]]:
    """What can be loaded, and the reason for what can't, its library being not installed.

    Raises:
        UserError: nothing can be loaded, or a SPEC is wrong.
    """
    systems, failed = [], {}
    for spec in specs:
        try:
            systems.append(load(spec))
        except MissingLibrary as error:
            failed[spec] = str(error)
    if not systems:
        raise UserError("; ".join(failed.values()))
    return systems, failed


def check_output(args: argparse.Namespace, corpora: Sequence[Corpus] = ()) -> None:
    """Refuse a file that can't be written, or is to be measured, before anything is.

    Raises:
        UserError: says why.
    """
    if args.output is not None:
        check_target(args.output, [source.path for corpus in corpora for source in corpus.sources])


def deliver(
    args: argparse.Namespace,
    corpora: Sequence[Corpus],
    options: ReadOptions,
    measure: Callable[..., Result],
    worker: tuple[Any, ...],
    failed: Mapping[str, str],
    unmeasured: Callable[[Result], Mapping[str, Sequence[str]]],
) -> int:
    """Measure, print, write; the exit code says whether every named system was measured.

    Args:
        args: with the options of ``add_hygiene``, ``add_output`` and ``--jobs``.
        corpora: that are measured.
        options: how they are read.
        measure: makes the result; an interrupt carries the part that was finished, if any.
        worker: what ``pool`` prepares its processes with, should there be more than one.
        failed: systems that could not be loaded, with the reason.
        unmeasured: systems of the result that have no figures somewhere, with each place and why.
    """

    def measured(**where: Any) -> Result:
        result = measure(failed=failed, progress=progress, **where)
        return with_hygiene(result, corpora, options, where.get("executor")) if args.hygiene else result

    progress = choose(args.quiet)
    interrupted = False
    try:
        if args.jobs == 1:
            result = measured()
        else:
            with pool(args.jobs, *worker) as workers:
                result = measured(executor=workers, count=count)
    except KeyboardInterrupt as interrupt:
        if not interrupt.args:
            raise
        result, interrupted = interrupt.args[0], True
    finally:
        progress.stop()
    try:
        if args.output is not None:
            result.save(args.output)
    finally:  # a full disk must not cost what was measured
        print(render(result, args.format), end="", flush=True)
    missing = {**failed, **{name: _in_short(places) for name, places in unmeasured(result).items()}}
    for name, reason in missing.items():
        print(f"langcov: {name} could not be measured: {reason}", file=sys.stderr)
    if interrupted:
        print("langcov: interrupted; what was finished is kept", file=sys.stderr)
        return EXIT_INTERRUPTED
    return EXIT_PARTLY if missing else EXIT_DONE


def _in_short(places: Sequence[str]) -> str:
    first, *others = places
    return first + (f" (and {len(others)} more)" if others else "")
