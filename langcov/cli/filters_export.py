"""Alphabets, ranges of letters and stop words of languages as files, with their sources and licences."""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.core.files import write_text
from langcov.errors import UserError
from langcov.filters.export import Export, exports
from langcov.languages import all_languages

PURPOSE = "alphabets and stop words as files for other pipelines"
ALL = "all"
SOURCES = "SOURCES.tsv"
COLUMNS = ("file", "language", "kind", "lines", "source", "licence", "note")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which languages, and where to."""
    add = parser.add_argument
    add("languages", nargs="+", metavar="LANG|all", help="codes or names: tat_Cyrl, tt, татарча")
    add(
        "--cover",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="stop words for so large a share of a text",
    )
    add("-o", "--output", type=Path, required=True, metavar="DIR", help="a new or empty folder")


def run(args: argparse.Namespace) -> int:
    """Write a folder of each kind, and a table of sources."""
    folder: Path = args.output
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder}: is not empty: name a new folder, nothing is written over")
    wanted = [one.id for one in all_languages()] if args.languages == [ALL] else args.languages
    found = list(exports(wanted, args.cover))
    for one in found:
        if one.lines:
            target = folder / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            write_text(target, "".join(f"{line}\n" for line in one.lines))
    rows = ["\t".join(COLUMNS), *map(_row, found)]
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / SOURCES, "".join(f"{row}\n" for row in rows))
    return EXIT_DONE


def _row(one: Export) -> str:
    file = one.path if one.lines else ""
    return "\t".join((file, one.language, one.kind, str(len(one.lines)), one.source, one.licence, one.note))


def _share(text: str) -> float:
    """For argparse."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return number
