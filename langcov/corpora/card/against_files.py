"""A card against the files it speaks of: are they there, are they as it says, may they be submitted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from langcov.core.ui import _
from langcov.corpora.align import check_lines
from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.card.values import NO_LICENCE, OWN_LICENCE
from langcov.corpora.readers.formats import WORDS, format_of, read
from langcov.corpora.readers.streams import is_url
from langcov.corpora.resolve import resolve
from langcov.corpora.tables.condense import LEAST_LINES, LEAST_WORDS, PUBLIC
from langcov.corpora.tables.read import read_words
from langcov.corpora.tables.word_table import open_table
from langcov.errors import UserError
from langcov.languages import find, orthographies


@dataclass
class Survey:
    """What the files of a corpus are like."""

    # language to its lines that are not empty, or to the counts of its word table
    entries: dict[str, int] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)  # the languages of word tables
    problems: list[str] = field(default_factory=list)  # where the files are not as the card says
    lacks: list[str] = field(default_factory=list)  # what keeps them from being submitted
    notes: list[str] = field(default_factory=list)  # what its author may not have meant


def survey(folder: Path, card: Mapping[str, Any]) -> Survey:
    """Read all files of a corpus once."""
    found = Survey()
    try:
        [corpus] = resolve([f"{folder}/"])  # the slash: no bundled corpus of that name
    except UserError as problem:
        found.problems.append(str(problem))
        return found
    lines = {source: _read(source, corpus, found) for source in corpus.sources}
    try:
        check_lines(corpus, ((source, one.lines) for source, one in lines.items()))
    except UserError as problem:
        found.problems.append(str(problem))
    found.problems += _other_digests(card, lines)
    found.lacks += _not_to_submit(folder, corpus)
    found.notes += _left_out(folder, corpus, card)
    found.notes += _other_orthographies(corpus)
    return found


def _read(source: Source, corpus: Corpus, found: Survey) -> Provenance:
    """Read one file to its end and note what it is like."""
    provenance = Provenance()
    entries = 0
    named = re.match(r"[a-z]{3}_[A-Z][a-z]{3}(?=\.)", Path(source.path).name)
    if named and named[0] != source.language:
        problem = _(
            "{file}: its name says {named}, the card says {language}",
            file=source.path,
            named=named[0],
            language=source.language,
        )
        found.problems.append(problem)
    try:
        if source.format == WORDS:
            found.counted.add(source.language)
            entries = _count_words(source, corpus, found)
        else:
            for lines in read(source, corpus, ReadOptions(), provenance):
                entries += int((lines.text.lengths > 0).sum())
    except UserError as problem:
        found.problems.append(str(problem))
    found.entries[source.language] = found.entries.get(source.language, 0) + entries
    return provenance


def _count_words(source: Source, corpus: Corpus, found: Survey) -> int:
    """The counts of one language of a word table; whether they give its sentences away is noted."""
    table = read_words(source, corpus, ReadOptions(), Provenance())
    aligned = open_table(source.path).alignment
    if aligned != corpus.alignment:
        said = f"{source.path} is aligned by {aligned!r}, the card says {corpus.alignment!r}"
        raise UserError(f"{said}: take the table's word")
    words = np.bincount(table.row, table.count, minlength=len(table.lines))
    short = (table.lines < LEAST_LINES) | (words < LEAST_WORDS)
    if corpus.licence not in PUBLIC and short.any():
        advice = _(
            "{file}: rows of {language} hold fewer than {lines} lines or {words} words, so that sentences "
            "could be put together again: condense the text anew in a folder whose card names its licence",
            file=source.path,
            language=source.language,
            lines=LEAST_LINES,
            words=LEAST_WORDS,
        )
        found.lacks.append(advice)
    return len(table.count)


def _other_digests(card: Mapping[str, Any], read: Mapping[Source, Provenance]) -> list[str]:
    """Files whose sha256 is not that of the card; that of a word table is of the text it was made from."""
    problems = []
    for language, digests in card.get("sha256", {}).items():
        mine = [source for source in read if source.language == find(language).id and source.format != WORDS]
        expected = [digests] if isinstance(digests, str) else digests
        if mine and len(mine) != len(expected):
            problems.append(
                _(
                    "sha256.{language} must be a list of {n}, one for each file of the language",
                    language=language,
                    n=len(mine),
                )
            )
        for source, digest in zip(mine, expected):
            if read[source].sha256 and read[source].sha256 != digest:
                problems.append(
                    _(
                        "{file}: its text has the sha256 {sha256}, the card says {digest}",
                        file=source.path,
                        sha256=read[source].sha256,
                        digest=digest,
                    )
                )
    return problems


def _not_to_submit(folder: Path, corpus: Corpus) -> list[str]:
    """What keeps files from being submitted: where they are, or their licence."""
    lacks = [
        _("{file} is not in the folder of the card: put it there", file=path)
        for path in dict.fromkeys(source.path for source in corpus.sources)
        if is_url(path) or not Path(path).resolve().is_relative_to(folder.resolve())
    ]
    texts = [source.path for source in corpus.sources if source.format != WORDS]
    if corpus.licence == NO_LICENCE and texts:
        advice = _(
            "the licence is NONE, but {file} is text: count it with 'langcov corpora condense' into a folder "
            "of its own and submit that",
            file=texts[0],
        )
        lacks.append(advice)
    if OWN_LICENCE in (corpus.licence or "") and not any(folder.glob("LICENSE*")):
        text = _("the text of {licence}: put it in a file LICENSE beside the card", licence=corpus.licence)
        lacks.append(text)
    return lacks


def _left_out(folder: Path, corpus: Corpus, card: Mapping[str, Any]) -> list[str]:
    """Files of text beside the card that it doesn't name."""
    if "languages" not in card:
        return []
    named = {Path(source.path).resolve() for source in corpus.sources}
    others = [
        path for path in sorted(folder.iterdir()) if format_of(path.name) and path.resolve() not in named
    ]
    return [_("{file} is not named in the card, so it is not read", file=path) for path in others]


def _other_orthographies(corpus: Corpus) -> list[str]:
    return [
        _(
            "the letters of {language} in the orthography {name!r} are not known, so none is judged",
            language=language,
            name=name,
        )
        for language, name in corpus.orthography.items()
        if name not in {one.orthography for one in orthographies(find(language))}
    ]
