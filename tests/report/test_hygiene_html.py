"""The page of a check: whole, small, obeying nothing, and what stands on it."""

from __future__ import annotations

from langcov.hygiene.engine.report import FileReport
from langcov.report.hygiene import html as hygiene_html
from tests.report.checked import finding, issue, report, sample
from tests.report.views import read


def test_html_is_whole_and_asks_for_nothing() -> None:
    page = read(hygiene_html.render(sample(), max_shown=10))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert not [attributes for _, attributes in page.tags if {"src", "onerror", "style"} & attributes.keys()]
    assert all(a["href"].startswith("#") for tag, a in page.tags if tag == "a" and a["href"])
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids)) == 6
    targets = {a["href"] for tag, a in page.tags if tag == "a"}
    assert targets <= {f"#{id}" for id in ids}
    assert "default-src 'none'" in str([a for tag, a in page.tags if tag == "meta"])
    assert ("html", {"lang": "en"}) in page.tags
    assert ("bdi", {"lang": "ce-Cyrl"}) in page.tags


def test_html_shows_hostile_text_as_text() -> None:
    page = read(hygiene_html.render(sample(), max_shown=10))
    assert "<script>document.title='x'</script>⟨U+001B⟩[31m⟨U+202E⟩б⟨U+200B⟩в" in page.text


def test_html_of_ten_thousand_findings_is_grouped() -> None:
    many = [finding(line, text=f"х1ун{line % 300}") for line in range(1, 10_001)]
    page = hygiene_html.render(report(many), max_shown=200)
    assert len(page) < 2_000_000
    assert "and 100 more words or lines" in page
    assert page.count('data-label="times">34</td>') == 100
    assert len(hygiene_html.render(report(many))) < 2_000_000


def test_a_page_of_several_languages_is_one_page_of_at_most_two_megabytes() -> None:
    languages = ("tat_Cyrl", "bak_Cyrl", "che_Cyrl", "kpv_Cyrl", "rus_Cyrl")
    checks = ("palochka", "nfc", "lookalike", "twin", "alphabet", "russian-line")
    around = {"before": "аб " * 13, "after": " вг" * 13}
    found = [
        finding(line, text=f"х1ун{line % 700}", issue=issue(check), **around)
        for check in checks
        for line in range(1, 2_001)
    ]
    one = FileReport("a.txt", 2_000, 6_000, 30_000, errors=3, warnings=1)
    page = hygiene_html.render(*(report(found, language=id, files=[one]) for id in languages))
    assert 1_000_000 < len(page.encode()) < 2_000_000
    parts = read(page)
    ids = [attributes["id"] for _, attributes in parts.tags if "id" in attributes]
    assert len(ids) == len(set(ids)) == 5 * (1 + len(checks) + 1)
    targets = [str(a["href"]) for tag, a in parts.tags if tag == "a"]
    assert targets[:5] == [f"#{language}" for language in languages]
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    assert parts.text.index("file") < parts.text.index("Tatar (tat_Cyrl)")


def test_the_page_shows_before_and_after_side_by_side() -> None:
    page = hygiene_html.render(report([finding(before="Цу ", after=" вара")]))
    before, after = "Цу х<mark>1</mark>ун вара", "Цу х<ins>ӏ</ins>ун вара"
    cells = [f'<td class="context"><bdi lang="ce-Cyrl">{text}</bdi></td>' for text in (before, after)]
    assert "".join(cells) in page
    assert page.index('<table class="words">') < page.index("<details><summary>1 place<") < page.index(before)
