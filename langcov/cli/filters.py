"""What a published recipe of filters does to clean text: which step removes how many documents, and why."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from langcov.cli import EXIT_DONE, filters_advise
from langcov.cli.measuring import add_perturb
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_aligned, add_corpora, add_form, add_part, options, positive
from langcov.core.files import check_target, write_whole
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.filters.apply import Filtered, FilterSettings, apply
from langcov.filters.recipe import load, recipes
from langcov.report.filters import records, view
from langcov.report.render import markdown, terminal

FORMATS = ("table", "json", "csv", "md")
REFERENCES = ("rus_Cyrl", "eng_Latn")
"""Languages that are shown beside those of ``--lang``, where a corpus has them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which recipe, which text, what a document is, and how to show it."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    own = actions.add_parser("advise", help=filters_advise.PURPOSE, description=filters_advise.__doc__)
    filters_advise.add_arguments(own)
    add = parser.add_argument
    add("--recipe", metavar="|".join(recipes()), help="a published recipe, or a file .toml")
    add("--recipe-files", type=Path, metavar="DIR", help="the recipe's own files (fetched once)")
    add(
        "--strict", action="store_true", help="judge nothing with a word tokenizer that stands in for another"
    )
    add("--words", type=positive, default=100, metavar="N", help="of a run of lines that is a document (100)")
    add("--max-documents", type=positive, metavar="N", help="only the first N documents of each language")
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
        return filters_advise.run(args)
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
    settings = FilterSettings(
        folder=args.recipe_files,
        strict=args.strict,
        words=args.words,
        most=args.max_documents,
        perturbations=several(args.perturb),
        options=reading,
        progress=choose(args.quiet),
    )
    try:
        done = apply(recipe, corpora, settings)
    finally:
        settings.progress.stop()
    shown = _shown(done, args)
    if args.output:
        write_whole(args.output, shown.encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.write(shown)
    return EXIT_DONE


def _shown(done: Filtered, args: argparse.Namespace) -> str:
    if args.format == "json":
        return records.as_json(done)
    if args.format == "csv":
        return records.as_csv(done)
    if args.format == "md":
        return markdown.render(view.sections(done), view.signature(done))
    color = None if args.output is None else False
    return terminal.render(view.sections(done), view.signature(done), color=color, width=None)
