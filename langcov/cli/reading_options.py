"""Options that say which text is read and how, the same in every command that reads some."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from langcov.core.names import bytes_in, size_of
from langcov.corpora.base import MAX_LINE, ReadOptions


def add_corpora(add: Callable[..., Any]) -> None:
    """``--corpus``; several make several corpora."""
    add(
        "--corpus",
        action="append",
        default=[],
        metavar="CORPUS",
        help="a bundled name (udhr), a file, folder, pattern or URL; all LANG=PATH make one corpus",
    )


def add_part(add: Callable[..., Any]) -> None:
    """``--lang`` and ``--max-lines``: how much of a corpus."""
    add("--lang", action="append", default=[], metavar="L", help="only these languages (repeat, or a,b,c)")
    add("--max-lines", type=positive, metavar="N", help="only the first N lines of each file")


def add_aligned(add: Callable[..., Any]) -> None:
    add("--aligned", action="store_true", help="files without a card are aligned line by line")


def add_encoding(add: Callable[..., Any]) -> None:
    """``--encoding`` and ``--encoding-errors``."""
    add("--encoding", default="utf-8", help="of text files (utf-8)")
    add(
        "--encoding-errors",
        choices=("strict", "replace", "skip"),
        default="strict",
        help="lines that are not valid: refuse the file, put U+FFFD, or leave the line out (strict)",
    )


def add_form(add: Callable[..., Any]) -> None:
    """``--encoding`` and what else is needed to make text of bytes."""
    add_encoding(add)
    add_where(add)
    add(
        "--normalize",
        choices=("none", "NFC", "NFKC", "NFD"),
        default="none",
        help="before it is counted (none)",
    )


def add_where(add: Callable[..., Any]) -> None:
    """``--text-field`` and the like: where the text is in a file that holds more."""
    add(
        "--text-field",
        default="text",
        metavar="F",
        help="of JSONL and Parquet records (text), or a path: translation.tt",
    )
    add("--null", choices=("error", "skip"), default="error", help="records whose text is null (error)")
    add(
        "--text-column",
        type=column,
        metavar="NAME|N",
        help="of tables (TSV, CSV): a name of the header, or a number from 1 (sentence, text, …)",
    )
    add(
        "--lang-field",
        metavar="F",
        help="of JSONL and Parquet in several languages: what names each record's",
    )
    add(
        "--lang-column",
        type=column,
        metavar="NAME|N",
        help="of tables in several languages: what names each row's",
    )
    add(
        "--delimiter",
        metavar="C",
        help="between the cells of tables (CSV: , ; or TAB as they show; TSV: TAB)",
    )
    add("--sheet", type=column, metavar="NAME|N", help="of spreadsheets: its name, or a number from 1")
    add(
        "--tier",
        action="append",
        default=[],
        metavar="T",
        help="of ELAN and Praat, repeat for several; of Toolbox the field, of FLEx the writing system",
    )
    add(
        "--max-line",
        type=size,
        default=MAX_LINE,
        metavar="SIZE",
        help=f"refuse longer lines ({size_of(MAX_LINE)}): memory grows with the longest",
    )


def options(args: argparse.Namespace) -> ReadOptions:
    """What these options say to a reader."""
    return ReadOptions(
        encoding=args.encoding,
        encoding_errors=args.encoding_errors,
        **where(args),
        normalize=args.normalize,
        max_lines=args.max_lines,
    )


def where(args: argparse.Namespace) -> dict[str, Any]:
    """What the options of ``add_where`` say to a reader."""
    return {
        name: getattr(args, name)
        for name in (
            *("text_field", "null", "text_column", "lang_field", "lang_column", "delimiter", "sheet", "tier"),
            "max_line",
        )
    }


def column(text: str) -> str | int:
    """A column by its name or its number, for argparse."""
    return positive(text) if text.isdigit() else text


def size(text: str) -> int:
    """A size as 64MB, in bytes, for argparse."""
    try:
        return bytes_in(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no size like 64MB") from None


def positive(text: str) -> int:
    """A whole number from 1 up, for argparse."""
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return value
