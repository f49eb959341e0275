"""Serve a page on this computer on which texts are checked and corrected, in a browser; Ctrl-C ends it."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from langcov.cli import EXIT_DONE
from langcov.core import ui
from langcov.core.libraries import require
from langcov.core.ui import _

LOOPBACK = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it is heard."""
    add = parser.add_argument
    add("--port", type=_port, metavar="N", help="the port (8017, or any free one)")
    add("--host", default=LOOPBACK, metavar="ADDRESS", help="an address of this computer for others (none)")
    add(
        "--tokenizer", action="append", default=[], metavar="SPEC", help="cut sentences with it, too (repeat)"
    )
    add("--no-browser", action="store_true", help="open no browser, only print the address")


def run(args: argparse.Namespace) -> int:
    """Serve, until somebody ends it."""
    for library in ("starlette", "uvicorn", "python_multipart"):
        require(library, "web", "langcov serve")
    from langcov.tokenizers import bundled_names
    from langcov.web.server import serve  # not above: its libraries may not be there

    with suppress(KeyboardInterrupt):  # that is how it ends
        specs = [*bundled_names(), *args.tokenizer]
        serve(args.host, args.port, ui.language(), specs, not args.no_browser, _say)
    print(_("Ended; all files that were given are removed."))
    return EXIT_DONE


def _say(address: str) -> None:
    print(_("Open in a browser: {address}", address=address))
    print(_("Nothing leaves this computer. Ctrl-C ends it."))
    sys.stdout.flush()


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) < 1 << 16:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 0 (any free one) to 65535")
    return int(text)
