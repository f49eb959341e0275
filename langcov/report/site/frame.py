"""What all pages of a site share: the way between them, and their frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from langcov.report import wording as words
from langcov.report.page.html import Part, contents, script, section
from langcov.report.render.html import document
from langcov.report.site.names import files
from langcov.report.site.sheets import Sheet
from langcov.results.result import Result

KINDS = {"languages": "Languages", "tokenizers": "Tokenizers", "models": "Language-ID models"}
"""Kinds of pages: each has a folder, and a part of the first page."""
INDEX, ADD = "index.html", "add.html"
Page = tuple[str, str]
"""The path of a page in the site, and its HTML."""


@dataclass(frozen=True, eq=False)
class Site:
    """All that pages are made of."""

    tokenizers: Sequence[Sheet]
    models: Sequence[Sheet]
    results: Sequence[Result]

    @cached_property
    def languages(self) -> dict[str, str]:
        """The names of all languages by id, in alphabetical order."""
        ids = {id for sheet in (*self.tokenizers, *self.models) for id in sheet.languages}
        names = words.language_names(sorted(ids))
        return dict(sorted(names.items(), key=lambda item: (item[1], item[0])))

    @cached_property
    def paths(self) -> Mapping[tuple[str, str], str]:
        """The paths of pages by kind and name."""
        names: dict[str, Iterable[str]] = {
            "languages": self.languages,
            "tokenizers": [name for sheet in self.tokenizers for name in sheet.systems],
            "models": [name for sheet in self.models for name in sheet.systems],
        }
        return {
            (kind, name): f"{kind}/{file}.html"
            for kind, of_kind in names.items()
            for name, file in files(of_kind).items()
        }

    def of(self, kind: str) -> list[str]:
        """The names that have a page."""
        return [name for of_kind, name in self.paths if of_kind == kind]

    def knowing(self, id: str) -> tuple[list[str], int]:
        """The models that have a label for a language, and of how many that were tested on it."""
        known: dict[str, bool] = {}
        for sheet in self.models:
            numbers = sheet.lines
            for system in numbers.systems if id in sheet.languages else ():
                if (name := numbers.counted_in(system, id)) in numbers.classes:
                    known[system] = known.get(system, False) or numbers.supported(system, name)
        return sorted(system for system in known if known[system]), len(known)

    def link(self, kind: str, name: str, text: str, root: str) -> str:
        """A text that leads to a page, if there is one.

        Args:
            root: from the page that it stands on to the folder of the site.
        """
        path = self.paths.get((kind, name))
        return f'<a href="{root}{path}">{escape(text)}</a>' if path else escape(text)


def page(path: str, title: str, lead: str, parts: Iterable[Part]) -> Page:
    """A page, parts without content left out.

    Args:
        title: plain text.
        lead: HTML that stands under it.
    """
    root = root_of(path)
    shown = [part for part in parts if part.html]
    body = [
        '<a class="skip" href="#content">Skip to the figures</a>',
        f"<header>{_ways(path, root)}<h1>{escape(title)}</h1>\n{lead}</header>",
        contents(shown),
        '<main id="content">',
        *map(section, shown),
        "</main>",
    ]
    full = title if path == INDEX else f"{title} · langcov"
    return path, document(full, body, styles=["report.css", "site.css"], scripts=[script()], language="en")


def root_of(path: str) -> str:
    """From a page to the folder of the site: all links are relative."""
    return "../" * path.count("/")


def _ways(path: str, root: str) -> str:
    """Links to the parts of the first page, and to how to add a result."""
    ways = {f"{root}{INDEX}#{kind}": title for kind, title in KINDS.items()}
    if path != INDEX:
        ways = {f"{root}{INDEX}": "All figures", **ways}
    ways[f"{root}{ADD}"] = "Add yours"
    links = "".join(
        f'<li><a href="{href}"{here}>{escape(title)}</a></li>'
        for href, title in ways.items()
        for here in [' aria-current="page"' * (path == ADD == href)]
    )
    return f'<nav class="ways" aria-label="Site"><ul>{links}</ul></nav>'


def facts(known: Mapping[str, str]) -> str:
    """What is known of the subject of a page, HTML by plain titles; what is not is left out."""
    rows = "\n".join(f"<dt>{escape(title)}</dt><dd>{html}</dd>" for title, html in known.items() if html)
    return f'<dl class="facts">\n{rows}\n</dl>'


def signed(sheet: Sheet) -> str:
    """What the figures of a table are, to be quoted with them."""
    said = escape(words.visible(sheet.signature)).replace("|", "|<wbr>")
    line = f'<p class="quiet"><code class="signature">{said}</code></p>'
    apart = ", ".join(map(words.visible, sheet.apart))
    return line + f"<p>Not compared with the others, as measured in another run: {escape(apart)}</p>" * bool(
        apart
    )
