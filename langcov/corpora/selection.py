"""Some languages of corpora: which are meant, and which sources and corpora stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langcov.corpora.base import Corpus
from langcov.errors import UserError
from langcov.languages import find


def only(corpora: Sequence[Corpus], languages: Sequence[str], references: Sequence[str]) -> list[Corpus]:
    """Keep the sources of some languages, and the corpora that have any of them.

    Args:
        corpora: as they are.
        languages: any names that ``langcov.languages.find`` knows.
        references: kept too, where they are there.

    Raises:
        UserError: no corpus has one of the languages, or nothing has that name.
    """
    there = {language for corpus in corpora for language in corpus.languages}
    wanted = {name: among(there, name) for name in languages}
    missing = next((name for name, chosen in wanted.items() if not chosen), None)
    if missing:
        raise UserError(f"no corpus has {missing} ({find(missing).id}); there are {', '.join(sorted(there))}")
    asked = set().union(*wanted.values())
    kept = asked.union(*(among(there, name) for name in references))
    return [
        replace(corpus, sources=tuple(source for source in corpus.sources if source.language in kept))
        for corpus in corpora
        if asked & set(corpus.languages)
    ]


def among(there: set[str], name: str) -> set[str]:
    """Of some languages the one that is meant; if the name has no script and the main one isn't there, all.

    Args:
        there: ids of languages.
        name: any name that ``langcov.languages.find`` knows.

    Raises:
        UserError: nothing has that name.
    """
    language = find(name)
    if language.id in there or "_" in name:
        return {language.id} & there
    return {one for one in there if one.startswith(f"{language.iso639_3}_")}
