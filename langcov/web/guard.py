"""What stands before every page: who may ask, how much may be sent, what a browser may do with the answer."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from langcov.core import ui
from langcov.core.names import size_of
from langcov.core.ui import _
from langcov.web.works import Visit, Visits

COOKIE, TOKEN = "langcov", "token"
TONGUE = "langcov-ui"  # the cookie of the language that pages speak
LIMIT = 512_000_000
"""Bytes of a request: what more is, is better checked by the command."""
SAFE = ("GET", "HEAD")
ELSEWHERE = ("cross-site", "same-site")
"""Where a browser says that what asks comes from."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, a form would say that its origin is "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Rules:
    """Who may ask.

    Attributes:
        hosts: what a browser may call this server, with the port (``127.0.0.1:8017``): a page elsewhere can
            have its own name lead here, but can't have it called so.
        token: what the address has to hold that opens a visit; empty where only this computer can ask.
    """

    hosts: Collection[str]
    token: str = ""


class Guard:
    """Lets an application see only what it may, and each request with its visit (``scope["visit"]``)."""

    def __init__(self, app: ASGIApp, rules: Rules, visits: Visits) -> None:
        self._app, self._rules, self._visits = app, rules, visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookie = f"{COOKIE}-{scope['server'][1]}"  # browsers keep those of all ports together
        known = self._visits.get(_cookie(headers, cookie))
        with ui.speaking(tongue(HTTPConnection(scope))):
            answer: Response | None = self._refused(scope, headers) or self._opened(scope, known)
        visit = known
        if answer is None and known is None:
            visit = self._visits.new()
        if isinstance(answer, RedirectResponse):
            visit = self._visits.new()
        scope["visit"] = visit

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                new = f"{cookie}={visit.id}" if visit is not None and visit is not known else ""
                _dress(MutableHeaders(raw=message["headers"]), new)
            await send(message)

        await (answer or self._app)(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Why a request is not heard."""
        if headers.get("host") not in self._rules.hosts:
            return PlainTextResponse(_("This address is not served here."), 421)
        if headers.get("sec-fetch-site", "none") in ELSEWHERE and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse(_("A page of somebody else asks for this."), 403)
        if scope["method"] not in (*SAFE, "POST"):
            return PlainTextResponse(_("Only GET and POST are served here."), 405)
        if scope["method"] == "POST":
            origin = headers.get("origin", "")
            if origin != f"http://{headers['host']}":
                return PlainTextResponse(_("This was sent from a page of somebody else."), 403)
            length = headers.get("content-length", "")
            if not length.isdecimal():
                return PlainTextResponse(_("How long it is must be said first."), 411)
            if int(length) > LIMIT:
                return PlainTextResponse(too_much(), 413)
        return None

    def _opened(self, scope: Scope, known: Visit | None) -> Response | None:
        """Whether somebody who has no visit may have one: where there is a token, only with it."""
        if not self._rules.token or known is not None:
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN, [""])[0]
        if secrets.compare_digest(given.encode(), self._rules.token.encode()):
            return RedirectResponse("/", 303)
        return PlainTextResponse(_("Open the address that langcov serve printed, with its token."), 403)


def too_much() -> str:
    """What is said of more than may be sent."""
    most = ui.sized(size_of(LIMIT))
    return _("More than {size} at once is too much for this page: use the command.", size=most)


def tongue(asked: HTTPConnection) -> str:
    """The language in which to answer: the one that was chosen, else the first that the browser wants."""
    chosen = asked.cookies.get(TONGUE, "")
    wanted = [part.strip()[:2].lower() for part in asked.headers.get("accept-language", "").split(",")]
    return next((one for one in (chosen, *wanted) if one in ui.LANGUAGES), asked.app.state.tongue)


def _dress(headers: MutableHeaders, cookie: str) -> None:
    """What every answer says; and the cookie of a new visit."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if cookie:
        headers.append("Set-Cookie", f"{cookie}; Path=/; HttpOnly; SameSite=Strict")


def _cookie(headers: Headers, name: str) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
