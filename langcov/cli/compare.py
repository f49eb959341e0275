"""Compare a result with a base: what got worse for certain, and whether ids changed. Exit code 1 if so."""

from __future__ import annotations

import argparse
from pathlib import Path

from langcov.cli import EXIT_DONE, EXIT_NO
from langcov.cli.showing import show
from langcov.core import toml
from langcov.core.files import check_target
from langcov.errors import UserError
from langcov.gate.compare import compare, compare_systems
from langcov.gate.settings import GateSettings, from_toml
from langcov.gate.side import read
from langcov.report.gate import FORMATS, render
from langcov.results.rows import rows_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", type=Path, metavar="BASE.json", help="a result written by -o, rows beside it")
    parser.add_argument("new", type=Path, nargs="?", metavar="NEW.json", help="the result that may be worse")
    add = parser.add_argument
    add("--systems", nargs=2, metavar=("A", "B"), help="two systems of one result, B as if it replaced A")
    add("--config", type=Path, metavar="langcov.toml", help="tolerances: its table [gate]")
    add(
        "--corpus",
        action="append",
        default=[],
        metavar="CORPUS",
        help="look up the first lines with other ids",
    )
    add("--show-text", action="store_true", help="show the text of these lines, not their addresses alone")
    add("--format", choices=FORMATS, default="table", help="of what is printed (table)")
    add("-o", "--output", type=Path, metavar="FILE", help="write it here, not to standard output")


def run(args: argparse.Namespace) -> int:
    """Compare, show, and say by the exit code whether the gate is closed."""
    if (args.new is None) != (args.systems is not None):
        raise UserError("give BASE.json and NEW.json, or one result and --systems A B")
    if args.output:
        results = [path for path in (args.base, args.new) if path]
        read_too = [*results, *map(rows_path, results), *([args.config] if args.config else [])]
        check_target(args.output, map(str, read_too))
    settings = _settings(args.config)
    base = read(_there(args.base))
    if args.systems:
        found = compare_systems(base, args.systems[0], args.systems[1], settings)
    else:
        new = read(_there(args.new))
        found = compare(base, new, settings, corpora=args.corpus, show_text=args.show_text)
    shown = render(found, args.format, color=False if args.output else None)
    show(shown, args.output)
    return EXIT_NO if found.failed else EXIT_DONE


def _settings(config: Path | None) -> GateSettings:
    return from_toml(toml.read(config).get("gate", {}), f"{config}: ") if config else GateSettings()


def _there(path: Path) -> Path:
    """The path of a result, if there is one."""
    if not path.exists():
        raise UserError(f"{path}: no such file; this makes it: langcov tokenizers SPEC … -o {path}")
    return path
