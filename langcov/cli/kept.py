"""Results that were measured before, kept by all that they hang on: texts, systems, settings, versions."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from langcov.cli.identity import content_of, hangs_on
from langcov.cli.measuring import Planned
from langcov.core.composed import tell
from langcov.corpora.pull.cache import intact, record
from langcov.errors import UserError
from langcov.results.result import Result
from langcov.results.rows import rows_path
from langcov.results.saved import load, with_rows

NAME = "result.json.xz"


def key(kind: str, args: argparse.Namespace, planned: Planned) -> str:
    """What a result hangs on, as 64 hex digits: the same key, the same figures."""
    all_of_it = {
        **hangs_on(kind, args, planned),
        "content": [
            [(one.language, one.format, one.only, content_of(one.path)) for one in corpus.sources]
            for corpus in planned.corpora
        ],
    }
    return hashlib.sha256(json.dumps(all_of_it, sort_keys=True, default=str).encode()).hexdigest()


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
