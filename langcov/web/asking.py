"""What a handler is told, and how it answers: pages in the language of the reader, errors as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from secrets import compare_digest

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from langcov.core import ui
from langcov.core.ui import _
from langcov.errors import UserError
from langcov.report.languages.name import in_words
from langcov.web.guard import tongue
from langcov.web.pages.elements import items, note, say
from langcov.web.pages.frame import Page, framed
from langcov.web.pages.start import plainly, titled
from langcov.web.works import Visit, Work

MOST_FILES, MOST_FIELDS = 2_000, 10_000
HOW = (
    "language",
    "encoding",
    "column",
    "named",
    "field",
    "sheet",
    "tier",
    "null",
)  # what a form may say of how files are read
Handler = Callable[[Request], Awaitable[Response]]


def visit_of(request: Request) -> Visit:
    """Whose request it is."""
    visit: Visit = request.scope["visit"]
    return visit


def work_of(request: Request) -> Work:
    """The piece of work that an address names, if it is the visitor's own.

    Raises:
        HTTPException: 404.
    """
    work = visit_of(request).works.get(request.path_params["work"])
    if work is None:
        raise HTTPException(404)
    return work


async def form_of(request: Request) -> FormData:
    """What a form says, after its secret was seen to be right.

    Raises:
        HTTPException: 403, it is not a form of a page that this visitor was shown.
    """
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    if not compare_digest(str(form.get("form", "")).encode(), visit_of(request).form.encode()):
        raise HTTPException(403)
    return form


def how_read(form: FormData) -> dict[str, str]:
    """How files are to be read, as a form says it."""
    said = {name: str(form.get(name, "")).strip() for name in HOW if name in form}
    if "encoding" in said:
        said["encoding"] = said["encoding"] or "utf-8"
    return said


def shown(request: Request, view: Callable[[], Page], status: int = 200) -> Response:
    """A page, in the language of the reader. The view waits for nothing: one language is spoken at a time."""
    with ui.speaking(tongue(request)):
        return HTMLResponse(framed(view()), status)


def to(address: str) -> Response:
    """Go there."""
    return RedirectResponse(address, 303)


def telling(handler: Handler) -> Handler:
    """A handler whose errors are pages: what is wrong with what was given, in a sentence."""

    @wraps(handler)
    async def told(request: Request) -> Response:
        try:
            return await handler(request)
        except UserError as error:
            sentence = str(error)
            work = visit_of(request).works.get(request.path_params.get("work", ""))
            return shown(request, lambda: _sorry(plainly(in_words(sentence)), work), 400)

    return told


async def on_http(request: Request, error: Exception) -> Response:
    """The page of an error with a status."""
    status = getattr(error, "status_code", 500)
    return shown(request, lambda: _sorry(_said(status)), status)


async def on_bug(request: Request, error: Exception) -> Response:
    """The page of a bug; nothing of what was given is in it."""
    return shown(request, lambda: _sorry(_said(500)), 500)


def _said(status: int) -> str:
    known = {
        403: _("This form is no longer valid: open the page anew and try again."),
        404: _("There is nothing here. If the program was started anew, give the files again."),
        405: _("This page can't be asked for in this way."),
        413: _("That is too much for this page."),
    }
    return known.get(status, _("langcov itself failed. Please report it; nothing was lost."))


def _sorry(sentence: str, work: Work | None = None) -> Page:
    ways = [say("a", titled(work), href=work.address)] if work else []
    back = items([*ways, say("a", _("To the first page"), href="/")])
    return Page(sentence, [say("h1", _("That did not work")), note(sentence, "errors"), back])
