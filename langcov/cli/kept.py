"""Results that were measured before, kept by all that they hang on: texts, systems, settings, versions."""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

from langcov.cli.config import LEFT_OUT, Section
from langcov.cli.measuring import Planned
from langcov.core.composed import tell
from langcov.corpora.pull.cache import intact, record, sha256
from langcov.errors import UserError
from langcov.measure.lid import LAYOUT as LID
from langcov.measure.provenance import environment
from langcov.measure.tokenizers import LAYOUT as TOKENIZERS
from langcov.results.result import Result
from langcov.results.rows import rows_path
from langcov.results.saved import load, with_rows

NAME = "result.json.xz"


def key(section: Section, planned: Planned) -> str:
    """What a result hangs on, as 64 hex digits: the same key, the same figures."""
    layout = {"tokenizers": TOKENIZERS, "lid": LID}[section.kind]
    said = {name: value for name, value in vars(section.args).items() if name not in LEFT_OUT}
    hangs_on = {
        "settings": said,
        "systems": planned.systems,
        "failed": dict(planned.failed),
        "files": [_files(section.args)],
        "corpora": [
            [
                replace(corpus, sources=(), documents=_content(corpus.documents)),  # what its card says
                [(one.language, one.format, one.only, _content(one.path)) for one in corpus.sources],
            ]
            for corpus in planned.corpora
        ],
        "versions": environment(layout.libraries),
        "code": _code(),
    }
    return hashlib.sha256(json.dumps(hangs_on, sort_keys=True, default=str).encode()).hexdigest()


def _files(args: argparse.Namespace) -> list[str]:
    """The content of further files that options name (tables of labels)."""
    paths = (text.partition("=")[2] for text in getattr(args, "labels", ()))
    return [sha256(Path(path)) for path in paths if Path(path).is_file()]


def _content(path: str) -> str:
    """The digest of a file, or the path itself of what is no file (a URL)."""
    return sha256(Path(path)) if Path(path).is_file() else path


def _code() -> str:
    """The digest of langcov itself, as it changes between two versions."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".tsv", ".toml", ".json", ".npz") and path.is_file():
            digest.update(f"{path.relative_to(root)}\0{sha256(path)}\n".encode())
    return digest.hexdigest()


def kept(folder: Path, key: str) -> Result | None:
    """The result of that key, if there is a whole one; a damaged entry is said and not used."""
    path = folder / key / NAME
    if not path.exists():
        return None
    if intact(path) and intact(rows_path(path)):
        try:
            return with_rows(load(path), path)
        except UserError:
            pass
    tell(f"the result kept in {path.parent} is damaged: it is measured again")
    return None


def keep(folder: Path, key: str, result: Result) -> None:
    """Keep a result, its rows and the digests of both, if that can be written."""
    path = folder / key / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        result.save(path)
        for one in (path, rows_path(path)):
            record(one)
    except (OSError, UserError) as error:
        tell(f"the result can't be kept, so that it is measured again next time: {error}")
