"""What is known of languages: the addresses under ``/languages``."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from langcov.errors import UserError
from langcov.languages import find
from langcov.web.asking import shown, telling, to
from langcov.web.guard import tongue
from langcov.web.pages.languages import language_page, languages_page


@telling
async def every(request: Request) -> Response:
    """All languages; or the way to the one that is looked for."""
    if wanted := request.query_params.get("language", "").strip():
        return to(f"/languages/{find(wanted).id}")
    return shown(request, languages_page)


@telling
async def one(request: Request) -> Response:
    """A language."""
    try:
        language = find(request.path_params["id"])
    except UserError:
        raise HTTPException(404) from None
    return shown(request, lambda: language_page(language, tongue(request)))


ROUTES = [Route("/languages", every), Route("/languages/{id}", one)]
