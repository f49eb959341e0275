"""Pieces that a tokenizer lacks: which would save languages most, tested by really adding them.

They are learned on half of the text and tested on the other half. With -o the tokenizer that has them is
written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_aligned, add_corpora, add_form, options, positive
from langcov.cli.showing import rendered, show
from langcov.core.folders import check_folder
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.extend.advise import USUALLY, Advice, Settings, advise
from langcov.report.extend import files
from langcov.report.extend import view as views

FORMATS = ("table", "md", "json", "tsv")
NOBODY = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which tokenizer, for which languages, on which text."""
    parser.add_argument("spec", metavar="SPEC", help="spm:FILE.model, hf:FILE.json or tiktoken:FILE")
    add = parser.add_argument_group("what is added").add_argument
    add("--add", type=positive, default=1000, metavar="N", help="new pieces, at most (1000)")
    add(
        "--languages",
        action="append",
        default=[],
        metavar="L",
        help="that they are for (those of the corpora but the protected; repeat, or a,b,c)",
    )
    add(
        "--protect",
        action="append",
        default=[],
        metavar="L",
        help="languages whose words keep their ids (rus and eng), or none",
    )
    add("--keep-size", action="store_true", help="new pieces take ids that no text here uses")
    add("--trim", action="store_true", help="mark pieces that no text here has as unused (spm)")
    add(
        "--first-id", type=positive, metavar="N", help="of the new pieces, if a file of ranks doesn't tell it"
    )
    add = parser.add_argument_group("text").add_argument
    add_corpora(add)
    add(
        "--held-out",
        action="append",
        default=[],
        metavar="CORPUS",
        help="test on it, and learn on all of --corpus",
    )
    add(
        "--leave-out",
        action="append",
        default=[],
        metavar="NAME",
        help="a bundled corpus whose words don't protect, as it is tested on",
    )
    add("--max-lines", type=positive, metavar="N", help="only the first N lines of each file")
    add_aligned(add)
    add_form(parser.add_argument_group("how text is read").add_argument)
    add = parser.add_argument_group("what comes out").add_argument
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("-o", "--output", type=Path, metavar="DIR", help="write the tokenizer, its pieces and a card here")
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Advise, test, show, write."""
    if not args.corpus:
        raise UserError("name the text that pieces are learned on with --corpus")
    if args.output:
        check_folder(args.output, files.MARKER)
    reading = options(args)
    corpora = resolve(args.corpus, aligned=args.aligned, options=reading)
    held_out = resolve(args.held_out, aligned=args.aligned, options=reading) if args.held_out else []
    protect = several(args.protect) or list(USUALLY)
    settings = Settings(
        languages=several(args.languages),
        add=args.add,
        protect=[] if protect == [NOBODY] else protect,
        leave_out=several(args.leave_out),
        keep_size=args.keep_size,
        trim=args.trim,
        first_id=args.first_id,
        held_out=held_out,
        options=reading,
        progress=choose(args.quiet),
    )
    try:
        found = advise(args.spec, corpora, settings)
    finally:
        settings.progress.stop()
    if args.output:
        files.write(found, args.output)
    show(_shown(found, args), None)
    return EXIT_DONE


def _shown(found: Advice, args: argparse.Namespace) -> str:
    if args.format == "json":
        return files.as_json(found)
    if args.format == "tsv":
        return files.pieces(found)
    return rendered(args.format, views.sections(found), views.signature(found))
