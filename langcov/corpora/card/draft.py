"""A new card: which files are in which language, what the table of languages says of it; and its TOML."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from langcov.core import toml
from langcov.core.ui import _
from langcov.corpora.base import ReadOptions, Source, among
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field
from langcov.corpora.names import in_its_script, told
from langcov.corpora.readers.foreign import check_plain
from langcov.corpora.readers.formats import WORDS, format_of
from langcov.corpora.tables.word_table import open_table
from langcov.errors import UserError
from langcov.languages import find


def files_by_language(
    folder: Path,
    named: Sequence[str],
    wanted: Sequence[str],
    ask: Callable[[str], str | None] | None = None,
) -> dict[str, list[str]]:
    """Language to its files, as a card names them.

    Args:
        named: files, or ``LANG=FILE``; all files of text in the folder where there is none.
        wanted: names of languages; only these are kept. One alone is that of the files in ``named``, or of
            the only file in the folder, whatever they are called.
        ask: gives the name of the language of a file that says none, or None to leave it out.

    Raises:
        UserError: a file is not there or its language not known; no language, or a wanted one, has files.
    """
    found: dict[str, list[str]] = {}
    items = named or _text_files(folder)
    sure = wanted if len(wanted) == 1 and (named or len(items) == 1) else ()
    for item in items:
        language, equals, file = item.partition("=")
        told = bool(equals) and not (folder / item).exists()
        name = _inside(folder, file if told else item)
        check_plain(str(folder / name), format_of(name) or "")
        ids = _languages_in(folder / name, [language] if told else sure)
        if not ids and ask and (answer := ask(name)):
            ids = _languages_in(folder / name, [answer])
        if not ids and named:
            raise UserError(f"{name}: in which language is it? Write --file LANG={name}")
        for id in ids:
            if not wanted or any(among({id}, name) for name in wanted):
                found.setdefault(id, []).append(name)
    for id in (find(language).id for language in wanted if not among({*found}, language)):
        raise UserError(f"{folder} has no file in {id}: give --file {id}=FILE")
    if not found:
        raise UserError(f"{folder} has no file whose name says its language: give --file LANG=FILE")
    return found


def _text_files(folder: Path) -> list[str]:
    """The names of the files of a folder that hold text or counts, sorted."""
    return sorted(path.name for path in folder.iterdir() if path.is_file() and told(path.name)[1])


def _inside(folder: Path, name: str) -> str:
    """The path of a file from its folder; it may be given from the current one."""
    for path in (folder / name, Path(name)):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path.resolve().relative_to(folder.resolve()).as_posix()
    raise UserError(f"{name} is no file in {folder}: put it there")


def _languages_in(file: Path, sure: Sequence[str]) -> list[str]:
    """The languages that a word table holds; of other files the sure one, or what the name says."""
    if format_of(file.name) == WORDS:
        return sorted(find(name).id for name in open_table(str(file)).counts)
    told_by = sure or [id for id in [told(file.name)[0]] if id]
    sources = [Source(find(name).id, str(file), format_of(file.name) or "txt") for name in told_by]
    return [in_its_script(one, (*sure, file.name)[0], ReadOptions()).language for one in sources]


def facts(language: str, files: Sequence[str]) -> dict[str, Any]:
    """What a card says of a language, as far as the table of languages knows it.

    >>> facts("che_Cyrl", ["che.txt"])["glottocode"]
    'chec1245'
    """
    found = find(language)
    known = {"autonym": found.autonym, "script": found.script, "glottocode": found.glottocode}
    named = files[0] if len(files) == 1 else list(files)
    return {"files": named, **{name: value for name, value in known.items() if value}}


def alignment(folder: Path, files: Mapping[str, Sequence[str]]) -> str | None:
    """How the languages of a word table are aligned, as it says itself; None of other files."""
    names = {name for several in files.values() for name in several if format_of(name) == WORDS}
    return next((open_table(str(folder / name)).alignment for name in sorted(names)), None)


WIDTH = 100


def card_toml(card: Mapping[str, Any]) -> str:
    """The text of ``corpus.toml``; it reads back as the same card.

    A field that ``new`` asks for and the card lacks stands there as a comment with an example.
    """
    head = [f"# {_('The card of a corpus. Lines that begin with # explain; langcov does not read them.')}"]
    single = [field for field in FIELDS.values() if not isinstance(card.get(field.name), dict)]
    lines = [*head, *_fields(single, card)]
    for field in FIELDS.values():
        if isinstance(table := card.get(field.name), dict):
            lines += _table(field, table)
    return "\n".join(lines) + "\n"


def _table(field: Field, table: Mapping[str, Any]) -> Iterator[str]:
    """A table by language; a language with facts is a table of its own, and the first one explains them."""
    plain = {name: value for name, value in table.items() if not isinstance(value, dict)}
    yield from ("", *_comment(field.why), toml.table(field.name, plain).rstrip("\n"))
    explained = False
    for name, facts in table.items():
        if not isinstance(facts, dict):
            continue
        place = f"{field.name}.{toml.key(name)}"
        if explained:
            told = {known: facts[known] for known in LANGUAGE_FIELDS if known in facts}
            yield from ("", toml.table(place, told).rstrip("\n"))
        else:
            yield from ("", f"[{place}]", *_fields(LANGUAGE_FIELDS.values(), facts))
            explained = True


def _fields(fields: Iterable[Field], table: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        if field.name in table:
            line = toml.table("", {field.name: table[field.name]}).rstrip("\n")
            yield from ("", *_comment(field.why), line)
        elif field.asked:
            yield from ("", *_comment(field.why), f"# {field.name} = {_example(field)}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(_(text), WIDTH, initial_indent="# ", subsequent_indent="# ")


def _example(field: Field) -> str:
    if bool in field.types:
        return toml.value(False)
    return toml.value([field.said_example] if list in field.types else field.said_example)
