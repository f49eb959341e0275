from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import langcov
from langcov.core import ui
from langcov.data import read_table
from langcov.languages import all_languages, alphabet, find
from langcov.report.languages import render
from langcov.report.languages.block import Block
from langcov.report.languages.name import language_name
from langcov.report.languages.page import blocks, heading

RESULTS = Path(__file__).parents[2] / "benchmarks/results"


def block(language: str, title: str) -> Block:
    return next(one for one in blocks(find(language)) if one.title == title)


@pytest.mark.parametrize("language", all_languages(), ids=lambda language: language.id)
def test_each_language_has_a_page_with_its_letters(language):
    """In a terminal of 80 columns and in HTML; no letter of its alphabet is missing."""
    page = blocks(language)
    shown = render.terminal(heading(language), page, color=False, width=80)
    assert max(map(cell_len, shown.split("\n"))) <= 80
    html = render.html(heading(language), page)
    for letter in alphabet(language):
        assert letter in shown
        assert letter in html


def test_keys_are_those_of_the_layout():
    """Read by hand in symbols/ru of xkeyboard-config: ә is on AD09, һ on TLDE; Mari ӱ is with AltGr."""
    rows = {row[0]: row for row in block("tat", "Alphabet").rows}
    assert rows["Әә"][2] == "Щ O"
    assert rows["Һһ"][2] == "Ё `"
    assert rows["Әә"][1] == "U+04D8 U+04D9\nCYRILLIC SMALL LETTER SCHWA"
    mari = block("mhr", "Alphabet")
    assert {row[0]: row[2] for row in mari.rows}["Ӱӱ"] == "AltGr + У E"
    assert "Mari ru(chm)" in mari.lines[1]


def test_layouts_that_are_seldom_offered_count_too():
    """The palochka is on two layouts, both in evdev.extras.xml only (Rulemak: AB10 with AltGr)."""
    palochka = block("che", "Alphabet").rows[0]
    assert palochka[2].startswith("AltGr + . /")
    assert "1" in palochka[-1].split()  # typed in its place


def test_letters_of_several_characters_are_listed():
    assert "Letters of more than one character: гъ къ нг дж" in block("krc", "Alphabet").lines
    assert not any("more than one" in line for line in block("tat", "Alphabet").lines)


def test_letters_that_no_layout_has_are_named():
    said = block("mns", "Alphabet").lines[1]
    assert said.startswith("No keyboard layout of xkeyboard-config 2.35.1 has a key for: а\u0304 ")


def test_figures_are_those_of_the_committed_results():
    """Each figure of a page, with another way to find it."""
    result = langcov.load(RESULTS / "tokenizers.json.xz")
    known = {
        (one.system, one.corpus, one.language, one.metric, one.reference): one.value for one in result.records
    }
    for row in read_table("figures_tokenizers.tsv"):
        place = (row["system"], row["corpus"], row["language"])
        for column, metric, reference in (
            ("premium_eng", "premium", "eng_Latn"),
            ("fertility", "fertility", None),
            ("lost", "lost_characters", None),
        ):
            value = known[(*place, metric, reference)]
            assert row[column] == ("" if value is None else f"{value:.5g}")


def test_every_language_that_a_page_names_has_a_russian_name(monkeypatch):
    """Also those that the table has no row of: sisters, and what models take its lines for."""
    monkeypatch.setattr(ui, "_language", "ru")
    codes = {row["member"] for row in read_table("lid_groups.tsv")}
    for row in read_table("figures_lid.tsv"):
        codes |= {one.rpartition(":")[0] for one in row["taken_for"].split()} - {"unsure"}
    assert [code for code in sorted(codes) if re.search("[A-Za-z]", language_name(code))] == []


def test_what_a_language_is_taken_for_has_names_and_shares():
    """cld3 has no Tatar; langcov's own label of a model is no mistake."""
    rows = {row[0]: row for row in block("tat", "Language identification").rows}
    assert rows["cld3"][3].startswith("Kyrgyz 86")
    assert rows["heliport"][3] == ""
    assert not any("Tatar" in row[3] for row in rows.values())


def test_what_loses_text_is_marked():
    rows = {row[0]: row for row in block("tat", "Tokenizers").rows}
    assert rows["bert-cased"][1].endswith("°")
    assert not rows["o200k"][1].endswith("°")


def test_what_was_not_measured_is_said_and_is_no_zero():
    chechen = block("che", "Tokenizers")
    assert chechen.rows == []
    assert chechen.lines == ["Not measured: none of the committed results has text in it."]


def test_a_member_of_a_macrolanguage_has_the_figures_of_its_class():
    """Files declared Khalkha and Mongolian are one class of the models."""
    assert block("khk", "Language identification").rows == block("mon", "Language identification").rows != []


def test_html_asks_for_nothing_and_escapes():
    page = [Block("<b>", ["<script>"], ["<i>"], [["a<br>b\nc"]])]
    html = render.html("<title>", page)
    assert "<script" not in html
    assert "a&lt;br&gt;b<br>c" in html
    assert not re.search(r"(src|href)=", html)


def test_in_russian():
    ui.use("ru")
    try:
        assert heading(find("tat")) == "татарский язык (tat_Cyrl)"
        page = blocks(find("tat"))
        assert page[1].title == "Алфавит"
        assert page[1].lines[0].startswith("39 букв: Аа")
        assert "Татарская ru(tt)" in page[1].lines[1]
        assert {row[0]: row for row in page[3].rows}["o200k"][1] == "2,57"
    finally:
        ui.use("en")
