"""Do token boundaries lie where morphemes meet? Precision, recall and F1, beside as many random cuts.

A list of divided words is CoNLL-U with segmentations in FEATS or MISC, SIGMORPHON (word TAB a @@b),
UniMorph with segments, or a table of words and segmentations.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_encoding
from langcov.cli.showing import rendered, show
from langcov.core.files import check_target
from langcov.core.names import several
from langcov.core.work import Progress
from langcov.corpora.base import ReadOptions
from langcov.corpora.readers.streams import bare
from langcov.errors import UserError
from langcov.languages import find
from langcov.morphology.analysed import analysed
from langcov.morphology.gold import Gold, Quality, gold_of
from langcov.morphology.measure import Measured, measure
from langcov.morphology.rows import KEYS, SEPARATORS, rows_of
from langcov.report.morphology import records, view
from langcov.tokenizers import System, bundled_names, load

FORMATS = ("table", "md", "json", "html")
TITLE = "Token boundaries and morphemes, measured by langcov"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which tokenizers, which lists, and how they are read."""
    add = parser.add_argument
    add("specs", nargs="*", metavar="SPEC", help="a tokenizer, as of langcov tokenizers (the bundled ones)")
    lists = parser.add_argument_group("lists of divided words").add_argument
    lists("--gold", action="append", default=[], metavar="[LANG=]FILE", help="that people divided")
    lists("--silver", action="append", default=[], metavar="[LANG=]FILE", help="that a program divided")
    lists(
        "--analyse",
        action="append",
        default=[],
        metavar="LANG=FILE",
        help="a text whose words are divided here, by uniparser: udm, kpv, mhr, myv, mdf, oss (silver)",
    )
    lists(
        "--canonical",
        choices=("align", "skip"),
        default="align",
        help="words that their morphemes spell but for some letters (align)",
    )
    lists("--key", action="append", default=[], metavar="K", help=f"of CoNLL-U ({', '.join(KEYS)})")
    lists(
        "--separators",
        default=SEPARATORS,
        metavar="SIGNS",
        help=f"between morphemes in tables ({SEPARATORS})",
    )
    add_encoding(lists)
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("-o", "--output", type=Path, metavar="FILE", help="write it here, not to standard output")
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Read the lists, measure, show."""
    if not (args.gold or args.silver or args.analyse):
        raise UserError("name a list of divided words: --gold FILE, or --silver FILE, or --analyse LANG=FILE")
    named = [*_named(args.gold), *_named(args.silver), *_named(args.analyse)]
    if args.output:
        check_target(args.output, [path for _, path in named])
    systems = [load(spec) for spec in args.specs or bundled_names()]
    if len({system.name for system in systems}) < len(systems):
        raise UserError("two tokenizers have one name: label them, as in NAME=SPEC")
    progress = choose(args.quiet)
    try:
        golds = list(_golds(args, progress))
        found = measure(systems, golds, progress)
    finally:
        progress.stop()
    show(_shown(systems, golds, found, args), args.output)
    return EXIT_DONE


def _named(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The language, or nothing, and the path of each ``LANG=PATH``."""
    for one in given:
        language, sign, path = one.partition("=")
        yield (find(language).id, path) if sign and not Path(one).exists() else ("", one)


def _golds(args: argparse.Namespace, progress: Progress) -> Iterator[Gold]:
    keys = several(args.key) or KEYS
    reading = ReadOptions(encoding=args.encoding, encoding_errors=args.encoding_errors)
    lists: list[tuple[Quality, Sequence[str]]] = [("gold", args.gold), ("silver", args.silver)]
    for quality, given in lists:
        for language, path in _named(given):
            rows = rows_of(path, args.separators, keys, reading)
            yield gold_of(rows, _name(path), language, quality, args.canonical)
    for language, path in _named(args.analyse):
        if not language:
            raise UserError(f"--analyse {path}: name the language, as in udm={path}")
        yield gold_of(
            analysed(path, language, reading, progress), _name(path), language, "silver", args.canonical
        )


def _name(path: str) -> str:
    """What a list is called: its file, without endings."""
    return Path(bare(path)).stem


def _shown(
    systems: Sequence[System], golds: Sequence[Gold], found: Sequence[Measured], args: argparse.Namespace
) -> str:
    if args.format == "json":
        return records.as_json(systems, golds, found)
    sections, signature = view.sections(golds, found), records.signature(systems, golds)
    return rendered(args.format, sections, signature, output=args.output, title=TITLE)
