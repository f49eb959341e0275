"""Measure tokenizers on corpora: tokens per word, premiums over Russian and English, and what they hide.

With no SPEC and no corpus, the bundled tokenizers are measured on the bundled UDHR, offline.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from langcov.cli import EXIT_DONE, EXIT_INTERRUPTED, EXIT_PARTLY
from langcov.cli.progress import choose
from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.counting import count_source
from langcov.engine import choose as choose_engines
from langcov.errors import MissingLibrary, UserError
from langcov.evaluate import measure
from langcov.files import check_target
from langcov.jobs import Counted, Job
from langcov.languages import find
from langcov.plan import Progress, Settings
from langcov.report import FORMATS, render
from langcov.result import Result
from langcov.tokenizers import System, bundled_names, load
from langcov.tokenizers.engines import with_engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``langcov tokenizers``."""
    parser.add_argument(
        "specs",
        nargs="*",
        metavar="SPEC",
        help="a tokenizer file, a bundled name, bytes, chars; or with its kind: spm:FILE, hf:FILE.json, "
        "hf:ORG/REPO, tiktoken:NAME, tiktoken:FILE?pattern=P, tekken:FILE, rwkv:FILE, wordpiece:FILE, "
        "vocab:FILE; any of them as NAME=SPEC",
    )
    add = parser.add_argument_group("what is measured").add_argument
    add(
        "--corpus",
        action="append",
        default=[],
        metavar="CORPUS",
        help="a bundled name (udhr), a file, folder, pattern or URL; all LANG=PATH make one corpus",
    )
    add("--lang", action="append", default=[], metavar="L", help="only these languages (repeat, or a,b,c)")
    add("--reference", action="append", default=[], metavar="L", help="premiums are against it (rus and eng)")
    add("--aligned", action="store_true", help="files without a card are aligned line by line")
    add("--max-lines", type=_positive, metavar="N", help="only the first N lines of each file")
    add = parser.add_argument_group("how text is read").add_argument
    add("--encoding", default="utf-8", help="of text files (utf-8)")
    add(
        "--encoding-errors",
        choices=("strict", "replace", "skip"),
        default="strict",
        help="lines that are not valid: refuse the file, put U+FFFD, or leave the line out (strict)",
    )
    add("--text-field", default="text", metavar="F", help="of JSONL and Parquet records (text)")
    add("--normalize", choices=("none", "NFC", "NFKC", "NFD"), default="none", help="before measuring (none)")
    add = parser.add_argument_group("how it is counted").add_argument
    add("--words", choices=("whitespace", "uax29"), default="whitespace", help="of fertility (whitespace)")
    add("--context", type=_positive, default=8192, metavar="N", help="tokens of a context window (8192)")
    add("--price", type=float, metavar="P", help="of a million tokens; adds the price of text")
    add("--engine", choices=("auto", "reference"), default="auto", help="reference: the library itself")
    add("--method", choices=("auto", "lines"), default="auto", help="lines: encode every line whole")
    add("--jobs", type=_positive, default=1, metavar="N", help="processes (1)")
    add = parser.add_argument_group("what comes out").add_argument
    add("-o", "--output", type=Path, metavar="RESULT.json", help="write the result here")
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("--quiet", action="store_true", help="no progress")


def _positive(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return value


def run(args: argparse.Namespace) -> int:
    """Measure, print, write; the exit code says whether every named tokenizer was measured."""
    if args.output is not None:
        check_target(args.output)
    systems, failed = _load(args.specs or bundled_names())
    references = [find(name).id for name in _split(args.reference) or ["rus", "eng"]]
    options = ReadOptions(
        encoding=args.encoding,
        encoding_errors=args.encoding_errors,
        text_field=args.text_field,
        normalize=args.normalize,
        max_lines=args.max_lines,
    )
    corpora = resolve(
        args.corpus or ["udhr"],
        languages=_split(args.lang) or None,
        references=references,
        aligned=args.aligned,
        options=options,
    )
    systems = choose_engines(systems, corpora, args.engine)
    settings = Settings(
        references=references,
        words=args.words,
        words_once=args.method == "auto",
        context=args.context,
        price=args.price,
        options=options,
    )
    progress = choose(args.quiet)
    try:
        result = _measure(corpora, systems, failed, settings, args, progress)
        code = EXIT_PARTLY if failed or _unmeasured(result) else EXIT_DONE
    except KeyboardInterrupt as interrupt:
        if not interrupt.args:
            raise
        result, code = interrupt.args[0], EXIT_INTERRUPTED
    finally:
        progress.stop()
    try:
        if args.output is not None:
            result.save(args.output)
    finally:  # a full disk must not cost what was measured
        print(render(result, args.format), end="", flush=True)
    for name, reason in (failed | _unmeasured(result)).items():
        print(f"langcov: {name} could not be measured: {reason}", file=sys.stderr)
    if code == EXIT_INTERRUPTED:
        print("langcov: interrupted; what was finished is kept", file=sys.stderr)
    return code


def _split(names: Sequence[str]) -> list[str]:
    return [part for name in names for part in name.split(",") if part]


def _load(specs: Sequence[str]) -> tuple[list[System], dict[str, str]]:
    """The tokenizers, and those whose library is not installed."""
    systems, failed = [], {}
    for spec in specs:
        try:
            systems.append(load(spec))
        except MissingLibrary as error:
            failed[spec] = str(error)
    if not systems:
        raise UserError("; ".join(failed.values()))
    return systems, failed


def _measure(
    corpora: Sequence[Corpus],
    systems: Sequence[System],
    failed: dict[str, str],
    settings: Settings,
    args: argparse.Namespace,
    progress: Progress,
) -> Result:
    if args.jobs == 1:
        return measure(corpora, systems, settings, failed=failed, progress=progress)
    named = [(system.name, system.spec, system.engine) for system in systems]
    with _pool(args.jobs, named) as pool:
        return measure(
            corpora, systems, settings, failed=failed, executor=pool, count=_count, progress=progress
        )


class _Pool(ProcessPoolExecutor):
    """Its processes never see Ctrl-C, which a terminal sends to all: this one ends them."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a task, and a process for it where there is none; what blocks signals here is inherited."""
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            return super().submit(*args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(*args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _pool(jobs: int, named: Sequence[tuple[str, str, str]]) -> Iterator[ProcessPoolExecutor]:
    """Processes that have the tokenizers loaded; whatever goes wrong here ends them at once."""
    pool = _Pool(jobs, get_context("spawn"), initializer=_start_worker, initargs=(named,))
    try:
        yield pool
    except BaseException as error:
        for process in active_children():
            process.terminate()
        if isinstance(error, BrokenProcessPool):
            raise UserError("a worker process died, perhaps for want of memory: try fewer --jobs") from None
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_systems: list[System] = []


def _start_worker(named: Sequence[tuple[str, str, str]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["RAYON_NUM_THREADS"] = "1"
    for name, spec, engine in named:
        system = replace(load(spec), name=name)
        _systems.append(system if engine == "reference" else with_engine(system))


def _count(job: Job) -> Counted:
    return count_source(job, _systems)


def _unmeasured(result: Result) -> dict[str, str]:
    """Systems that failed on a language: where and why first, and on how many more."""
    found: dict[str, list[str]] = {}
    for record in result.records:
        if record.metric == "tokens_per_line" and record.value is None:
            where = f"{record.language} of {record.corpus}"
            found.setdefault(record.system, []).append(f"{where}: {record.reason}")
    return {
        system: first + (f" (and {len(others)} more)" if others else "")
        for system, (first, *others) in found.items()
    }
