"""``langcov.toml``: what is measured, where results go and what closes the gate, as options of the commands.

The tables ``[tokenizers]`` and ``[lid]`` have a key for each option of the command of that name, and a few of
their own; ``[gate]`` is as of ``langcov compare``. Paths are those of the folder that the file is in.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from langcov.cli import Parser
from langcov.core import toml
from langcov.core.failures import given
from langcov.errors import UserError, did_you_mean
from langcov.gate.settings import GateSettings, from_toml
from langcov.results.rows import rows_path

KINDS = ("tokenizers", "lid")
RENAMED = {"systems": "specs", "corpora": "corpus", "languages": "lang", "references": "reference"}
"""Keys that are called otherwise than the option that they stand for."""
OWN = {
    "outputs": "files to write: RESULT.json, and views by their endings: .md, .csv, .tex, .html",
    "base": "the result that this one is compared with",
    "gate_outputs": "files for the comparison: .md, .xml (JUnit), .json",
}
"""Keys that no option stands for."""
RESULTS = (".json", ".json.xz")
LEFT_OUT = frozenset(
    {"help", "output", "format", "quiet", "csv_raw", "jobs", "scheduler", "memory", "resume"}
)
"""Options that are of a run, not of what is measured."""


@dataclass(frozen=True)
class Section:
    """A table of what is measured."""

    kind: str
    args: argparse.Namespace  # as of the command
    outputs: Sequence[Path]
    base: Path | None
    gate_outputs: Sequence[Path]

    @property
    def module(self) -> ModuleType:
        """The module of the command."""
        return import_module(f"langcov.cli.{self.kind}")


@dataclass(frozen=True)
class Config:
    """A whole file."""

    path: Path
    sections: Sequence[Section]
    gate: GateSettings


def read(path: Path, more: Sequence[str]) -> Config:
    """Read ``langcov.toml``; the current folder has to be its own.

    Args:
        more: options of a run, that every section gets.

    Raises:
        UserError: with the line: a key that is not known (the nearest is named), a wrong value, a path
            outside of the folder, a base that the run itself would write.
    """
    content = toml.read(path)
    text = path.read_text("utf-8-sig")
    known = (*KINDS, "gate")
    for key in content:
        if key not in known:
            raise UserError(f"{_place(path, text, key)}no table is called {key!r}{did_you_mean(key, known)}")
        if not isinstance(content[key], dict):
            raise UserError(f"{_place(path, text, '', key)}{key} is not a table: write [{key}]")
    kinds = [kind for kind in KINDS if kind in content]
    if not kinds:
        raise UserError(f"{path}: nothing is to be measured: give a table [tokenizers] or [lid]")
    sections = [_section(path, text, kind, content[kind], more) for kind in kinds]
    _check_written(path, text, sections)
    return Config(path, sections, _gate(path, text, content.get("gate", {})))


def _gate(path: Path, text: str, content: Mapping[str, Any]) -> GateSettings:
    """The table ``[gate]``; an error names the line of the key that it is about."""
    try:
        return from_toml(content)
    except UserError as error:
        listed = content.get("tolerance")
        tables = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        keys = [*content, *(key for one in tables for key in one)]
        wrong = next((key for key in keys if re.search(rf"\b{re.escape(key)}\b", str(error))), "")
        raise UserError(f"{_place(path, text, 'gate', wrong)}{error}") from None


def actions(kind: str) -> dict[str, argparse.Action]:
    """The options of a command by the key that each has in the file."""
    called = {option: key for key, option in RENAMED.items()}
    return {
        called.get(action.dest, action.dest): action
        for action in _parser(kind)._actions
        if action.dest not in LEFT_OUT
    }


def _parser(kind: str) -> Parser:
    parser = Parser(prog=f"langcov {kind}")
    import_module(f"langcov.cli.{kind}").add_arguments(parser)
    return parser


def _section(path: Path, text: str, kind: str, content: Mapping[str, Any], more: Sequence[str]) -> Section:
    options = actions(kind)
    words: list[str] = []
    specs: list[str] = []
    for key, value in content.items():
        where = _place(path, text, kind, key)
        if key not in (*options, *OWN):
            raise UserError(f"{where}[{kind}] has no key {key!r}{did_you_mean(key, [*options, *OWN])}")
        if key in OWN:
            continue
        try:
            found = list(_words(options[key], value))
        except UserError as error:
            raise UserError(f"{where}{key} = {toml.value(value)}: {error}") from None
        (words if options[key].option_strings else specs).extend(found)
    words += more
    outputs = _paths(path, text, kind, content, "outputs")
    results = [one for one in outputs if one.name.endswith(RESULTS)]
    if len(results) > 1:
        raise UserError(f"{_place(path, text, kind, 'outputs')}two results, {results[0]} and {results[1]}")
    for result in results:
        words += ["--output", str(result)]
    try:
        args = _parser(kind).parse_args([*words, "--", *specs])
    except UserError as error:
        option = re.match(r"argument (?:\S+/)?(--[\w-]+)", str(error))
        wrong = [key for key, one in options.items() if option and option[1] in one.option_strings]
        raise UserError(f"{_place(path, text, kind, ''.join(wrong))}{error}") from None
    bases = _paths(path, text, kind, content, "base")
    if len(bases) > 1 or not all(base.name.endswith(RESULTS) for base in bases):
        raise UserError(f"{_place(path, text, kind, 'base')}base is one result: {' or '.join(RESULTS)}")
    base = next(iter(bases), None)
    return Section(kind, args, outputs, base, _paths(path, text, kind, content, "gate_outputs"))


def _check_written(path: Path, text: str, sections: Sequence[Section]) -> None:
    """See that no file is written twice; a result has its rows beside it."""
    written: dict[Path, str] = {}
    for section in sections:
        bases = [section.base] if section.base else []
        parts = {"outputs": section.outputs, "base": bases, "gate_outputs": section.gate_outputs}
        for key, one in ((key, one) for key, paths in parts.items() for one in paths):
            whole = key != "gate_outputs" and one.name.endswith(RESULTS)
            files = [one.resolve()] + [rows_path(one).resolve()] * whole
            if other := next((written[file] for file in files if file in written), ""):
                where = _place(path, text, section.kind, key)
                raise UserError(f"{where}{one}, or its rows, is in {other} too: name another file")
            written |= dict.fromkeys(files, f"{key} of [{section.kind}]")


def _words(action: argparse.Action, value: object) -> Iterator[str]:
    """A value as a command line has it."""
    if action.nargs == 0:  # a switch, whose name in the file is what it sets
        if not isinstance(value, bool):
            raise UserError("it is true or false")
        if value != action.default:
            yield action.option_strings[-1]
        return
    many = isinstance(action, argparse._AppendAction) or not action.option_strings
    values = value if many and isinstance(value, list) else [value]
    for one in values:
        if isinstance(one, bool) or not isinstance(one, (str, int, float)):
            raise UserError("it is a list of texts" if many else "it is one text or number")
        yield f"{action.option_strings[-1]}={one}" if action.option_strings else str(one)


def _paths(path: Path, text: str, kind: str, content: Mapping[str, Any], key: str) -> list[Path]:
    """The paths of a key, which must lie in the folder of the file."""
    value = content.get(key, [])
    values = [value] if isinstance(value, str) else value
    where = _place(path, text, kind, key)
    if not isinstance(values, list) or not all(isinstance(one, str) and "\0" not in one for one in values):
        raise UserError(f"{where}{key} = {toml.value(value)}: it is a path, or a list of paths")
    for one in values:
        with given(f"{where}{one}"):
            inside = Path(one).resolve().is_relative_to(Path.cwd())
        if not inside:
            raise UserError(f"{where}{one} is outside of the folder of {path.name}")
    return [Path(one) for one in values]


def _place(path: Path, text: str, table: str, key: str = "") -> str:
    """``langcov.toml, line 7: ``, as near as the text of the file tells."""
    inside = not table
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([\w-]+)", line)
        if header:
            inside = header[1] == table
            if inside and not key:
                return f"{path}, line {number}: "
        elif inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
            return f"{path}, line {number}: "
    return f"{path}: "
