"""The formats of a report: their widths, colours and names that nobody expects."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from langcov.api import measure_tokenizers
from langcov.errors import UserError
from langcov.report import formats, render, sections
from langcov.results.result import RECORD_KEYS, Result
from tests.report.conftest import Build
from tests.report.figures import HOSTILE, LOSSY, ONE, TWO, cells_of_markdown, line_of, plain


@pytest.mark.parametrize("width", [50, 80, 100, 120])
@pytest.mark.parametrize("many", [1, 2, 5, 12])
def test_nothing_is_wider_than_the_terminal(build: Build, width: int, many: int) -> None:
    result = build({f"tokenizer_{n:02}": (1 + n / 10, 0.1 * (n % 3)) for n in range(many)})
    *lines, signature, end = plain(result, width).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert (signature, end) == (result.signature["short"], "")
    text = "\n".join(lines)
    assert "Tatar" in text
    for script in ("Cyrl", "Latn"):  # a name cut short would hide which one is meant
        assert f"Serbian ({script})" in text


def test_names_are_whole_where_there_is_little_room() -> None:
    lines = {name: ["кот и дом"] * 3 for name in ("rus", "ykg", "uzn_Latn", "uzn_Cyrl", "arb")}
    given = {"a-tokenizer-of-many-words": "bytes", "b": "chars"}
    result = measure_tokenizers(given, [lines], ["rus"], aligned=True, hygiene=False)
    rows = [row.strip() for row in plain(result, 40).splitlines()]
    for name, *more in (["Tundra (Northern)", "Yukaghir"], ["Northern Uzbek", "(Cyrl)"], ["Standard Arabic"]):
        at = next(i for i, row in enumerate(rows) if re.match(rf"{re.escape(name)} +\d", row))
        assert rows[at + 1 : at + 1 + len(more)] == more
    assert not any("Cyrl" in row.split("(")[0] for row in rows[:-2])


def test_what_has_no_room_is_named_with_the_width_that_has_it(build: Build) -> None:
    def note(result: Result, width: int) -> tuple[str, int]:
        text = plain(result, width).replace("\n", " ")
        found = re.search(rf"no room at {width} columns for: (.*?) \(a terminal of (\d+) has", text)
        assert found is not None
        return found[1], int(found[2])

    two = build(TWO)
    columns, needed = note(two, 60)
    assert columns == "bytes, continued words"
    assert "no room" in plain(two, needed - 1)
    assert "no room" not in plain(two, needed)
    assert line_of(plain(two, needed), "Tatar").count("50 %") == 2
    many = build({f"t{n}": (1 + n / 10, None) for n in range(5)})
    intervals, needed = note(many, 50)
    assert intervals == "the intervals (±)"
    assert "±" not in line_of(plain(many, 50), "Tatar")
    assert line_of(plain(many, needed), "Tatar").count("±") == 5


def test_a_terminal_that_says_no_width_shows_all(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    assert "Tatar" in render(build(ONE), "table")


def test_colour_is_only_where_it_is_wanted(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    result = build(LOSSY)
    assert "\x1b[" in render(result, "table", color=True, width=80)
    assert "\x1b" not in plain(result)
    assert (
        re.sub(r"\x1b\[[\d;]*m", "", render(result, "table", color=True, width=80)).split()
        == plain(result, 80).split()
    )
    for name, value in (("FORCE_COLOR", "1"), ("TERM", "xterm-256color")):
        monkeypatch.setenv(name, value)
    assert "\x1b[" in render(result, "table", width=80)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in render(result, "table", width=80)


@pytest.mark.parametrize(
    "systems", [{HOSTILE: (1.0, 0.1)}, {HOSTILE: (1.0, 0.1), "b": (2.0, None), "c": (3.0, None)}]
)
def test_hostile_names(build: Build, systems: dict[str, tuple[float, float | None]]) -> None:
    result = build(systems)
    for format in ("table", "md", "latex"):
        text = render(result, format, color=False, width=200)
        assert not set("\x1b\u202e") & set(text)
    table = "".join(plain(result, 200).split())
    assert "[red]x[/red]" in table
    for line in render(result, "md").splitlines():
        assert not line.startswith("|") or len(re.split(r"(?<!\\)\|", line)) in cells_of_markdown(result)
    latex = render(result, "latex")
    assert r"{[}red{]}x{[}/red{]} a\textbar{}b\_c \& 50\% \textbackslash{}end\{x\}" in latex


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(deadline=None, max_examples=40)
@given(st.lists(names, min_size=1, max_size=4, unique=True), st.integers(30, 130))
def test_any_name_is_drawn_within_the_width(build: Build, systems: list[str], width: int) -> None:
    result = build({name: (1.0 + at, None) for at, name in enumerate(systems)})
    *lines, _, _ = plain(result, width).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert all(character.isprintable() for line in lines for character in line)
    rows = [line for line in render(result, "latex").splitlines() if line.endswith(r" \\")]
    ampersands = {len(re.findall(r"(?<!\\)&", row)) for row in rows}
    assert ampersands <= {len(table.columns) for section in sections(result) for table in section.tables}


def test_markdown_has_exact_bounds(build: Build) -> None:
    text = render(build(ONE), "md")
    assert r"| Tatar `tat_Cyrl` | 2.20 \[2.10, 2.40\] | 2.00 \[1.95, 2.02\] | 1.60×1.25 |" in text
    assert text.endswith("`corpus:udhr@12345678|words:whitespace`\n")


def test_csv_is_the_records(build: Build) -> None:
    result = build({HOSTILE: (1.0, None)})
    rows = list(csv.DictReader(StringIO(render(result, "csv"))))
    assert tuple(rows[0]) == RECORD_KEYS
    assert len(rows) == len(result.records)
    assert {row["system"] for row in rows} == {HOSTILE}
    back = next(row for row in rows if row["metric"] == "premium" and row["language"] == "sah_Cyrl")
    assert (back["reference"], back["value"]) == ("eng_Latn", "3.0")
    assert next(row for row in rows if row["metric"] == "unknown_tokens")["value"] == ""


def test_no_text_of_csv_is_a_formula(build: Build) -> None:
    names = ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "a=1"]
    result = build({name: (float(at + 1), None) for at, name in enumerate(names)})
    for raw, wanted in ((False, ["'" * (name != "a=1") + name for name in names]), (True, names)):
        rows = list(csv.DictReader(StringIO(render(result, "csv", csv_raw=raw), newline="")))
        assert {row["system"] for row in rows} == set(wanted)
        assert [float(row["value"]) for row in rows if row["value"]]
    result.records[0] = replace(result.records[0], value=-0.5, low=-1.0, high=None)
    assert ",-0.5,-1.0,," in render(result, "csv")


def test_json_is_the_result(build: Build) -> None:
    assert json.loads(render(build(ONE), "json"))["schema"] == "langcov.result/1"


def test_an_unknown_format_is_refused(build: Build) -> None:
    with pytest.raises(UserError, match="one of table, md, csv, latex, json"):
        render(build(ONE), "pdf")


@pytest.mark.parametrize("format", formats())
def test_nothing_measured(build: Build, format: str) -> None:
    empty = build({}, corpora=[])
    assert render(empty, format, color=False, width=80).endswith("\n")
    assert render(build({}), format, color=False, width=80).endswith("\n")
