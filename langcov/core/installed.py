"""What is installed here, by which two processes tell whether they would count alike."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import langcov


def environment(libraries: Iterable[str]) -> dict[str, str]:
    """Versions of langcov, Python and these libraries, where they are installed."""
    found = {"langcov": langcov.__version__, "python": platform.python_version()}
    for library in libraries:
        with suppress(PackageNotFoundError):
            found[library] = version(library)
    return found


@cache
def code() -> str:
    """The digest of langcov itself, as it changes between two versions, as 64 hex digits."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".tsv", ".toml", ".json", ".npz") and path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root)}\0{content}\n".encode())
    return digest.hexdigest()
