"""The page of a language."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from html import escape

from langcov.errors import UserError
from langcov.languages import Language, find
from langcov.lid.classes import groups
from langcov.report import wording as words
from langcov.report.page.html import Part
from langcov.report.site.frame import Page, Site, facts, page, root_of
from langcov.report.site.lines import Found
from langcov.report.site.tokens import Costs


def language_page(site: Site, id: str, costs: Sequence[Costs], found: Sequence[Found]) -> Page:
    """What it is called, what it costs, who knows it, and where its sisters stand."""
    path = site.paths["languages", id]
    root = root_of(path)
    parts = [
        Part(f"tokenizers-{at}", f"Tokenizers on {one.sheet.title}", one.of_language(site, id, root))
        for at, one in enumerate(costs, 1)
    ]
    parts += [
        Part(f"models-{at}", f"Identification on {one.sheet.title}", one.of_language(site, id, root))
        for at, one in enumerate(found, 1)
    ]
    return page(path, site.languages[id], facts(_facts(site, id, root)), parts)


def _facts(site: Site, id: str, root: str) -> dict[str, str]:
    """What is known of it, as HTML."""
    known = known_language(id)
    about = (
        {
            "In Russian": ", ".join([known.name_ru, *known.other_names_ru]),
            "Its own name": known.autonym,
            "Other names": ", ".join(known.other_names),
            "Codes": ", ".join(filter(None, [id, known.iso639_1, known.glottocode, known.macrolanguage])),
            "Family": " > ".join(filter(None, [known.family, known.branch])),
        }
        if known
        else {"Code": words.visible(id)}
    )
    code = id.partition("_")[0]
    return {
        **{key: escape(text.strip(", ")) for key, text in about.items()},
        "Other scripts": _links(site, [o for o in site.languages if o != id and o[:4] == f"{code}_"], root),
        "Sister languages": _links(site, sisters(id, site.languages), root),
        "Models that know it": _links_to_models(site, id, root),
    }


def known_language(id: str) -> Language | None:
    with suppress(UserError):
        return find(id)
    return None


def sisters(id: str, ids: Sequence[str] | dict[str, str]) -> list[str]:
    """Those of some languages that it is easily taken for."""
    mine = _group(id)
    return [other for other in ids if mine and other != id and _group(other) == mine]


def _group(id: str) -> str:
    return groups().get(id) or groups().get(id.partition("_")[0]) or ""


def _links(site: Site, ids: Sequence[str], root: str) -> str:
    return ", ".join(site.link("languages", id, site.languages[id], root) for id in ids)


def _links_to_models(site: Site, id: str, root: str) -> str:
    known, of = site.knowing(id)
    if not of:
        return ""
    links = [site.link("models", name, words.visible(name), root) for name in known]
    return f"{len(known)} of {of}" + f": {', '.join(links)}" * bool(links)
