"""The table of languages, or one language in full with the source of each fact."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from langcov.languages import (
    MODELS,
    Language,
    all_languages,
    alphabet,
    find,
    lid_label,
    orthographies,
    sources,
)

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", nargs="?", metavar="LANG", help="a code or a name: tat_Cyrl, tt, татарча")
    parser.add_argument("--format", choices=("table", "tsv", "json"), default="table", help="(table)")


def run(args: argparse.Namespace) -> int:
    """Print the table, or one language in all its orthographies."""
    languages = orthographies(find(args.language)) if args.language else all_languages()
    if args.format == "json":
        facts = [dict(one.facts) for one in languages]
        full = [{"facts": dict(one.facts), "sources": sources(one)} for one in languages if args.language]
        print(json.dumps(full or facts, ensure_ascii=False, indent=1))
    elif args.format == "tsv":
        print("\t".join(languages[0].facts))
        for language in languages:
            print("\t".join(language.facts.values()))
    elif args.language:
        _print(*map(_in_full, languages))
    else:
        _print(_overview(languages))
    return 0


def _print(*tables: Table) -> None:
    from rich.console import Console

    console = Console(soft_wrap=False)
    if console.width > WIDTH or not sys.stdout.isatty():
        console.width = WIDTH
    for table in tables:
        console.print(table)


def _overview(languages: list[Language]) -> Table:
    """All languages by family, a line each."""
    from rich.box import SIMPLE
    from rich.table import Table

    caption = (
        "letters: beyond the base (Russian 33, Latin 26), or how many in all; ? not known. "
        f"text: F FLORES+, U UDHR, C Common Voice. LID: labels known of {len(MODELS)} models. "
        "langcov languages LANG: one in full."
    )
    table = Table(box=SIMPLE, caption=caption, caption_justify="left", pad_edge=False, padding=(0, 1))
    for header, width in (("language", 9), ("name", 23), ("autonym", 20), ("letters", 21), ("text", 4)):
        table.add_column(header, width=width, overflow="fold")
    table.add_column("LID", width=3, justify="right")
    families: dict[str, list[Language]] = {}
    for language in languages:
        families.setdefault(language.family, []).append(language)
    for family, members in families.items():
        table.add_row(f"[bold]{len(members)}[/]", f"[bold]{family}[/]")
        for language in members:
            table.add_row(*_line(language))
        table.add_section()
    return table


def _line(language: Language) -> tuple[str, ...]:
    facts = language.facts
    letters = facts["letters"].replace(" ", "") or "?"
    if facts["letters"] and not facts["base"]:
        letters = f"{len(facts['letters'].split())} in all"
    texts = (("F", "flores_plus"), ("U", "udhr"), ("C", "common_voice"))
    held = "".join(mark if facts[column] else "·" for mark, column in texts)
    labels = sum(lid_label(language, model) is not None for model in MODELS)
    name = f"{language.name} (macro)" if language.scope else language.name
    return language.id, name, language.autonym, letters, held, str(labels or "–")


def _in_full(language: Language) -> Table:
    """Every known fact of a language with its source."""
    from rich.box import SIMPLE
    from rich.table import Table

    orthography = f", orthography {language.orthography}" if language.orthography else ""
    table = Table(
        box=SIMPLE,
        title=f"{language.name} ({language.id}){orthography}",
        title_justify="left",
        pad_edge=False,
    )
    for header, width in (("fact", 18), ("value", 38), ("source", 38)):
        table.add_column(header, width=width, overflow="fold")
    for column, source in sources(language).items():
        table.add_row(column.replace("_", " "), language.facts[column], source)
    letters = " ".join(alphabet(language))
    table.add_row("alphabet", letters or "not known", "base and letters, in both cases")
    others = [other.id for other in all_languages() if other.iso639_3 == language.iso639_3]
    if len(others) > 1:
        table.add_row("scripts", ", ".join(others), "this table")
    return table
