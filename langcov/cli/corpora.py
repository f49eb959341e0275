"""List the corpora that come with langcov, or condense text to a word table that can be shared."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.reading import add_aligned, add_form, add_part, options, several
from langcov.corpora import Summary, bundled_corpora, condense, resolve
from langcov.corpora.base import Corpus
from langcov.corpora.words import open_table
from langcov.errors import UserError
from langcov.languages import find

WIDTH = 110
ALIGNED = {"none": "no", "lines": "by line", "keys": "by key"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of ``langcov corpora`` and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the corpora that need no download")
    one = actions.add_parser("condense", help="count the words of a corpus into a table")
    add = one.add_argument
    add(
        "corpus",
        nargs="+",
        metavar="CORPUS",
        help="a file, folder, glob or URL; or LANG=PATH, several of them",
    )
    add("-o", "--output", type=Path, required=True, metavar="X.words.tsv.zst", help="also .xz, .gz or plain")
    add_part(add)
    add_aligned(add)
    add_form(add, "counting")


def run(args: argparse.Namespace) -> int:
    """Do the action; what it found goes to stdout."""
    if args.action == "list":
        _print_list(resolve(list(bundled_corpora())))
        return EXIT_DONE
    reading = options(args)
    wanted = several(args.lang) or None
    found = resolve(args.corpus, languages=wanted, aligned=args.aligned, options=reading)
    if len(found) > 1:
        names = ", ".join(corpus.name for corpus in found)
        raise UserError(f"a table holds one corpus, but {len(found)} were named ({names}): use LANG=PATH")
    print(_report(condense(found[0], args.output, reading), args.output))
    return EXIT_DONE


def _print_list(corpora: Sequence[Corpus]) -> None:
    """A table of word tables: what may be compared in each, of which languages, and under which licence."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for header in ("corpus", "kind", "aligned", "rows", "size"):
        table.add_column(header, no_wrap=True)
    table.add_column("licence", max_width=17, overflow="fold")
    table.add_column("languages", overflow="fold")
    for corpus in corpora:
        paths = {source.path for source in corpus.sources}
        rows = [len(open_table(source.path).rows[source.language]) for source in corpus.sources]
        table.add_row(
            corpus.name,
            corpus.kind,
            ALIGNED[corpus.alignment],
            _span(rows),
            f"{sum(Path(path).stat().st_size for path in paths) / 1000:.0f} kB",
            corpus.licence,
            f"{len(corpus.languages)}: {' '.join(map(_short, corpus.languages))}",
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    console.print(table)


def _short(language: str) -> str:
    """The bare code where it means this script: ``tat``, but ``crh_Latn``."""
    code = language.partition("_")[0]
    return code if find(code).id == language else language


def _span(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low}" if low == high else f"{low} to {high}"


def _report(summary: Summary, path: Path) -> str:
    rows = list(summary.rows.values())
    return (
        f"{path}: {len(rows)} languages of {_span(rows)} rows, {summary.lines} lines, {summary.words} words; "
        f"{summary.changed_runs} runs of white space were changed"
    )
