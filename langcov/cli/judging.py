"""What commands that apply a recipe of filters share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from langcov.cli.progress_bar import choose
from langcov.cli.reading_options import positive
from langcov.corpora import ReadOptions
from langcov.filters.apply import FilterSettings
from langcov.lid import load


def add_judging(add: Callable[..., Any]) -> None:
    """How documents are made and judged."""
    add("--recipe-files", type=Path, metavar="DIR", help="the recipe's own files (fetched once)")
    add(
        "--strict", action="store_true", help="judge nothing with a word tokenizer that stands in for another"
    )
    add("--lid", metavar="SPEC", help="a language-ID model, for steps that need one")
    add("--words", type=positive, default=100, metavar="N", help="of a run of lines that is a document (100)")
    add("--max-documents", type=positive, metavar="N", help="only the first N documents of each language")


def judging(
    args: argparse.Namespace, reading: ReadOptions, perturbations: Sequence[str] = ()
) -> FilterSettings:
    """What those options say."""
    return FilterSettings(
        folder=args.recipe_files,
        strict=args.strict,
        lid=load(args.lid) if args.lid else None,
        words=args.words,
        most=args.max_documents,
        perturbations=perturbations,
        options=reading,
        progress=choose(args.quiet),
    )
