"""The table of languages, or one language in full with the source of each fact."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from langcov.cli.showing import show
from langcov.core.files import check_target
from langcov.core.ui import _
from langcov.errors import UserError
from langcov.languages import MODELS, Language, all_languages, find, lid_label, orthographies, sources
from langcov.report.languages import render
from langcov.report.languages.name import spoken_name
from langcov.report.languages.page import blocks, heading
from langcov.report.render.terminal import plain_console, without_trailing_space

FORMATS = ("table", "tsv", "json", "html")
WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", nargs="?", metavar="LANG", help="a code or a name: tat_Cyrl, tt, татарча")
    parser.add_argument("--format", choices=FORMATS, default="table", help="(table); html: of one language")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it here")


def run(args: argparse.Namespace) -> int:
    """Print the table, or one language in all its orthographies."""
    if args.output:
        check_target(args.output)
    show(_shown(args), args.output)
    return 0


def _shown(args: argparse.Namespace) -> str:
    if args.format == "html" and not args.language:
        raise UserError(
            "an HTML page is of one language: name it, as in: langcov languages tat --format html"
        )
    languages = orthographies(find(args.language)) if args.language else all_languages()
    if args.format == "json":
        facts = [dict(one.facts) for one in languages]
        full = [{"facts": dict(one.facts), "sources": sources(one)} for one in languages if args.language]
        return json.dumps(full or facts, ensure_ascii=False, indent=1) + "\n"
    if args.format == "tsv":
        rows = (languages[0].facts, *(one.facts.values() for one in languages))
        return "".join("\t".join(row) + "\n" for row in rows)
    if not args.language:
        return _overview(languages, None if args.output is None else False)
    title, page = heading(languages[0]), blocks(languages[0])
    if args.format == "html":
        return render.html(title, page)
    return render.terminal(title, page, color=None if args.output is None else False)


def _overview(languages: list[Language], color: bool | None) -> str:
    """All languages by family, a line each."""
    from rich.box import SIMPLE
    from rich.table import Table

    caption = _(
        "letters: beyond the base (Russian 33, Latin 26), or how many in all; ? not known. "
        "text: F FLORES+, U UDHR, C Common Voice. LID: labels known of {models} models. "
        "langcov languages LANG: one in full.",
        models=len(MODELS),
    )
    table = Table(box=SIMPLE, caption=caption, caption_justify="left", pad_edge=False, padding=(0, 1))
    table.add_column(_("language"), width=9, no_wrap=True)
    for header, width in ((_("name"), 23), (_("autonym"), 20), (_("letters"), 21)):
        table.add_column(header, max_width=width, overflow="fold")  # a narrow terminal takes of these
    table.add_column(_("text"), no_wrap=True)
    table.add_column("LID", no_wrap=True, justify="right")
    families: dict[str, list[Language]] = {}
    for language in languages:
        families.setdefault(language.family, []).append(language)
    for family, members in families.items():
        table.add_row(f"[bold]{len(members)}[/]", f"[bold]{_(family)}[/]")
        for language in members:
            table.add_row(*_line(language))
        table.add_section()
    console = plain_console(color, WIDTH if not sys.stdout.isatty() else None)
    console.width = min(console.width, WIDTH)
    with console.capture() as capture:
        console.print(table)
    return without_trailing_space(capture.get())


def _line(language: Language) -> tuple[str, ...]:
    facts = language.facts
    letters = facts["letters"].replace(" ", "") or "?"
    letters = _("(none)") if letters == "(none)" else letters
    if facts["letters"] and not facts["base"]:
        letters = _("{n} in all", n=len(facts["letters"].split()))
    texts = (("F", "flores_plus"), ("U", "udhr"), ("C", "common_voice"))
    held = "".join(mark if facts[column] else "·" for mark, column in texts)
    labels = sum(lid_label(language, model) is not None for model in MODELS)
    name = spoken_name(language)
    name = _("{name} (macro)", name=name) if language.scope else name
    return language.id, name, language.autonym, letters, held, str(labels or "–")
