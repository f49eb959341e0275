"""The page of a result: what stands in it, without a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.util import find_spec

import pytest

from langcov.api import measure_tokenizers
from langcov.core import ui
from langcov.report import render
from langcov.report.page import figures
from langcov.report.page import render as pages
from langcov.report.page.notebook import in_notebook
from langcov.results.result import Record, Result
from tests.report.conftest import Build
from tests.report.lid_results import lid_result

pytestmark = pytest.mark.skipif(
    not (find_spec("altair") and find_spec("vl_convert")), reason="needs langcov[report]"
)


@pytest.fixture(autouse=True)
def without_vega(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are those of langcov; tests in a browser have Vega too."""
    monkeypatch.setattr("langcov.report.page._vega", lambda: "'vega'")


def page(result: Result) -> str:
    return pages({"": result})


TWO = {"mine": (1.1, None), "other": (1.4, None)}
HOSTILE = "</script><img src=x onerror=alert(1)>&\u2028\u202e"


class Page(HTMLParser):
    """The elements of a page, and the texts of tables by their captions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.cells: dict[str, list[str]] = {}
        self.caption = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "caption" in self.open:
            self.caption = data
        elif "td" in self.open or "th" in self.open:
            self.cells.setdefault(self.caption, []).append(data)


def specs(html: str) -> list[dict[str, object]]:
    found = re.findall(r'<figure.*?<script type="application/json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(one) for one in found]


def test_tables_have_the_figures_and_pictures_the_same(build: Build) -> None:
    result = build(TWO)
    html = page(result)
    cells = " ".join(Page(html).cells["By language"])
    assert "Tatar 2.20 [2.10, 2.40]" in cells
    values = {
        (row["system"], row["language"]): row["value"]
        for spec in specs(html)
        for rows in spec["datasets"].values()  # type: ignore[attr-defined]
        for row in rows
        if spec["layer"][-1]["encoding"].get("x", {}).get("title") == "tokens per word"  # type: ignore[index]
    }
    assert values["mine", "Tatar"] == 2.2
    assert len(values) == 12


def test_the_page_says_each_record_exactly(build: Build) -> None:
    result = build(TWO)
    found = re.search(r'<div class="records"><script[^>]*>(.*?)</script>', page(result), re.DOTALL)
    assert found
    held = json.loads(found[1])
    texts = {key for key, kind in zip(held["keys"], held["kinds"]) if kind == "text"}

    def told(key: str, value: object) -> object:
        return held["texts"][value] if key in texts and value is not None else value

    rows = [{key: told(key, value) for key, value in zip(held["keys"], row)} for row in held["rows"]]
    together = [
        {**r.as_dict(), "languages": " ".join(r.languages) if r.languages else None} for r in result.records
    ]
    key = str
    assert sorted(rows, key=key) == sorted(together, key=key)


def test_the_same_result_gives_the_same_bytes(build: Build) -> None:
    assert page(build(TWO)) == page(build(TWO))
    assert render(lid_result(), "html") == page(lid_result())


def test_the_page_is_english_in_every_locale(build: Build) -> None:
    result = build(TWO, details={"asked": [{"asked": "tat_Cyrl", "told_by": "udhr"}]})
    english = page(result)
    ui.use("ru")
    assert page(result) == english
    assert ui.language() == "ru"
    assert "Which to take" in english


def test_nothing_from_outside_is_markup(build: Build) -> None:
    system = {HOSTILE: (1.1, None), "b": (1.2, None), "c": (1.3, None)}
    result = build(
        system, corpora=[{"name": "udhr", "alignment": "keys", "licence": HOSTILE, "source": HOSTILE}]
    )
    for html in (page(result), in_notebook(result)):
        assert "<img" not in html
        assert "\u202e" not in html
        assert not [tag for tag, _ in Page(html).tags if tag in ("img", "iframe", "link", "base", "object")]


def test_scripts_are_those_that_the_policy_names(build: Build) -> None:
    tags = Page(page(build(TWO))).tags
    policy = next(attrs["content"] for tag, attrs in tags if tag == "meta" and "http-equiv" in attrs) or ""
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert script.count("'sha256-") == 2
    assert "unsafe-inline" not in script
    running = [attrs for tag, attrs in tags if tag == "script" and attrs.get("type") != "application/json"]
    assert running == [{"type": "module"}] * 2
    assert not [
        attrs for _, attrs in tags if attrs.get("src") or any(name.startswith("on") for name in attrs)
    ]


def test_what_loses_text_is_pale_and_never_green(build: Build) -> None:
    html = page(build({"mine": (1.1, None), "other": (1.4, None), "bert": (0.5, 0.3)}))
    assert not re.search(r'figure good">[^<]*<sup>[^<]*°', html)
    plain = {
        row["system"]: row["plain"]
        for spec in specs(html)
        for rows in spec["datasets"].values()  # type: ignore[attr-defined]
        for row in rows
    }
    assert plain == {"mine": "", "other": "", "bert": "some text is lost"}


def test_too_many_records_are_not_in_the_page_and_it_says_so(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST", 10)
    html = page(build(TWO))
    assert 'class="records"' not in html
    assert "langcov report RESULT.json -o figures.csv" in html


def test_of_many_systems_pictures_show_some_and_the_page_says_so(build: Build) -> None:
    html = page(build({f"t{n:03}": (1 + n / 100, None) for n in range(200)}))
    assert "Pictures show 10 of 200 systems; choose others" in html
    assert html.count("t199") > 3
    assert "choose others" not in page(build(TWO))


def test_a_failed_system_leaves_a_reason_and_no_zero(build: Build) -> None:
    result = build(TWO)
    failed = [
        replace(one, value=None, low=None, high=None, reason="it fell over") if one.system == "other" else one
        for one in result.records
    ]
    html = page(replace(result, records=failed))
    assert "it fell over" in html
    systems = {row["system"] for spec in specs(html) for rows in spec["datasets"].values() for row in rows}  # type: ignore[attr-defined]
    assert systems == {"mine"}


def test_language_identification_says_coverage_sinks_and_sisters() -> None:
    found = Page(page(lid_result()))
    sinks = " ".join(
        next(cells for name, cells in found.cells.items() if name.startswith("Lines wrongly taken"))
    )
    assert "alpha Russian Even 10, Nivkh 6, Tatar 2 18 3" in re.sub(" †| \\(.*?\\)", "", sinks)
    sisters = next(cells for name, cells in found.cells.items() if name.startswith("Lines of each of "))
    assert "50.0 % right; Tatar 50.0 %" in sisters
    assert any(cell.startswith("no label; Tatar 90.0 %") for cell in sisters)


def test_two_results_are_compared() -> None:
    lines = {"tat": ["бер ике өч"] * 30}
    old, new = (measure_tokenizers({"a": one}, lines, hygiene=False) for one in ("chars", "bytes"))
    html = pages({"old.json": old, "new.json": new})
    found = Page(html)
    assert "the gate is closed" in html
    ids = [attrs["id"] for _, attrs in found.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    assert {"r1-measured", "r2-measured"} <= set(ids)
    other = measure_tokenizers({"a": "chars"}, {"bak": ["бер ике өч"] * 30}, hygiene=False)
    assert "Not compared" in pages({"a": old, "b": other})


def test_a_notebook_shows_tables_and_no_script(build: Build) -> None:
    html = build(TWO)._repr_html_()
    assert "2.20" in html
    assert "<script" not in html


def test_nothing_measured_is_a_page_too() -> None:
    empty = Result("tokenizers", {"short": "s", "long": "l"}, "", {}, [], [], [], [])
    assert "<h1>" in page(empty)
    assert isinstance(empty.records, list)


def test_records_hold_what_a_record_has() -> None:
    assert {*figures.TEXTS} <= {*Record.__dataclass_fields__}
