"""The first page: files are given here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from langcov.core.ui import _
from langcov.corpora.readers.formats import FORMATS
from langcov.languages import all_languages
from langcov.report.hygiene.text import shown
from langcov.report.languages.name import spoken_name
from langcov.web.given import Asked
from langcov.web.guard import LIMIT, too_much
from langcov.web.pages.elements import button, el, field, folded, form, items, say, section
from langcov.web.pages.frame import Page
from langcov.web.works import Visit, Work


def start(visit: Visit) -> Page:
    """Where files are dropped, and what was dropped before."""
    title = _("Check a text in your language")
    said = _(
        "See what is wrong with it (letters that only look right, lost letters, lines in another language, "
        "repeated lines) and take a corrected copy."
    )
    inside = [drop(), language_field(), how(), button(_("Check"), main=True), uploading()]
    body = [
        el("header", say("h1", title), say("p", said)),
        form("/works", visit.form, *inside, files=True),
        _before(list(visit.works.values())[::-1]),
    ]
    return Page(title, body)


def drop() -> str:
    """Where files or a folder are dropped, or chosen."""
    endings = " ".join(f".{name}" for name in FORMATS if name != "memory")
    kinds = _("Files that can be read: {endings}", endings=endings)
    return el(
        "div",
        say("label", _("Drop files or a folder here, or choose files:"), for_="files"),
        el("input", type="file", id="files", name="files", multiple=True, required=True),
        say("p", kinds, class_="quiet", data_chosen=True, role="status"),
        class_="drop",
        data_drop=True,
        data_limit=str(LIMIT),
        data_too_much=too_much(),
    )


def language_field(value: str = "") -> str:
    """Where a language is named."""
    told = _("A name or a code. If you leave it empty, you will be asked.")
    return field("language", _("Language of the text"), told, value=value, list_="languages") + names()


def names() -> str:
    """The languages that can be named, for a field to offer."""
    known = sorted(all_languages(), key=spoken_name)
    return el("datalist", *(say("option", spoken_name(one), value=one.id) for one in known), id="languages")


def how(asked: Asked | None = None, opened: bool = False) -> str:
    """How a file is read, where it doesn't say that itself."""
    told = {
        "encoding": _("Almost always utf-8; old files: cp1251, koi8-r, cp866."),
        "column": _("Its heading, or its number from 1."),
        "named": _("Only the rows in the language of the text are read."),
        "field": _("Of .jsonl and .parquet."),
        "sheet": _("Its name, or its number from 1."),
        "tier": _("Of ELAN and Praat."),
    }
    values = asked or Asked("", ())
    fields = (
        field(name, way.label, told[name], value=str(getattr(values, name))) for name, way in ways().items()
    )
    return folded(_("How to read the file"), *fields, opened=opened)


class Way(NamedTuple):
    """Something that can be said of reading.

    Attributes:
        option: of the commands.
        label: what the page calls it.
        question: that asks for it.
    """

    option: str
    label: str
    question: str


def ways() -> dict[str, Way]:
    """What can be said of reading."""
    return {
        "encoding": Way("--encoding", _("Encoding of the letters"), _("Which encoding is it in?")),
        "column": Way("--text-column", _("Column of a table with the text"), _("Which column is the text?")),
        "named": Way(
            "--lang-column",
            _("Column that names the language of each row"),
            _("Which column names the language of each row?"),
        ),
        "field": Way("--text-field", _("Field of a record with the text"), _("Which field is the text?")),
        "sheet": Way("--sheet", _("Sheet of a table"), _("Which sheet is the text in?")),
        "tier": Way("--tier", _("Tier of a recording with the text"), _("Which tier is the text?")),
    }


def leaving_out() -> Way:
    """What a person may do where a cell or a record holds no text."""
    return Way("--null skip", _("Leave out what holds no text"), _("Is what holds no text to be left out?"))


def plainly(sentence: str) -> str:
    """A message of the commands, with what the page calls their options."""
    for option, label, _question in (*ways().values(), leaving_out()):
        sentence = re.sub(rf"{option}(?![\w-])", f"«{label}»", sentence)
    return sentence.replace("'langcov languages'", _("the page «Languages»"))


def uploading() -> str:
    """How much of the files was read."""
    bar = el("progress", max="1", value="0", aria_label=_("Reading the files"))
    return el("p", bar, data_uploading=True, hidden=True)


def _before(works: Sequence[Work]) -> str:
    """What was given before, while the program runs."""
    links = (say("a", titled(one), href=f"/works/{one.id}") for one in works)
    return section(_("Given before"), items(links)) if works else ""


def titled(work: Work) -> str:
    """What a piece of work is called: its first file, and how many more."""
    files = work.asked.files
    first = shown(files[0])
    return first if len(files) == 1 else _("{file} and {n} more", file=first, n=len(files) - 1)
