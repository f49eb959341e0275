"""A text is described and made ready to be given: the address ``/card``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from langcov.core import ui
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field, as_value, missing, problems
from langcov.errors import UserError
from langcov.languages import find
from langcov.web.asking import form_of, how_read, shown, telling, to, visit_of, work_of
from langcov.web.given import TEXT
from langcov.web.guard import tongue
from langcov.web.packing import pack
from langcov.web.pages.card import card_page, verdict
from langcov.web.uploads import keep
from langcov.web.works import Work

SECTIONS = {"card": FIELDS, "language": LANGUAGE_FIELDS}


def said(form: FormData) -> dict[str, str]:
    """What a form says of the fields that are asked for, and beside them of language and counts."""
    names = [f"{of}.{field.name}" for of, field in asked()] + ["language", "counts"]
    return {name: text for name in names if (text := str(form.get(name, "")).strip())}


def asked() -> Iterator[tuple[str, Field]]:
    """The fields that are asked for: of the card, then of its languages."""
    for of, fields in SECTIONS.items():
        yield from ((of, field) for field in fields.values() if field.asked)


def values(told: Mapping[str, str], of: str) -> dict[str, Any]:
    """The values of a card, or of one of its languages; each line of a list is one."""
    found: dict[str, Any] = {}
    for field in (field for section, field in asked() if section == of):
        if text := told.get(f"{of}.{field.name}"):
            lines = list(filter(None, map(str.strip, text.splitlines())))
            found[field.name] = lines if list in field.types else as_value(field, " ".join(lines))
    return found


@telling
async def first(request: Request) -> Response:
    """The form, as it was filled in last."""
    visit = visit_of(request)
    return shown(request, lambda: card_page(visit))


async def look(request: Request) -> Response:
    """What is wrong so far, field by field, and what is missing, for a script."""
    told = said(await form_of(request))
    with ui.speaking(tongue(request)):
        wrong = {f"{of}.{field.name}": _wrong(told, of, field) for of, field in asked()}
        card = {
            **values(told, "card"),
            "languages": {_language(told): {"files": "x", **values(told, "language")}},
        }
        lacking = len(list(missing(card)))
        return JSONResponse({"wrong": wrong, "verdict": verdict(any(wrong.values()), lacking)})


def _wrong(told: Mapping[str, str], of: str, field: Field) -> str:
    """What is wrong with one field by itself."""
    value = {name: one for name, one in values(told, of).items() if name == field.name}
    card = value if of == "card" else {"languages": {_language(told): {"files": "x", **value}}}
    return next(problems(card), "")


def _language(told: Mapping[str, str]) -> str:
    """The id of the language that is named; where none is yet, any will do to look at the rest."""
    with suppress(UserError):
        return find(told.get("language", "")).id
    return "rus_Cyrl"


@telling
async def make(request: Request) -> Response:
    """Files and what is said of them are packed."""
    form = await form_of(request)
    state, visit = request.app.state, visit_of(request)
    visit.card = said(form)
    folder = state.root.folder()
    (folder / TEXT).mkdir()
    work = visit.add(await keep(form, folder), folder, language=visit.card.get("language", ""))
    work.gives = True
    return _packing(request, work)


@telling
async def again(request: Request) -> Response:
    """The same files are packed once more, read another way."""
    form = await form_of(request)
    work = work_of(request)
    work.again(**how_read(form))
    return _packing(request, work)


def _packing(request: Request, work: Work) -> Response:
    told = visit_of(request).card
    card, language = values(told, "card"), values(told, "language")
    work.begin(request.app.state.lanes, pack, card, language, "counts" in told, tongue(request))
    return to(work.address)


ROUTES = [
    Route("/card", first),
    Route("/card", make, methods=["POST"]),
    Route("/card/look", look, methods=["POST"]),
    Route("/works/{work}/pack", again, methods=["POST"]),
]
