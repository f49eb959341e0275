"""The documentation site: built without a warning, loading nothing from elsewhere, nothing left out of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mkdocs.__main__ import cli as mkdocs

import langcov
from langcov.cli import COMMANDS
from langcov.cli.corpora import ACTIONS
from tests.conftest import CHROMIUM, SERIOUS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
LOADED = re.compile(r"""<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=["']?([^"'\s>]+)""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it is built."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(folder: Path) -> dict[str, str]:
    """The pages by address."""
    settings = ["--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(folder)]
    mkdocs(["build", "--strict", "--quiet", *settings], standalone_mode=False)
    pages = {
        str(path.parent.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("index.html")
    }
    for path in folder.rglob("*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//", path.read_text("utf-8")), path
    return pages


def test_no_page_loads_anything_from_elsewhere(site: dict[str, str]) -> None:
    assert len(site) > 40
    for name, page in site.items():
        loaded = LOADED.findall(page)
        assert len(loaded) > 3, name
        assert [one for one in loaded if re.match(r"(https?:)?//", one)] == [], name


@pytest.mark.skipif(
    not (CHROMIUM and find_spec("axe_playwright_python")), reason="needs Chromium and playwright"
)
def test_a_browser_asks_only_for_the_site(site: dict[str, str], folder: Path, browser: Browser) -> None:
    """Its scripts could fetch what no page names; and everybody can read it, as far as axe can tell."""
    from axe_playwright_python.sync_playwright import Axe

    with serving(folder) as address:
        for width, name in ((1280, ""), (390, "MEASURES"), (390, "reference/python")):
            page, asked, said = browser.new_page(viewport={"width": width, "height": 900}), [], []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("console", lambda message, said=said: said.append(message.text))
            page.goto(f"{address}/{name}", wait_until="networkidle")
            assert len(asked) > 5
            assert [one for one in asked if not one.startswith((address, "data:"))] == []
            assert said == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            serious = {one["id"] for one in found if one["impact"] in SERIOUS}
            # The theme lets a wide table scroll on a phone, by touch but not by keyboard.
            assert serious <= ({"scrollable-region-focusable"} if width == 390 else set())
            page.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """It writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_reference_has_every_public_name_with_its_parameters(site: dict[str, str]) -> None:
    page = site["reference/python"]
    for name in langcov.__all__:
        assert re.search(rf'id="langcov\.(\w+\.)*{name}"', page), name
    assert "Parameters:" in page
    assert ">>>" in unescape(re.sub(r"<[^>]*>", "", page))
    assert "<blockquote>" not in page + site["reference/extending"]


def test_each_object_that_an_example_of_extending_imports_is_explained(site: dict[str, str]) -> None:
    imported = re.findall(
        r"^from (langcov\S*) import (.+)$", (ROOT / "docs/EXTENDING.md").read_text("utf-8"), re.M
    )
    assert imported
    for module, names in imported:
        for name in names.split(", "):
            assert f'id="{module}.{name}"' in site["reference/extending"]


@pytest.mark.parametrize(("language", "usage"), [("reference", "usage: "), ("ru", "вызов: ")])
def test_the_help_of_each_command_is_there(language: str, usage: str, site: dict[str, str]) -> None:
    text = unescape(re.sub(r"<[^>]*>", "", site[f"{language}/commands"]))
    for name in [*COMMANDS, *(f"corpora {action}" for action in ACTIONS)]:
        assert f"{usage}langcov {name} [-h]" in text or name == "corpora", name


def test_a_docstring_tells_one_name_at_a_time(site: dict[str, str]) -> None:
    """The reference would take the second name for a type."""
    for name in ("python", "extending"):
        assert re.findall(r"<code>(\w+,)</code>", site[f"reference/{name}"]) == []


def test_russian_pages_say_that_they_are(site: dict[str, str]) -> None:
    for name in ("ru", "ru/text", "ru/commands", "repository/corpora/CONTRIBUTING.ru"):
        assert '<html lang="ru"' in site[name]
    assert '<html lang="en"' in site["howto/text"]
