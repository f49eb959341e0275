"""List the corpora that come with langcov, or condense text to a word table that can be shared."""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.corpora import ReadOptions, Summary, bundled_corpora, condense, resolve
from langcov.corpora.base import Corpus
from langcov.errors import UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of ``langcov corpora`` and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the corpora that need no download")
    one = actions.add_parser("condense", help="count the words of a corpus into a table")
    add = one.add_argument
    add(
        "corpus",
        nargs="+",
        metavar="CORPUS",
        help="a file, folder, glob or URL; or LANG=PATH, several of them",
    )
    add("-o", "--output", type=Path, required=True, metavar="X.words.tsv.zst", help="also .xz, .gz or plain")
    add("--lang", action="append", default=[], metavar="L", help="only these languages (repeat, or a,b,c)")
    add("--aligned", action="store_true", help="files without a card are aligned line by line")
    add("--normalize", choices=("none", "NFC", "NFKC", "NFD"), default="none", help="before counting")
    add("--max-lines", type=int, metavar="N", help="only the first N lines of each file")
    add("--encoding", default="utf-8", help="of text files (utf-8)")
    add("--encoding-errors", choices=("strict", "replace", "skip"), default="strict")
    add("--text-field", default="text", metavar="F", help="of JSONL and Parquet records (text)")


def run(args: argparse.Namespace) -> int:
    """Do the action; what it found goes to stdout."""
    if args.action == "list":
        for corpus in resolve(list(bundled_corpora())):
            print(_line(corpus))
        return EXIT_DONE
    if args.max_lines is not None and args.max_lines < 1:
        raise UserError("--max-lines must be 1 or more")
    options = ReadOptions(
        encoding=args.encoding,
        encoding_errors=args.encoding_errors,
        text_field=args.text_field,
        normalize=args.normalize,
        max_lines=args.max_lines,
    )
    wanted = [name for names in args.lang for name in names.split(",") if name]
    found = resolve(args.corpus, languages=wanted or None, aligned=args.aligned, options=options)
    if len(found) > 1:
        names = ", ".join(corpus.name for corpus in found)
        raise UserError(f"a table holds one corpus, but {len(found)} were named ({names}): use LANG=PATH")
    print(_report(condense(found[0], args.output, options), args.output))
    return EXIT_DONE


def _line(corpus: Corpus) -> str:
    count = len(corpus.languages)
    return (
        f"{corpus.name}\t{count} languages\taligned by {corpus.alignment}\t{corpus.licence}\t{corpus.source}"
    )


def _report(summary: Summary, path: Path) -> str:
    rows = sorted(summary.rows.values())
    span = f"{rows[0]}" if rows[0] == rows[-1] else f"{rows[0]} to {rows[-1]}"
    return (
        f"{path}: {len(rows)} languages of {span} rows, {summary.lines} lines, {summary.words} words; "
        f"{summary.changed_runs} runs of white space were changed"
    )
