"""What a check found, in every format: all of it there, nothing in it obeyed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.core import ui
from langcov.hygiene.engine.report import Count, FileReport
from langcov.report.hygiene import findings_json as hygiene_json
from langcov.report.hygiene import html as hygiene_html
from langcov.report.hygiene import markdown as hygiene_markdown
from langcov.report.hygiene import sarif as hygiene_sarif
from langcov.report.hygiene import view
from langcov.report.hygiene.letters import letters_of
from langcov.report.hygiene.text import Marked, fixed, marked, shown, word
from tests.report.checked import HOSTILE, finding, issue, of_line, report, sample
from tests.report.views import read, sarif, schema, terminal


def test_verdict_counts_errors_then_warnings_and_no_notes() -> None:
    note = finding(issue=issue(severity="note"))
    assert report([note, of_line("а"), finding()]).verdict == "errors"
    assert report([note, of_line("а")]).verdict == "warnings"
    assert report([note]).verdict == "clean"


def test_terminal_groups_the_same_issue_and_marks_it() -> None:
    out = terminal()
    assert "  word    should be  times  fix\n  х[1]ун  х[ӏ]ун        14  ✓\n" in out
    assert out.count("U+0031 DIGIT ONE stands where the letter palochka belongs.") == 1
    assert "    texts/a.txt:3:7  Цу дийнахь х[1]ун вара бохуш\n" in out
    assert "and 11 more places" in out
    assert out.endswith("17 errors: this text needs fixing. 1 check could not judge it.\n")


def test_markdown_has_words_before_places() -> None:
    out = hygiene_markdown.render(sample(), max_shown=10)
    assert (
        "| х<del>1</del>ун | х<ins>ӏ</ins>ун | 14 | ✓ |\n| Х<del>1</del>УН | Х<ins>Ӏ</ins>УН | 1 | ✓ |" in out
    )
    assert "```\nlangcov corpora fix texts/a.txt --lang che_Cyrl --only palochka\n```" in out
    assert out.count("U+0031 DIGIT ONE stands where the letter palochka belongs.") == 1
    assert "  - texts/a.txt:3:7 Цу дийнахь х<del>1</del>ун вара бохуш\n" in out
    assert "  - and 11 more places\n" in out
    assert "…pt\\>document.title='x'\\</script\\><del>⟨U+001B⟩</del>\\[31m⟨U+202E⟩б⟨U+200B⟩в" in out
    assert "<script>" not in out
    several = hygiene_markdown.render(sample(), report([], language="tat_Cyrl"), max_shown=10)
    assert several.startswith(
        "| file | language | verdict | errors | warnings |\n| :-- | :-- | :-- | --: | --: |\n"
    )
    assert "| texts/a.txt | Tatar | no issues | 0 | 0 |\n\n# Corpus check: Chechen" in several


def test_terminal_with_colour_has_no_brackets() -> None:
    assert "\x1b[1;4;31m1\x1b[0m" in terminal(color=True)
    assert "х[1]ун" not in terminal(color=True)


def test_terminal_says_what_is_not_shown() -> None:
    found = [finding(line, text=f"х1ун{line}") for line in range(1, 1206)]
    count = Count("palochka", "error", 5000, 5000, 4000, 1205, {"1": 5000})
    out = terminal(report(found, counts=[count]), max_shown=2)
    assert "and 1,203 more words or lines" in out
    assert "3,795 more places were counted but not listed" in out
    assert "5,000" in out


def test_not_judged_is_never_fine() -> None:
    found = report([], not_judged={"alphabet": "No source gives the alphabet of this language."})
    assert "No source gives the alphabet" in terminal(found)
    assert "1 check could not judge it." in terminal(found)
    assert "No source gives the alphabet" in hygiene_html.render(found, max_shown=10)
    assert json.loads(hygiene_json.render(found))["not_judged"] == ["alphabet"]
    [note] = sarif(found)["invocations"][0]["toolExecutionNotifications"]
    assert note["associatedRule"] == {"id": "alphabet"}


def test_an_empty_corpus_is_not_called_fine() -> None:
    assert "nothing was checked" in terminal(report([], files=[], not_judged={}))


@pytest.mark.parametrize("text", [HOSTILE, "\x9b31m", "\u2066а\u2069", "а\u00ad", "\ufeff", "\u3164"])
def test_no_view_prints_what_a_terminal_would_obey(text: str) -> None:
    bad = issue(start=0, end=1, wrong=text[0], message="{x} is bad.", values={"x": text}, suggestion=text)
    found = report(
        [finding(text=text, before=text, after=text, file=text, issue=bad)],
        not_judged={"x": text},
        language=text,
    )
    outputs = [
        terminal(found),
        hygiene_json.render(found),
        hygiene_sarif.render(found),
        hygiene_html.render(found, max_shown=10),
        hygiene_markdown.render(found, max_shown=10),
    ]
    for out in outputs:
        assert not {c for c in out if not c.isprintable()} - {"\n"}
    assert json.loads(outputs[1])["findings"][0]["text"] == text


WIDE = 1 << 20  # hypothesis does write texts of more than 99 letters


@given(st.text(), st.text(), st.integers(0, 9), st.integers(0, 9))
def test_shown_marked_and_fixed_lose_nothing(text: str, right: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    place = finding(text=text, before="<", after=">", issue=issue(start=start, end=end, suggestion=right))
    for parts, whole in (
        (word(place, WIDE), text),
        (marked(place, WIDE), f"<{text}>"),
        (fixed(place, WIDE), right),
    ):
        assert parts is not None
        joined = "".join(vars(parts).values())
        assert joined.isprintable()
        assert plain(joined) == plain(shown(whole))


def plain(text: str) -> str:
    """Without the circle under a mark, and with spaces as they are around an issue."""
    return re.sub("◌|⟨U\\+(00A0|1680|20[02].|205F|3000)⟩| ", "", text)


def test_a_letter_is_not_parted_from_its_marks() -> None:
    place = finding(text="аӣв", issue=issue(start=1, end=2, suggestion="ав̄в"))
    assert fixed(place, 9) == Marked("а", "в̄", "в")
    doubled = finding(text="э̄̄р", issue=issue(start=2, end=3, suggestion="э̄р"))
    assert word(doubled, 9).issue == "◌̄"
    assert fixed(doubled, 9) == Marked("", "э̄", "р")


def test_long_lines_are_cut_around_the_issue() -> None:
    place = finding(text="а" * 100 + "1" + "б" * 100, issue=issue(start=100, end=101))
    assert word(place, 3) == Marked("…ааа", "1", "ббб…")


@pytest.mark.parametrize(
    ("parts", "file", "wanted"),
    [
        ({}, "a.txt", "✓"),
        ({"automatic": False}, "a.txt", "--also palochka"),
        ({"suggestion": None}, "a.txt", "–"),
        ({"suggestion": "хӏу н"}, "a.txt", "–"),
        ({}, "a.parquet", "–"),
    ],
)
def test_the_table_says_whether_fix_changes_a_word(parts: dict[str, Any], file: str, wanted: str) -> None:
    found = report([finding(file=file, issue=issue(**parts))])
    row = next(line for line in terminal(found).splitlines() if line.startswith("  х[1]ун"))
    assert row.endswith(f" 1  {wanted}")
    assert f">{wanted}</td></tr>" in hygiene_html.render(found)


def test_the_command_names_files_and_options_for_a_shell() -> None:
    places = [finding(file=file, issue=issue(automatic=False)) for file in ("а б.txt", "b.txt", "b.txt")]
    found = report(places, options=["--encoding", "cp1251"])
    wanted = "fix 'а б.txt' b.txt --lang che_Cyrl --only palochka --also palochka --encoding cp1251"
    assert f"    langcov corpora {wanted}\n" in terminal(found)
    assert wanted in read(hygiene_html.render(found)).text


def sized(letters: int) -> list[FileReport]:
    return [FileReport("a.txt", 1, 1, letters)]


def test_letters_are_shown_against_the_alphabet() -> None:
    often = dict.fromkeys("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәөүҗңҺ", 600) | {
        "А": 9,
        "Ә": 1,
        "ц": 1,
        "w": 3,
        "ç": 8,
    }
    del often["щ"], often["ё"]
    found = report([], language="tat_Cyrl", characters={**often, "1": 50, " ": 9}, files=sized(20_000))
    letters = letters_of(found)
    assert letters is not None
    assert letters.used[:3] == [("а", 609), ("ә", 601), ("б", 600)] and letters.used[-1] == ("ц", 1)
    assert (letters.rare, letters.missing) == (["ц"], ["щ", "ё"])
    assert letters.foreign == [("ç", 8), ("w", 3)]
    for out in terminal(found), read(hygiene_html.render(found)).text:
        assert "Never in this text: щ ё" in out
        assert "SMALL LETTER C WITH CEDILLA 8×, U+0077 LATIN SMALL LETTER W 3×" in " ".join(out.split())
    assert "а 609   ә 601   б 600" in terminal(found)
    few = letters_of(report([], language="tat_Cyrl", characters=often, files=sized(1_999)))
    assert few and (few.used, few.missing) == ((), ())
    assert letters_of(report([], language="tat_Cyrl", characters={"а": 5}, files=sized(5))) is None
    assert letters_of(report([], language="tat_Latn", characters={"а": 5}, files=sized(5_000))) is None


def of_file(language: str = "kaz_Cyrl", file: str = "texts/a.txt") -> Any:
    """The verdict that a file is in another language than declared."""
    values = {"other": language, "language": "che_Cyrl", "percent": "97", "lines": "60"}
    message = "This text looks like {other} rather than {language}: {percent} % of {lines} lines do."
    what = issue(
        "declared-language", 0, 0, "", message=message, values=values, suggestion=language, automatic=False
    )
    return finding(None, None, "", file=file, issue=what)


def test_what_is_wrong_with_a_file_is_said_first() -> None:
    found = report([of_file(), *sample().findings])
    sentence = "This text looks like Kazakh rather than Chechen: 97 % of 60 lines do."
    assert terminal(found).startswith(f"{sentence}\n\nerror · ")
    assert terminal(found).count(sentence) == 1
    page = hygiene_html.render(found, max_shown=10)
    head, _, rest = page.partition("</header>")
    assert f'<p class="verdict errors">{sentence}</p>' in head
    [section] = re.findall(r'<section id="declared-language-error">.*?</section>', rest, re.S)
    assert "corpora fix" not in section  # the suggestion is no text
    [first, *_] = json.loads(hygiene_json.render(found))["findings"]
    assert (first["line"], first["suggestion"], first["message"]) == (None, "kaz_Cyrl", sentence)
    schema().validate(json.loads(hygiene_json.render(found)))
    result = sarif(found)["results"][0]
    assert (result["level"], result["message"]["text"], "fixes" in result) == ("error", sentence, False)


def test_of_several_files_each_is_named() -> None:
    found = report([of_file(), of_file("rus_Cyrl", "texts/b.txt")], files=[FileReport("a", 1, 1, 1)] * 2)
    assert [line.partition(": ")[0] for line in terminal(found).splitlines()[:2]] == [
        "texts/a.txt",
        "texts/b.txt",
    ]


def test_languages_are_called_by_their_names_in_the_language_of_the_reader() -> None:
    values = {
        "language": "tat_Cyrl",
        "script": "Latn",
        "other": "xxx_Cyrl",
        "votes": "one: two; two: bak_Cyrl",
    }
    one = issue(message="{language} {script} {other} {votes}", values=values)
    assert view.said(one) == "Tatar Latn xxx_Cyrl one: two; two: Bashkir"
    ui.use("ru")
    assert view.said(one) == "татарский латиница xxx_Cyrl one: two; two: башкирский"
    ui.use("en")
