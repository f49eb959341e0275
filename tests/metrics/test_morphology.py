"""Boundary metrics against figures by hand, and the closed form against all cuts there are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from langcov.metrics.morphology import Cuts, measured, morphscore


def cuts(*words: tuple[int, int, int, int, int]) -> Cuts:
    """From places, cuts, inner, boundaries and hits of each word."""
    return Cuts(*np.array(words, np.int64).T)


def test_figures_by_hand() -> None:
    """кот-лар-га cut as котл|ар|га: one hit of two cuts; өй whole; ат-ы cut in a letter too."""
    found = measured(cuts((7, 2, 0, 2, 1), (1, 0, 0, 0, 0), (2, 1, 1, 1, 1)))
    value = {name: one.value for name, one in found.items()}
    hits, made, boundaries = 1 + 0 + 1, 2 + 0 + 2, 2 + 0 + 1
    expected = 2 * 2 / 7 + 0 + 1 * 1 / 2
    assert value["boundary_precision"] == hits / made
    assert value["boundary_recall"] == hits / boundaries
    assert value["boundary_f1"] == pytest.approx(2 * hits / (made + boundaries))
    assert value["boundary_f1_by_chance"] == pytest.approx(2 * expected / (made + boundaries))
    assert value["boundary_f1_above_chance"] == pytest.approx(2 * (hits - expected) / (made + boundaries))
    assert {one.reason for one in found.values()} == {"no interval: 3 rows, fewer than 20"}


@pytest.mark.parametrize(("places", "made", "boundaries"), [(5, 2, 2), (4, 1, 3), (6, 6, 2), (3, 0, 1)])
def test_the_expected_hits_are_the_mean_over_all_cuts(places: int, made: int, boundaries: int) -> None:
    gold = set(range(boundaries))
    hits = [len(gold.intersection(some)) for some in combinations(range(places), made)]
    assert cuts((places, made, 0, boundaries, 0)).expected()[0] == pytest.approx(np.mean(hits))


def test_cutting_everywhere_is_chance_and_nowhere_has_no_precision() -> None:
    found = measured(cuts(*[(5, 5, 0, 2, 2), (3, 3, 0, 1, 1)] * 20))
    assert found["boundary_f1"].value == pytest.approx(2 * 3 / (8 + 3))
    assert found["boundary_f1_above_chance"].value == pytest.approx(0)
    nowhere = measured(cuts((5, 0, 0, 2, 0)))
    assert nowhere["boundary_precision"] == (None, None, None, "nothing to divide by")
    assert nowhere["boundary_f1"].value == 0


def test_intervals_are_of_words_drawn_again() -> None:
    words = [(6, 2, 0, 2, at % 3) for at in range(60)]
    found = measured(cuts(*words))["boundary_precision"]
    assert found.low is not None and found.high is not None and found.value is not None
    assert found.low < found.value < found.high
    # 60 words with a standard deviation of √(2/3) hits of two cuts
    half = 1.96 * np.sqrt(2 / 3) / 2 / np.sqrt(60)
    assert found.high - found.low == pytest.approx(2 * half, rel=0.15)


def test_morphscore_as_version_two_has_it() -> None:
    """Two morphemes hit with 3 tokens: 1 and 1/3; three half hit with 2: 1/2 and 1/2; whole: 1 and 1."""
    recall, precision = morphscore(
        cuts(
            (7, 2, 0, 1, 1),
            (7, 1, 0, 2, 1),
            (7, 0, 0, 1, 0),
            (7, 3, 0, 0, 0),  # one morpheme: left out
            (9, 3, 0, 3, 3),  # four: left out
        )
    )
    assert (recall, precision) == (pytest.approx((1 + 1 / 2 + 1) / 3), pytest.approx((1 / 3 + 1 / 2 + 1) / 3))
    assert morphscore(cuts((7, 3, 0, 0, 0))) == (None, None)
