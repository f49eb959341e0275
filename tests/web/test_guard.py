"""Who is heard: the Host, the Origin, the size, the token; and what a browser is told to allow."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from types import SimpleNamespace

import pytest

pytest.importorskip("starlette")

from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from langcov.web.guard import LIMIT, Guard, Rules
from langcov.web.works import Visit, Visits

HERE = "127.0.0.1:8017"
SENT = {"host": HERE, "origin": f"http://{HERE}", "content-length": "3"}


class Asked:
    """A request to a guarded application, and its answer."""

    def __init__(
        self, guard: Guard, headers: Mapping[str, str], method: str = "GET", query: str = ""
    ) -> None:
        self.sent: list[Message] = []
        scope = {
            "type": "http",
            "method": method,
            "path": "/",
            "query_string": query.encode(),
            "server": ("127.0.0.1", 8017),
            "app": SimpleNamespace(state=SimpleNamespace(tongue="en")),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        asyncio.run(guard(scope, self._receive, self._send))
        self.status: int = self.sent[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}
        self.said = "".join(one.get("body", b"").decode() for one in self.sent)
        self.visit: Visit | None = scope["visit"]  # type: ignore[assignment]

    async def _receive(self) -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("heard")(scope, receive, send)


@pytest.fixture
def guard() -> Guard:
    return Guard(app, Rules([HERE, "localhost:8017"]), Visits())


@pytest.mark.parametrize("host", ["evil.example:8017", "127.0.0.1", "127.0.0.1:80", ""])
def test_another_name_is_not_served(host: str, guard: Guard) -> None:
    assert Asked(guard, {"host": host}).status == 421


@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://localhost:8017"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": ""}, 411),
        ({"content-length": str(LIMIT + 1)}, 413),
        ({"content-length": "-1"}, 411),
    ],
)
def test_what_is_sent_must_come_from_here(headers: Mapping[str, str], status: int, guard: Guard) -> None:
    assert Asked(guard, SENT | headers, "POST").status == status


@pytest.mark.parametrize(
    ("headers", "method"),
    [
        ({"host": "evil"}, "GET"),
        ({"sec-fetch-site": "cross-site"}, "GET"),
        ({}, "PUT"),
        ({"origin": "null"}, "POST"),
        ({"content-length": ""}, "POST"),
        ({"content-length": str(LIMIT + 1)}, "POST"),
        ({}, "GET"),
    ],
)
@pytest.mark.parametrize("spoken", [{"accept-language": "ru-RU,en"}, {"cookie": "langcov-ui=ru"}])
def test_who_is_not_heard_is_told_why_in_their_language(
    headers: Mapping[str, str], method: str, spoken: Mapping[str, str]
) -> None:
    guard = Guard(app, Rules([HERE], "secret"), Visits())
    refused = Asked(guard, {**SENT, **headers, **spoken}, method)
    assert refused.status >= 400
    assert re.search("[а-я]{3}", refused.said)
    assert not re.search("[a-z]{3}", re.sub("GET|POST|langcov serve", "", refused.said))


def test_other_methods_are_not_served(guard: Guard) -> None:
    assert Asked(guard, SENT, "PUT").status == 405


def test_a_page_of_somebody_else_may_lead_here_but_not_look(guard: Guard) -> None:
    other = {"host": HERE, "sec-fetch-site": "cross-site"}
    assert Asked(guard, {**other, "sec-fetch-mode": "navigate"}).status == 200
    assert Asked(guard, {**other, "sec-fetch-mode": "no-cors"}).status == 403


def test_every_answer_forbids_what_a_page_does_not_need(guard: Guard) -> None:
    for answer in (Asked(guard, {"host": HERE}), Asked(guard, {"host": "evil"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_visit_is_known_by_its_cookie(guard: Guard) -> None:
    first = Asked(guard, {"host": HERE})
    cookie, _, rest = first.headers["set-cookie"].partition(";")
    assert "HttpOnly" in rest
    assert "SameSite=Strict" in rest
    again = Asked(guard, {"host": HERE, "cookie": cookie})
    assert again.visit is first.visit
    assert "set-cookie" not in again.headers
    assert Asked(guard, {"host": HERE, "cookie": cookie[:-1]}).visit is not first.visit


def test_elsewhere_only_who_has_the_token_is_heard() -> None:
    guard = Guard(app, Rules([HERE], "secret"), Visits())
    assert Asked(guard, {"host": HERE}).status == 403
    assert Asked(guard, {"host": HERE}, query="token=wrong").status == 403
    opened = Asked(guard, {"host": HERE}, query="token=secret")
    assert (opened.status, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"].partition(";")[0]
    assert Asked(guard, {"host": HERE, "cookie": cookie}).status == 200


def test_who_gave_nothing_makes_room_first() -> None:
    visits = Visits()
    kept = visits.new()
    kept.works["a"] = None  # type: ignore[assignment]
    others = [visits.new() for _ in range(300)]
    assert visits.get(kept.id) is kept
    assert visits.get(others[0].id) is None
    assert visits.get(others[-1].id) is others[-1]
