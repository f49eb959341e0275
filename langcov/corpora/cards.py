"""The card of a corpus: ``corpus.toml`` in its folder says what the file names can't."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args

from langcov.corpora.base import Alignment, Corpus, Source
from langcov.corpora.read import format_of
from langcov.errors import UserError
from langcov.languages import find

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CARD = "corpus.toml"
Kind = Literal["text", "lexicon"]

FIELDS: dict[str, str] = {
    "name": "string",
    "kind": "string",
    "languages": "table",
    "licence": "string",
    "source": "string",
    "commit": "string or table",
    "sha256": "table",
    "alignment": "string",
    "documents": "string",
    "keys": "string",
    "format": "string",
    "orthography": "table",
    "cite": "string",
    "consent": "string",
    "problems": "list",
}
"""What a card may say; ``commit``, ``sha256``, ``cite``, ``consent``, ``problems`` are for people to read."""


def load_card(path: Path) -> dict[str, Any]:
    """The fields of a card.

    Raises:
        UserError: not TOML, an unknown field, or one of the wrong type; names the field.
    """
    try:
        card = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise UserError(f"{path}: not TOML: {problem}") from None
    except OSError as problem:
        raise UserError(f"{path}: can't be read: {problem.strerror}") from None
    for field, value in card.items():
        if field not in FIELDS:
            raise UserError(f"{path}: unknown field {field!r}; a card may say {', '.join(FIELDS)}")
        if _TOML.get(type(value)) not in FIELDS[field].split(" or "):
            raise UserError(f"{path}: {field!r} must be a {FIELDS[field]}")
    for field, allowed in (("kind", get_args(Kind)), ("alignment", get_args(Alignment))):
        if field in card and card[field] not in allowed:
            raise UserError(f"{path}: {field} is {card[field]!r}; it must be {', '.join(allowed)}")
    return card


_TOML: dict[type, str] = {str: "string", dict: "table", list: "list"}


def card_corpus(folder: Path, by_name: Callable[[], tuple[Source, ...]]) -> Corpus:
    """The corpus of a folder that has a card.

    Args:
        folder: where the card is.
        by_name: finds what the names of its files say, where the card lists no languages.

    Raises:
        UserError: as ``load_card``, or for a field that doesn't fit the files.
    """
    path = folder / CARD
    card = load_card(path)
    documents = card.get("documents", "none")
    if documents not in ("none", "key-prefix", "record"):
        documents = str(folder / documents)
        if not Path(documents).is_file():
            raise UserError(f"{path}: documents: {documents} is neither a file nor 'key-prefix' or 'record'")
    try:
        re.compile(card.get("keys", "").encode())
    except re.error as problem:
        raise UserError(f"{path}: keys is no regular expression: {problem}") from None
    return Corpus(
        name=card.get("name", folder.resolve().name),
        sources=_sources(card, path) if "languages" in card else by_name(),
        kind=card.get("kind", "text"),
        alignment=card.get("alignment", "none"),
        documents=documents,
        licence=card.get("licence"),
        source=card.get("source"),
        orthography={_find(name, path): form for name, form in card.get("orthography", {}).items()},
        keys=card.get("keys"),
    )


def _sources(card: dict[str, Any], path: Path) -> tuple[Source, ...]:
    found = []
    for language, files in card["languages"].items():
        names = [files] if isinstance(files, str) else files
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise UserError(f"{path}: languages.{language} must be a file name or a list of them")
        for name in names:
            file = name if "://" in name else str(path.parent / name)
            form = card.get("format") or format_of(file)
            if form is None:
                raise UserError(f"{path}: what is {name}? Say it with 'format' in the card")
            found.append(Source(_find(language, path), file, form))
    return tuple(found)


def _find(language: str, path: Path) -> str:
    """The id of a language that a card names."""
    try:
        return find(language).id
    except UserError as problem:
        raise UserError(f"{path}: {problem}") from None
