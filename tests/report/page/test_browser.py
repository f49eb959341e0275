"""The page in a real browser: it opens, draws, sorts, filters and saves, and asks nothing of a network."""

from __future__ import annotations

import csv
import json
import os
from hashlib import sha256
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from langcov.report.charts import drawings
from langcov.report.page import render as pages
from langcov.results.result import RECORD_KEYS, Result
from langcov.results.saved import load
from tests.conftest import CHROMIUM, SERIOUS
from tests.report.conftest import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NEEDED = ("altair", "vl_convert", "playwright", "axe_playwright_python")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and all(map(find_spec, NEEDED))), reason="needs Chromium and the packages of the tests"
)
WIDTHS = (1280, 390)
HOSTILE = "<img src=x onerror=document.title='x'></script><script>document.title='x'</script>"


def render(result: Result) -> str:
    return pages({"": result})


class Opened:
    """A page that was opened, and what went wrong in it."""

    def __init__(self, browser: Browser, html: str, folder: Path, width: int = 1280, **how: Any) -> None:
        self.errors: list[str] = []
        self.asked: list[str] = []
        file = folder / "report.html"
        file.write_text(html, "utf-8")
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900}, **how)
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type != "log" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        for plot in self.page.locator(".picture").all():
            plot.scroll_into_view_if_needed()
            plot.locator("svg.marks").wait_for()
        assert self.asked == [file.as_uri()]

    def saved(self, button: str) -> bytes:
        """What a button saves."""
        with self.page.expect_download() as waiting:
            self.page.get_by_label(button, exact=True).first.click()
        return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("kind", ["tokenizers", "lid"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_draws_and_fits(
    kind: str, width: int, browser: Browser, measured: dict[str, Result], tmp_path: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    scheme = "dark" if width < 500 else "light"
    opened = Opened(browser, render(measured[kind]), tmp_path, width, color_scheme=scheme)
    assert opened.errors == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(opened.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []
    opened.page.close()


def test_tables_sort_filter_and_save(browser: Browser, measured: dict[str, Result], tmp_path: Path) -> None:
    opened = Opened(browser, render(measured["tokenizers"]), tmp_path)
    table = opened.page.locator("table", has_text="Tokens per word (fertility)").first
    figures = table.locator("tbody tr:not(.group) td:nth-child(2)")
    button = table.locator("thead th").nth(1).locator("button")

    def shown() -> list[float]:
        return [float(cell.split("[")[0].rstrip("▼≈°†‡§")) for cell in figures.all_inner_texts()]

    as_it_was = shown()
    button.click()
    assert shown() == sorted(as_it_was)
    button.press("Enter")
    assert shown() == sorted(as_it_was, reverse=True)
    button.press("Enter")
    assert shown() == as_it_was
    opened.page.get_by_label("Filter: Tokens per word (fertility)").fill("turkic")
    names = table.locator("tbody tr:not(.group):visible th").all_inner_texts()
    assert [name.rstrip(" §") for name in names] == ["Sakha (Yakut)", "Tatar"]
    rows = list(csv.reader(StringIO(opened.saved("Save as CSV: Tokens per word (fertility)").decode())))
    assert rows[0][:5] == ["group", "Language", "bytes", "bytes low", "bytes high"]
    assert [row[0] for row in rows[1:]] == ["Turkic"] * 2
    assert opened.errors == []
    opened.page.close()


def test_what_is_no_figure_is_last_whichever_way(
    browser: Browser, measured: dict[str, Result], tmp_path: Path
) -> None:
    opened = Opened(browser, render(measured["lid"]), tmp_path)
    opened.page.get_by_label("Filter: All figures").fill("precision")
    table = opened.page.locator(".records table")
    for way in (False, True):
        table.locator("thead button").nth(RECORD_KEYS.index("value")).click()
        cells = table.locator("tbody td:nth-child(7)").all_inner_texts()
        figures = [float(cell) for cell in cells if cell]
        assert figures == sorted(figures, reverse=way)
        assert cells.index("") == len(figures)
    opened.page.close()


def test_all_figures_are_found_and_saved_exactly(
    browser: Browser, measured: dict[str, Result], tmp_path: Path
) -> None:
    result = measured["tokenizers"]
    opened = Opened(browser, render(result), tmp_path)
    opened.page.get_by_label("Filter: All figures").fill("tat_cyrl")
    rows = list(csv.DictReader(StringIO(opened.saved("Save as CSV: All figures").decode())))
    known = {
        (r.system, r.language or "", r.metric, r.reference or ""): r.value
        for r in result.records
        if r.value is not None and "tat_Cyrl" in (r.language, *(r.languages or ()))
    }
    saved = {
        (row["system"], row["language"], row["metric"], row["reference"]): float(row["value"])
        for row in rows
        if row["value"]
    }
    assert saved == known
    opened.page.close()


def test_pictures_are_saved(browser: Browser, measured: dict[str, Result], tmp_path: Path) -> None:
    opened = Opened(browser, render(measured["tokenizers"]), tmp_path)
    name = opened.page.locator("figcaption").first.inner_text()
    assert opened.saved(f"Save as SVG: {name}").startswith(b"<svg")
    assert opened.saved(f"Save as PNG: {name}").startswith(b"\x89PNG")
    opened.page.close()


def test_others_can_be_chosen_of_many(browser: Browser, build: Build, tmp_path: Path) -> None:
    opened = Opened(browser, render(build({f"t{n:03}": (1 + n / 100, None) for n in range(30)})), tmp_path)
    plot = opened.page.locator(".plot").first
    assert plot.get_by_text("t029", exact=True).count() == 0
    opened.page.locator("#chooser summary").click()
    opened.page.get_by_label("t029").check()
    plot.get_by_text("t029", exact=True).wait_for()
    assert opened.errors == []
    opened.page.close()


def test_names_are_never_obeyed(browser: Browser, build: Build, tmp_path: Path) -> None:
    result = build({HOSTILE: (1.1, None), "b": (1.2, None), "c": (1.3, None)})
    opened = Opened(browser, render(result), tmp_path)
    opened.page.locator(".plot svg").first.hover()
    assert opened.page.title() == "Tokenizers, measured by langcov"
    assert opened.page.locator("img").count() == 0
    assert opened.errors == []
    opened.page.close()


def test_the_picture_of_the_readme_is_of_the_committed_figures(browser: Browser, tmp_path: Path) -> None:
    """LANGCOV_UPDATE=1 draws it anew; its name ends in a digest of what it shows."""
    root = Path(__file__).parents[3]
    result = load(root / "benchmarks/results/tokenizers.json.xz")
    drawn = next(one for one in drawings(result, "flores_plus") if one.name == "premium-eng_Latn")
    shown = json.dumps([*drawn.chart.to_dict()["datasets"].values()], sort_keys=True).encode()
    picture = root / f"docs/pictures/premium-{sha256(shown).hexdigest()[:8]}.png"
    if os.environ.get("LANGCOV_UPDATE"):
        opened = Opened(browser, render(result), tmp_path)
        opened.page.locator(f'[data-name="flores_plus-{drawn.name}"]').screenshot(path=picture)
    assert picture.exists()
    assert f"docs/pictures/{picture.name}" in (root / "README.md").read_text("utf-8")
