"""``langcov morphology``: gold and silver apart, formats, and what it says of what it can't do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "gold.tsv").write_text("котлар\tкот-лар\nакны\tак-ны\nбарс\tбарс\n", "utf-8")
    (tmp_path / "silver.tsv").write_text("котлар\tкотлар\nбарсны\tбарс-ны | бар-сны\nак\tак\n", "utf-8")
    return tmp_path


def test_json(run: Run, lists: Path) -> None:
    args = ("morphology", "chars", "--gold", f"tat={lists}/gold.tsv", "--silver", lists / "silver.tsv")
    ran = run(*args, "--format", "json", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert found["schema"] == "langcov.morphology/1"
    gold, silver = found["lists"]
    assert (gold["name"], gold["language"], gold["quality"], gold["words"]) == ("gold", "tat_Cyrl", "gold", 3)
    assert (gold["boundaries"], gold["exact"], gold["aligned"], gold["left_out"]) == (2, 3, 0, [])
    assert (silver["quality"], silver["language"], silver["words"]) == ("silver", None, 2)
    assert [(one["cause"], one["words"], one["line"]) for one in silver["left_out"]] == [("ambiguous", 1, 2)]
    value = {(one["system"], one["list"], one["metric"]): one["value"] for one in found["records"]}
    # characters cut at 5 + 3 + 3 places, two of them boundaries
    assert value["chars", "gold", "boundary_precision"] == 2 / 11
    assert value["chars", "gold", "boundary_f1"] == pytest.approx(4 / 13)
    assert value["chars", "gold", "boundary_f1_above_chance"] == pytest.approx(0)
    assert value["whole words", "gold", "boundary_precision"] is None
    assert value["whole words", "gold", "morphscore_recall"] == 1
    assert {one["quality"] for one in found["records"] if one["list"] == "silver"} == {"silver"}


def test_tables_keep_gold_and_silver_apart(run: Run, lists: Path, tmp_path: Path) -> None:
    args = ("morphology", "chars", "bytes", "--gold", lists / "gold.tsv", "--silver", lists / "silver.tsv")
    out = run(*args).out
    gold, silver = out.split("silver · silver: divided by a program")
    assert "gold · gold: divided by people · 3 words, 2 boundaries" in gold
    for text in ("F1 by", "MorphScore", "whole words", "words that their morphemes spell: 3"):
        assert text in " ".join(gold.split())
    assert "left out: 1 (the first on line 2): several segmentations" in silver
    assert "average" not in out and "mean" not in out
    page = tmp_path / "page.html"
    assert run(*args, "--format", "html", "-o", page).code == 0
    assert "divided by people" in page.read_text("utf-8")
    assert "| chars |" in run(*args, "--format", "md").out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name a list of divided words: --gold FILE"),
        (("--gold", "no.tsv"), "no.tsv"),
        (("--analyse", "tat={}/gold.tsv"), "no grammar of tat_Cyrl to divide its words: there are kpv, mdf"),
        (("--analyse", "{}/gold.tsv"), "name the language, as in udm="),
        (("--gold", "{}/bad.tsv"), "line 1: 'кот' can't be used: its morphemes don't spell it"),
    ],
)
def test_errors(args: tuple[str, ...], said: str, run: Run, lists: Path) -> None:
    (lists / "bad.tsv").write_text("кот\tсобака-ми\n", "utf-8")
    ran = run("morphology", "chars", "--quiet", *(arg.format(lists) for arg in args))
    assert ran.code == 2 and ran.err.count("\n") == 1 and said in ran.err
