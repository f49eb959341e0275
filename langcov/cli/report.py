"""Show saved results in any format: what the command that measured them printed, or could have.

Several results stand one after another; in CSV their records stand under one heading, an HTML page
compares two, and a site has a page for each language, tokenizer and language-ID model of many.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.cli.showing import show
from langcov.core.files import check_target
from langcov.core.folders import check_folder
from langcov.errors import UserError
from langcov.report import VIEWS, formats, render_all
from langcov.results.rows import rows_path
from langcov.results.saved import load, with_rows

ENDINGS = {**VIEWS, ".txt": "table", ".json": "json"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "results", type=Path, nargs="+", metavar="RESULT.json", help="a result written by -o, .json.xz too"
    )
    add = parser.add_argument
    add("--format", choices=tuple(formats()), help="of what is shown (as FILE ends, else table)")
    add("-o", "--output", type=Path, metavar="FILE", help=f"write it here: {', '.join(ENDINGS)}")
    add("--site", type=Path, metavar="DIR", help="write pages here: of each language, tokenizer and model")
    add("--csv-raw", action="store_true", help="leave text in CSV that a spreadsheet may take for a formula")


def run(args: argparse.Namespace) -> int:
    """Read all results, then show them."""
    if args.site:
        return _write_site(args)
    format = args.format or _format_of(args.output)
    if args.output:
        check_target(args.output, map(str, [*args.results, *map(rows_path, args.results)]))
    results = {str(path): load(path) for path in args.results}
    if format == "html" and len(results) == 2:  # they are compared row by row
        results = {path: with_rows(result, path) for path, result in results.items()}
    shown = render_all(results, format, color=False if args.output else None, csv_raw=args.csv_raw)
    show(shown, args.output)
    return EXIT_DONE


def _write_site(args: argparse.Namespace) -> int:
    from langcov.report import site  # a table needs none of it

    if args.format or args.output or args.csv_raw:
        raise UserError("--site writes a folder of pages: leave out --format, -o and --csv-raw")
    check_folder(args.site, site.MARKER)
    progress = choose(quiet=False)
    try:
        progress.start(len(args.results))
        results = []
        for path in args.results:
            results.append(load(path))
            progress.finish(str(path))
        site.write(results, args.site, progress)
    finally:
        progress.stop()
    return EXIT_DONE


def _format_of(output: Path | None) -> str:
    """The format that the ending of a file asks for."""
    if output is None:
        return "table"
    if output.suffix.lower() not in ENDINGS:
        raise UserError(f"{output}: no known ending ({', '.join(ENDINGS)}): name one, or give --format")
    return ENDINGS[output.suffix.lower()]
