"""A result as one HTML file: it needs no network, and its own policy forbids whatever else would run.

The figures stand in it as tables, which need no script. The script draws the pictures (Vega-Lite, whose
JavaScript comes out of the package ``vl-convert-python``), sorts, filters and saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from html import escape

from langcov.core import ui
from langcov.report import wording as words
from langcov.report.page import compared, figures, measured
from langcov.report.page.corpus import parts_of
from langcov.report.page.html import SYSTEMS, Part, contents, items, script, section
from langcov.report.render.html import document
from langcov.report.tokenizers.answers import answers
from langcov.results.result import Result

KINDS = {"tokenizers": "Tokenizers", "lid": "Language identification"}


def render(results: Mapping[str, Result]) -> str:
    """The page.

    Args:
        results: by what each is called; each has its own sections. Two are compared.
    """
    with ui.speaking("en"):  # as the tables are, so that one result is one page
        return _page(results)


def _page(results: Mapping[str, Result]) -> str:
    several = len(results) > 1
    parts = compared.parts(results) if len(results) == 2 else []
    for number, (name, result) in enumerate(results.items(), 1):
        before = f"{words.visible(name)}: " * several
        found = _parts(result, f"r{number}-" * several)
        parts += [replace(one, title=one.title if one.within else before + one.title) for one in found]
    parts = [part for part in parts if part.html]
    kinds = list(dict.fromkeys(KINDS.get(one.kind, one.kind) for one in results.values()))
    title = " and ".join(kinds) + ", measured by langcov"
    body = [
        '<a class="skip" href="#content">Skip to the figures</a>',
        f"<header><h1>{escape(title)}</h1>{''.join(map(_line, results.values()))}</header>",
        contents(parts),
        '<main id="content">',
        '<noscript><p class="note">Pictures, sorting and saving need scripts.</p></noscript>',
        _chooser(results.values()),
        *map(section, parts),
        "</main>",
    ]
    return document(title, body, styles=["report.css"], scripts=[_vega(), script()], language="en")


def _parts(result: Result, prefix: str) -> list[Part]:
    return [
        Part(prefix + "which", "Which to take", items(answers(result)[1:], "findings")),
        *(part for card in result.corpora for part in parts_of(result, card["name"], prefix)),
        *measured.parts(result, prefix),
        figures.part(result, prefix),
    ]


def _line(result: Result) -> str:
    version = result.environment.get("langcov", "")
    return f'<p class="quiet">langcov {escape(version)} · {escape(result.created)}</p>'


def _chooser(results: Iterable[Result]) -> str:
    """Where the reader chooses whose marks pictures show, if there are too many for one picture."""
    most = max(len(result.systems) for result in results)
    if most <= SYSTEMS:
        return ""
    return (
        f'<details id="chooser"><summary>Pictures show {SYSTEMS} of {most} systems; choose others</summary>'
        '<p class="quiet">The tables have all.</p></details>'
    )


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).replace(
        "</script", "<\\/script"
    )
