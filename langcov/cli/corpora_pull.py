"""Fetch open corpora into the cache, so that they can be named like those that come with langcov."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from langcov.cli import EXIT_DONE
from langcov.cli.progress_bar import choose
from langcov.core.composed import tell
from langcov.core.files import VARIABLE, cache_folder
from langcov.core.names import several
from langcov.core.ui import _, plural
from langcov.corpora.pull.catalogue import Entry, find_entry, load_catalogue
from langcov.corpora.pull.pull import Pulled, Store, pull
from langcov.errors import MissingLibrary, UserError

PURPOSE = "fetch open corpora (UDHR, NTREX-128, Common Voice, UD, GATITOS, NLLB Seed)"
MIRROR = "LANGCOV_MIRROR"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which corpora, and from and to where."""
    add = parser.add_argument
    add("names", nargs="+", metavar="NAME", help="of the corpus; 'langcov corpora list' shows them")
    add("--lang", action="append", default=[], metavar="L", help="only these languages (repeat, or a,b,c)")
    add("--offline", action="store_true", help="fetch nothing: only check and describe what is in the cache")
    add("--mirror", metavar="URL", help=f"fetch from here, paths as in the catalogue (or {MIRROR})")
    add("--cache", type=Path, metavar="DIR", help=f"folder for what is fetched (or {VARIABLE})")
    add("--catalogue", type=Path, metavar="FILE", help="a catalogue of your own, as corpora/catalogue.toml")
    add("--timeout", type=_seconds, default=30.0, metavar="S", help="seconds without a byte (30)")
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Pull one corpus after another."""
    catalogue = load_catalogue(args.catalogue)
    entries = [find_entry(name, catalogue) for name in dict.fromkeys(args.names)]
    cache = args.cache or cache_folder()
    if cache is None:
        raise MissingLibrary("pooch", "pull", _("pulling a corpus"))
    store = Store(
        cache.absolute(),
        _url(args.mirror or os.environ.get(MIRROR)),
        args.offline,
        args.timeout,
        waiting=lambda: tell(_("another langcov pulls into {cache}: waiting", cache=cache)),
    )
    for entry in entries:
        progress = choose(args.quiet)
        try:
            pulled = pull(entry, store, several(args.lang), progress)
        finally:
            progress.stop()
        print("\n".join(_told(entry, pulled, known=cache_folder() == cache)), flush=True)
    return EXIT_DONE


def _told(entry: Entry, pulled: Pulled, known: bool) -> list[str]:
    """What is here now, whose it is, and how sure it is that it is the right text."""
    card = entry.card
    lines = [
        _("{name}: {title}", name=entry.name, title=_(entry.title)),
        plural(
            "{n} language in {folder}",
            "{n} languages in {folder}",
            len(pulled.languages),
            folder=pulled.folder,
        ),
        _("Licence: {licence}. Source: {source}.", licence=card["licence"], source=card["source"]),
        _("Cite: {cite}.", cite=card["cite"]),
        *_sureness(pulled),
        _("Use it: langcov tokenizers --corpus {name}", name=entry.name if known else pulled.folder),
    ]
    return [lines[0], *(f"  {line}" for line in lines[1:])]


def _sureness(pulled: Pulled) -> list[str]:
    """Of how much a sha256 was known beforehand."""
    whole = sum(file.sha256 is not None and file.lines is None for file in pulled.files)
    begun = sum(file.lines is not None for file in pulled.files)
    unknown = sum(file.sha256 is None for file in pulled.files)
    told = {
        plural(
            "{n} file has the sha256 of the catalogue.", "{n} files have the sha256 of the catalogue.", whole
        ): whole,
        plural(
            "The first lines of {n} file have the sha256 of the catalogue; the rest is as it first was.",
            "The first lines of {n} files have the sha256 of the catalogue; the rest is as it first was.",
            begun,
        ): begun,
        plural(
            "No sha256 is known of {n} file: the pinned commit was trusted, it is as it first was.",
            "No sha256 is known of {n} files: the pinned commit was trusted, all are as they first were.",
            unknown,
        ): unknown,
    }
    return [sentence for sentence, files in told.items() if files]


def _url(mirror: str | None) -> str | None:
    if mirror and not mirror.startswith(("http://", "https://")):
        raise UserError(f"a mirror is a URL that begins with http:// or https://, not {mirror!r}")
    return mirror or None


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return value
