"""What the views say: every figure where it belongs, nothing hidden, nothing obeyed."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from langcov.api import measure_tokenizers
from langcov.errors import UserError
from langcov.report import formats, render, sections
from langcov.report import wording as words
from langcov.report.tokenizers.habits import TITLE
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.results.result import RECORD_KEYS, Result
from tests.report.conftest import Build
from tests.toys import wordpiece

ONE = {"mine": (1.1, None)}
TWO = {"mine": (1.1, None), "other": (1.4, None)}
LOSSY = {**TWO, "bert": (0.5, 0.3)}


def plain(result: Result, width: int = 120) -> str:
    return render(result, "table", color=False, width=width)


def line_of(text: str, label: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(label))


def test_one_system_shows_figures_intervals_and_the_split(build: Build) -> None:
    text = plain(build(ONE))
    tatar = line_of(text, "Tatar").split()
    assert tatar == [
        "Tatar",
        "tat_Cyrl",
        "2.20±0.20",
        "2.00±0.05",
        "██████▋",
        "1.60×1.25",
        "1.33±0.05",
        "0.80×1.67",
        "50",
        "%",
    ]


def test_references_come_first_and_have_no_premium_against_themselves(build: Build) -> None:
    lines = [line.split() for line in plain(build(ONE)).splitlines()]
    at = lines.index(["references"])
    assert lines[at + 1][:4] == ["English", "eng_Latn", "1.10±0.20", "1"]
    assert lines[at + 2][:2] == ["Russian", "rus_Cyrl"]
    assert lines[at + 3] == ["Indo-European"]
    assert [line[0] for line in lines[at + 4 : at + 6]] == ["Serbian", "Serbian"]
    assert sum(line[:1] == ["Russian"] for line in lines) == 1


def compared(
    language: str, metric: str, system: str, p: dict[str, float], reference: str | None = None
) -> list[dict[str, Any]]:
    """The rows of a test of one system against others, with their adjusted p."""
    what = {
        "corpus": "udhr",
        "language": language,
        "metric": metric,
        "reference": reference,
        "system": system,
    }
    rest = {"difference": 0.5, "low": 0.1, "high": 0.9, "p": 0.002}
    return [{**what, "other": other, **rest, "p_adjusted": value} for other, value in p.items()]


def with_tests(result: Result, *rows: list[dict[str, Any]]) -> Result:
    return replace(result, details={"comparisons": [row for one in rows for row in one]})


@pytest.mark.parametrize("format", ["table", "md", "latex"])
def test_the_lowest_is_marked_as_far_as_it_is_told_apart(build: Build, format: str) -> None:
    """▼ only where it holds against every other one; what nobody tested has no mark."""
    result = with_tests(
        build({**TWO, "third": (1.2, None)}),
        compared("tat_Cyrl", "fertility", "mine", {"other": 0.04, "third": 0.049}),
        compared("sah_Cyrl", "fertility", "mine", {"other": 0.002, "third": 0.05}),
        compared("sah_Cyrl", "premium", "other", {"mine": 1.0, "third": 0.002}, "rus_Cyrl"),
    )
    [shown] = sections(result)
    marks = {
        (table.title, row.code): [cell.mark for cell in row.cells]
        for table in shown.tables
        for row in table.rows()
        if any(cell.mark.strip("¹²³") for cell in row.cells)
    }
    assert marks == {
        ("Tokens per word (fertility)", "tat_Cyrl"): ["▼", "", ""],
        ("Tokens per word (fertility)", "sah_Cyrl"): ["≈", "", "≈"],
        ("Tokens against Russian (premium)", "sah_Cyrl"): ["", "≈", "≈", ""],
    }
    text = " ".join(render(result, format, color=False, width=150).split())
    assert "paired bootstrap over 30 shared rows, Holm over the tokenizers, level 0.05" in text
    down, alike = (r"$\blacktriangledown$", r"$\approx$") if format == "latex" else "▼≈"
    assert text.count(down) == 1 + 1 and text.count(alike) == 4 + 1, "and each in the note"


def test_without_a_test_there_is_no_mark_and_no_best(build: Build) -> None:
    for systems in (ONE, TWO, LOSSY):
        text = plain(build(systems))
        assert not set("▲▼≈") & set(text.replace("never ▼ or ≈", ""))
        assert "fewest" not in text and "bootstrap over" not in text


def test_costs_are_marked_where_the_changed_text_is_lost() -> None:
    """Every word in capitals is one UNK: fewer tokens, and no saving."""
    corpus = {"tat": ["ак котик"] * 20, "bak": ["ак"] * 20, "rus": ["кот"] * 20}
    result = measure_tokenizers([wordpiece("ак", "кот", "##ик", "КОТ")], [corpus], perturbations="case")
    text = plain(result)
    assert line_of(text, "Tatar").split()[-2:] == ["-33", "%±0°"]
    assert line_of(text, "Russian").split()[-1] == "0±0"
    three = {name: wordpiece("ак", "кот", "##ик", "КОТ") for name in "abc"}
    text = plain(measure_tokenizers(three, [corpus], perturbations="case"))
    assert "Tokens added by upper case (case cost)" in text


def test_habits_share_a_table_with_their_intervals() -> None:
    """NFD doubles each ё; one line in two has one, so that the cost is 1/6 of the 6 letters of two lines."""
    corpus = {"rus": ["ёжа", "кот"] * 20, "eng": ["cat"] * 40}
    one = measure_tokenizers(["chars"], [corpus], perturbations="nfd")
    assert TITLE not in plain(one) and line_of(plain(one), "Russian").endswith("17 %±6")
    both = measure_tokenizers(["chars", "bytes"], [corpus], perturbations=["nfd", "lookalike", "palochka"])
    text = plain(both)
    table = text[text.index(TITLE) :].split("\n\n")[0].splitlines()
    assert table[1].split() == ["language", "nfd", "lookalike"]
    # of 12 bytes two are added by the mark of ё, and two taken away where а and о are Latin
    assert [" ".join(line.split()) for line in table[3:]] == [
        "chars",
        "English eng_Latn 0±0 –¹",
        "Russian rus_Cyrl 17 %±6 0±0",
        "bytes",
        "English eng_Latn 0±0 –¹",
        "Russian rus_Cyrl 17 %±6 -17 %±0",
    ]
    said = " ".join(text.split())
    assert "what a habit is: nfd: canonical decomposition (NFD); lookalike: every Cyrillic letter" in said
    assert "not shown: palochka cost: its alphabet has no ӏ" in said


def test_yardsticks_do_not_compete(build: Build) -> None:
    result = build({**TWO, "third": (1.2, None), "bytes": (0.1, None)})
    result.systems[3]["kind"] = "bytes"
    row = compared("tat_Cyrl", "fertility", "mine", {"other": 0.002, "third": 0.002})
    text = plain(with_tests(result, row))
    assert line_of(text, "Tatar").split()[2:] == ["2.20±0.20▼", "2.80±0.20", "2.40±0.20", "0.20±0.20"]
    assert "not compared, as nobody would choose them: bytes" in text


def test_findings(build: Build) -> None:
    wins = {language: {"other": 0.002} for language in ("tat_Cyrl", "sah_Cyrl", "rus_Cyrl")}
    result = with_tests(
        build(LOSSY),
        *(compared(language, "fertility", "mine", p) for language, p in wins.items()),
        compared("srp_Latn", "fertility", "other", {"mine": 0.002}),
        compared("srp_Cyrl", "fertility", "mine", {"other": 0.06}),
        compared("srp_Cyrl", "premium", "mine", {"other": 0.002}, "rus_Cyrl"),
    )
    text = " ".join(plain(result).split())
    assert (
        "a text in Sakha (Yakut) costs 3.00× the tokens of English: "
        "bytes explain 2.00× of it and the vocabulary 1.50×." in text
    )
    assert (
        "Of 5 languages in which tokenizers are compared, the fewest tokens are needed by mine in 3, "
        "other in 1; in 1 no tokenizer is told apart from all others." in text
    )
    assert "bert loses text of English: 30 % of its characters are lost" in text
    alone = with_tests(build(LOSSY), compared("tat_Cyrl", "fertility", "mine", wins["tat_Cyrl"]))
    assert "Of 1 language in which tokenizers are compared" in " ".join(plain(alone).split())


@pytest.mark.parametrize("systems", [ONE, TWO, LOSSY])
@pytest.mark.parametrize("format", ["table", "md", "latex"])
def test_fertility_never_stands_without_the_unknown_tokens(
    build: Build, systems: dict[str, tuple[float, float | None]], format: str
) -> None:
    lossy = {"bert": (0.5, 0.3)}
    for shown in (lossy, {**systems, **lossy}):
        text = render(build(shown), format, color=False, width=60)
        assert "unknown" in text
        assert "30 %" in text.replace("\\", "")


def test_unaligned_says_why_there_is_no_premium(build: Build) -> None:
    text = plain(build(TWO, aligned=False))
    assert "not shown: premium: not aligned" in text
    assert text.count("not aligned") == 2  # the heading and the note: each reason once
    assert "±" in text


def test_not_aligned_names_the_option() -> None:
    corpus = {"rus": ["кот"] * 3, "tat": ["песи"] * 3}
    text = plain(measure_tokenizers(["bytes"], [corpus], hygiene=False), 300)
    assert (
        "not shown: premium: the corpus is not aligned; of files without a card --aligned says that" in text
    )


def test_each_reason_is_a_footnote_once(build: Build) -> None:
    result = build(ONE)
    gone = [
        replace(r, value=None, low=None, high=None, reason="the tokenizer failed on line 7")
        if r.metric == "fertility" and r.language in ("tat_Cyrl", "sah_Cyrl")
        else r
        for r in result.records
    ]
    text = plain(replace(result, records=gone))
    assert text.count("the tokenizer failed on line 7") == 1
    assert "–¹ the tokenizer failed on line 7" in text
    assert line_of(text, "Tatar").split()[2] == line_of(text, "Sakha").split()[3] == "–¹"


def test_a_value_without_interval_says_so(build: Build) -> None:
    result = build(ONE)
    bare = [
        replace(r, low=None, high=None, reason="no interval: 12 rows, fewer than 20")
        if (r.metric, r.language) == ("fertility", "tat_Cyrl")
        else r
        for r in result.records
    ]
    text = plain(replace(result, records=bare))
    assert "without ±: Tatar: 12 rows, fewer than 20" in text
    assert line_of(text, "Tatar").split()[2] == "2.20"


def test_skipped_systems_and_hygiene_are_told(build: Build) -> None:
    result = replace(
        build(ONE),
        systems=[*build(ONE).systems, {"name": "broken", "kind": None, "skipped": "not a model"}],
        hygiene=[
            {
                "corpus": "udhr",
                "language": "tat_Cyrl",
                "check": name,
                "severity": "error",
                "count": 3,
                "share": 0.02,
            }
            for name in ("any", "mixed-script-word")
        ],
    )
    for format in ("table", "md", "latex"):
        text = render(result, format, color=False, width=100).replace("\\", "")
        assert "not measured: broken: not a model" in text
        assert "more than 1 % of the words have errors" in text.replace("\n", " ")
        assert "mixed-script-word: Tatar 2.0 %" in text
        assert "Tatar §" in text


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


def test_the_price_of_text_is_shown() -> None:
    """2 bytes a letter and 1 a space: of 9 code points 16 tokens, at 0.03 a million."""
    corpus = {"rus": ["кот и дом"] * 30}
    for many in (["bytes"], ["bytes", "chars", "a=chars"]):
        result = measure_tokenizers(many, [corpus], price=0.03, hygiene=False)
        for format in ("table", "md", "latex"):
            assert f"{16 / 9 * 0.03:.4f}" in render(result, format, width=200)
        assert "price" not in render(measure_tokenizers(many, [corpus], hygiene=False), "md")


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


HOSTILE = "[red]x[/red] a|b_c & 50% \\end{x} `y` \x1b[31m\n\u202e$~^#"


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


def cells_of_markdown(result: Result) -> set[int]:
    """Parts between bars, of each table: its columns, the label and the two ends."""
    return {len(table.columns) + 3 for section in sections(result) for table in section.tables}


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


def test_a_language_nobody_knows_keeps_its_code() -> None:
    assert words.language_names(["qaa_Latn"]) == {"qaa_Latn": "qaa_Latn"}
    assert words.family("qaa_Latn") == "not classified"


def test_numbers(build: Build) -> None:
    numbers = TokenizerNumbers(build(ONE), "udhr")
    assert numbers.references == ["eng_Latn", "rus_Cyrl"]
    assert numbers.median("mine", "premium", "eng_Latn") == 1.6  # of 1.2 1.5 1.6 2 3: English itself is out
    found = numbers.extreme("mine", "premium", "eng_Latn")
    assert found is not None
    assert (found.value, found.language) == (3.0, "sah_Cyrl")
    assert numbers.split("mine", "tat_Cyrl", "eng_Latn") == (1.6, 1.25)
    assert numbers.extreme("mine", "round_trip") is None


def test_a_shortened_text_and_one_without_spaces_are_pointed_out() -> None:
    lines = {"rus": ["кот и дом " * 9] * 20, "tat": ["кот " * 9] * 20, "cmn_Hans": ["人人"] * 20}
    text = plain(measure_tokenizers(["chars"], [lines], references=["rus"], aligned=True))
    assert "Tatar 40%" in text
    assert "‡" in text
    assert "written without spaces, so that words and fertility mean little: Mandarin Chinese" in text
