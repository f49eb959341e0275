"""The catalogue of open corpora that can be pulled: what each is made of, and what is known of its files."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langcov.core import toml
from langcov.core.bundled import bundled
from langcov.corpora.pull.archive import unsafe
from langcov.corpora.pull.upstream import FORMS
from langcov.errors import UserError

MEMBER = "!"
"""What stands between an archive and the file in it: ``…/swadesh.zip!abq.txt``."""


@dataclass(frozen=True)
class File:
    """One file of a pulled corpus.

    Attributes:
        name: in the folder of the corpus.
        upstream: its parts, in order, each a path under the base: ``OWNER/REPOSITORY/COMMIT/PATH``, of an
            archive ``PATH!MEMBER``.
        language: ``tat_Cyrl``; None for a file that goes with those of all languages.
        sha256: of the text of its parts, None where it is not known.
        lines: how many first lines ``sha256`` is of; None if of all.
    """

    name: str
    upstream: tuple[str, ...]
    language: str | None = None
    sha256: str | None = None
    lines: int | None = None


@dataclass(frozen=True)
class Entry:
    """A corpus that can be pulled.

    Attributes:
        name: as it is asked for and, once it is here, named as a corpus.
        title: what it is, for people.
        form: how a text is made of upstream files, a key of ``langcov.corpora.pull.upstream.FORMS``.
        base: the URL that the paths of its files stand behind.
        files: what it is made of.
        card: the fields of its ``corpus.toml`` that don't depend on which files were pulled.
    """

    name: str
    title: str
    form: str
    base: str
    files: tuple[File, ...]
    card: dict[str, Any]

    @property
    def languages(self) -> list[str]:
        """The languages in it, sorted."""
        return sorted({file.language for file in self.files if file.language})


def load_catalogue(path: Path | None = None) -> dict[str, Entry]:
    """The corpora of a catalogue, by name.

    Args:
        path: of a catalogue like the one that comes with langcov, which is read if None.

    Raises:
        UserError: it can't be read, is not TOML, lacks something, or names a file outside of its folder.
    """
    path = path or bundled("corpora") / "catalogue.toml"
    content = toml.read(path)
    try:
        base = content.pop("base")
        return {name: _entry(name, base, facts) for name, facts in content.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise UserError(f"{path}: no catalogue of corpora: {type(problem).__name__}: {problem}") from None


def find_entry(name: str, catalogue: dict[str, Entry]) -> Entry:
    """The corpus of that name.

    Raises:
        UserError: there is none; suggests the nearest and names all.
    """
    if name in catalogue:
        return catalogue[name]
    near = nearest(name, list(catalogue))
    hint = f": did you mean {near}?" if near else ""
    raise UserError(f"no corpus {name!r} can be pulled{hint} (there are {', '.join(catalogue)})")


def nearest(name: str, names: list[str]) -> str | None:
    """The name that somebody may have meant.

    >>> nearest("NTREX-128", ["udhr-text", "ntrex-text"])
    'ntrex-text'
    """
    wanted = re.sub("[^a-z]", "", name.lower())
    begins = [one for one in names if wanted and one.startswith(wanted)]
    return next(iter(begins or difflib.get_close_matches(name.lower(), names, 1)), None)


def _entry(name: str, base: str, facts: dict[str, Any]) -> Entry:
    files = tuple(File(**{**file, "upstream": tuple(file["upstream"])}) for file in facts["files"])
    for path in [name, *(path for file in files for path in (file.name, *file.upstream))]:
        problem = unsafe(path.replace(MEMBER, "/"))
        if problem:
            raise ValueError(f"{path!r} {problem}")
    short = next((part for file in files for part in file.upstream if part.count("/") < 3), None)
    if short:
        raise ValueError(f"{short!r} is no OWNER/REPOSITORY/COMMIT/PATH")
    if facts["form"] not in FORMS:
        raise ValueError(f"no form is called {facts['form']!r}: there are {', '.join(FORMS)}")
    return Entry(name, facts["title"], facts["form"], base, files, facts["card"])
