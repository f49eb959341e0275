"""The application: its addresses, what stands before them, and what is kept while it runs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from langcov.core import ui
from langcov.web import checking, cutting, describing, knowing, tasks
from langcov.web.asking import on_bug, on_http, to
from langcov.web.folders import Root
from langcov.web.guard import TONGUE, Guard, Rules
from langcov.web.lanes import Lanes
from langcov.web.works import Visits

STATIC = {"web.css": ("text/css", ["hygiene.css", "web.css"]), "web.js": ("text/javascript", ["web.js"])}
"""What pages load: the type, and the files of ``langcov.data`` that it is made of."""
MOST_LANES = 4


def application(root: Root, rules: Rules, language: str, tokenizers: Sequence[str]) -> Starlette:
    """The pages, for a server to run.

    Args:
        root: where files are kept.
        rules: who may ask.
        language: in which a reader is spoken to whose browser wants neither.
        tokenizers: SPECs of those that cut sentences.
    """

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        lanes = Lanes(max(1, min(MOST_LANES, (os.cpu_count() or 2) - 1)))
        app.state.lanes, app.state.quick = (
            lanes,
            Lanes(1),
        )  # what takes a moment never waits for what takes long
        warming = asyncio.create_task(lanes.run(tasks.ready, (), lambda share: None))
        try:
            yield
        finally:
            lanes.stop()
            app.state.quick.stop()
            warming.cancel()

    routes = [
        *checking.ROUTES,
        *cutting.ROUTES,
        *knowing.ROUTES,
        *describing.ROUTES,
        Route("/ui/{tongue}", speak),
        Route("/static/{name}", static),
    ]
    app = Starlette(
        routes=routes,
        lifespan=living,
        middleware=[Middleware(Guard, rules=rules, visits=Visits())],
        exception_handlers={HTTPException: on_http, Exception: on_bug},
    )
    app.state.root, app.state.tongue, app.state.tokenizers = root, language, tokenizers
    return app


async def speak(request: Request) -> Response:
    """Another language from now on, on the page where one was."""
    back = request.headers.get("referer", "")
    here = f"http://{request.headers['host']}"
    path = back.removeprefix(here).lstrip("/\\") if back.startswith(f"{here}/") else ""
    answer = to(f"/{path}")  # //elsewhere would be an address of somebody else
    if request.path_params["tongue"] in ui.LANGUAGES:
        answer.set_cookie(
            TONGUE, request.path_params["tongue"], max_age=31_536_000, samesite="strict", httponly=True
        )
    return answer


async def static(request: Request) -> Response:
    """The style and the script of all pages."""
    kind, names = STATIC.get(request.path_params["name"], ("", []))
    if not kind:
        raise HTTPException(404)
    return Response(_read(*names), media_type=kind)


@cache
def _read(*names: str) -> str:
    return "".join((files("langcov.data") / name).read_text("utf-8") for name in names)
