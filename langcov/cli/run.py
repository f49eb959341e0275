"""Measure what langcov.toml says, write it, compare it with the base. Exit code 1 if the gate closes."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from langcov.cli import EXIT_DONE, EXIT_NO
from langcov.cli.config import RESULTS, Config, Section, read
from langcov.cli.kept import keep, kept, key
from langcov.cli.measuring import Planned, deliver, put
from langcov.cli.where import add_where, options_of
from langcov.core.files import cache_folder, check_target, write_text
from langcov.core.names import number_of
from langcov.errors import UserError
from langcov.gate.compare import compare
from langcov.gate.side import Side
from langcov.gate.side import read as read_side
from langcov.report import VIEWS, check_format, render
from langcov.report.gate import github_annotations
from langcov.report.gate import render as render_comparison
from langcov.results.result import Result

FOLDERS = ("LANGCOV_CACHE", "XDG_CACHE_HOME", "TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR", "HF_HOME")
"""Variables that name folders, ours and of libraries: a relative one is of where the command started."""
GATE_VIEWS = {".md": "md", ".xml": "junit", ".json": "json"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", type=Path, nargs="?", default=Path("langcov.toml"), metavar="langcov.toml")
    add = parser.add_argument
    add("--dry-run", action="store_true", help="say what would be measured, and measure nothing")
    add("--baseline", action="store_true", help="write the results as the base, and compare with nothing")
    add("--no-cache", dest="cache", action="store_false", help="measure again what was measured before")
    add("--summary", type=Path, metavar="FILE", help="append the comparison as Markdown, as for a job of CI")
    add("--annotate", action="store_true", help="say what closes the gate as annotations of GitHub Actions")
    add_where(add)
    add("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Do all that the file says; the exit code is the first that isn't 0."""
    if not args.config.is_file():
        raise UserError(f"{args.config}: no such file; 'langcov run FILE' takes another")
    if args.summary:
        args.summary = args.summary.absolute()
        check_target(args.summary)
    if args.resume:
        args.resume = args.resume.absolute()
    with _inside(args.config.parent):
        config = read(Path(args.config.name), [*options_of(args), *["--quiet"] * args.quiet])
        for section in config.sections:
            _check_outputs(section, args)
        codes = [_of_section(config, section, args) for section in config.sections]
    return next((code for code in codes if code != EXIT_DONE), EXIT_DONE)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Paths in the file are those of its own folder."""
    before = Path.cwd()
    os.environ.update({name: str(before / os.environ[name]) for name in FOLDERS if os.environ.get(name)})
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _of_section(config: Config, section: Section, args: argparse.Namespace) -> int:
    planned: Planned = section.module.plan(section.args)
    if section.args.resume:
        section.args.resume /= section.kind
    _check_inputs(section, planned)
    cache = cache_folder() if args.cache else None
    folder = cache / "results" if cache else None
    known_by = key(section.kind, section.args, planned)
    found = kept(folder, known_by) if folder else None
    if args.dry_run:
        sys.stdout.write(_told(section, planned, found is not None))
        return EXIT_DONE
    made: list[Result] = [found] if found else []
    if found:
        put(section.args, found)
        code = EXIT_DONE
    else:
        code = deliver(section.kind, section.args, planned, made.append)
        if folder and made and code == EXIT_DONE:
            keep(folder, known_by, made[0])
    if not made:
        return code
    _write_views(section, made[0])
    if args.baseline and code:  # a base without a system would let that pass
        return code
    return _gate(config, section, made[0], args) or code


def _check_inputs(section: Section, planned: Planned) -> None:
    """See that no file that is measured would be written over."""
    read = [source.path for corpus in planned.corpora for source in corpus.sources]
    for _name, spec, _content in planned.systems:
        read += [spec, spec.partition(":")[2].partition("?")[0]]
    for path in (*section.outputs, *section.gate_outputs, *([section.base] if section.base else [])):
        check_target(path, read)


def _check_outputs(section: Section, args: argparse.Namespace) -> None:
    """See, before hours are spent, that all can be written and what is compared with is there."""
    for paths, views, more in (
        (section.outputs, VIEWS, RESULTS),
        (section.gate_outputs, GATE_VIEWS, ()),
    ):
        for path in paths:
            if not path.name.endswith((*views, *more)):
                raise UserError(
                    f"{args.config}: {path} is no view that is known: {', '.join((*views, *more))}"
                )
            check_format(views.get(path.suffix, ""))
            check_target(path)
    if section.base is not None and args.baseline:
        check_target(section.base)
    elif section.base is not None and not section.base.exists():
        command = shlex.join(["langcov", "run", str(args.config), "--baseline"])
        raise UserError(f"{args.config.parent / section.base}: no such base; this makes it: {command}")


def _write_views(section: Section, result: Result) -> None:
    for path in section.outputs:
        if path.suffix in VIEWS:
            view = render(result, VIEWS[path.suffix], csv_raw=section.args.csv_raw)
            write_text(path, view)


def _gate(config: Config, section: Section, result: Result, args: argparse.Namespace) -> int:
    """Compare with the base, or become it."""
    if section.base is None:
        return EXIT_DONE
    if args.baseline:
        result.save(section.base)
        return EXIT_DONE
    found = compare(read_side(section.base), Side("this run", result), config.gate)
    sys.stdout.write(render_comparison(found, "table"))
    for path in section.gate_outputs:
        view = render_comparison(found, GATE_VIEWS[path.suffix])
        write_text(path, view)
    if args.summary:
        with args.summary.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(render_comparison(found, "md") + "\n")
    if args.annotate:
        sys.stdout.write(github_annotations(found, args.config))
    return EXIT_NO if found.failed else EXIT_DONE


def _told(section: Section, planned: Planned, known: bool) -> str:
    """What would be measured."""
    lines = [f"[{section.kind}] {'is kept from an earlier run' if known else 'is to be measured'}"]
    for name, spec, content in planned.systems:
        lines.append(f"  {name}: {spec} ({(content or 'no digest')[:12]})")
    lines += [f"  {spec}: can't be measured: {reason}" for spec, reason in planned.failed.items()]
    for corpus in planned.corpora:
        lines.append(
            f"  {corpus.name}: {number_of(len(corpus.languages), 'language')}, {', '.join(corpus.languages)}"
        )
    outputs = [*section.outputs, *section.gate_outputs]
    lines += [f"  writes {', '.join(map(str, outputs))}"] * bool(outputs)
    lines += [f"  is compared with {section.base}"] * (section.base is not None)
    return "\n".join(lines) + "\n"
