"""What the views say: every figure where it belongs, nothing hidden, nothing obeyed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from langcov.api import measure_tokenizers
from langcov.report import render
from langcov.report import wording as words
from langcov.report.tokenizers.habits import TITLE
from langcov.report.tokenizers.numbers import TokenizerNumbers
from tests.report.conftest import Build
from tests.report.figures import LOSSY, ONE, TWO, line_of, plain
from tests.toys import wordpiece


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


def test_the_price_of_text_is_shown() -> None:
    """2 bytes a letter and 1 a space: of 9 code points 16 tokens, at 0.03 a million."""
    corpus = {"rus": ["кот и дом"] * 30}
    for many in (["bytes"], ["bytes", "chars", "a=chars"]):
        result = measure_tokenizers(many, [corpus], price=0.03, hygiene=False)
        for format in ("table", "md", "latex"):
            assert f"{16 / 9 * 0.03:.4f}" in render(result, format, width=200)
        assert "price" not in render(measure_tokenizers(many, [corpus], hygiene=False), "md")


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
