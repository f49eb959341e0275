"""What the views say of a language-ID result: what has no label, where it goes, and what that costs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from langcov.metrics.lid.registry import lid_metrics
from langcov.report import formats, render, sections
from langcov.report.lid.numbers import LidNumbers
from langcov.results.result import Record, Result
from tests.report.figures import HOSTILE, cells_of_markdown, line_of
from tests.report.lid_results import CONFUSIONS, lid_result

ALPHA = {"alpha": CONFUSIONS["alpha"]}
FOUR = CONFUSIONS | {"gamma": CONFUSIONS["alpha"], "delta": CONFUSIONS["beta"]}


def plain(result: Result, width: int = 120) -> str:
    return render(result, "table", color=False, width=width)


def flat(result: Result) -> str:
    return " ".join(plain(result).split())


def adding(result: Result, *records: Record) -> Result:
    return replace(result, records=[*result.records, *records])


def cells(result: Result, label: str, title: str) -> list[str]:
    """The cells of a row in the table whose title begins like this, as they are without intervals."""
    [table] = [t for s in sections(result) for t in s.tables if t.title.startswith(title)]
    [row] = [row for group in table.groups for row in group.rows if row.label == label]
    return [cell.text + cell.mark for cell in row.cells]


def test_one_model_shows_what_each_language_is_taken_for() -> None:
    result = lid_result(ALPHA)
    assert cells(result, "Tatar", "Each") == ["10", "59.3", "80.0", "47.1", "9", "rus_Cyrl 20.0"]
    assert cells(result, "Russian", "Each") == ["10", "52.6", "100", "35.7", "18", ""]
    assert cells(result, "Bashkir", "Each") == ["10", "–¹", "–¹", "–¹", "", "tat_Cyrl 90.0"]
    assert "–¹ unsupported: the model has no label for it" in plain(result)
    assert "Turkic\n Bashkir" in plain(result)


def test_two_models_stand_side_by_side_and_none_is_marked_without_a_test() -> None:
    tatar = cells(lid_result(), "Tatar", "Each")
    assert tatar == ["10", "59.3", "80.0", "80.0", "100", "47.1", "66.7", "9", "5", "rus_Cyrl 20.0", ""]
    assert "▲" not in plain(lid_result())


def test_of_many_models_only_f1_is_shown() -> None:
    assert cells(lid_result(FOUR), "Tatar", "F1 of each") == ["10", "59.3", "80.0", "59.3", "80.0"]


def test_all_languages_together() -> None:
    result = lid_result()
    beta = ["48.0", "47.4", "79.1", "-0.123", "60.0", "trained"]
    assert cells(result, "beta", "All languages") == beta
    assert cells(result, "alpha", "All languages")[-1] == "unknown"
    assert "beta was trained on this corpus: a paper" in flat(result)
    assert "48.0±2.0" in line_of(plain(result), "beta")


def test_the_highest_is_named_as_far_as_the_test_carries() -> None:
    def said(p_adjusted: float) -> str:
        row = {"corpus": "udhr", "system": "alpha", "other": "beta", "p_adjusted": p_adjusted}
        result = lid_result()
        return flat(replace(result, details={**result.details, "comparisons": [row]}))

    assert "2 models not known to be trained on this corpus alpha has the highest macro F1" in said(0.01)
    assert "none has the highest macro F1 of all languages for certain: alpha," in said(0.06)
    assert "is not told apart from beta (paired bootstrap, Holm)" in said(0.06)
    assert "highest macro F1" not in flat(lid_result())


def test_findings() -> None:
    text = flat(lid_result())
    assert "2 of 5 languages have no label in any of the models: Even, Nivkh (Gilyak)." in text
    assert "alpha takes 2 of the 3 languages that it has no label for most often for Russian." in text
    assert "the precision of alpha for Tatar is 47.1 %, without them 100 %." in text
    assert "3 of 5 languages have no label in alpha: Bashkir, Even, Nivkh (Gilyak)." in flat(
        lid_result(ALPHA)
    )


def test_a_model_that_answers_nothing_is_no_sink() -> None:
    silent = {"beta": CONFUSIONS["beta"]}
    assert "most often for" not in plain(lid_result(silent))


def test_a_macro_class_has_the_name_of_its_members_and_they_no_row() -> None:
    result = lid_result({"alpha": {"kom_Cyrl": {"rus_Cyrl": 4}, "rus_Cyrl": {"rus_Cyrl": 6}}})
    counted = Record("alpha", "udhr", "kpv_Cyrl", "f1", None, reason="counted in kom_Cyrl (macro)")
    result = adding(result, counted)
    assert cells(result, "Komi-Zyrian, Komi-Permyak", "Each")[-1] == "rus_Cyrl 100"
    assert "kpv_Cyrl" not in plain(result)
    assert "is one class with its members" in plain(result)
    assert "Uralic" in plain(result)


def test_a_group_stands_under_the_names_of_its_languages() -> None:
    group, languages = "tat-bak-sty_Cyrl", ("bak_Cyrl", "tat_Cyrl")
    result = lid_result({"alpha": {group: {group: 9, "rus_Cyrl": 3}, "rus_Cyrl": {"rus_Cyrl": 6}}})
    own = {"languages": languages, "n": 12, "unit": "share"}
    result.records[:] = [
        *(r for r in result.records if r.language != group),
        *(Record("alpha", "udhr", None, metric, 0.75, **own) for metric in ("recall", "f1")),  # type: ignore[arg-type]
    ]
    row = cells(result, "Bashkir, Tatar", "Each")
    assert (row[:3], row[-1]) == (["12", "75.0", "75.0"], "rus_Cyrl 25.0")
    assert LidNumbers(result, "udhr").value("alpha", None, "f1") is None
    assert plain(result).startswith("udhr · 3 languages · rows: document\n")


def test_a_change_of_recall_is_shown_where_there_is_one() -> None:
    def change(system: str, language: str, value: float | None, name: str = "case") -> Record:
        metric, reason = lid_metrics()[f"recall_change_{name}"], "no ё" if value is None else None
        return Record(system, "udhr", language, metric.name, value, unit=metric.unit, reason=reason)

    result = adding(
        lid_result(),
        change("alpha", "tat_Cyrl", -0.25),
        change("beta", "tat_Cyrl", 0.125),
        change("alpha", "rus_Cyrl", 0.0004),
        change("alpha", "rus_Cyrl", None, "yo"),
        change("alpha", "rus_Cyrl", 0.0, "nfd"),
    )
    assert cells(result, "Tatar", "Change of recall in points: case (below 0.05 in 1 more)") == [
        "-25.0",
        "+12.5",
    ]
    assert "not shown: recall change yo (alpha): no ё" in flat(result)
    assert "not shown: recall change nfd: it is below 0.05 points" in flat(result)


def test_what_is_counted_apart_and_what_is_identified_is_told() -> None:
    exception = {"corpus": "udhr", "list": "titles", "kind": "other-language", "what": "Russian titles"}
    apart = [
        {**exception, "language": "eve_Cyrl", "lines": 30},
        {**exception, "language": "niv_Cyrl", "lines": 31},
    ]
    result = lid_result(details={"gold_exceptions": apart})
    result.corpora[0]["items"] = "each distinct word form once"
    text = flat(result)
    assert (
        "counted apart, not predicted: 61 lines, titles (Russian titles): Nivkh (Gilyak) 31, Even 30" in text
    )
    assert "what is identified: each distinct word form once" in text


def test_small_classes_and_lines_in_another_script_are_told() -> None:
    few = {"alpha": {**CONFUSIONS["alpha"], "niv_Cyrl": {"rus_Cyrl": 6}}}
    totals = [
        {
            "system": system,
            "corpus": "udhr",
            "language": language,
            "predictions": 10,
            "off_script_lines": lines,
        }
        for system in ("alpha", "beta")
        for language, lines in (("tat_Cyrl", 2), ("bak_Cyrl", 3), ("rus_Cyrl", 0))
    ]
    text = flat(lid_result(few, totals=totals))
    assert "of fewer than 10 lines, so not in macro F1: niv_Cyrl (6)" in text
    assert "lines with most letters in another script than declared: Bashkir 3, Tatar 2" in text


def test_labels_without_a_script_are_right_and_wrong_as_others_are() -> None:
    result = lid_result({"alpha": {"tat_Cyrl": {"tat": 8, "rus": 2}, "rus_Cyrl": {"rus": 9, "tat": 1}}})
    numbers = LidNumbers(result, "udhr")
    assert numbers.mistaken("alpha", "tat_Cyrl") == ("rus", 0.2)
    assert numbers.false_positives("alpha", "tat_Cyrl") == 1
    assert numbers.precision("alpha", "tat_Cyrl", ["tat_Cyrl", "rus_Cyrl"]) == 8 / 9


def test_what_holds_of_all_corpora_stands_once() -> None:
    result = lid_result()
    more = [replace(record, corpus="words") for record in result.records]
    result = replace(
        result,
        corpora=[*result.corpora, {**result.corpora[0], "name": "words"}],
        records=[*result.records, *more],
    )
    text = plain(result)
    assert text.count("policy macro: ") == text.count("macro F1: gold: of all languages") == 1
    assert text.count("All languages, %") == 2


def test_a_failed_model_says_why() -> None:
    result = lid_result()
    failed = [
        replace(r, value=None, low=None, high=None, reason="x.txt, line 7: boom") if r.system == "beta" else r
        for r in result.records
    ]
    text = plain(replace(result, records=failed))
    assert text.count("x.txt, line 7: boom") == 1
    assert "no label in any of the models: Bashkir" not in text


@pytest.mark.parametrize("format", formats())
@pytest.mark.parametrize("confusions", [ALPHA, CONFUSIONS, FOUR, {}])
def test_every_format(format: str, confusions: dict[str, dict[str, dict[str, int]]]) -> None:
    text = render(lid_result(confusions), format, color=False, width=80)
    assert text.endswith("\n")
    assert "Bashkir" in text or "bak_Cyrl" in text or not confusions


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("many", [1, 2, 3, 9])
def test_nothing_is_wider_than_the_terminal(width: int, many: int) -> None:
    result = lid_result({f"model_number_{n}": CONFUSIONS["alpha"] for n in range(many)})
    *lines, signature, _ = plain(result, width).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert signature == result.signature["short"]


def test_hostile_names() -> None:
    result = lid_result({HOSTILE: {"rus_Cyrl": {"rus_Cyrl": 1, HOSTILE: 3}}, "b": CONFUSIONS["beta"]})
    for format in ("table", "md", "latex"):
        text = render(result, format, color=False, width=200)
        assert not set("\x1b\u202e") & set(text)
    for line in render(result, "md").splitlines():
        assert not line.startswith("|") or len(re.split(r"(?<!\\)\|", line)) in cells_of_markdown(result)
