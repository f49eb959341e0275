"""Show what can be fixed in a text without spoiling it, as a diff; with --write, make a fixed copy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.corpora_check import add_checks, settings
from langcov.core.names import several, visible
from langcov.core.work import Progress
from langcov.corpora.base import Source
from langcov.corpora.readers.formats import DOCUMENTS, format_of
from langcov.corpora.readers.streams import bare, is_url
from langcov.errors import UserError
from langcov.hygiene.engine.check import exceptions_of, make_plan, resolved
from langcov.hygiene.fixing.copy import beside, check_copies, copy_name, log_beside, write_copy
from langcov.hygiene.fixing.diff import unified
from langcov.hygiene.fixing.fix import check_source, fix
from langcov.report.hygiene.terminal import print_diff, summary

PURPOSE = "show what can be fixed in a text, or write a fixed copy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which text, what to fix in it, and where the copy goes."""
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="a file, folder, glob or URL; or LANG=PATH")
    add("--lang", metavar="L", help="the language that the text is in (of file names or corpus.toml)")
    add("--write", action="store_true", help="write a fixed copy, beside the file as NAME.fixed.txt")
    add("-o", "--output", type=Path, metavar="OUT", help="the copy, or a folder for several")
    add("--log", type=Path, metavar="FILE", help="of every fix (NAME.fixes.jsonl; a table if .tsv)")
    add("--force", action="store_true", help="write over an older copy")
    add("--also", action="append", default=[], metavar="ID", help="fix what this check only suggests, too")
    add_checks(parser)
    add("--quiet", action="store_true", help="no progress and no summary")


def run(args: argparse.Namespace) -> int:
    """Show the diff, or write the copies; a summary goes to stderr."""
    if not args.write and (args.output or args.log or args.force):
        raise UserError("-o, --log and --force are about the fixed copy: add --write")
    what = settings(args)
    what.also = several(args.also)
    on_screen = not args.write and sys.stdout.isatty()
    if on_screen:
        what.progress = Progress()
    corpora = resolved(args.paths, args.lang, what.options)
    sources = [source for corpus in corpora for source in corpus.sources]
    for source in sources:
        check_source(source)
    copies = _copies(sources, args.output, args.log) if args.write else {}
    check_copies(copies, args.force)
    exceptions = exceptions_of(corpora, what)
    languages = {source.language for source in sources}
    plans = {language: make_plan(language, what, exceptions) for language in languages}
    stdout = sys.stdout  # a bar on stderr takes its place
    what.progress.start(len(sources))
    try:
        for source in sources:
            fixing = fix(source, plans[source.language])
            if args.write:
                write_copy(fixing, *copies[source.path])
            elif on_screen:
                print_diff(unified(fixing.blocks(), source.path))
            else:
                stdout.writelines(unified(fixing.blocks(), bare(source.path)))
            what.progress.finish(source.path)
            if not args.quiet:
                print(*map(visible, summary(fixing, args.write)), sep="\n", file=sys.stderr, flush=True)
    finally:
        what.progress.stop()
    return EXIT_DONE


def _copies(sources: Sequence[Source], output: Path | None, log: Path | None) -> dict[str, tuple[Path, Path]]:
    """Where the copy of each file goes, and its log.

    Raises:
        UserError: one name is given for several files, none for a URL, or that of a document for its text.
    """
    if len(sources) > 1 and output and not output.is_dir():
        raise UserError(f"{output} is no folder, but {len(sources)} files are fixed: make it first")
    if len(sources) > 1 and log:
        raise UserError(f"--log is for one file, but {len(sources)} are fixed: without it each has its own")
    copies: dict[str, tuple[Path, Path]] = {}
    for source in sources:
        path, document = source.path, source.format in DOCUMENTS
        if path in copies:
            raise UserError(f"{path} is fixed in one language at a time: name it once, and one with --lang")
        if not output and is_url(path):
            raise UserError(f"{path}: name the copy with -o, as it can't be written beside a URL")
        inside = output / copy_name(path) if output and output.is_dir() else output
        copy = inside or beside(path)
        if document and format_of(copy.name) != "txt":
            raise UserError(f"{copy}: the fixed copy of a document is plain text: let its name end in .txt")
        copies[path] = copy, log or log_beside(copy, document)
    return copies
