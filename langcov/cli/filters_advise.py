"""Stop words and numbers with which a recipe would keep a language, tested on other text."""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.judging import add_judging, judging
from langcov.cli.reading_options import add_aligned, add_corpora, add_form, options, positive
from langcov.cli.showing import rendered, show
from langcov.core.files import check_target
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.filters.advise import Advice, advise
from langcov.filters.recipe import load, recipes
from langcov.languages import find
from langcov.report.filters import advice as views
from langcov.report.filters import files

PURPOSE = "stop words and numbers with which a recipe would keep a language"
FILES = {
    "yaml": files.as_yaml,
    "opuscleaner": files.as_opuscleaner,
    "ranges": files.as_ranges,
    "toml": files.as_toml,
}
"""Formats that a pipeline reads."""
FORMATS = ("table", "md", "json", *FILES)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which language and recipe, and on which text the advice is tested."""
    add = parser.add_argument
    add("language", metavar="LANG", help="a code or a name: tat_Cyrl, tt, татарча")
    add(
        "--recipe",
        default="fineweb-2",
        metavar="|".join(recipes()),
        help="with stop words, or numbers for --clean (fineweb-2)",
    )
    add_judging(add)
    add(
        "--leave-out",
        action="append",
        default=[],
        metavar="NAME",
        help="a bundled corpus that is no source, beside those that a corpus is named after",
    )
    add(
        "--clean",
        action="append",
        default=[],
        metavar="CORPUS",
        help="clean text in the language, other than --corpus: 99 of 100 documents are to pass each number",
    )
    add_corpora(add)
    add("--max-lines", type=positive, metavar="N", help="only the first N lines of each file")
    add_aligned(add)
    add_form(add)
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("-o", "--output", type=Path, metavar="FILE", help="write it here, not to standard output")
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Advise, test, show."""
    recipe, language, reading = load(args.recipe), find(args.language).id, options(args)
    corpora = resolve(args.corpus, aligned=args.aligned, options=reading)
    clean = resolve(args.clean, languages=[language], options=reading) if args.clean else []
    if args.output:
        check_target(args.output, [source.path for corpus in (*corpora, *clean) for source in corpus.sources])
    settings = judging(args, reading)
    try:
        found = advise(recipe, language, corpora, settings, several(args.leave_out), clean)
    finally:
        settings.progress.stop()
    shown = _shown(found, args)
    show(shown, args.output)
    return EXIT_DONE


def _shown(found: Advice, args: argparse.Namespace) -> str:
    if args.format == "json":
        return views.as_json(found)
    if args.format in FILES:
        return FILES[args.format](found)
    return rendered(args.format, views.sections(found), views.signature(found), output=args.output)
