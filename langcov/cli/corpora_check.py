"""Check the text of a language, place by place: letters, marks, encoding, lines; exit code 1 on errors."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from langcov.cli import EXIT_DONE, EXIT_NO
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_where, positive, where
from langcov.cli.showing import show
from langcov.core import ui
from langcov.core.files import check_target, write_whole
from langcov.core.names import several
from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings, check_corpora, resolved
from langcov.hygiene.engine.letter_map import proposed
from langcov.hygiene.engine.report import Report
from langcov.report.hygiene import findings_json as hygiene_json
from langcov.report.hygiene import html as hygiene_html
from langcov.report.hygiene import markdown as hygiene_markdown
from langcov.report.hygiene import sarif as hygiene_sarif
from langcov.report.hygiene import terminal as hygiene_terminal

if TYPE_CHECKING:
    from langcov.filters.recipe import Recipe

PURPOSE = "find what is wrong with a text: letters, marks, encoding, lines"
FORMATS = ("terminal", "md", "json", "sarif", "html")
WORDS = 10  # of each check in a terminal or in Markdown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which text, what to look for, and how to show it."""
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="a file, folder, glob or URL; or LANG=PATH")
    add("--lang", metavar="L", help="the language that the text is in (of file names or corpus.toml)")
    add_checks(parser)
    add("--lid", action="append", metavar="SPEC", help="a model that names the language of lines; or none")
    add("--filters", metavar="NAME", help="tell what a published recipe would keep of the text")
    add("--recipe-files", type=Path, metavar="DIR", help="the recipe's own files (fetched once)")
    add("--format", choices=FORMATS, default="terminal", help="of the report (terminal)")
    add("-o", "--output", type=Path, metavar="FILE", help="write the report here, not to standard output")
    add("--save-letter-map", type=Path, metavar="FILE", help="write what the letters of a font may stand for")
    add("--max-shown", type=positive, metavar="N", help="words shown of each check (10; html: 2000 of all)")
    add("--quiet", action="store_true", help="no progress")


def add_checks(parser: argparse.ArgumentParser) -> None:
    """What to look for and how files are read, the same for ``check`` and ``fix``."""
    add = parser.add_argument
    add("--orthography", default="", metavar="O", help="another than the main one of the language")
    add("--only", action="append", default=[], metavar="ID", help="only these checks (repeat, or a,b,c)")
    add("--skip", action="append", default=[], metavar="ID", help="all but these checks (repeat, or a,b,c)")
    add("--exceptions", type=Path, metavar="FILE", help="what is accepted (langcov-exceptions.toml)")
    add("--letter-map", type=Path, metavar="FILE", help="a table of the letters of an old font")
    add("--encoding", default="utf-8", help="of text files (utf-8)")
    add_where(add)


def settings(args: argparse.Namespace) -> Settings:
    """What these options say."""
    return Settings(
        orthography=args.orthography,
        only=several(args.only),
        skip=several(args.skip),
        exceptions=args.exceptions,
        letter_map=args.letter_map,
        options=ReadOptions(encoding=args.encoding, **where(args)),
        progress=choose(args.quiet),
    )


def run(args: argparse.Namespace) -> int:
    """Check, show, and say by the exit code whether there are errors."""
    what = settings(args)
    targets = [target for target in (args.output, args.save_letter_map) if target]
    if targets:
        corpora = resolved(args.paths, args.lang, what.options)
        for target in targets:
            check_target(target, [source.path for corpus in corpora for source in corpus.sources])
    if args.lid:
        what.models = [spec for spec in args.lid if spec != "none"]
    recipe = _recipe(args)
    try:
        reports = check_corpora(args.paths, args.lang, what)
        if recipe:
            reports = _with_filters(reports, recipe, args, what)
    finally:
        what.progress.stop()
    if args.format in ("json", "sarif"):
        ui.use(args.ui or "en")  # programs read it
    shown = _rendered(reports, args)
    show(shown, args.output)
    if args.save_letter_map:
        letters = proposed(finding.issue for report in reports for finding in report.findings)
        if not letters:
            raise UserError(
                f"{args.save_letter_map} was not written: no letter of a legacy font could be told"
            )
        write_whole(args.save_letter_map, letters.encode())
    if empty := [file for report in reports for file in report.files if not file.words]:
        raise UserError(
            f"{empty[0].file} holds no text (lines read: {empty[0].lines}): nothing was checked in it"
        )
    return EXIT_NO if any(report.verdict == "errors" for report in reports) else EXIT_DONE


def _recipe(args: argparse.Namespace) -> Recipe | None:
    """The recipe that is asked for, before anything is read."""
    if args.filters and args.format in ("json", "sarif"):
        raise UserError(
            "--filters is told in a report for people (terminal, md, html): langcov filters --format json "
            "has its figures"
        )
    if not args.filters:
        return None
    from langcov.filters.recipe import load  # not above: a check without it is not to wait

    recipe = load(args.filters)
    recipe.installed()
    return recipe


def _with_filters(
    reports: list[Report], recipe: Recipe, args: argparse.Namespace, what: Settings
) -> list[Report]:
    """The reports, with what a recipe would keep beside them."""
    from langcov.filters.apply import FilterSettings, apply  # not above: as of ``_recipe``
    from langcov.report.filters.sentences import sentences

    corpora = resolved(args.paths, args.lang, what.options)
    settings = FilterSettings(args.recipe_files, options=what.options, progress=what.progress)
    done = apply(recipe, corpora, settings)
    return [replace(report, beside=sentences(done, report.language)) for report in reports]


def _rendered(reports: list[Report], args: argparse.Namespace) -> str:
    words = args.max_shown or WORDS
    if args.format == "md":
        return hygiene_markdown.render(*reports, max_shown=words)
    if args.format == "terminal":
        return hygiene_terminal.render(
            *reports, color=False if args.output else None, width=None, max_shown=words
        )
    if args.format == "html":
        return hygiene_html.render(*reports, max_shown=args.max_shown)
    return {"json": hygiene_json, "sarif": hygiene_sarif}[args.format].render(*reports)
