"""Words of a text, divided by the packages of uniparser where they are installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.core.work import Progress
from langcov.corpora.base import ReadOptions
from langcov.errors import MissingLibrary, UserError
from langcov.morphology import analysed as module
from langcov.morphology.analysed import ANALYSERS, analysed
from langcov.morphology.gold import gold_of


def test_udmurt_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("uniparser_udmurt")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "text.txt"
    path.write_text("Гуртын, кылъёс кылъёс — qqq!\nадями\n", "utf-8")
    rows = analysed(str(path), "udm_Cyrl", ReadOptions(), Progress())
    assert [(row.word, row.marked) for row in rows] == [
        ("кылъёс", ("кыл-ъёс",)),
        ("Гуртын", ("гурт-ын",)),
        ("qqq", ()),
        ("адями", ("адями",)),
    ]
    gold = gold_of(rows, "text", "udm_Cyrl", "silver", "align")
    assert (gold.exact, gold.boundaries.tolist()) == (3, [3, 4])
    assert gold.left_out == {"unknown": (1, 3)}
    assert [one.name for one in tmp_path.iterdir()] == ["text.txt"], "no errors.log"


def test_ossetic_words_with_the_latin_letter(tmp_path: Path) -> None:
    pytest.importorskip("uniparser_ossetic")
    path = tmp_path / "text.txt"
    path.write_text("адæмæн адӕмӕн\n", "utf-8")
    rows = analysed(str(path), "oss_Cyrl", ReadOptions(), Progress())
    marked = {row.word: row.marked for row in rows}
    assert marked["адæмæн"] == marked["адӕмӕн"]
    gold = gold_of(rows, "text", "oss_Cyrl", "silver", "align")
    assert not gold.left_out.get("different")


def test_what_can_not_be_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "text.txt"
    path.write_text("ак барс\n", "utf-8")
    with pytest.raises(UserError, match="no grammar of bxr_Cyrl to divide its words: there are kpv, mdf"):
        analysed(str(path), "bxr_Cyrl", ReadOptions(), Progress())
    monkeypatch.setitem(ANALYSERS, "tat", ("uniparser_nosuch", "NoSuchAnalyzer"))
    with pytest.raises(MissingLibrary, match=r"uniparser_nosuch.*langcov\[uniparser\]"):
        analysed(str(path), "tat_Cyrl", ReadOptions(), Progress())
    assert set(module.ANALYSERS) - {"tat"} == {"kpv", "mdf", "mhr", "myv", "oss", "udm"}


def test_a_grammar_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip("uniparser_udmurt")
    path = tmp_path / "text.txt"
    path.write_text("адями гуртын\n", "utf-8")

    def fail(self: object, word: str) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(library.UdmurtAnalyzer, "analyze_words", fail)
    with pytest.raises(UserError, match="the grammar of udm_Cyrl failed: list index"):
        analysed(str(path), "udm_Cyrl", ReadOptions(), Progress())
