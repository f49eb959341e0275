"""Whole journeys in a real browser: in Russian, wide and narrow, and with the keyboard alone."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from langcov.cli import main
from tests.conftest import CHROMIUM, SERIOUS
from tests.web.conftest import TYPED, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NEEDED = ("playwright", "axe_playwright_python")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and all(map(find_spec, NEEDED))), reason="needs Chromium and the packages of the tests"
)


class Opened:
    """The first page in a browser that wants Russian, and what goes wrong from then on."""

    def __init__(self, browser: Browser, served: Served, width: int = 1280, **how: Any) -> None:
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.width, self.clicks = width, 0
        size: Any = {"width": width, "height": 900}
        self.page: Page = browser.new_page(viewport=size, locale="ru-RU", **how)
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type != "log" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "request",
            lambda one: None if one.url.startswith((served.url, "data:")) else self.elsewhere.append(one.url),
        )
        self.page.goto(served.url)

    def click(self, button: str) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=button).click()

    def is_in_order(self) -> None:
        """Nothing serious for those who don't see, nothing wider than the screen, nothing asked elsewhere."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width
        assert (self.errors, self.elsewhere) == ([], [])

    def close(self) -> None:
        self.page.close()


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (390, "dark")])
def test_from_a_file_to_its_corrected_copy_in_three_clicks(
    width: int, scheme: str, browser: Browser, served: Served, tmp_path: Path
) -> None:
    file = tmp_path / "tat_Cyrl.txt"
    file.write_text(TYPED, "utf-8")
    opened = Opened(browser, served, width, color_scheme=scheme)
    page = opened.page
    opened.is_in_order()
    page.set_input_files("#files", file)
    opened.click("Проверить")
    page.wait_for_selector("#fixes", state="attached")
    assert page.locator("h1").inner_text() == "татарский язык (tat_Cyrl)"
    opened.is_in_order()
    opened.click("Исправить отмеченное (3)")
    page.wait_for_selector("#done")
    opened.is_in_order()
    with page.expect_download() as waiting:
        opened.clicks += 1
        page.get_by_role("link", name="Скачать tat_Cyrl.fixed.txt").click()
    assert opened.clicks == 3
    main(["corpora", "fix", str(file), "--write", "--quiet"])
    assert Path(waiting.value.path()).read_bytes() == (tmp_path / "tat_Cyrl.fixed.txt").read_bytes()
    opened.close()


def checked(browser: Browser, served: Served, folder: Path) -> Opened:
    """The page once a file of Tatar was given to it."""
    file = folder / "tat_Cyrl.txt"
    file.write_text(TYPED, "utf-8")
    opened = Opened(browser, served)
    opened.page.set_input_files("#files", file)
    opened.click("Проверить")
    return opened


def test_with_the_keyboard_alone(browser: Browser, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "typed.txt"
    file.write_text(TYPED, "utf-8")
    opened = Opened(browser, served)
    page, press = opened.page, opened.page.keyboard.press

    def reach(what: str) -> None:
        for _ in range(60):
            press("Tab")
            if page.evaluate("what => document.activeElement.matches(what)", what):
                return
        pytest.fail(f"the Tab key doesn't lead to {what}")

    press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reach("#files")
    page.set_input_files("#files", file)  # the key opens a window of the system, which is not ours
    reach("#language")
    page.keyboard.type("татарский")
    reach("button.main")  # Enter in the field would choose what it offers, if it is quick enough to
    press("Enter")
    page.wait_for_selector("#fixes", state="attached")
    reach("[name=fix][value='3']")
    press("Space")
    reach("[data-count]")
    assert page.locator("[data-count]").inner_text() == "Исправить отмеченное (4)"
    press("Enter")
    page.wait_for_selector("#done")
    reach("#done a")
    with page.expect_download() as saved:
        press("Enter")
    assert "аркылы" in Path(saved.value.path()).read_text("utf-8")
    opened.is_in_order()
    opened.close()


def test_many_ticks_at_once_and_a_word_is_found(browser: Browser, served: Served, tmp_path: Path) -> None:
    opened = checked(browser, served, tmp_path)
    page = opened.page
    for button, ticked in (("Отметить всё", 4), ("Снять отметки", 0), ("Отметить бесспорное", 3)):
        opened.click(button)
        assert page.locator("[name=fix]:checked").count() == ticked
    page.get_by_label("Найти слово").fill("кылы")
    assert page.locator("tr[data-sure]:visible").count() == 1
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Tatar (tat_Cyrl)"
    opened.close()


def test_a_folder_is_dropped(browser: Browser, served: Served) -> None:
    """Chromium drops no folder by script; files that are dropped are those of the field."""
    opened = Opened(browser, served)
    page = opened.page
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["кɵй"], "tat_Cyrl.txt"));
          data.items.add(new File(["хIун"], "che_Cyrl.txt"));
          document.querySelector("[data-drop]").dispatchEvent(
            new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.get_by_text("tat_Cyrl.txt, che_Cyrl.txt").wait_for()
    opened.click("Проверить")
    page.wait_for_selector("#fixes", state="attached")
    assert page.get_by_text("Проверка корпуса: 2 языка").count() == 1
    opened.is_in_order()
    opened.close()


def test_it_works_without_a_script(browser: Browser, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "tat_Cyrl.txt"
    file.write_text(TYPED, "utf-8")
    opened = Opened(browser, served, java_script_enabled=False)
    page = opened.page
    page.set_input_files("#files", file)
    opened.click("Проверить")
    page.wait_for_selector("#fixes", state="attached", timeout=60_000)
    opened.click("Исправить отмеченное")
    page.wait_for_selector("#done", timeout=60_000)
    assert opened.errors == []
    opened.close()


def test_the_other_pages_are_in_order_and_a_card_is_looked_at_while_it_is_typed(
    browser: Browser, served: Served
) -> None:
    opened = Opened(browser, served, 390)
    page = opened.page
    for name in ("Токены", "Языки", "Передать текст"):
        page.get_by_role("link", name=name, exact=True).click()
        opened.is_in_order()
    page.fill("#card-licence", "cc by")
    page.get_by_text("может быть, 'CC-BY-4.0'?").wait_for()
    page.fill("#card-licence", "CC-BY-4.0")
    page.locator("#card-licence-wrong:empty").wait_for(state="attached")
    page.get_by_text("Нужно ещё 10 ответов.").wait_for()
    opened.is_in_order()
    opened.close()


def test_a_form_is_sent_once(browser: Browser, served: Served, tmp_path: Path) -> None:
    opened = checked(browser, served, tmp_path)
    page = opened.page
    page.wait_for_selector("#fixes", state="attached")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.evaluate("for (const _ of '12') document.querySelector('[data-count=fix]').click()")
    page.wait_for_selector("#done")
    assert len(sent) == 1
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    page.locator("[data-count=fix]").click()
    page.wait_for_selector("#done")
    assert len(sent) == 2
    opened.is_in_order()
    opened.close()
