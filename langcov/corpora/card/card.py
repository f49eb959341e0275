"""The card of a corpus: ``corpus.toml`` in its folder says what the file names can't."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from langcov.core import toml
from langcov.corpora.base import Corpus, Source
from langcov.corpora.card.schema import problems
from langcov.corpora.readers.foreign import refusal
from langcov.corpora.readers.formats import format_of
from langcov.corpora.readers.streams import is_url
from langcov.errors import UserError
from langcov.languages import find

CARD = "corpus.toml"


def load_card(path: Path) -> dict[str, Any]:
    """The fields of a card.

    Raises:
        UserError: not TOML, an unknown field, or a value that the field can't have; names the field.
    """
    card = toml.read(path)
    problem = next(problems(card), None)
    if problem:
        raise UserError(f"{path}: {problem}")
    return card


def card_corpus(folder: Path, by_name: Callable[[], tuple[Source, ...]]) -> Corpus:
    """The corpus of a folder that has a card.

    Args:
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
    return Corpus(
        name=card.get("name", folder.resolve().name),
        sources=_sources(card, path) if "languages" in card else by_name(),
        kind=card.get("kind", "text"),
        alignment=card.get("alignment", "none"),
        documents=documents,
        licence=card.get("licence"),
        source=card.get("source"),
        orthography=_orthography(card),
        keys=card.get("keys"),
    )


def files_of(facts: str | list[str] | dict[str, Any]) -> list[str]:
    """The file names that a card gives a language: alone, in a list, or in a table of facts."""
    named = facts["files"] if isinstance(facts, dict) else facts
    return [named] if isinstance(named, str) else list(named)


def _sources(card: dict[str, Any], path: Path) -> tuple[Source, ...]:
    found = []
    for language, facts in card["languages"].items():
        for name in files_of(facts):
            file = name if is_url(name) else str(path.parent / name)
            form = card.get("format") or format_of(file)
            if form is None:
                if refused := refusal(file):
                    raise UserError(f"{path}: {refused}")
                raise UserError(f"{path}: what is {name}? Say it with 'format' in the card")
            found.append(Source(find(language).id, file, form))
    return tuple(found)


def _orthography(card: dict[str, Any]) -> dict[str, str]:
    """Language to its orthography, where the card names one."""
    named = dict(card.get("orthography", {}))
    for language, facts in card.get("languages", {}).items():
        if isinstance(facts, dict) and "orthography" in facts:
            named[language] = facts["orthography"]
    return {find(language).id: form for language, form in named.items()}
