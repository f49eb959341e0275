"""Files are given, checked, corrected, and taken away: the addresses under ``/works``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from langcov.core import toml
from langcov.errors import UserError
from langcov.hygiene.engine.exceptions import NAME as EXCEPTIONS
from langcov.web import tasks
from langcov.web.asking import form_of, how_read, shown, telling, to, visit_of, work_of
from langcov.web.given import MADE, TEXT
from langcov.web.guard import tongue
from langcov.web.pages.found import ROWS
from langcov.web.pages.start import start
from langcov.web.pages.work import work_page
from langcov.web.uploads import keep


@telling
async def first(request: Request) -> Response:
    """The first page."""
    return shown(request, lambda: start(visit_of(request)))


@telling
async def give(request: Request) -> Response:
    """Files are given."""
    form = await form_of(request)
    how = how_read(form)
    state, visit = request.app.state, visit_of(request)
    folder = state.root.folder()
    (folder / TEXT).mkdir()
    work = visit.add(await keep(form, folder), folder, **how)
    work.begin(state.lanes, tasks.check)
    return to(work.address)


@telling
async def look(request: Request) -> Response:
    """The page of a piece of work."""
    visit, work = visit_of(request), work_of(request)
    spoken = tongue(request)
    found = work.asked.made / f"found.{spoken}.html"
    html = found.read_text("utf-8") if work.checked.get("kind") == "checked" and found.exists() else ""
    return shown(request, lambda: work_page(visit, work, html, spoken))


async def state(request: Request) -> Response:
    """How far it is, for a script."""
    work = work_of(request)
    return JSONResponse({"state": work.state, "share": work.share})


@telling
async def again(request: Request) -> Response:
    """It is checked once more, another way."""
    form = await form_of(request)
    work = work_of(request)
    work.again(**how_read(form))
    work.begin(request.app.state.lanes, tasks.check)
    return to(work.address)


@telling
async def apply(request: Request) -> Response:
    """What is ticked is corrected in copies."""
    form = await form_of(request)
    work = work_of(request)
    numbers = _numbers(form.getlist("fix"))
    if form.get("rest"):
        numbers += range(ROWS, work.checked.get("certain", 0))
    work.begin(request.app.state.lanes, tasks.apply, numbers)
    return to(f"{work.address}#done")


def _numbers(said: Sequence[object]) -> list[int]:
    return [int(str(one)) for one in said if str(one).isdecimal()]


@telling
async def accept(request: Request) -> Response:
    """What is ticked as right is written down with a reason, and the text is checked anew."""
    form = await form_of(request)
    work = work_of(request)
    work.check_idle()
    known = json.loads((work.asked.made / tasks.ACCEPTABLE).read_text("utf-8"))
    right = [known[one] for one in _numbers(form.getlist("right")) if one < len(known)]
    reason = str(form.get("reason", "")).strip()
    if not right or not reason:
        raise UserError("tick what is right in the lists of words, and say why it is")
    said = "".join(f"[[accept]]\n{toml.table('', {**one, 'reason': reason})}\n" for one in right)
    with Path(work.asked.folder, TEXT, EXCEPTIONS).open("a", encoding="utf-8") as file:
        file.write(said)
    if EXCEPTIONS not in work.asked.files:
        work.add_file(EXCEPTIONS)
    work.begin(request.app.state.lanes, tasks.check)
    return to(work.address)


@telling
async def cancel(request: Request) -> Response:
    """What goes on is ended."""
    await form_of(request)
    work = work_of(request)
    work.cancel()
    return to(work.address)


@telling
async def remove(request: Request) -> Response:
    """All of it is taken away."""
    await form_of(request)
    work = work_of(request)
    work.remove()
    del visit_of(request).works[work.id]
    return to("/")


async def take(request: Request) -> Response:
    """A file that was made, or the exceptions: never shown, always saved."""
    work, folder = work_of(request), request.path_params["folder"]
    base = Path(work.asked.folder, folder)
    path = (base / request.path_params["path"]).resolve()
    allowed = folder == MADE or (folder == TEXT and path.name == EXCEPTIONS)
    if not allowed or not path.is_relative_to(base.resolve()) or not path.is_file():
        raise HTTPException(404)
    name = f"attachment; filename*=UTF-8''{quote(path.name)}"
    return FileResponse(path, media_type="application/octet-stream", headers={"Content-Disposition": name})


ROUTES = [
    Route("/", first),
    Route("/works", give, methods=["POST"]),
    Route("/works/{work}", look),
    Route("/works/{work}/state", state),
    Route("/works/{work}/again", again, methods=["POST"]),
    Route("/works/{work}/apply", apply, methods=["POST"]),
    Route("/works/{work}/accept", accept, methods=["POST"]),
    Route("/works/{work}/cancel", cancel, methods=["POST"]),
    Route("/works/{work}/remove", remove, methods=["POST"]),
    Route("/works/{work}/{folder}/{path:path}", take),
]
