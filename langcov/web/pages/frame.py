"""The frame of every page: its head, the ways to the other pages, the language it speaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from langcov.core import ui
from langcov.core.ui import _
from langcov.web.pages.elements import el, items, say

NAMES = {"en": "English", "ru": "Русский"}


@dataclass(frozen=True)
class Page:
    """What a page says.

    Attributes:
        title: plain text.
        body: parts, as HTML; empty ones are left out.
        here: the address of the page among the ways.
        waits: its address, if it is to be loaded again until what goes on is done, where no script runs.
    """

    title: str
    body: Iterable[str]
    here: str = "/"
    waits: str = ""


def framed(page: Page) -> str:
    """The whole of a page, in the language that is spoken."""
    spoken = ui.language()
    again = el("noscript", el("meta", http_equiv="refresh", content=f"1; url={page.waits}"))
    head = [
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        say("title", f"{page.title} · langcov"),
        el("link", rel="icon", href="data:,"),
        el("link", rel="stylesheet", href="/static/web.css"),
        el("script", type="module", src="/static/web.js"),
        again if page.waits else "",
    ]
    private = say("p", _("This page is on your own computer. Your text goes nowhere."))
    body = [
        say("a", _("Skip to the content"), class_="skip", href="#content"),
        _ways(page.here),
        _tongues(spoken),
        el("main", "\n".join(part for part in page.body if part), id="content"),
        el("footer", private, class_="quiet"),
    ]
    inside = "\n".join((el("head", *head), el("body", "\n".join(body))))
    return f'<!DOCTYPE html>\n<html lang="{escape(spoken)}">\n{inside}\n</html>\n'


def _ways(here: str) -> str:
    ways = {
        "/": _("Check a text"),
        "/tokens": _("Tokens"),
        "/languages": _("Languages"),
        "/card": _("Give a text"),
    }
    links = (
        say("a", name, href=way, aria_current="page" if way == here else None) for way, name in ways.items()
    )
    return el("nav", items(links), class_="ways", aria_label=_("Pages"))


def _tongues(spoken: str) -> str:
    links = (
        say("a", name, href=f"/ui/{code}", lang=code, aria_current="true" if code == spoken else None)
        for code, name in NAMES.items()
    )
    return el("nav", items(links), class_="ways tongues", aria_label=_("Language of this page"))
