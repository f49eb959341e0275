"""Paired tests against scipy, statsmodels and simulations with a known truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from langcov.metrics.intervals import weights
from langcov.metrics.paired import LEVEL, against_lowest, holm


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_is_that_of_statsmodels(p: list[float]) -> None:
    expected = multipletests(p, method="holm")[1]
    assert holm(np.array(p)) == pytest.approx(expected, abs=1e-12)


def rows(rng: np.random.Generator, n: int = 100) -> tuple[np.ndarray, np.ndarray]:
    words = rng.integers(50, 500, n)
    return words, words * rng.uniform(1.5, 4, n)


def test_what_differs_in_every_row_is_told_apart_where_intervals_overlap() -> None:
    words, tokens = rows(np.random.default_rng(1))
    a = np.stack([tokens.astype(np.int64), words], 1)
    b = np.stack([(tokens * 1.01).astype(np.int64) + 1, words], 1)
    [one] = against_lowest({"b": b, "a": a})
    assert (one.system, one.other) == ("a", "b")
    assert 0 < one.low < one.difference < one.high
    assert one.p == one.p_adjusted == 2 / 1001
    drawn = weights(len(words))
    single = np.quantile((drawn @ a[:, 0]) / (drawn @ a[:, 1]), [0.025, 0.975])
    assert single[0] < b[:, 0].sum() / words.sum() < single[1]


def test_the_interval_is_that_of_differences_drawn_one_by_one() -> None:
    rng = np.random.default_rng(2)
    words, tokens = rows(rng, 40)
    a = np.stack([tokens.astype(np.int64), words], 1)
    b = np.stack([(tokens * rng.uniform(0.9, 1.1, 40)).astype(np.int64), words], 1)
    [one] = against_lowest({"a": a, "b": b})
    by_name = {"a": a, "b": b}
    found = []
    for draw in weights(40):
        chosen = np.repeat(np.arange(40), draw.astype(int))
        ratio = {name: table[chosen, 0].sum() / table[chosen, 1].sum() for name, table in by_name.items()}
        found.append(ratio[one.other] - ratio[one.system])
    assert (one.low, one.high) == pytest.approx(tuple(np.quantile(found, [0.025, 0.975])), abs=1e-12)
    rarer = min(sum(d <= 0 for d in found), sum(d >= 0 for d in found))
    assert one.p == pytest.approx(min(1, 2 * (rarer + 1) / 1001))


def test_equal_systems_are_never_told_apart() -> None:
    words, tokens = rows(np.random.default_rng(3))
    a = np.stack([tokens.astype(np.int64), words], 1)
    found = against_lowest({"a": a, "b": a.copy(), "c": a * [2, 1]})
    assert {one.other: one.p_adjusted for one in found} == {"b": 1.0, "c": pytest.approx(4 / 1001)}


def test_a_winner_is_wrongly_named_in_at_most_five_per_cent_of_draws() -> None:
    """Five systems whose tokens differ by chance alone, 400 times."""
    rng = np.random.default_rng(4)
    named = 0
    for _ in range(400):
        words, tokens = rows(rng, 60)
        noise = rng.normal(1, 0.05, (5, 60))
        systems = {str(at): np.stack([(tokens * noise[at]).astype(np.int64), words], 1) for at in range(5)}
        named += all(one.p_adjusted < LEVEL for one in against_lowest(systems))
    assert named <= 0.05 * 400


@pytest.mark.parametrize("case", ["one system", "few rows", "nothing to divide by"])
def test_nothing_is_said_where_nothing_can_be_tested(case: str) -> None:
    words, tokens = rows(np.random.default_rng(5), 19 if case == "few rows" else 30)
    a = np.stack([tokens.astype(np.int64), words], 1)
    if case == "nothing to divide by":
        a[:, 1] = 0
    systems = {"a": a} if case == "one system" else {"a": a, "b": a + 1}
    if case == "nothing to divide by":
        systems["b"] = a
    assert against_lowest(systems) == []


@pytest.mark.parametrize("others", [25, 26, 60])
def test_any_number_of_systems_can_be_told_apart(others: int) -> None:
    words = np.arange(50, 90)
    tables = {str(more): np.stack([(2 + more) * words, words], 1) for more in range(others + 1)}
    found = against_lowest(tables)
    assert len(found) == others
    assert all(one.p_adjusted < LEVEL for one in found)
