"""LID metrics against scikit-learn and statsmodels, on random confusion matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from langcov.metrics.intervals import wilson
from langcov.metrics.lid import averages, shares
from langcov.metrics.lid.matrix import Classes, Matrix, share

metrics = pytest.importorskip("sklearn.metrics")
proportion = pytest.importorskip("statsmodels.stats.proportion")


def integers(shape: tuple[int, int], most: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.int64, shape, elements=st.integers(0, most), fill=st.nothing())


@st.composite
def measured(draw: st.DrawFn) -> tuple[np.ndarray, Classes]:
    """A confusion matrix, many of its rows and columns empty, and classes to read it by."""
    gold, columns = draw(st.integers(1, 5)), draw(st.integers(2, 7))
    confusion = draw(integers((gold, columns), 4))
    confusion = confusion * (draw(integers((gold, 1), 3)) > 0)
    confusion = confusion * (draw(integers((1, columns), 3)) > 0)
    sentinels = draw(st.sampled_from([{}, {"unsure": columns - 1}]))
    free = draw(st.permutations([*range(columns - len(sentinels)), *[-1] * gold]))
    return confusion, Classes(np.array(free[:gold])[:, None] == np.arange(columns), sentinels)


def own(classes: Classes) -> np.ndarray:
    """The column of each gold class, −1 where it has none."""
    return np.where(classes.covered, classes.stands.argmax(axis=1), -1)


def lines(confusion: np.ndarray, classes: Classes) -> tuple[np.ndarray, np.ndarray]:
    """Gold and predicted label of each line, an unsupported language having a label of its own."""
    gold, predicted = np.nonzero(confusion)
    times = confusion[gold, predicted]
    return np.repeat(names(classes)[gold], times), np.repeat(predicted, times)


def names(classes: Classes) -> np.ndarray:
    return np.where(classes.covered, own(classes), 100 + np.arange(len(classes.stands)))


@given(measured())
def test_scikit_learn_says_the_same_of_each_language(case: tuple[np.ndarray, Classes]) -> None:
    confusion, classes = case
    if not confusion.sum():
        return
    matrix = Matrix(confusion, classes)
    found = {
        "precision": share(shares.precision(matrix)),
        "recall": share(shares.recall(matrix)),
        "f1": averages.f1(matrix),
    }
    false_positives = share(shares.false_positive_rate(matrix))
    gold, predicted = lines(confusion, classes)
    expected = metrics.precision_recall_fscore_support(
        gold, predicted, labels=names(classes), zero_division=np.nan
    )
    for key, values in zip(("precision", "recall", "f1"), expected):
        np.testing.assert_allclose(found[key][classes.covered], values[classes.covered], rtol=1e-12)
        assert np.isnan(found[key][~classes.covered]).all()
    for place in np.flatnonzero(classes.covered):
        name = names(classes)[place]
        table = metrics.confusion_matrix(gold == name, predicted == name, labels=[False, True])
        rate = table[0, 1] / table[0].sum() if table[0].sum() else np.nan
        np.testing.assert_allclose(false_positives[place], rate)


@pytest.mark.filterwarnings("ignore:A single label was found")
@given(measured())
def test_scikit_learn_says_the_same_of_all(case: tuple[np.ndarray, Classes]) -> None:
    confusion, classes = case
    matrix, macro = Matrix(confusion, classes), ("gold", "covered", "observed", "relevant")
    found = {f"macro_f1_{view}": getattr(averages, f"macro_f1_{view}")(matrix) for view in macro}
    found["accuracy"] = share(shares.accuracy(matrix))
    found |= {"coverage": averages.coverage(matrix), "mcc": averages.mcc(matrix)}
    if not confusion.sum():
        assert all(np.isnan(value) for value in found.values())
        return
    gold, predicted = lines(confusion, classes)
    sentinels = [*classes.sentinels.values()]

    def mean_f1(labels: np.ndarray, kept: np.ndarray | None = None) -> float:
        if not len(labels):
            return np.nan
        here = slice(None) if kept is None else kept
        return metrics.f1_score(gold[here], predicted[here], labels=labels, average="macro", zero_division=0)

    known = np.unique(gold[gold < 100])
    expected = {
        "accuracy": metrics.accuracy_score(gold, predicted),
        "macro_f1_gold": mean_f1(np.unique(gold)),
        "macro_f1_covered": mean_f1(known, gold < 100),
        "macro_f1_observed": mean_f1(np.setdiff1d(np.union1d(gold, predicted), sentinels)),
        "macro_f1_relevant": mean_f1(known),
        "coverage": len(known) / len(np.unique(gold)),
    }
    for key, value in expected.items():
        np.testing.assert_allclose(found[key], value, rtol=1e-12, err_msg=key)
    correlation = 0 if np.isnan(found["mcc"]) else found["mcc"]
    assert correlation == pytest.approx(metrics.matthews_corrcoef(gold, predicted), abs=1e-11)
    assert np.isnan(found["mcc"]) == (len(np.unique(gold)) == 1 or len(np.unique(predicted)) == 1)


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_statsmodels(case: tuple[int, int]) -> None:
    hits, trials = case
    found = wilson(np.array(hits), np.array(trials))
    np.testing.assert_allclose(
        found, proportion.proportion_confint(hits, trials, method="wilson"), atol=1e-14
    )
