"""See whether the card of a corpus is right and ready for a submission, or export it as a dataset card.

Exits with 1 if the card has errors, or if a submission needs more than it says.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langcov.cli import EXIT_DONE, EXIT_NO
from langcov.core import toml
from langcov.core.files import check_target, write_whole
from langcov.core.names import visible
from langcov.core.ui import _, plural
from langcov.corpora import resolve
from langcov.corpora.card.against_files import Survey, survey
from langcov.corpora.card.card import CARD
from langcov.corpora.card.schema import missing, problems
from langcov.errors import UserError
from langcov.report.languages.name import language_name

PURPOSE = "see whether a card is right and ready for a submission, export it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("path", type=Path, metavar="PATH", help="a folder with a corpus.toml, or the file itself")
    add("--format", choices=("text", "hf"), default="text", help="a report, or a Hugging Face dataset card")
    add("-o", "--output", type=Path, metavar="README.md", help="write it to a file")


def run(args: argparse.Namespace) -> int:
    """Report on the card, or export it."""
    path = args.path if args.path.name == CARD else args.path / CARD
    if not path.exists():
        raise UserError(f"{path}: no such card; 'langcov corpora new {path.parent}' makes one")
    if args.output:
        check_target(args.output)
    card = toml.read(path)
    wrong = list(problems(card))
    found = Survey() if wrong else survey(path.parent, card)
    wrong += found.problems
    lacks = [] if wrong else [*_lacking(card), *found.lacks]
    if args.format == "hf" and not wrong:
        _put(_exported(path.parent, card, found.entries), args.output)
        return EXIT_DONE
    report = _report(path, card, found, wrong, lacks)
    if args.format == "hf":
        print(report, file=sys.stderr)
    else:
        _put(report, args.output)
    return EXIT_NO if wrong or lacks else EXIT_DONE


def _lacking(card: Mapping[str, Any]) -> list[str]:
    """What a submission needs that the card doesn't say, each with what it is for and an example."""
    lines = []
    for field, languages in missing(card):
        place = _("{field} of {languages}", field=field.name, languages=", ".join(languages))
        line = f"{place if languages else field.name}: {_(field.why)}"
        lines.append(
            f"{line} {_('For example: {example}', example=field.said_example)}" if field.example else line
        )
    return lines


def _exported(folder: Path, card: Mapping[str, Any], entries: Mapping[str, int]) -> str:
    from langcov.report.dataset_card import dataset_card

    [corpus] = resolve([f"{folder}/"])  # the slash: no bundled corpus of that name
    return dataset_card(card, corpus, folder, entries)


def _put(text: str, output: Path | None) -> None:
    if output:
        write_whole(output, (text.rstrip("\n") + "\n").encode())
    else:
        print(text.rstrip("\n"))


def _report(
    path: Path, card: Mapping[str, Any], found: Survey, wrong: Sequence[str], lacks: Sequence[str]
) -> str:
    name = card.get("name")
    parts = [visible(f"{path}: {name}" if isinstance(name, str) else path)]
    for id, entries in found.entries.items():
        size = plural("{n} line", "{n} lines", entries)
        if id in found.counted:
            size = plural("{n} count of a word in a row", "{n} counts of words in rows", entries)
        parts.append(f"  {id}  {language_name(id)}, {size}")
    for title, lines in (
        (_("Errors:"), wrong),
        (_("Missing for a submission:"), lacks),
        (_("To know:"), found.notes),
    ):
        if lines:
            parts += ["", title, *(f"  {visible(line)}" for line in lines)]
    return "\n".join([*parts, "", _verdict(bool(wrong), bool(lacks))])


def _verdict(wrong: bool, lacks: bool) -> str:
    if wrong:
        return _("The card has errors: fix them in the file, then run this again.")
    if lacks:
        return _("The card is right, but a submission needs more.")
    return _("The card is right and ready for a submission.")
