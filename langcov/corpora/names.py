"""What files say: their names the language and format, as makers of corpora write them, or their rows."""

from __future__ import annotations

import glob
import logging
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.corpora.readers.foreign import refusal
from langcov.corpora.readers.formats import FORMATS, WORDS, format_of, languages_in, read
from langcov.corpora.readers.streams import bare, is_pipe, is_url
from langcov.corpora.tables.word_table import open_table
from langcov.errors import UserError
from langcov.languages import all_languages, find
from langcov.text.properties import scripts
from langcov.text.scripts import comparable, majority_script

_ENDINGS = (*(f".{name}" for name in FORMATS if name != "memory"), ".words.tsv")
KNOWN = f"{' '.join(_ENDINGS)}, each also .gz .bz2 .zst .xz"
_log = logging.getLogger(__name__)
_PARTS = ("dev", "devtest", "test", "train", "valid")
"""FLORES names files of plain text so: ``tat_Cyrl.devtest``."""
_PART_OF = {part: part for part in ("train", "dev", "test")} | {
    "training": "train",
    **dict.fromkeys(("valid", "validation", "val"), "dev"),
    "devtest": "test",
}
_OF_PART = re.compile(rf"(.+)[._-](?:{'|'.join(_PART_OF)})")
"""Parts of a corpus by their makers: ``tat_Cyrl.train.txt``, ``tat-test.tsv``."""
_PAIR = re.compile(r"(?:.*\.)?([a-zA-Z_]+)-([a-zA-Z_]+)")
"""OPUS names one side of a parallel text so: ``Tatoeba.ru-tt.tt``."""
_TREEBANK = re.compile(r"([a-z]{2,3})_[a-z0-9]+-ud-[a-z-]+")
"""Universal Dependencies: ``tt_nmctt-ud-test.conllu``."""
_LAST = re.compile(r".*\.([a-z]{2,3}(?:[-_][A-Z][a-z]{3})?(?:[-_][A-Z]{2})?)")
"""NTREX and others: ``newstest2019-ref.tat.txt``."""
_LINES_TOLD_BY, _FEWEST_BYTES = 2000, 200
"""How many lines of a file tell its script, and how long those in it are at least together."""


def told(path: str) -> tuple[str | None, str | None]:
    """The id of the language and the format that the name of a file says, None for what it doesn't.

    >>> told("tat_Cyrl.devtest"), told("tt_nmctt-ud-test.conllu.gz")
    (('tat_Cyrl', 'txt'), ('tat_Cyrl', 'conllu'))
    >>> told("newstest2019-ref.tat.txt"), told("Tatoeba.ru-tt.tt"), told("README.md")
    (('tat_Cyrl', 'txt'), ('tat_Cyrl', 'txt'), (None, None))
    >>> told("tat_Cyrl.train.txt"), told("tat-test.tsv")
    (('tat_Cyrl', 'txt'), ('tat_Cyrl', 'tsv'))
    """
    form, name = format_of(path), bare(path).rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    pair = _PAIR.fullmatch(stem)
    if form is None and pair and ending in pair.groups():
        return _known(ending), "txt"
    if form is None and ending in _PARTS:
        form = "txt"
    others = (pattern.fullmatch(stem) for pattern in (_TREEBANK, _LAST, _OF_PART))
    names = [stem or name, *(found[1] for found in others if found)]
    return next((language for language in map(_known, names) if language), None), form


def part_of(path: str) -> str:
    """The part of a corpus that a file is, by its name or its folder's: train, dev or test; else nothing.

    >>> part_of("tt_nmctt-ud-test.conllu"), part_of("flores/dev/tat_Cyrl.txt"), part_of("validated.tsv")
    ('test', 'dev', '')
    """
    folder, name = ["", *bare(path).lower().split("/")][-2:]
    words = re.split("[^a-z]+", name)
    said = {_PART_OF[word] for word in words if word in _PART_OF} or {_PART_OF.get(folder, "")}
    return said.pop() if len(said) == 1 else ""


def _known(name: str) -> str | None:
    with suppress(UserError):
        return find(name).id
    return None


def file_of(path: str, named: str, options: ReadOptions) -> tuple[Source, ...]:
    """A file that is said to be in a language; of one of several languages, its rows in that one.

    A name without a script, of a language that has rows in several, means the row in the script of the file.

    Raises:
        UserError: it is not there, its format is not known, or no row is in the language.
    """
    language, form = find(named).id, format_of(path) or _plain_text(path)
    mixed = _mixed(path, form, options, language)
    return mixed or (in_its_script(Source(language, path, form), named, options),)


def files_of(paths: Sequence[str], options: ReadOptions, strict: bool = True) -> tuple[Source, ...]:
    """What files, or their rows, say of themselves.

    Args:
        paths: of the files.
        options: how they are read, where rows say the language.
        strict: each must say a language and a format; else those that don't are left out.

    Raises:
        UserError: one does not, or none is text.
    """
    sources: list[Source] = []
    left_out: list[str] = []
    foreign: list[UserError] = []
    for path in paths:
        language, form = told(path)
        if form == WORDS:
            sources += [Source(find(name).id, path, WORDS) for name in sorted(open_table(path).counts)]
        elif form and (mixed := _mixed(path, form, options)):
            sources += mixed
        elif language and form:
            sources.append(in_its_script(Source(language, path, form), stem_of(path), options))
        elif strict:
            raise _unnamed(path, language)
        elif language and (refused := refusal(path)):
            foreign.append(refused)
        elif form and not stem_of(path).isupper():
            left_out.append(stem_of(path))
    if foreign and not sources:
        raise foreign[0]
    if foreign:
        _log.warning("files left out, as they are not text: %d (%s)", len(foreign), foreign[0])
    if sources and left_out:
        names = ", ".join(left_out[:3]) + ("…" if len(left_out) > 3 else "")
        _log.warning("files left out, as their names say no language: %d (%s)", len(left_out), names)
    return tuple(sources)


