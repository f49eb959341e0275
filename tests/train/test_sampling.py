"""Shares of languages, by hand."""

from __future__ import annotations

import pytest

from langcov.train.sampling import capped, proportional, shifted, uniform


def test_equal_and_by_text() -> None:
    chars = {"a": 300, "b": 100}
    assert uniform(chars) == {"a": 0.5, "b": 0.5}
    assert proportional(chars) == {"a": 0.75, "b": 0.25}


def test_no_text_counts_more_than_eight_times() -> None:
    found = uniform({"a": 1000, "b": 990, "c": 10})
    assert found["c"] == pytest.approx(8 * 10 / 2000)
    assert found["a"] == found["b"] == pytest.approx((1 - 0.04) / 2)


def test_what_is_over_may_fill_another() -> None:
    chars = {"a": 970, "b": 20, "c": 10}
    found = capped({"a": 0.1, "b": 0.3, "c": 0.6}, chars)
    assert found == pytest.approx({"a": 1 - 0.16 - 0.08, "b": 0.16, "c": 0.08})


def test_the_dearer_gets_more() -> None:
    chars = {"a": 100, "b": 100, "c": 100}
    found = shifted({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, {"a": 2.0, "b": 0.5}, chars, 1)
    assert found == pytest.approx({"a": 2 / 3.5, "b": 0.5 / 3.5, "c": 1 / 3.5})  # "c" has no aligned text
