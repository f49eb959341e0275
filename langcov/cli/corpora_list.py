"""List the corpora that come with langcov, and those that can be pulled."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langcov.cli import EXIT_DONE
from langcov.core.ui import _
from langcov.corpora.base import Corpus
from langcov.corpora.card.card import CARD, load_card
from langcov.corpora.pull.cache import pulled_corpora
from langcov.corpora.pull.catalogue import Entry, load_catalogue
from langcov.corpora.resolve import all_bundled
from langcov.corpora.tables.word_table import open_table
from langcov.languages import find
from langcov.report.wording import span

if TYPE_CHECKING:
    from rich.table import Table

PURPOSE = "the corpora that need no download, and those that can be pulled"
WIDTH = 110


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(args: argparse.Namespace) -> int:
    from rich.console import Console, Group
    from rich.padding import Padding

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    here = _counted(all_bundled())
    to_pull = _pullable(load_catalogue(), pulled_corpora())
    console.print(Group(here, Padding(to_pull, (0, 0, 0, 2))))
    return EXIT_DONE


def _counted(corpora: Sequence[Corpus]) -> Table:
    """A table of word tables: what may be compared in each, of which languages, and under which licence."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    kinds = {"text": _("text"), "lexicon": _("lexicon")}
    aligned = {"none": _("no"), "lines": _("by line"), "keys": _("by key")}
    for header in (_("corpus"), _("kind"), _("aligned"), _("rows"), _("size")):
        table.add_column(header, no_wrap=True)
    table.add_column(_("licence"), max_width=17, overflow="fold")
    table.add_column(_("languages"), overflow="fold")
    for corpus in corpora:
        paths = {source.path for source in corpus.sources}
        rows = [len(open_table(source.path).rows[source.language]) for source in corpus.sources]
        table.add_row(
            corpus.name,
            kinds[corpus.kind],
            aligned[corpus.alignment],
            span(rows),
            _("{size} kB", size=f"{sum(Path(path).stat().st_size for path in paths) / 1000:.0f}"),
            corpus.licence,
            f"{len(corpus.languages)}: {' '.join(map(_short, corpus.languages))}",
        )
    return table


def _pullable(catalogue: Mapping[str, Entry], pulled: Mapping[str, Path]) -> Table:
    """What 'langcov corpora pull' can fetch, and which of it, or of another catalogue, is in the cache."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column(_("to pull"), no_wrap=True)
    table.add_column(_("in the cache"), no_wrap=True)
    table.add_column(_("licence"), max_width=17, overflow="fold")
    table.add_column(_("what it is"), overflow="fold")
    for name in [*catalogue, *sorted(pulled.keys() - catalogue.keys())]:
        entry = catalogue.get(name)
        card = load_card(pulled[name] / CARD) if name in pulled else {}
        languages = entry.languages if entry else sorted(card.get("languages", []))
        licence = (entry.card if entry else card).get("licence", "")
        title = _(entry.title) if entry else card.get("summary", "")
        table.add_row(
            name,
            _("{here} of {all}", here=len(card.get("languages", [])), all=len(languages)),
            escape(licence),
            escape(f"{title} ({len(languages)}: {' '.join(map(_short, languages))})"),
        )
    return table


def _short(language: str) -> str:
    """The bare code where it means this script: ``tat``, but ``crh_Latn``."""
    code = language.partition("_")[0]
    return code if find(code).id == language else language
