"""The catalogue of open corpora that can be pulled, and how the text of each is made of upstream files."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from langcov.core import toml
from langcov.core.files import bundled
from langcov.corpora.pull.archive import unsafe
from langcov.corpora.readers.decode import BYTE_ORDER_MARK
from langcov.errors import UserError

Form = Callable[[Sequence[bytes]], bytes]


def lines(parts: Sequence[bytes]) -> bytes:
    r"""Parts one after another, without carriage returns and byte-order marks.

    >>> lines([b"\xef\xbb\xbfone\r\n", b"two"])
    b'one\ntwo\n'
    """
    clean = (part.removeprefix(BYTE_ORDER_MARK).replace(b"\r", b"") for part in parts)
    return b"".join(part if part.endswith(b"\n") else part + b"\n" for part in clean if part)


def sentences(parts: Sequence[bytes]) -> bytes:
    r"""``lines``, each once and none empty.

    >>> sentences([b"one\n\n", b"two\none\n"])
    b'one\ntwo\n'
    """
    distinct = dict.fromkeys(lines(parts).split(b"\n"))
    return b"".join(line + b"\n" for line in distinct if line)


def entries(parts: Sequence[bytes]) -> bytes:
    r"""The first columns of a list of words, each expression once.

    >>> entries([b"\xd0\xb8\tand\n\xd0\xb8\tand so\n"]).decode()
    'и\n'
    """
    firsts = (row.partition(b"\t")[0].strip() for row in lines(parts).split(b"\n"))
    return sentences([b"\n".join(firsts)])


def udhr(parts: Sequence[bytes]) -> bytes:
    """A Universal Declaration in XML as ``KEY<TAB>TEXT``: ``00/title``, ``pre/1``, ``01/title``, ``01/1``, …

    Notes of the editor are left out, and paragraphs that only say that they are missing.
    """
    return b"".join(f"{row}\n".encode() for part in parts for row in _declaration(part))


def _declaration(document: bytes) -> Iterator[str]:
    if b"<!DOCTYPE" in document:
        raise UserError("a document type is declared in it: no Universal Declaration is written so")
    try:
        root = ElementTree.fromstring(document)
    except (ElementTree.ParseError, ValueError) as problem:
        raise UserError(f"not XML: {problem}") from None
    if _tag(root) != "udhr":
        raise UserError(f"no Universal Declaration, but <{_tag(root)}>")
    for section in root:
        number = section.get("number", "")
        if _tag(section) == "title" and _text(section):
            yield f"00/title\t{_text(section)}"
        elif _tag(section) == "preamble":
            yield from _rows("pre", section)
        elif _tag(section) == "article" and number.isdecimal():
            yield from _rows(f"{int(number):02}", section)


def _rows(name: str, section: ElementTree.Element) -> Iterator[str]:
    numbers = count(1)
    for element in _leaves(section):
        text = _text(element)
        if text and not text.startswith("[Missing"):
            number = "title" if _tag(element) == "title" else next(numbers)
            yield f"{name}/{number}\t{text}"


def _leaves(section: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Titles and paragraphs, in lists too, but not those of notes."""
    for element in section:
        if _tag(element) in ("title", "para"):
            yield element
        elif _tag(element) != "note":
            yield from _leaves(element)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


FORMS: dict[str, tuple[Form, Form]] = {
    "lines": (lines, lines),
    "sentences": (lines, sentences),
    "entries": (lines, entries),
    "udhr": (udhr, udhr),
}
"""Name → what makes the text that a catalogue's sha256 is of, and what makes the text of the corpus."""


def verify(text: bytes, sha256: str, first: int | None = None) -> bool:
    r"""Whether a text, or so many first lines of it, are the ones that a sum is of.

    >>> verify(b"a\nb\n", hashlib.sha256(b"a\n").hexdigest(), 1)
    True
    """
    if first is not None:
        text = b"".join(text.splitlines(keepends=True)[:first])
    return hashlib.sha256(text).hexdigest() == sha256


TOLD = ("licence", "source", "cite")  # what whoever pulls a corpus is told of it
MEMBER = "!"  # what stands between an archive and the file in it: ``…/swadesh.zip!abq.txt``


@dataclass(frozen=True)
class File:
    """One file of a pulled corpus."""

    name: str  # in the folder of the corpus
    # its parts, in order, each a path under the base: ``OWNER/REPOSITORY/COMMIT/PATH``, of an archive
    # ``PATH!MEMBER``
    upstream: tuple[str, ...]
    language: str | None = None  # ``tat_Cyrl``; None for a file that goes with those of all languages
    sha256: str | None = None  # of the text of its parts, None where it is not known
    lines: int | None = None  # how many first lines ``sha256`` is of; None if of all


@dataclass(frozen=True)
class Entry:
    """A corpus that can be pulled."""

    name: str  # as it is asked for and, once it is here, named as a corpus
    title: str
    form: str  # how a text is made of upstream files, a key of ``langcov.corpora.pull.catalogue.FORMS``
    base: str  # the URL that the paths of its files stand behind
    files: tuple[File, ...]
    card: dict[str, Any]  # the fields of its ``corpus.toml`` that don't depend on which files were pulled

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
    lacking = [field for field in TOLD if not isinstance(facts["card"].get(field), str)]
    if lacking:
        raise ValueError(f"the card of {name!r} does not say {', '.join(lacking)}")
    return Entry(name, facts["title"], facts["form"], base, files, facts["card"])
