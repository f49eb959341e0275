"""What a published recipe of filters does to clean text: which step removes how many documents, and why."""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE, filters_advise, filters_export
from langcov.cli.judging import add_judging, judging
from langcov.cli.measuring import add_perturb
from langcov.cli.reading_options import add_aligned, add_corpora, add_form, add_part, options
from langcov.cli.showing import rendered, show
from langcov.core.files import check_target
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.filters.apply import Filtered, apply
from langcov.filters.recipe import load, recipes
from langcov.report.filters import records, view

FORMATS = ("table", "json", "csv", "md")
REFERENCES = ("rus_Cyrl", "eng_Latn")
"""Languages that are shown beside those of ``--lang``, where a corpus has them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which recipe, which text, what a document is, and how to show it."""
    actions = parser.add_subparsers(dest="action", metavar="advise|export")
    own = actions.add_parser("advise", help=filters_advise.PURPOSE, description=filters_advise.__doc__)
    filters_advise.add_arguments(own)
    own = actions.add_parser("export", help=filters_export.PURPOSE, description=filters_export.__doc__)
    filters_export.add_arguments(own)
    add = parser.add_argument
    add("--recipe", metavar="NAME", help=f"one of {', '.join(recipes())}, or a file .toml")
    add_judging(add)
    add_perturb(add, "what is kept of the same documents with")
    add_corpora(add)
    add_part(add)
    add_aligned(add)
    add_form(add)
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("-o", "--output", type=Path, metavar="FILE", help="write it here, not to standard output")
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Apply the recipe and show what it does, or do the action."""
    if args.action:
        return (filters_export if args.action == "export" else filters_advise).run(args)
    if not args.recipe:
        raise UserError(f"name a recipe: --recipe {', '.join(recipes())}; or a file .toml")
    recipe = load(args.recipe)
    if not args.corpus:
        raise UserError("name the text: --corpus CORPUS (bundled corpora are word tables, without documents)")
    reading = options(args)
    corpora = resolve(
        args.corpus,
        languages=several(args.lang),
        references=REFERENCES,
        aligned=args.aligned,
        options=reading,
    )
    if args.output:
        check_target(args.output, [source.path for corpus in corpora for source in corpus.sources])
    settings = judging(args, reading, several(args.perturb))
    try:
        done = apply(recipe, corpora, settings)
    finally:
        settings.progress.stop()
    shown = _shown(done, args)
    show(shown, args.output)
    return EXIT_DONE


def _shown(done: Filtered, args: argparse.Namespace) -> str:
    if args.format == "json":
        return records.as_json(done)
    if args.format == "csv":
        return records.as_csv(done)
    return rendered(args.format, view.sections(done), view.signature(done), output=args.output)
