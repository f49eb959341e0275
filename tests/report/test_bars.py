"""Bars beside figures: where there is room, where they tell something, and without block characters."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace

import pytest

from langcov.report import render
from langcov.report.render.bars import BLOCKS
from tests.report.conftest import Build
from tests.report.lid_results import lid_result

ONE = {"a": (1.1, None)}
TWO = {**ONE, "b": (1.2, None)}
MANY = {**TWO, "c": (1.3, None)}


def bars(text: str) -> list[str]:
    return re.findall(f"[{BLOCKS}]+", text)


def test_a_wide_terminal_has_them_beside_the_premium(build: Build) -> None:
    result = build(ONE)
    shown = render(result, "table", width=140)
    [sakha] = [line for line in shown.splitlines() if line.startswith(" Sakha")]
    [english] = [line for line in shown.splitlines() if line.startswith(" English")]
    assert (bars(sakha), bars(english)) == (["█" * 10], ["███▍"]), "3 and 1 times the tokens of English"
    assert len(bars(shown)) == 6, "one a language: neither the other premium nor the only system has one"
    assert max(map(len, shown.splitlines()[:-2])) <= 140


@pytest.mark.parametrize("format", ["md", "latex", "csv", "json"])
def test_no_other_format_has_them(build: Build, format: str) -> None:
    assert bars(render(build(ONE), format)) == []


@pytest.mark.parametrize("width", [40, 80, 119])
def test_a_narrow_terminal_has_none(build: Build, width: int) -> None:
    assert bars(render(build(TWO), "table", width=width)) == []


def test_they_never_take_the_room_of_a_name_or_a_figure(build: Build) -> None:
    for systems in (ONE, TWO, MANY):
        result = build(systems)
        for width in range(120, 160, 7):
            shown = render(result, "table", width=width)
            without = [re.sub(f"[{BLOCKS}]+", "", line) for line in shown.splitlines()]
            assert max(map(len, without[:-2])) <= width
            assert "Sakha (Yakut)" in shown


def test_no_bar_of_nothing(build: Build) -> None:
    result = build(ONE)
    records = [
        replace(one, value=None, low=None, high=None, reason="too short")
        if (one.language, one.metric) == ("sah_Cyrl", "premium")
        else one
        for one in result.records
    ]
    shown = render(replace(result, records=records), "table", width=140)
    [sakha] = [line for line in shown.splitlines() if line.startswith(" Sakha")]
    assert bars(sakha) == [] and len(bars(shown)) == 5
    assert bars(render(build(ONE, aligned=False), "table", width=140)) == []


def test_models_are_compared_by_f1() -> None:
    shown = render(lid_result(), "table", width=200)
    assert bars(shown) and max(map(len, bars(shown))) == 10


@pytest.mark.parametrize(("encoding", "blocks"), [("ascii", False), ("cp1251", False), ("utf-8", True)])
def test_a_terminal_without_block_characters(
    build: Build, encoding: str, blocks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    shown = render(build(ONE), "table", width=140)
    assert bool(bars(shown)) == blocks
    assert ("##########" in shown) != blocks
