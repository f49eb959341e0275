"""What a measurement hangs on: where all of it is the same, so are the figures."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langcov.cli.config import LEFT_OUT
from langcov.core.installed import code, environment
from langcov.corpora.base import Corpus
from langcov.corpora.pull.cache import sha256
from langcov.corpora.readers.streams import is_url, remote_stamp
from langcov.measure.lid import LAYOUT as LID
from langcov.measure.tokenizers import LAYOUT as TOKENIZERS

if TYPE_CHECKING:
    from langcov.cli.measuring import Planned


def hangs_on(kind: str, args: argparse.Namespace, planned: Planned) -> dict[str, Any]:
    """What a measurement hangs on beside the content of its text, by names that a person understands."""
    layout = {"tokenizers": TOKENIZERS, "lid": LID}[kind]
    return {
        "systems": {name: [spec, content] for name, spec, content in planned.systems},
        "failed": dict(planned.failed),
        "settings": {name: value for name, value in vars(args).items() if name not in LEFT_OUT},
        "corpora": [
            replace(corpus, sources=(), documents=content_of(corpus.documents)) for corpus in planned.corpora
        ],
        "tables of labels": _files(args),
        "versions": environment(layout.libraries),
        "code": code(),
    }


def _files(args: argparse.Namespace) -> list[str]:
    """The content of further files that options name (tables of labels)."""
    paths = (text.partition("=")[2] for text in getattr(args, "labels", ()))
    return [sha256(Path(path)) for path in paths if Path(path).is_file()]


def content_of(path: str) -> str:
    """The digest of a file, or the path itself of what is no file (a URL)."""
    return sha256(Path(path)) if Path(path).is_file() else path


def contents(corpora: Iterable[Corpus]) -> dict[str, str]:
    """What tells the content of each file, by its path; of a URL what its server says of it.

    Raises:
        UserError: one can't be read.
    """
    paths = {source.path for corpus in corpora for source in corpus.sources if source.format != "memory"}
    return {path: remote_stamp(path) if is_url(path) else content_of(path) for path in sorted(paths)}
