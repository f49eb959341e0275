"""Look through vocabularies: pieces that no text has, whose language uses which, what letters lack.

With no --corpus the bundled word tables say which pieces a language uses.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from langcov.audit.audit import Audit, audit
from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import add_corpora, add_form, add_part, options
from langcov.cli.showing import rendered, show
from langcov.core.files import check_target
from langcov.core.names import several
from langcov.corpora import best_bundled, resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.corpora.resolve import all_bundled
from langcov.errors import UserError
from langcov.report.audit import records, view
from langcov.tokenizers import load

FORMATS = ("table", "md", "json", "html")
TITLE = "Vocabularies, audited by langcov"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose vocabulary, on which text, and how to show what is found."""
    add = parser.add_argument
    add("specs", nargs="+", metavar="SPEC", help="a tokenizer, as of langcov tokenizers")
    add_corpora(add)
    add_part(add)
    add_form(add)
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("-o", "--output", type=Path, metavar="FILE", help="write it here, not to standard output")
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Audit each vocabulary and show what is found."""
    reading = options(args)
    corpora, languages = _corpora(args, reading)
    if args.output:
        check_target(args.output, [source.path for corpus in corpora for source in corpus.sources])
    systems = [load(spec) for spec in args.specs]
    if len({system.name for system in systems}) < len(systems):
        raise UserError("two tokenizers have one name: label them, as in NAME=SPEC")
    progress = choose(args.quiet)
    try:
        found = [audit(system, corpora, languages, reading, progress) for system in systems]
    finally:
        progress.stop()
    show(_shown(found, args), args.output)
    return EXIT_DONE


def _corpora(args: argparse.Namespace, reading: ReadOptions) -> tuple[Sequence[Corpus], set[str]]:
    """All text, and the languages to tell of: those that were named, else those of the corpora, else all.

    A language whose text is not named is counted in the bundled word table that tells most of it: a piece is
    a language's own only beside the others.
    """
    languages = several(args.lang)
    named = resolve(args.corpus, languages=languages, options=reading) if args.corpus else []
    every = sorted({language for corpus in all_bundled() for language in corpus.languages})
    own = {source.language for corpus in named for source in corpus.sources}
    others = best_bundled([language for language in every if language not in own])
    asked = best_bundled(languages).where if languages and not named else {}
    return [*named, *others.corpora], own or {name for name, corpus in asked.items() if corpus} or set(every)


def _shown(found: Sequence[Audit], args: argparse.Namespace) -> str:
    if args.format == "json":
        return records.as_json(found)
    sections, signature = [view.section(one) for one in found], records.signature(found)
    return rendered(args.format, sections, signature, output=args.output, title=TITLE)
