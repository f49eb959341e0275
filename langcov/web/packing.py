"""A text, or only the counts of its words, with its card in an archive that can be given."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from langcov.core import ui
from langcov.core.files import write_whole
from langcov.corpora import condense, resolve
from langcov.corpora.card.against_files import Survey, survey
from langcov.corpora.card.card import CARD
from langcov.corpora.card.draft import alignment, card_toml, facts, files_by_language
from langcov.corpora.card.schema import FIELDS, missing, problems
from langcov.corpora.card.values import NO_LICENCE
from langcov.corpora.readers.formats import DOCUMENTS, format_of
from langcov.corpora.readers.streams import bare, decompressed_file
from langcov.errors import ChoiceError, UserError
from langcov.hygiene.reading.encoding import EncodingError
from langcov.web.folders import safe_name
from langcov.web.given import Asked, at_work
from langcov.web.lanes import Tell
from langcov.web.questions import which, which_language

SHOWN = 400  # lines of a file that are shown before it leaves
NAME = "corpus"  # of a corpus that nobody has named yet


def pack(
    tell: Tell, asked: Asked, card: dict[str, Any], languages: dict[str, Any], counts: bool, spoken: str
) -> dict[str, Any]:
    """Make the folder that a submission consists of, and an archive of it.

    Args:
        card: what was said of the corpus.
        languages: what was said of its languages.
        counts: only the counts of words go into it.
        spoken: the language in which the card explains itself.

    Raises:
        UserError: a file can't be read, or its language is not known.
    """
    with at_work(asked):
        tell(None)
        try:
            if question := which_language(asked):
                return question
            return _packed(asked, card, languages, counts, spoken)
        except (EncodingError, ChoiceError) as error:
            return which(error)


def _packed(
    asked: Asked, card: dict[str, Any], languages: dict[str, Any], counts: bool, spoken: str
) -> dict[str, Any]:
    name = safe_name(str(card.get("name") or NAME)).replace("/", "_")
    folder = asked.made / "give" / name
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True)
    wanted = [asked.language] if asked.language else []
    files = files_by_language(Path(), asked.texts, wanted)
    files = _counted(asked, files, folder, name) if counts else _copied(files, folder)
    for licence in (one for one in asked.files if Path(one).name.startswith("LICENSE")):
        shutil.copyfile(licence, folder / Path(licence).name)
    whole = {**card, "languages": {id: {**facts(id, names), **languages} for id, names in files.items()}}
    if counts:
        whole |= {"licence": NO_LICENCE} | _alignment(folder, files)
    whole = {field: whole[field] for field in FIELDS if field in whole}
    with ui.speaking(spoken):
        write_whole(folder / CARD, card_toml(whole).encode())
    return {
        "kind": "packed",
        "counts": counts,
        "archive": _archive(folder),
        "files": [_shown(path, asked.made) for path in sorted(folder.iterdir())],
        "said": {language: _said(folder, whole, language) for language in ui.LANGUAGES},
    }


def _copied(files: Mapping[str, list[str]], folder: Path) -> dict[str, list[str]]:
    """The files as they are, all in one folder; returns them by language."""
    found: dict[str, list[str]] = {}
    for language, names in files.items():
        for name in names:
            if format_of(name) in DOCUMENTS:
                raise UserError(f"{name} is no plain text: check it first, and give the copy that you get")
            new = folder / name.replace("/", "_")
            shutil.copyfile(name, new)
            found.setdefault(language, []).append(new.name)
    return found


def _counted(asked: Asked, files: Mapping[str, list[str]], folder: Path, name: str) -> dict[str, list[str]]:
    """The words of the files counted into one table; returns it by language."""
    specs = [f"{language}={file}" for language, names in files.items() for file in names]
    [corpus] = resolve(specs, options=asked.options)
    table = folder / f"{name}.words.tsv.xz"
    condense(corpus, table, asked.options)
    return {language: [table.name] for language in files}


def _alignment(folder: Path, files: Mapping[str, list[str]]) -> dict[str, str]:
    said = alignment(folder, files)
    return {"alignment": said} if said else {}


def _archive(folder: Path) -> str:
    """The folder in a zip file beside it; returns the name of that."""
    path = folder.parent.parent / f"{folder.name}.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for one in sorted(folder.iterdir()):
            archive.write(one, f"{folder.name}/{one.name}")
    return path.name


def _shown(path: Path, made: Path) -> dict[str, Any]:
    """A file that is to leave: its name and size, its first lines, and where all of it is as text."""
    whole = made / "whole" / bare(path.name)
    whole.parent.mkdir(exist_ok=True)
    with decompressed_file(str(path)) as packed, whole.open("wb") as file:
        shutil.copyfileobj(packed, file)
    with whole.open("rb") as file:
        lines = [line.decode("utf-8", "replace").rstrip("\r\n") for line in islice(file, SHOWN + 1)]
    return {
        "name": path.name,
        "size": path.stat().st_size,
        "lines": lines[:SHOWN],
        "more": len(lines) > SHOWN,
        "whole": whole.relative_to(made).as_posix(),
    }


def _said(folder: Path, card: Mapping[str, Any], language: str) -> dict[str, list[str]]:
    """What is wrong with it, what is missing, and what is to be known, in a language."""
    os.chdir(folder.parent)  # so that files are called as their reader knows them
    with ui.speaking(language):
        wrong = list(problems(card))
        found = Survey() if wrong else survey(Path(folder.name), card)
        lacks = [] if wrong else [ui._(field.why) for field, _ in missing(card)]
        return {"wrong": wrong + found.problems, "lacks": lacks + found.lacks, "notes": found.notes}
