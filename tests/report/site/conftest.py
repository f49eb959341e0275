"""Sites of small results, and what their pages hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from langcov.report.site import write
from langcov.results.result import Result
from tests.report.conftest import Build
from tests.report.lid_results import lid_result


class Read(HTMLParser):
    """Headings, links, ids, and the cells of tables by caption and by the label of a row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.levels: list[int] = []
        self.tables: dict[str, dict[str, list[str]]] = {}
        self.text = ""
        self._caption, self._row = "", [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if tag == "caption":
            self._caption = ""
        if tag == "tr":
            self._row = []
        if tag in ("td", "th"):
            self._row.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._row and self._caption:
            label, *cells = self._row
            self.tables.setdefault(self._caption, {})[label] = cells
        if tag in ("table", "tr"):
            self._row = [""]
        if tag == "table":
            self._caption = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.get_starttag_text() == "<caption>" and not self._caption:
            self._caption = data
        elif self._row:
            self._row[-1] += data


@dataclass
class Made:
    """A site that was written."""

    folder: Path
    pages: dict[str, Read] = field(init=False)

    def __post_init__(self) -> None:
        self.pages = {
            path.relative_to(self.folder).as_posix(): Read(path.read_text("utf-8"))
            for path in sorted(self.folder.rglob("*.html"))
        }

    def table(self, page: str, caption: str) -> dict[str, list[str]]:
        """The rows of the only table of a page whose caption holds a text."""
        [found] = [rows for title, rows in self.pages[page].tables.items() if caption in title]
        return found

    def broken(self) -> list[tuple[str, str]]:
        """The links that lead nowhere, with their pages."""
        found = []
        for page, read in self.pages.items():
            for link in read.links:
                path, _, anchor = link.partition("#")
                there = (self.folder / page).parent / path if path else self.folder / page
                inside = there.resolve().is_relative_to(self.folder.resolve())
                known = there.is_file() and inside
                name = there.resolve().relative_to(self.folder.resolve()).as_posix() if known else ""
                if not known or (anchor and anchor not in self.pages[name].ids):
                    found.append((page, link))
        return found


Site = Callable[..., Made]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Write a site of results."""

    def made(*results: Result) -> Made:
        write(results, tmp_path / "site")
        return Made(tmp_path / "site")

    return made


@pytest.fixture(scope="session")
def tokens(build: Build) -> Callable[..., Result]:
    """A result of tokenizers by name, with the hash of the corpus and of each of them."""

    def made(
        names: Mapping[str, str], *, text: str = "a" * 64, said: str = "words:whitespace", **parts: Any
    ) -> Result:
        systems = [
            {"name": name, "kind": "sentencepiece", "sha256": hash, "skipped": None}
            for name, hash in names.items()
        ]
        card = {"name": "udhr", "sha256": text, "alignment": "keys", "rows": "document"}
        line = f"corpus:udhr@{text}|tok:{'+'.join(names)}|{said}"
        signature = {"short": line, "long": line}
        factors = {name: (1 + int(hash[:2], 16) / 100, None) for name, hash in names.items()}
        made = build(factors, **{"corpora": [card], "signature": signature, **parts})
        return replace(made, systems=systems)

    return made


@pytest.fixture
def models() -> Result:
    """Two language-ID models."""
    return lid_result()
