"""The site in a real browser: pages fit, sort and filter, and ask nothing of a network."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from langcov.report.site import write
from langcov.results.result import Result
from tests.conftest import CHROMIUM, SERIOUS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and all(map(find_spec, ("playwright", "axe_playwright_python")))),
    reason="needs Chromium and the packages of the tests",
)
PAGES = (
    "index.html",
    "add.html",
    "languages/tat_Cyrl.html",
    "tokenizers/langcov-balanced-32k.html",
    "models/first.html",
)


@pytest.fixture(scope="module")
def folder(measured: dict[str, Result], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of real results, under a path that has to be quoted in an address."""
    made = tmp_path_factory.mktemp("site") / "сайт #1"
    write(list(measured.values()), made)
    return made


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_open_and_fit(width: int, browser: Browser, folder: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    scheme = "dark" if width < 500 else "light"
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto((folder / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []
    assert asked == [(folder / path).as_uri() for path in PAGES]
    assert said == []
    page.close()


def test_a_reader_finds_the_way(browser: Browser, folder: Path) -> None:
    """From the first page to a language by its Russian name, to a tokenizer, and back."""
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.get_by_label("Filter: Who knows them, and what they cost").fill("татар")
    page.locator("#languages tbody tr:not(.group):visible a").click()
    assert page.title() == "Tatar · langcov"
    table = page.locator("#tokenizers-1 table")
    names = table.locator("tbody tr:not(.group) th")
    table.locator("thead button", has_text="Tokenizer").click()
    assert names.all_inner_texts() == ["bytes", "chars", "langcov-balanced-32k"]
    with page.expect_download() as waiting:
        page.get_by_label("Save as CSV: Tatar on udhr: tokens").click()
    rows = Path(waiting.value.path()).read_text("utf-8").splitlines()
    assert [row.split(",")[1] for row in rows] == ["Tokenizer", "langcov-balanced-32k", "chars", "bytes"]
    assert [row.split(",")[0] for row in rows[1:]] == ["", "To compare with", "To compare with"]
    table.get_by_role("link", name="langcov-balanced-32k").click()
    assert page.title() == "langcov-balanced-32k · langcov"
    assert page.locator("svg.strip circle").count() > 5
    page.get_by_role("link", name="All figures").click()
    assert page.url == (folder / "index.html").as_uri()
    page.close()
