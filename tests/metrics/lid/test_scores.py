"""LID metrics on cases small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from langcov.core.arrays import Floats
from langcov.metrics.intervals import resample, wilson
from langcov.metrics.lid import averages, shares
from langcov.metrics.lid.matrix import Classes, Matrix, Ratio, share
from langcov.metrics.lid.metric import together
from langcov.metrics.lid.purity import purity
from langcov.metrics.lid.registry import lid_metrics

# Gold tat, bak, sty (no label), rus; predicted tat, bak, rus, unsure, and ukr, which is not in the test.
TAT, BAK, STY, RUS = range(4)
CLASSES = Classes(
    stands=np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 1, 0, 0]], bool),
    sentinels={"unsure": 3},
    sisters=np.array([[1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 0, 1]], bool),
)
CONFUSION = np.array(
    [
        [8, 1, 0, 1, 0],
        [0, 6, 2, 0, 2],
        [7, 1, 1, 1, 0],
        [0, 0, 18, 0, 2],
    ]
)


MATRIX = Matrix(CONFUSION, CLASSES, np.array([9, 8, 0, 20]))


def test_a_language_without_a_label_costs_its_neighbours_precision() -> None:
    assert MATRIX.hits3 is not None
    nan, lines = np.nan, MATRIX.lines
    found = {
        "precision": share(shares.precision(MATRIX)),
        "recall": share(shares.recall(MATRIX)),
        "f1": averages.f1(MATRIX),
        "false_positive_rate": share(shares.false_positive_rate(MATRIX)),
        "top3_accuracy": share(shares.best_three(MATRIX, MATRIX.hits3)),
        "discard_rate": share((MATRIX.discarded, lines)),
        "within_group_error": share((MATRIX.within, lines)),
        "between_group_error": share((MATRIX.between, lines)),
        "purity_at_1e-3": purity(MATRIX, 1e-3)[0],
    }
    expected = {
        "precision": [8 / 15, 6 / 8, nan, 18 / 21],  # 8/8 were the lines of sty left out
        "recall": [0.8, 0.6, nan, 0.9],
        "f1": [16 / 25, 12 / 18, nan, 36 / 41],
        "false_positive_rate": [7 / 40, 2 / 40, nan, 3 / 30],
        "top3_accuracy": [0.9, 0.8, nan, 1.0],
        "discard_rate": [0.1, 0, 0.1, 0],
        "within_group_error": [0.1, 0, 0.8, 0.1],
        "between_group_error": [0, 0.4, 0.1, 0],
        "purity_at_1e-3": [0.8e-3 / (0.8e-3 + 0.999 * 7 / 40), 0.6e-3 / (0.6e-3 + 0.999 / 20), nan, nan],
    }
    expected["purity_at_1e-3"][RUS] = 0.9e-3 / (0.9e-3 + 0.999 / 10)
    for key, values in expected.items():
        np.testing.assert_allclose(found[key], values, rtol=1e-12, err_msg=key)


def test_all_languages_together_in_every_view() -> None:
    found = {
        "accuracy": share(shares.accuracy(MATRIX)),
        "accuracy_covered": share(together(shares.recall)(MATRIX)),
        "top3_accuracy_covered": share(together(lambda m: (m.hits3, m.known))(MATRIX)),
        "coverage": averages.coverage(MATRIX),
        "macro_f1_gold": averages.macro_f1_gold(MATRIX),
        "macro_f1_covered": averages.macro_f1_covered(MATRIX),
        "macro_f1_observed": averages.macro_f1_observed(MATRIX),
        "macro_f1_relevant": averages.macro_f1_relevant(MATRIX),
    }
    from_all, from_covered = [16 / 25, 12 / 18, 36 / 41], [16 / 18, 12 / 17, 36 / 40]
    expected = {
        "accuracy": 32 / 50,
        "accuracy_covered": 32 / 40,
        "top3_accuracy_covered": 37 / 40,
        "coverage": 3 / 4,
        "macro_f1_gold": sum(from_all) / 4,
        "macro_f1_covered": sum(from_covered) / 3,
        "macro_f1_observed": sum(from_all) / 5,  # ukr is predicted; unsure is no language
        "macro_f1_relevant": sum(from_all) / 3,
    }
    for key, value in expected.items():
        assert found[key] == pytest.approx(value, rel=1e-12), key
    parts = MATRIX.right + MATRIX.discarded + MATRIX.within + MATRIX.between
    assert parts.tolist() == MATRIX.lines.tolist()


def test_every_metric_says_what_it_is() -> None:
    for name, metric in lid_metrics().items():
        assert metric.name == name
        assert metric.unit and metric.definition and metric.undefined
        assert metric.of_classes or metric.of_all


def test_no_false_positive_seen_bounds_the_purity_and_gives_no_value() -> None:
    classes = Classes(np.eye(3, dtype=bool), {})
    confusion = np.array([[90, 0, 10], [0, 1000, 0], [0, 0, 0]])
    value, low, high = purity(Matrix(confusion, classes), 1e-4)
    bound = wilson(np.array(0), np.array(1000))[1]
    assert np.isnan(value[0])
    assert (low[0], high[0]) == (pytest.approx(0.9e-4 / (0.9e-4 + 0.9999 * bound)), 1.0)
    assert np.isnan([value[2], low[2], high[2]]).all()  # no line of it


def test_purity_lies_between_the_bounds_that_the_false_positives_give() -> None:
    value, low, high = purity(MATRIX, 1e-3)
    known = CLASSES.covered
    assert (low[known] < value[known]).all() and (value[known] < high[known]).all()
    assert np.isnan([value[STY], low[STY], high[STY]]).all()


def test_a_language_alone_has_no_false_positive_rate_and_no_purity() -> None:
    alone = Matrix(np.array([[3, 1]]), Classes(np.array([[True, False]]), {}))
    assert share(shares.recall(alone))[0] == 0.75
    assert np.isnan([share(shares.false_positive_rate(alone))[0], purity(alone, 1e-3)[0][0]]).all()


def test_no_gold_language_known() -> None:
    unsupported = Matrix(np.array([[3, 1], [2, 2]]), Classes(np.zeros((2, 2), bool), {}))
    zero = (
        averages.coverage(unsupported),
        share(shares.accuracy(unsupported)),
        averages.macro_f1_gold(unsupported),
    )
    assert zero == (0, 0, 0)
    covered = (averages.macro_f1_covered, averages.macro_f1_relevant)
    undefined = [share(together(shares.recall)(unsupported)), *(score(unsupported) for score in covered)]
    assert np.isnan(undefined).all()


def test_resamples_keep_the_number_of_languages_when_told() -> None:
    """100 languages each predicted once: a resample sees two thirds of them, and would promise too much."""
    rows = np.zeros((200, 1, 101), np.int64)
    rows[:, 0, 0] = 9
    rows[np.arange(200), 0, 1 + np.arange(200) % 100] += np.arange(200) < 100
    classes = Classes(np.arange(101)[None] == 0, {})
    whole = rows.sum(axis=0)
    value = averages.macro_f1_observed(Matrix(whole, classes))
    seen = int(Matrix(whole, classes).observed_languages)
    assert seen == 101
    drawn, told = Matrix(resample(rows), classes), Matrix(resample(rows), classes, observed=seen)
    assert np.median(averages.macro_f1_observed(drawn)) > 1.4 * value
    assert np.median(averages.macro_f1_observed(told)) == pytest.approx(value, rel=1e-3)


def test_a_sentinel_is_right_for_nobody() -> None:
    with pytest.raises(ValueError, match="sentinel"):
        Classes(np.array([[True, False, True]]), {"unsure": 2})


# Gold crh_Cyrl, crh_Latn, rus; predicted crh without a script, crh_Latn, rus, unsure.
SCRIPTLESS = Classes(np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]], bool), {"unsure": 3})
TWO_SCRIPTS = Matrix(np.array([[6, 2, 1, 1], [3, 4, 0, 0], [5, 0, 7, 0]]), SCRIPTLESS)


def test_a_label_without_a_script_is_right_in_each_and_wrong_elsewhere_for_each() -> None:
    of_each = [
        (share(shares.recall(TWO_SCRIPTS)), [6 / 10, 7 / 7, 7 / 12]),
        (share(shares.precision(TWO_SCRIPTS)), [6 / (6 + 5), 7 / (7 + 5 + 2), 7 / 8]),
        (averages.f1(TWO_SCRIPTS), [12 / (10 + 11), 14 / (7 + 14), 14 / (12 + 8)]),
        (share(shares.false_positive_rate(TWO_SCRIPTS)), [5 / 19, 7 / 22, 1 / 17]),
    ]
    for found, expected in of_each:
        np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert share(shares.accuracy(TWO_SCRIPTS)) == 20 / 29
    mean = pytest.approx(np.mean(averages.f1(TWO_SCRIPTS)))
    assert averages.macro_f1_gold(TWO_SCRIPTS) == averages.macro_f1_observed(TWO_SCRIPTS) == mean


def test_means_are_of_classes_with_enough_lines() -> None:
    few = Matrix(CONFUSION, replace(CLASSES, averaged=np.array([True, False, False, True])))
    assert averages.macro_f1_gold(few) == pytest.approx((16 / 25 + 36 / 41) / 2)
    assert averages.macro_f1_observed(few) == pytest.approx((16 / 25 + 36 / 41) / 3)
    assert averages.macro_f1_covered(few) == pytest.approx((16 / 18 + 36 / 40) / 2)
    assert (share(shares.accuracy(few)), averages.coverage(few)) == (32 / 50, 3 / 4)
    none = Matrix(CONFUSION, replace(CLASSES, averaged=np.zeros(4, bool)))
    views = (averages.macro_f1_gold, averages.macro_f1_covered, averages.macro_f1_relevant)
    assert np.isnan([view(none) for view in views]).all()


def test_wilson_without_trials_is_not_a_number() -> None:
    assert np.isnan(wilson(np.array([0]), np.array([0]))).all()
    assert wilson(np.array([7.0]), np.array([7.0]))[1] == 1.0


RATIOS: list[Callable[[Matrix], Ratio]] = [
    *(shares.precision, shares.recall, shares.false_positive_rate, shares.accuracy),
    *(together(shares.recall), lambda m: (m.within, m.lines), lambda m: (m.between, m.lines)),
]
SCORES: list[Callable[[Matrix], Floats]] = [
    *(averages.f1, averages.mcc, averages.coverage, averages.macro_f1_gold, averages.macro_f1_covered),
    *(averages.macro_f1_observed, averages.macro_f1_relevant, lambda m: purity(m, 1e-3)[0]),
]


@given(st.lists(arrays(np.int64, (4, 5), elements=st.integers(0, 9)), min_size=1, max_size=3))
def test_leading_axes_are_matrices_of_their_own(parts: list[np.ndarray]) -> None:
    stacked = np.stack(parts).astype(np.float64)  # as resamples come
    every = [*SCORES, *(lambda matrix, ratio=ratio: share(ratio(matrix)) for ratio in RATIOS)]
    for number, score in enumerate(every):
        found = score(Matrix(stacked[None], CLASSES))
        for place, part in enumerate(parts):
            np.testing.assert_array_equal(found[0, place], score(Matrix(part, CLASSES)), err_msg=str(number))
