"""The pages of a site, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from langcov.core import ui
from langcov.errors import UserError
from langcov.report.site import MARKER, write
from langcov.report.site.strips import scale_of, strip
from langcov.report.tokenizers.view import section
from langcov.report.wording import per_cent
from langcov.results.result import Record, Result
from langcov.results.saved import load
from tests.report.lid_results import lid_result
from tests.report.site.conftest import Made, Site
from tests.report.site.test_sheets import comparisons

Tokens = Callable[..., Result]
A, B, C = "10" * 32, "20" * 32, "30" * 32
RESULTS = Path(__file__).resolve().parents[3] / "benchmarks" / "results"
HOSTILE = "<img src=x>&\"'/../\u202e"


@pytest.fixture
def made(site: Site, tokens: Tokens, models: Result) -> Made:
    return site(tokens({"a": A, "b": B}, details=comparisons("a", "b")), models)


def test_each_has_a_page_and_all_links_lead_somewhere(made: Made) -> None:
    languages = ["bak", "eng", "eve", "niv", "rus", "sah", "srp", "srp", "tat"]
    names = [page.split("/")[1] for page in made.pages if page.startswith("languages/")]
    assert [name[:3] for name in names] == languages
    assert {page for page in made.pages if not page.startswith("languages/")} == {
        *("index.html", "add.html", "tokenizers/a.html", "tokenizers/b.html"),
        *("models/alpha.html", "models/beta.html"),
    }
    assert made.broken() == []
    reached, new = set(), {"index.html"}
    while new:
        reached |= new
        links = {
            (Path(page).parent / link.partition("#")[0]) for page in new for link in made.pages[page].links
        }
        new = {path.as_posix().replace("languages/../", "").replace("tokenizers/../", "") for path in links}
        new = {
            path.replace("models/../", "") for path in new if path not in (".", "")
        } & made.pages.keys() - reached
    assert reached == set(made.pages)


def test_all_is_relative_and_nothing_is_loaded(made: Made) -> None:
    for page, read in made.pages.items():
        html = (made.folder / page).read_text("utf-8")
        assert "http" not in "".join(read.links)
        assert not {"img", "link", "iframe", "object"} & set(read.tags)
        assert "default-src 'none'" in html and "script-src 'sha256-" in html
        assert '<html lang="en">' in html and 'href="#content"' in html
        assert read.levels[0] == 1 and read.levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(read.levels, read.levels[1:]))
        assert len(read.ids) == len(set(read.ids))


def test_the_cells_of_a_language_are_those_of_the_report(made: Made, tokens: Tokens) -> None:
    """The same figures, intervals and marks as tables of one result have, turned round."""
    result = tokens({"a": A, "b": B, "c": C})
    tables = section(result, "udhr").tables
    wanted = {table.title: table for table in tables}["Tokens per word (fertility)"]
    [row] = [row for row in wanted.rows() if row.code == "sah_Cyrl"]
    shown = made.table("languages/sah_Cyrl.html", "Sakha (Yakut) on udhr: tokens")
    assert [shown[name][0] for name in ("a", "b")] == [
        f"{cell.text}[{cell.interval[0]}, {cell.interval[1]}]" for cell in row.cells[:2] if cell.interval
    ]
    tatar = made.table("languages/tat_Cyrl.html", "Tatar on udhr: tokens")
    assert tatar["a"][0].startswith("2.32▼[") and "▼" not in tatar["b"][0]
    assert made.table("tokenizers/a.html", "a on udhr: tokens")["Tatar"][0] == tatar["a"][0]
    assert made.table("tokenizers/a.html", "a on udhr: tokens")["English"][1] == "1"


def test_the_first_page_has_ranges_and_who_knows_a_language(made: Made) -> None:
    rows = made.table("index.html", "Who knows them")
    assert rows["Tatar"][:3] == ["2 of 2: alpha, beta", "2.32 – 2.64", "2.00"]
    assert rows["Tatar"][3:] == ["татарский", "tat_Cyrl"]
    assert rows["Even"][0] == "0 of 2"
    assert made.table("index.html", "All languages, %").keys() >= {"alpha", "beta †"}


def test_what_loses_text_is_no_merit(site: Site, build: Callable[..., Result]) -> None:
    made = site(build({"keeps": (2.0, None), "loses": (1.0, 0.4)}))
    rows = list(made.table("languages/tat_Cyrl.html", "tokens"))
    assert rows == ["Tokenizer", "keeps", "Text is lost, so that few tokens are no merit", "loses"]
    assert made.table("index.html", "Who knows them")["Tatar"][0] == "4.00"


def test_models_on_a_language(made: Made) -> None:
    rows = made.table("languages/bak_Cyrl.html", "identification")
    assert [cell.split("[")[0] for cell in rows["beta †"][:4]] == ["50.0", "83.3", "62.5", "1"]
    assert rows["beta †"][4].replace("\xa0", " ") == "50.0 % right; Tatar 50.0 %"
    assert rows["alpha"][0] == "–¹"
    assert rows["alpha"][4].replace("\xa0", " ") == "no label; Tatar 90.0 %; unsure 10.0 %"
    text = made.pages["languages/bak_Cyrl.html"].text
    assert "–¹ unsupported: the model has no label for it" in text
    assert "../languages/tat_Cyrl.html" in made.pages["languages/bak_Cyrl.html"].links  # its sister
    sinks = made.table("models/alpha.html", "What alpha takes lines of others for")
    assert sinks["Russian"] == ["Even 10, Nivkh (Gilyak) 6, Tatar 2", "18", "3"]


def test_what_was_measured_in_another_run_is_not_compared(site: Site, tokens: Tokens) -> None:
    made = site(tokens({"a": A, "b": B}, details=comparisons("a", "b")), tokens({"mine": "05" * 32}))
    rows = list(made.table("languages/tat_Cyrl.html", "tokens"))
    assert rows == ["Tokenizer", "a", "b", "Measured in another run, so not compared", "mine"]
    assert "Not compared with the others, as measured in another run: mine" in made.pages["index.html"].text


def test_names_are_never_obeyed(site: Site, tokens: Tokens, models: Result) -> None:
    made = site(tokens({HOSTILE: A, "org/m": B, "org?m": C}), models)
    assert made.broken() == []
    for page, read in made.pages.items():
        assert "img" not in read.tags
        assert "\u202e" not in (made.folder / page).read_text("utf-8")
    pages = [page for page in made.pages if page.startswith("tokenizers/")]
    assert len(pages) == 3 and all(page.count("/") == 1 for page in pages)
    assert any("<img src=x>" in made.pages[page].text for page in pages)


def test_the_same_results_are_the_same_bytes(tokens: Tokens, models: Result, tmp_path: Path) -> None:
    given = [tokens({"a": A}), tokens({"b": B}), models]
    write(given, tmp_path / "one")
    write([*given[::-1], models], tmp_path / "other")
    files = sorted(
        path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()
    )
    assert Path(MARKER) in files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_pages_are_english_in_every_locale(site: Site, tokens: Tokens) -> None:
    result = tokens({"a": A, "b": B}, details=comparisons("a", "b", languages=["tat_Cyrl", "sah_Cyrl"]))
    fewer = [replace(r, rows=25) if r.language == "sah_Cyrl" else r for r in result.records]
    ui.use("ru")
    try:
        made = site(replace(result, records=fewer))
    finally:
        ui.use("en")
    assert "paired bootstrap over 25 to 30 shared rows" in made.pages["languages/tat_Cyrl.html"].text


def test_pages_of_systems_that_are_gone_go(site: Site, tokens: Tokens) -> None:
    assert "tokenizers/b.html" in site(tokens({"a": A, "b": B})).pages
    assert "tokenizers/b.html" not in site(tokens({"a": A})).pages


def test_the_command_of_a_table_makes_its_settings(site: Site, tokens: Tokens) -> None:
    made = site(
        tokens({"a": A}, said="words:uax29|norm:NFC"),
        lid_result(signature={"short": "policy:strict|top:3", "long": ""}),
    )
    text = made.pages["add.html"].text
    assert "--corpus udhr --words uax29 --normalize NFC -o results/NAME.json" in text
    assert "langcov lid NAME=fasttext:model.bin --corpus FOLDER/udhr --policy strict --top 3 -o" in text
    assert "langcov report --site DIR results/*.json" in text


def test_the_committed_results(site: Site) -> None:
    """Two of them, and a page that says what their records say."""
    results = [load(RESULTS / f"{name}.json.xz") for name in ("gate", "lid_flores")]
    made = site(*results)
    assert made.broken() == []
    [found] = [
        r
        for r in results[1].records
        if (r.system, r.language, r.metric) == ("lid.176", "tat_Cyrl", "recall")
        and r.value
        and r.low
        and r.high
    ]
    shown = made.table("languages/tat_Cyrl.html", "identification")["lid.176"][0]
    assert shown == f"{found.value:.1%}[{found.low:.1%}, {found.high:.1%}]".replace("%", "")
    azerbaijani = made.pages["languages/azj_Latn.html"]
    assert "counted in the class aze_Latn" in azerbaijani.text
    assert "languages/aze_Latn.html" not in made.pages


def test_every_recall_stands_on_the_page_of_its_language(site: Site) -> None:
    """Models make classes of their own: lines of a language are counted here in one, there in another."""
    whole = load(RESULTS / "lid.json.xz")

    def of_udhr(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row["corpus"] == "udhr"]

    result = replace(
        whole,
        corpora=[card for card in whole.corpora if card["name"] == "udhr"],
        records=[record for record in whole.records if record.corpus == "udhr"],
        totals=of_udhr(whole.totals),
        hygiene=of_udhr(whole.hygiene),
        details={name: of_udhr(rows) for name, rows in whole.details.items()},
    )
    made = site(result)
    told = {
        (r.language, r.system): r.value
        for r in result.records
        if r.metric == "recall" and r.value is not None and f"languages/{r.language}.html" in made.pages
    }
    assert len(told) > 150
    for (language, system), value in told.items():
        shown = made.table(f"languages/{language}.html", "identification")[system][0]
        assert shown.startswith(per_cent(value)), (language, system)


def test_nothing_to_show(tmp_path: Path, tokens: Tokens) -> None:
    empty = tokens({"a": A}, records=[], corpora=[])
    for results in ([], [empty]):
        with pytest.raises(UserError, match="no figure in these results"):
            write(results, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_many_tokenizers(site: Site, build: Callable[..., Result]) -> None:
    start = process_time()
    made = site(build({f"t{n:03}": (1 + n / 100, None) for n in range(200)}))
    assert process_time() - start < 20
    assert len(made.table("languages/tat_Cyrl.html", "tokens")) == 201
    assert len(made.table("index.html", "All languages")) == 201


def test_a_strip_is_on_a_scale_of_ratios() -> None:
    records = [Record("s", "c", "l", "premium", value) for value in (0.5, 1.0, 2.0)]
    scale = scale_of(records, 1.0)
    assert scale and [scale.at(value) for value in (0.5, 1.0, 2.0)] == [5, 60, 115]
    drawn = strip(scale, Record("s", "c", "l", "premium", 1.0, 0.5, 2.0))
    assert 'class="ci" x1="5.0"' in drawn and 'x2="115.0"' in drawn and 'cx="60.0"' in drawn
    assert "circle" not in strip(scale, Record("s", "c", "l", "premium", None))
    assert scale_of([Record("s", "c", "l", "premium", None)], 1.0) is None
