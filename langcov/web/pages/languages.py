"""The languages that are known, and all that is known of one."""

from __future__ import annotations

from functools import lru_cache

from langcov.core.ui import _
from langcov.languages import Language, all_languages
from langcov.report.languages.name import spoken_name
from langcov.report.languages.page import blocks, heading
from langcov.report.languages.render import section as block_section
from langcov.web.pages.elements import button, el, field, say, section
from langcov.web.pages.frame import Page
from langcov.web.pages.start import names


def languages_page() -> Page:
    """All of them by family, and a field to find one."""
    title = _("Languages")
    said = _("Its alphabet and keyboards, which programs know it, and what it costs with known tokenizers.")
    find = field("language", _("Find a language"), _("By any of its names, or its code."), list_="languages")
    form = el("form", find, names(), el("p", button(_("Show"), main=True)), method="get", action="/languages")
    families: dict[str, list[Language]] = {}
    for language in sorted(all_languages(), key=spoken_name):
        families.setdefault(language.family, []).append(language)
    parts = [_family(family, members) for family, members in families.items()]
    return Page(title, [el("header", say("h1", title), say("p", said)), form, *parts], here="/languages")


def _family(family: str, members: list[Language]) -> str:
    links = (
        el("li", say("a", f"{spoken_name(one)} · {one.id}", href=f"/languages/{one.id}")) for one in members
    )
    return section(_(family), el("ul", *links, class_="columns"))


def language_page(language: Language, spoken: str) -> Page:
    """All that is known of one.

    Args:
        spoken: the language of the page.
    """
    title = heading(language)
    return Page(title, [el("header", say("h1", title)), _body(language, spoken)], here="/languages")


@lru_cache(64)
def _body(language: Language, spoken: str) -> str:
    return "\n".join(map(block_section, blocks(language)))
