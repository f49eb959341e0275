"""Count the words of a corpus into a table that can be shared."""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_aligned, add_form, add_part, options
from langcov.core.names import several
from langcov.core.ui import plural
from langcov.corpora import Summary, condense, resolve
from langcov.errors import UserError
from langcov.report.wording import span

PURPOSE = "count the words of a corpus into a table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "corpus",
        nargs="+",
        metavar="CORPUS",
        help="a file, folder, glob or URL; or LANG=PATH, several of them",
    )
    add("-o", "--output", type=Path, required=True, metavar="X.words.tsv.zst", help="also .xz, .gz or plain")
    add("--compact", action="store_true", help="each word on one line with all of its rows, for large text")
    add_part(add)
    add_aligned(add)
    add_form(add)
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Write the table; what was counted goes to stdout."""
    reading = options(args)
    wanted = several(args.lang) or None
    found = resolve(args.corpus, languages=wanted, aligned=args.aligned, options=reading)
    if len(found) > 1:
        names = ", ".join(corpus.name for corpus in found)
        raise UserError(f"a table holds one corpus, but {len(found)} were named ({names}): use LANG=PATH")
    progress = choose(args.quiet)
    try:
        summary = condense(found[0], args.output, reading, compact=args.compact, progress=progress)
    finally:
        progress.stop()
    print(_report(summary, args.output))
    return EXIT_DONE


def _report(summary: Summary, path: Path) -> str:
    rows = list(summary.rows.values())
    return plural(
        "{path}: {languages} of {rows} row, {lines}, {words}; {runs}",
        "{path}: {languages} of {rows} rows, {lines}, {words}; {runs}",
        1 if rows == [1] else max(rows),
        path=path,
        rows=span(rows),
        languages=plural("{n} language", "{n} languages", len(rows)),
        lines=plural("{n} line", "{n} lines", summary.lines),
        words=plural("{n} word", "{n} words", summary.words),
        runs=plural(
            "{n} run of white space changed", "{n} runs of white space changed", summary.changed_runs
        ),
    )
