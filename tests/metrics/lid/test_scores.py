"""LID metrics on cases small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from langcov.metrics.intervals import RESAMPLES, resample, wilson
from langcov.metrics.lid import scores as lid
from langcov.metrics.lid.confusion import confusions, sink
from langcov.metrics.lid.definitions import LENGTHS, LID_METRICS, robustness
from langcov.metrics.lid.scores import Classes

# Gold tat, bak, sty (no label), rus; predicted tat, bak, rus, unsure, and ukr, which is not in the test.
TAT, BAK, STY, RUS = range(4)
CLASSES = Classes(
    own=np.array([0, 1, -1, 2]),
    columns=5,
    sentinels={"unsure": 3},
    groups=(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 0, 1])),  # the sentinel's number means nothing
)
CONFUSION = np.array(
    [
        [8, 1, 0, 1, 0],
        [0, 6, 2, 0, 2],
        [7, 1, 1, 1, 0],
        [0, 0, 18, 0, 2],
    ]
)


def test_a_language_without_a_label_costs_its_neighbours_precision() -> None:
    found = lid.by_language(CONFUSION, CLASSES, np.array([9, 8, 0, 20]))
    nan = np.nan
    expected = {
        "precision": [8 / 15, 6 / 8, nan, 18 / 21],  # 8/8 were the lines of sty left out
        "recall": [0.8, 0.6, nan, 0.9],
        "f1": [16 / 25, 12 / 18, nan, 36 / 41],
        "false_positive_rate": [7 / 40, 2 / 40, nan, 3 / 30],
        "top3_accuracy": [0.9, 0.8, nan, 1.0],
        "discard_rate": [0.1, 0, 0.1, 0],
        "discard_rate_unsure": [0.1, 0, 0.1, 0],
        "within_group_error": [0.1, 0, 0.8, 0.1],
        "between_group_error": [0, 0.4, 0.1, 0],
        "purity_at_1e-3": [0.8e-3 / (0.8e-3 + 0.999 * 7 / 40), 0.6e-3 / (0.6e-3 + 0.999 / 20), nan, nan],
    }
    expected["purity_at_1e-3"][RUS] = 0.9e-3 / (0.9e-3 + 0.999 / 10)
    for key, values in expected.items():
        np.testing.assert_allclose(found[key], values, rtol=1e-12, err_msg=key)


def test_all_languages_together_in_every_view() -> None:
    found = lid.overall(CONFUSION, CLASSES, np.array([9, 8, 0, 20]))
    from_all, from_covered = [16 / 25, 12 / 18, 36 / 41], [16 / 18, 12 / 17, 36 / 40]
    expected = {
        "accuracy": 32 / 50,
        "accuracy_covered": 32 / 40,
        "top3_accuracy": 37 / 50,
        "top3_accuracy_covered": 37 / 40,
        "coverage": 3 / 4,
        "discard_rate": 2 / 50,
        "within_group_error": 11 / 50,
        "between_group_error": 5 / 50,
        "macro_f1_gold": sum(from_all) / 4,
        "macro_f1_covered": sum(from_covered) / 3,
        "macro_f1_observed": sum(from_all) / 5,  # ukr is predicted; unsure is no language
        "macro_f1_relevant": sum(from_all) / 3,
    }
    for key, value in expected.items():
        assert found[key] == pytest.approx(value, rel=1e-12), key
    shares = [found[key] for key in ("accuracy", "discard_rate", "within_group_error", "between_group_error")]
    assert sum(shares) == pytest.approx(1)


def test_every_key_is_in_the_registry() -> None:
    hits = np.zeros(4, np.int64)
    by_length = lid.by_length(np.stack([CONFUSION] * len(LENGTHS)), CLASSES)
    found = [lid.by_language(CONFUSION, CLASSES, hits), lid.overall(CONFUSION, CLASSES, hits), *by_length]
    elsewhere = {"ece", "threshold_for_precision", "discard_rate_not_language", "discard_rate_unmapped"}
    assert {key for part in found for key in part} | elsewhere == set(LID_METRICS)
    for metric in [*LID_METRICS.values(), robustness("nfd")]:
        assert metric.unit and metric.definition and metric.undefined


def test_no_false_positive_seen_bounds_the_purity_and_gives_no_value() -> None:
    classes = Classes(np.array([0, 1, 2]), 3, {})
    confusion = np.array([[90, 0, 10], [0, 1000, 0], [0, 0, 0]])
    value, low, high = lid.purity(confusion, classes, 1e-4)
    bound = wilson(np.array(0), np.array(1000))[1]
    assert np.isnan(value[0])
    assert (low[0], high[0]) == (pytest.approx(0.9e-4 / (0.9e-4 + 0.9999 * bound)), 1.0)
    assert np.isnan([value[2], low[2], high[2]]).all()  # no line of it


def test_purity_lies_between_the_bounds_that_the_false_positives_give() -> None:
    value, low, high = lid.purity(CONFUSION, CLASSES, 1e-3)
    known = CLASSES.covered
    assert (low[known] < value[known]).all() and (value[known] < high[known]).all()
    assert np.isnan([value[STY], low[STY], high[STY]]).all()


def test_a_language_alone_has_no_false_positive_rate_and_no_purity() -> None:
    alone = lid.by_language(np.array([[3, 1]]), Classes(np.array([0]), 2, {}))
    assert alone["recall"][0] == 0.75
    assert np.isnan([alone["false_positive_rate"][0], alone["purity_at_1e-3"][0]]).all()


def test_no_gold_language_known() -> None:
    unsupported = Classes(np.array([-1, -1]), 2, {})
    found = lid.overall(np.array([[3, 1], [2, 2]]), unsupported)
    assert found["coverage"] == found["accuracy"] == found["macro_f1_gold"] == 0
    assert np.isnan(
        [found[key] for key in ("accuracy_covered", "macro_f1_covered", "macro_f1_relevant")]
    ).all()


def test_wrong_cells_and_where_the_unknown_go() -> None:
    found = confusions(CONFUSION, CLASSES)
    assert found.lines.tolist() == [7, 2, 2, 2, 1, 1, 1, 1, 1]
    assert list(zip(found.gold, found.predicted))[:3] == [(STY, 0), (BAK, 2), (BAK, 4)]
    assert found.share[0] == 0.7
    unknown = sink(CONFUSION, CLASSES)
    assert (unknown.gold == STY).all()
    assert unknown.predicted.tolist() == [0, 1, 2, 3]
    assert unknown.share.sum() == pytest.approx(1)


def test_lengths() -> None:
    by_length = np.zeros((5, 4, 5), np.int64)
    by_length[0], by_length[4] = CONFUSION, CONFUSION[::-1]
    languages, together = lid.by_length(by_length, CLASSES)
    assert languages["recall_1-10_chars"][TAT] == 0.8
    assert languages["precision_101+_chars"][TAT] == 0.0
    assert np.isnan(languages["f1_11-20_chars"]).all() and np.isnan(together["accuracy_21-50_chars"])
    assert together["accuracy_1-10_chars"] == 32 / 50


def test_robustness_is_paired_by_row() -> None:
    """Rows differ more between themselves than the perturbation changes them."""
    rng = np.random.default_rng(0)
    hits = rng.integers(5, 90, 50)
    plain = np.stack([hits, 100 - hits], axis=1)[:, None, :]
    worse = plain + np.array([-5, 5])
    classes = Classes(np.array([0]), 2, {})
    assert lid.recall_change(plain.sum(axis=0), worse.sum(axis=0), classes)[0] == pytest.approx(-0.05)
    changes = lid.recall_change(resample(plain), resample(worse), classes)
    assert changes.shape == (RESAMPLES, 1)
    np.testing.assert_allclose(changes, -0.05)


def test_resamples_keep_the_number_of_languages_when_told() -> None:
    """100 languages each predicted once: a resample sees two thirds of them, and would promise too much."""
    rows = np.zeros((200, 1, 101), np.int64)
    rows[:, 0, 0] = 9
    rows[np.arange(200), 0, 1 + np.arange(200) % 100] += np.arange(200) < 100
    classes = Classes(np.array([0]), 101, {})
    whole = rows.sum(axis=0)
    value = lid.macro_f1(whole, classes)["macro_f1_observed"]
    seen = int(lid.observed_classes(whole, classes))
    assert seen == 101
    assert np.median(lid.macro_f1(resample(rows), classes)["macro_f1_observed"]) > 1.4 * value
    assert np.median(lid.macro_f1(resample(rows), classes, seen)["macro_f1_observed"]) == pytest.approx(
        value, rel=1e-3
    )


def test_a_column_has_one_owner() -> None:
    for own in ([0, 0], [0, 2]):
        with pytest.raises(ValueError, match="own class"):
            Classes(np.array(own), 3, {"unsure": 2})


def test_wilson_without_trials_is_not_a_number() -> None:
    assert np.isnan(wilson(np.array([0]), np.array([0]))).all()
    assert wilson(np.array([7.0]), np.array([7.0]))[1] == 1.0


@given(st.lists(arrays(np.int64, (4, 5), elements=st.integers(0, 9)), min_size=1, max_size=3))
def test_leading_axes_are_matrices_of_their_own(parts: list[np.ndarray]) -> None:
    stacked = np.stack(parts).astype(np.float64)  # as resamples come
    for measure in (lid.by_language, lid.overall):
        together = measure(stacked[None], CLASSES)
        for place, part in enumerate(parts):
            for key, value in measure(part, CLASSES).items():
                np.testing.assert_array_equal(together[key][0, place], value, err_msg=key)