def in_its_script(source: Source, named: str, options: ReadOptions) -> Source:
    """A source whose language has rows in several scripts, in the one that its text has.

    Only where its letters are known: without a known alphabet (Latin Tatar) it is rather a mistake.

    Args:
        source: its language is the first row of the name.
        named: what names the language; if that says a script, this is the one.
        options: how it is read.
    """
    language = find(source.language)
    code, own = language.iso639_3, comparable(language.script)
    rows = [one for one in all_languages() if code in (one.iso639_3, one.macrolanguage)]
    written = [one for one in reversed(rows) if one.facts["letters"]]
    ids = {comparable(one.script): one.id for one in written} | {own: language.id}
    said = language.script.casefold() in named.casefold()
    if said or len(ids) == 1 or source.format == WORDS or is_pipe(source.path):
        return source
    with suppress(UserError):  # whoever reads it in full says what is wrong
        part = replace(options, max_lines=_LINES_TOLD_BY)
        lines = next(read(source, Corpus("", (source,)), part, Provenance()))
        votes = np.bincount(majority_script(lines.text), lines.text.lengths, len(scripts()))[1:]
        found = ids.get(scripts()[1 + int(votes.argmax())]) if votes.max() >= _FEWEST_BYTES else None
        if found and found != source.language:
            _log.warning("%s is read as %s: it is in that script, not in %s", source.shown, found, own)
            return replace(source, language=found)
    return source


def stem_of(path: str, folder: bool = False) -> str:
    """What a corpus is called after its path, or after the folder that it is in."""
    parts = [part for part in path.rstrip("/").split("/") if part]
    if folder:
        return parts[-2] if len(parts) > 1 and not parts[-2].endswith(":") else "files"
    name = bare(parts[-1]) if parts else path
    return name.removesuffix(".words.tsv") if name.endswith(".words.tsv") else name.rpartition(".")[0] or name


def split_pattern(path: str) -> tuple[str, str]:
    """What of a path is a name, and the pattern after it: what is there is a name, whatever its letters.

    >>> split_pattern("texts/*/a.txt"), split_pattern("texts/a.txt")
    (('texts/', '*/a.txt'), ('texts/a.txt', ''))
    """
    parts = path.split("/")
    for at, part in enumerate(parts):
        if glob.has_magic(part) and (is_url(path) or not Path("/".join(parts[: at + 1])).exists()):
            return "".join(f"{name}/" for name in parts[:at]), "/".join(parts[at:])
    return path, ""


def _unnamed(path: str, language: str | None) -> UserError:
    """The error for a file whose name says too little, or that it is no text."""
    form, why = format_of(path), f"its name says no format; known are {KNOWN}"
    if language is None:
        why = f"its name {stem_of(path)!r} says no language: call it tat_Cyrl.txt, or write LANG={path}"
    if language is None and form in FORMATS and (asked := FORMATS[form].languages):
        why += f", or say what names the language of each row with --{asked.replace('_', '-')}"
    return (None if form else refusal(path)) or UserError(f"{path}: {why}")


def _plain_text(path: str) -> str:
    """The format of a file that is said to hold text, though its name does not say so; a pipe may be one."""
    if refused := refusal(path):
        raise refused
    if is_url(path):
        raise UserError(f"{path}: its name says no format; known are {KNOWN}")
    if Path(path).is_dir():
        raise UserError(f"{path} is a folder: name a file in it")
    if not Path(path).exists():
        raise UserError(f"{path} is no such file")
    return "txt"


def _mixed(path: str, form: str, options: ReadOptions, language: str | None = None) -> tuple[Source, ...]:
    """The languages of a file whose rows say theirs, or the one that is wanted; none if not asked."""
    if is_pipe(path):
        return ()
    said = languages_in(path, form, options)
    if said is None:
        return ()
    names: dict[str, list[str]] = {}
    unknown: Counter[str] = Counter()
    for name, times in said.items():
        if id := _known(name):
            names.setdefault(id, []).append(name)
        else:
            unknown[name] += times
    if not any(said) and FORMATS[form].told:
        raise UserError(f"{path}: no text of it says its language")
    if not any(said):
        asked = str(FORMATS[form].languages)
        name = f"--{asked.replace('_', '-')} {getattr(options, asked)}"
        raise UserError(f"{path}: {name}: no row of it has that, so none says its language")
    if not names or (language and language not in names):
        there = ", ".join(sorted(names)) or ", ".join(map(repr, [*said][:5])) or "nothing"
        raise UserError(
            f"{path}: no row says that it is in {language or 'a known language'}; they say {there}"
        )
    if unknown and not language:
        shown = ", ".join(f"{name!r} {times}" for name, times in unknown.most_common(3))
        _log.warning(
            "rows of %s left out, as their language is not known: %d (%s)", path, unknown.total(), shown
        )
    wanted = [language] if language else sorted(names)
    return tuple(Source(id, path, form, only=tuple(sorted(names[id]))) for id in wanted)
