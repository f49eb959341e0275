"""List the corpora that come with langcov."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.corpora import bundled_corpora, resolve
from langcov.corpora.base import Corpus
from langcov.corpora.words import open_table
from langcov.languages import find
from langcov.report.words import span

PURPOSE = "the corpora that need no download"
WIDTH = 110
ALIGNED = {"none": "no", "lines": "by line", "keys": "by key"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    _print_list(resolve(list(bundled_corpora())))
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
            span(rows),
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
