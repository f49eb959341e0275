"""The ``langcov`` command: one module a subcommand, imported only when it is asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from langcov import __version__
from langcov.errors import LangcovError

COMMANDS = {
    "tokenizers": "measure tokenizers on corpora",
    "corpora": "list corpora, condense text to a table of word counts",
    "languages": "the table of languages, or one language in full",
}

EXIT_DONE, EXIT_NO, EXIT_USER, EXIT_PARTLY, EXIT_INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (CONTRACT, Commands)."""
    words = list(sys.argv[1:] if argv is None else argv)
    top = _top_parser()
    command = words[0] if words and not words[0].startswith("-") else None
    if command not in COMMANDS:
        top.parse_args(words or ["--help"])
    module = import_module(f"langcov.cli.{command}")
    parser = argparse.ArgumentParser(prog=f"langcov {command}", description=module.__doc__)
    module.add_arguments(parser)
    try:
        code: int = module.run(parser.parse_args(words[1:]))
        sys.stdout.flush()
    except LangcovError as error:
        print(f"langcov: {error}", file=sys.stderr)
        return EXIT_USER
    except KeyboardInterrupt:
        print("langcov: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has left; what is buffered can't be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    return code


def _top_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="langcov",
        description="Measure how well tokenizers handle the languages of Russia.",
        epilog="langcov COMMAND --help tells the options of a command.",
    )
    parser.add_argument("--version", action="version", version=f"langcov {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        commands.add_parser(name, help=purpose)
    return parser
