"""What commands that measure share: loading what is named, interruption, printing and writing the result."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from langcov.cli import EXIT_DONE, EXIT_PARTLY, EXIT_USER
from langcov.cli.progress_bar import choose
from langcov.cli.where import where
from langcov.core.composed import tell
from langcov.core.failures import named
from langcov.core.files import check_target
from langcov.core.libraries import is_library_failure
from langcov.core.names import several
from langcov.core.ui import _
from langcov.corpora import Corpus, ReadOptions
from langcov.corpora.readers.streams import changed
from langcov.errors import LangcovError, LibraryDied, LibraryFailed, MissingLibrary, UserError
from langcov.hygiene.engine.summary import with_hygiene
from langcov.languages.perturbations import perturbations
from langcov.report import check_format, formats, render
from langcov.results.result import Result

Loaded = TypeVar("Loaded")


def add_perturb(add: Callable[..., Any], what: str) -> None:
    """``--perturb``; ``what`` is told of the changes."""
    names = ", ".join(perturbations())
    add("--perturb", action="append", default=[], metavar="P", help=f"{what}: {names} (repeat, or a,b,c)")


def add_hygiene(add: Callable[..., Any]) -> None:
    add(
        "--no-hygiene",
        dest="hygiene",
        action="store_false",
        help="leave out the issues of the text, for which it is read again",
    )


def add_trained_on(add: Callable[..., Any]) -> None:
    """``--trained-on``."""
    add(
        "--trained-on",
        action="append",
        default=[],
        metavar="NAME=CORPUS,…",
        help="corpora that what is called NAME (or its SPEC) was trained on, beside those that are known",
    )


def trained_on(args: argparse.Namespace) -> dict[str, list[str]]:
    """What ``--trained-on`` says: corpora by the name or SPEC of a system.

    Raises:
        UserError: it is written otherwise.
    """
    said: dict[str, list[str]] = {}
    for text in args.trained_on:
        name, _, corpora = text.rpartition("=")
        if not name or not corpora.strip(", "):
            raise UserError(f"--trained-on {text}: write NAME=CORPUS,CORPUS, the name being that of a system")
        said.setdefault(name, []).extend(several([corpora]))
    return said


def add_output(add: Callable[..., Any]) -> None:
    add("-o", "--output", type=Path, metavar="RESULT.json", help="write the result here")
    add("--rows", choices=("auto", "none"), default="auto", help="none: write no RESULT.rows.npz beside it")
    add("--format", choices=tuple(formats()), default="table", help="of what is printed (table)")
    add("--csv-raw", action="store_true", help="leave text in CSV that a spreadsheet may take for a formula")
    add("--quiet", action="store_true", help="no progress")


def load_all(
    specs: Sequence[str], load: Callable[[str], Loaded], quiet: bool
) -> tuple[list[Loaded], dict[str, str]]:
    """What can be loaded, and the reason for what can't: its library is not installed, or failed.

    Raises:
        UserError: nothing can be loaded, or a SPEC is wrong.
        LibraryFailed: nothing can be loaded, as a library failed.
    """
    systems, failed, broken = [], {}, False
    progress = choose(quiet)
    progress.start(len(specs), "loading")
    gc.disable()  # vocabularies stay to the end: no need to look through them for garbage again and again
    try:
        for spec in specs:
            try:
                systems.append(load(spec))
            except MissingLibrary as error:
                failed[spec] = str(error)
            except LibraryDied as error:
                failed[spec] = str(error)
                broken = True
            except BaseException as error:
                if isinstance(error, (LangcovError, OSError)) or not is_library_failure(error):
                    raise
                failed[spec] = f"it can't be loaded: {named(error)}"
                broken = True
            progress.finish(spec)
    finally:
        progress.stop()
        gc.enable()
    if broken and not systems:
        raise LibraryFailed(0, "; ".join(f"{spec}: {reason}" for spec, reason in failed.items()))
    if not systems:
        raise UserError("; ".join(failed.values()))
    gc.freeze()
    return systems, failed


def check_output(args: argparse.Namespace, corpora: Sequence[Corpus] = ()) -> None:
    """Refuse a file that can't be written, or is to be measured, and a view that can't be made, before
    anything is measured.
    """
    check_format(args.format)
    if args.output is not None:
        check_target(args.output, [source.path for corpus in corpora for source in corpus.sources])


@dataclass
class Planned:
    """A measurement before it is made."""

    corpora: Sequence[Corpus]
    options: ReadOptions
    measure: Callable[
        ..., Result
    ]  # makes the result; an interrupt carries the part that was finished, if any
    # what counts a job in other processes: what loads it there, and its arguments
    worker: tuple[Any, ...]
    libraries: Sequence[str]  # distributions that its figures hang on
    failed: Mapping[str, str]  # systems that could not be loaded, with the reason
    # of those that could: the name, the SPEC, and what tells their content, if anything does
    systems: Sequence[tuple[str, str, str | None]]
    counts: tuple[str, str]  # a metric that every system has, and the total that is null where it failed


def deliver(
    kind: str,
    args: argparse.Namespace,
    planned: Planned,
    finish: Callable[[Result], object] = lambda result: None,
) -> int:
    """Measure, print, write; the exit code says whether every named system was measured.

    Args:
        kind: of the result: ``tokenizers`` or ``lid``.
        args: with the options of ``add_hygiene``, ``add_output`` and ``add_where``.
        finish: is given the result, if that is whole.
    """
    progress = choose(args.quiet)

    interrupted = False
    try:
        with where(kind, args, planned) as at:
            result = planned.measure(failed=planned.failed, progress=progress, where=at)
            if args.hygiene:
                result = with_hygiene(
                    result, planned.corpora, planned.options, at.executor, progress, at.kept
                )
    except KeyboardInterrupt as interrupt:
        if not interrupt.args:
            raise
        result, interrupted = interrupt.args[0], True
    finally:
        progress.stop()
    with suppress(OSError) if interrupted else nullcontext():  # the terminal may be gone
        put(args, result)
        code = _say_what_is_missing(result, planned)
    if interrupted:
        raise KeyboardInterrupt("interrupted; what was finished is kept")
    finish(result)
    return code


def _say_what_is_missing(result: Result, planned: Planned) -> int:
    """Systems that could not be measured, and hygiene that is not there; returns the exit code."""
    missing = {**planned.failed, **_unmeasured(result, *planned.counts)}
    for name, reason in missing.items():
        tell(f"{name} could not be measured: {reason}")
    lost = list(dict.fromkeys(row["reason"] for row in result.hygiene if row["reason"]))
    for reason in lost:
        tell(f"{reason} (the figures are kept, without its hygiene)")
    return EXIT_PARTLY if missing else EXIT_USER if lost else EXIT_DONE


def put(args: argparse.Namespace, result: Result) -> None:
    """Write and print a result."""
    try:
        if args.output is not None:
            result.save(args.output, rows=args.rows == "auto")
    finally:  # a full disk must not cost what was measured
        print(render(result, args.format, csv_raw=args.csv_raw), end="", flush=True)


def _unmeasured(result: Result, metric: str, count: str) -> dict[str, str]:
    """Systems that failed on a corpus, and so have no figures there: where first, and why."""
    failed = {(row["system"], row["corpus"]) for row in result.totals if row[count] is None}
    found: dict[str, list[str]] = {}
    for record in result.records:
        if record.metric == metric and record.value is None and (record.system, record.corpus) in failed:
            values = {"language": record.language, "corpus": record.corpus}
            where = _("{language} of {corpus}", **values) if record.language else record.corpus
            found.setdefault(record.system, []).append(f"{where}: {record.reason}")
    more = {
        name: _(" (and {n} more)", n=len(places) - 1) * (len(places) > 1) for name, places in found.items()
    }
    systems = [system["name"] for system in result.systems if system["name"] in found]
    return {name: found[name][0] + more[name] for name in systems}


def check_same(spec: str, loaded: str | None, wanted: str | None) -> None:
    """See that a process has what the one that started it loaded from a file.

    Args:
        loaded, wanted: the sha256 here and there.

    Raises:
        UserError: the file was changed between.
    """
    if loaded != wanted:
        raise changed(spec)
