"""The views of what a check found, as the tests ask for them."""

from __future__ import annotations

import json
import lzma
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema

from langcov.report.hygiene import sarif as hygiene_sarif
from langcov.report.hygiene import terminal as hygiene_terminal
from tests.report.checked import sample

SARIF = Path(__file__).with_name("sarif-schema-2.1.0.json.xz")
"""The schema of OASIS as ``sarif-pydantic`` 0.6.2 carries it."""


def terminal(found: Any = None, *, color: bool = False, max_shown: int = 10) -> str:
    return hygiene_terminal.render(found or sample(), color=color, width=100, max_shown=max_shown)


def schema() -> jsonschema.Draft202012Validator:
    shipped = json.loads((files("langcov.data") / "findings.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(shipped)
    return jsonschema.Draft202012Validator(shipped)


def sarif(found: Any) -> dict[str, Any]:
    """The one run of the log, which obeys the official schema."""
    log = json.loads(hygiene_sarif.render(found))
    jsonschema.Draft7Validator(json.loads(lzma.decompress(SARIF.read_bytes()))).validate(log)
    [run] = log["runs"]
    return dict(run)


class Reader(HTMLParser):
    """The elements of a page, checked to be closed in order, and its visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader
