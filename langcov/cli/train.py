"""Train a tokenizer for some languages, the most expensive of which shall be as cheap as can be.

Beside it, others of the same size are trained with the same text and usual shares, and all are compared on
lines that nothing was chosen by.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_aligned, add_corpora, add_form, options, positive
from langcov.cli.showing import rendered, show
from langcov.core.folders import check_folder
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.errors import UserError
from langcov.report.train import files
from langcov.report.train import view as views
from langcov.train.train import train
from langcov.train.trained import BALANCES, Settings, Trained

FORMATS = ("table", "md", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which languages, which text, how it is shared."""
    add = parser.add_argument_group("what is trained").add_argument
    add(
        "--languages",
        action="append",
        default=[],
        metavar="L",
        help="those of the corpora (repeat, or a,b,c)",
    )
    add("--vocab", type=_size, default=32000, metavar="N", help="pieces: 32000, 64k (32k)")
    add(
        "--balance",
        choices=BALANCES,
        default="premium",
        help="shares of the languages: searched, equal, by their text, or left to the parity-aware trainer "
        "of tokenizers (premium)",
    )
    add("--model", choices=("bpe", "unigram"), default="bpe", help="of SentencePiece (bpe)")
    add("--rounds", type=positive, default=8, metavar="N", help="of the search, at most (8)")
    add("--reference", default="", metavar="L", help="premiums are against it (eng, else rus)")
    add = parser.add_argument_group("text").add_argument
    add_corpora(add)
    add(
        "--dev",
        action="append",
        default=[],
        metavar="CORPUS",
        help="aligned text: shares are searched on half of it, premiums are of the other half",
    )
    add("--max-lines", type=positive, metavar="N", help="only the first N lines of each file")
    add_aligned(add)
    add_form(parser.add_argument_group("how text is read").add_argument)
    add = parser.add_argument_group("what comes out").add_argument
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="write the tokenizer and its card here; rounds that are there already are not made again",
    )
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Train, compare, show, write."""
    for name in ("corpus", "dev"):
        if not getattr(args, name):
            raise UserError(
                f"name {'text to train on' if name == 'corpus' else 'aligned text'} with --{name}"
            )
    if args.output:
        check_folder(args.output, files.MARKER)
    reading = options(args)
    corpora = resolve(args.corpus, options=reading)
    dev = resolve(args.dev, aligned=args.aligned, options=reading)
    settings = Settings(
        languages=several(args.languages),
        balance=args.balance,
        model=args.model,
        size=args.vocab,
        rounds=args.rounds,
        reference=args.reference,
        journal=files.begin(args.output) if args.output else None,
        options=reading,
        progress=choose(args.quiet),
    )
    try:
        found = train(corpora, dev, settings)
    finally:
        settings.progress.stop()
    if args.output:
        files.write(found, args.output)
    show(_shown(found, args), None)
    return EXIT_DONE


def _shown(found: Trained, args: argparse.Namespace) -> str:
    if args.format == "json":
        return files.as_json(found)
    return rendered(args.format, views.sections(found), views.signature(found))


def _size(text: str) -> int:
    """A number of pieces as 64000 or 64k, for argparse."""
    found = re.fullmatch(r"(\d{1,7})(k?)", text)
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of pieces like 64k")
    return int(found[1]) * (1000 if found[2] else 1)
