"""Calibration against the plain definitions, line by line in Python."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from langcov.api import measure_lid
from langcov.lid.protocol import STEPS, score_step
from langcov.metrics.lid.calibration import (
    Answers,
    answers_by_language,
    answers_overall,
    ece,
    risk_coverage,
)
from langcov.metrics.lid.matrix import Classes
from langcov.metrics.lid.measured import Scored
from langcov.metrics.lid.thresholds import threshold_steps

Line = tuple[int, int, float]  # gold, predicted, score

# Gold 2 has no label, column 4 is right for both others; column 2 is not in the test, column 3 a sentinel.
CLASSES = Classes(np.array([[0, 1, 0, 0, 1], [1, 0, 0, 0, 1], [0, 0, 0, 0, 0]], bool), {"unsure": 3})
LINES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.floats(0, 1)), max_size=60)


ONE = np.array(1)


def scored(lines: list[Line]) -> Scored:
    gold, predicted, score = (np.array(part) for part in zip(*lines)) if lines else np.zeros((3, 0))
    step = score_step(score.astype(np.float64))
    ones = np.ones(len(lines), np.int64)
    return Scored(gold.astype(np.int64), predicted.astype(np.int64), step, ones, ones)


def answers(pairs: list[tuple[float, bool]]) -> Answers:
    """Answers of (score, whether right)."""
    steps = score_step(np.array([score for score, _ in pairs], np.float64))
    hits = np.array([hit for _, hit in pairs], bool)
    return Answers(np.bincount(steps[hits], minlength=STEPS), np.bincount(steps, minlength=STEPS))


def slow_ece(pairs: list[tuple[float, bool]]) -> float:
    """By the textbook, from scores that were never quantised."""
    error = 0.0
    for number in range(15):
        inside = [(s, hit) for s, hit in pairs if min(math.floor(s * 15), 14) == number]
        if inside:
            accuracy = sum(hit for _, hit in inside) / len(inside)
            confidence = sum(s for s, _ in inside) / len(inside)
            error += len(inside) / len(pairs) * abs(accuracy - confidence)
    return error


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80))
def test_ece_is_that_of_the_raw_scores_up_to_half_a_step(pairs: list[tuple[float, bool]]) -> None:
    # A step that a bin's edge cuts in two may go to either bin: such scores are left out here.
    assume(all(abs(s * 15 - round(s * 15)) > 15 / STEPS or round(s * 15) in (0, 15) for s, _ in pairs))
    assert float(ece(answers(pairs))) == pytest.approx(slow_ece(pairs), abs=0.5 / STEPS + 1e-12)


@pytest.mark.filterwarnings("error")
def test_scores_that_are_no_probability_take_no_part() -> None:
    assert score_step(np.array([np.inf, 1e308, -np.inf, -1e-9, 1.01, 1.00001])).tolist() == [
        *[-1] * 5,
        STEPS - 1,
    ]


def test_a_callable_and_its_stored_predictions_are_calibrated_on_probabilities_alone(tmp_path: Path) -> None:
    def model(texts: list[str]) -> tuple[list[str], list[float]]:
        return ["tat"] * len(texts), [{"а": 0.75, "б": 7.0, "в": -7.0}[text] for text in texts]

    model.labels, model.score = ["tat"], "probability"  # type: ignore[attr-defined]
    lines = {"tat": ["а", "а", "б"] * 10, "rus": ["а", "в", "в"] * 10}
    stored = tmp_path / "said.jsonl"
    for models, predictions in ((model, stored), (f"predictions:{stored}", None)):
        result = measure_lid(models, [lines], predictions=predictions, hygiene=False)
        [found] = [r.value for r in result.records if r.metric == "ece" and r.language is None]
        # Of the 30 lines with a score of ¾ (step 3072, whose middle is 3072.5 / 4096) 20 are right.
        assert found == pytest.approx(3072.5 / STEPS - 20 / 30, abs=1e-12)


def test_ece_by_hand() -> None:
    sure_and_wrong = answers([(1.0, False), (1.0, True)])
    assert float(ece(sure_and_wrong)) == pytest.approx(0.5, abs=1 / STEPS)
    assert float(ece(answers([(0.75, True)] * 3 + [(0.75, False)]))) == pytest.approx(0, abs=1 / STEPS)
    assert np.isnan(ece(answers([])))


@given(LINES)
def test_answers_are_predictions_whoever_was_taken_for_the_language(lines: list[Line]) -> None:
    each, every = answers_by_language(scored(lines), CLASSES), answers_overall(scored(lines), CLASSES)
    stands = CLASSES.stands
    assert each.all.sum(axis=1).tolist() == [
        sum(bool(stands[g, p]) and (gold == g or not stands[gold, p]) for gold, p, _ in lines)
        for g in range(3)
    ]
    assert each.right.sum(axis=1).tolist() == [
        sum(gold == g and bool(stands[g, predicted]) for gold, predicted, _ in lines) for g in range(3)
    ]
    assert every.all.sum() == sum(predicted != 3 for _, predicted, _ in lines)
    assert every.right.sum() == each.right.sum()
    steps = Counter(int(score_step(np.array([s]))[0]) for _, predicted, s in lines if predicted != 3)
    assert dict(steps) == {int(step): int(every.all[step]) for step in np.flatnonzero(every.all)}


def test_a_line_without_a_score_answers_nothing() -> None:
    found = answers_overall(scored([(0, 1, np.nan), (0, 1, 0.5)]), CLASSES)
    assert found.all.sum() == 1
    none = answers_by_language(scored([(0, 1, np.nan)]), CLASSES)
    assert np.isnan(ece(none)).all() and (threshold_steps(none, ONE, ONE) == -1).all()
    assert np.isnan(risk_coverage(none, np.ones(3, np.int64))).all()


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), st.booleans()), max_size=60))
def test_the_threshold_is_the_lowest_that_gives_the_precision(pairs: list[tuple[float, bool]]) -> None:
    steps = [(int(score_step(np.array([s]))[0]), hit) for s, hit in pairs]
    expected = -1
    for threshold in range(STEPS - 1, -1, -1):
        kept = [hit for step, hit in steps if step >= threshold]
        if kept and sum(kept) * 100 >= 95 * len(kept):
            expected = threshold
    assert threshold_steps(answers(pairs), ONE, ONE) == expected


@given(
    st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.9]), st.booleans()), min_size=1, max_size=30),
    st.sampled_from([0.5, 0.1, 0.01]),
    st.integers(0, 9),
)
def test_the_threshold_at_a_base_rate(pairs: list[tuple[float, bool]], rate: float, silent: int) -> None:
    """By its definition, p·R / (p·R + (1−p)·FPR), at each of the scores."""
    lines, others = sum(hit for _, hit in pairs) + silent, sum(not hit for _, hit in pairs) + 5
    expected = -1
    for score in (0.9, 0.5, 0.2):
        kept = [hit for one, hit in pairs if one >= score]
        recall = sum(kept) / lines if lines else 0
        false = (len(kept) - sum(kept)) / others
        if recall and rate * recall / (rate * recall + (1 - rate) * false) >= 0.95:
            lower = [one for one, _ in pairs if one < score]
            expected = int(max(lower) * STEPS) + 1 if lower else 0
    found = threshold_steps(answers(pairs), np.array(lines), np.array(others), rate)
    assert found == expected


def test_a_precision_met_exactly_is_met() -> None:
    pairs = [(0.5, True)] * 19 + [(0.5, False)] + [(0.25, False)]
    assert threshold_steps(answers(pairs), ONE, ONE) == 1024 + 1
    assert threshold_steps(answers([(0.5, True)] * 18 + [(0.5, False)]), ONE, ONE) == -1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40), st.integers(0, 10))
def test_risk_at_each_coverage(pairs: list[tuple[float, bool]], silent: int) -> None:
    lines = len(pairs) + silent
    steps = [(int(score_step(np.array([s]))[0]), hit) for s, hit in pairs]
    targets = (0.1, 0.5, 1.0)
    threshold, coverage, risk = risk_coverage(answers(pairs), lines, targets)
    for place, target in enumerate(targets):
        enough = [t for t in {step for step, _ in steps} if sum(s >= t for s, _ in steps) / lines >= target]
        if not enough:
            assert np.isnan([threshold[place], coverage[place], risk[place]]).all()
            continue
        kept = [hit for step, hit in steps if step >= max(enough)]
        assert threshold[place] == max(enough) / STEPS
        assert coverage[place] == len(kept) / lines
        assert risk[place] == pytest.approx(1 - sum(kept) / len(kept))


def test_risk_and_coverage_of_several_languages_at_once() -> None:
    one, two = answers([(0.9, True), (0.4, False)]), answers([(0.3, False)])
    both = Answers(np.stack([one.right, two.right]), np.stack([one.all, two.all]))
    found = risk_coverage(both, both.all.sum(axis=1))
    assert np.shape(found) == (3, 2, 10)
    np.testing.assert_array_equal(np.array(found)[:, 0], risk_coverage(one, 2))
    np.testing.assert_array_equal(np.array(found)[:, 1], risk_coverage(two, 1))
