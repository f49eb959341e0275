"""Pictures: the marks are the records, and what can't be had is said."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from langcov.errors import MissingLibrary, UserError
from langcov.report import charts
from langcov.report.charts import chart, drawings
from tests.report.conftest import Build
from tests.report.lid_results import lid_result

pytestmark = pytest.mark.skipif(not find_spec("altair"), reason="needs langcov[report]")

TWO = {"mine": (1.1, None), "other": (1.4, None)}


def marks(drawn: object) -> list[dict[str, object]]:
    spec = drawn.to_dict()  # type: ignore[attr-defined]
    return [row for rows in spec["datasets"].values() for row in rows]


def test_every_picture_has_the_values_of_its_records(build: Build) -> None:
    result = build(TWO)
    premium = {
        (r.system, r.value)
        for r in result.records
        if r.metric == "premium" and r.reference == "eng_Latn" and r.language != "eng_Latn"
    }
    assert {(row["system"], row["value"]) for row in marks(result.plot("premium"))} == premium
    parts = marks(result.plot("premium_parts", reference="rus_Cyrl"))
    assert all(abs(row["bytes"] * row["vocabulary"] - row["value"]) < 1e-12 for row in parts)  # type: ignore[operator]


def test_any_metric_of_languages_is_a_picture(build: Build) -> None:
    assert {row["value"] for row in marks(build(TWO).plot("continued_words"))} == {0.5}


def test_pictures_are_drawn_where_there_are_figures(build: Build) -> None:
    names = [one.name for one in drawings(build(TWO), "udhr")]
    assert names == [
        *(f"{name}-{id}" for name in ("premium", "premium_parts") for id in ("eng_Latn", "rus_Cyrl")),
        "fertility",
    ]
    assert [one.name for one in drawings(build(TWO, aligned=False), "udhr")] == ["fertility"]
    assert {"f1", "precision_recall"} <= {one.name for one in drawings(lid_result(), "udhr")}


def test_a_model_without_a_label_is_told_from_a_bad_one() -> None:
    rows = {(row["system"], row["language"]): row for row in marks(lid_result().plot("f1"))}
    assert rows["alpha", "Bashkir"]["value"] is None
    assert rows["alpha", "Bashkir"]["shown"] == "–"
    assert rows["alpha", "Russian"]["value"] is not None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"what": "beauty"}, "no picture 'beauty' in this result: premium, premium_parts, fertility"),
        ({"what": "fertility", "corpus": "x"}, "no corpus 'x' in this result: udhr"),
        ({"what": "premium", "reference": "tat"}, "no reference 'tat' in this result: eng_Latn, rus_Cyrl"),
    ],
)
def test_what_is_not_there_is_named(build: Build, asked: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        build(TWO).plot(**asked)


def test_a_picture_without_a_figure_is_no_empty_picture(build: Build) -> None:
    with pytest.raises(UserError, match="no figure for the picture 'premium'"):
        build(TWO, aligned=False).plot("premium")


def test_without_altair_it_says_what_to_install(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "find_spec", lambda name: None)
    with pytest.raises(MissingLibrary, match=r"langcov\[report\]"):
        chart(build(TWO))
