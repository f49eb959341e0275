"""Output layers against themselves worked out label by label."""

from __future__ import annotations

import numpy as np
import pytest

from langcov.lid.engines import outputs
from langcov.lid.engines.outputs import ADDED, Tree, best, huffman

RANDOM = np.random.default_rng(1)


def test_best_keeps_ties() -> None:
    labels, scores = best(np.array([[1, 3], [2, 3], [2, 1]], np.float32), 1)
    assert labels[0, 0] in (1, 2) and labels[0, 1] in (0, 1)
    assert scores.tolist() == [[2, 3], [2, 3]]


@pytest.mark.parametrize("uses", [[9, 5, 5, 5, 2, 1, 1], [3, 3], [1] * 9, [50, 1, 1, 1, 1, 1]])
def test_a_tree_multiplies_the_ways(uses: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "AT_ONCE", 16)
    output, hidden = RANDOM.standard_normal((len(uses), 5)), RANDOM.standard_normal((40, 5)) * 2
    children, right = huffman(uses), 1 / (1 + np.exp(-hidden @ output.T))
    expected = np.ones((2 * len(uses) - 1, len(hidden)))
    for node in range(len(children) - 1, -1, -1):
        first, second = children[node]
        expected[first] = expected[len(uses) + node] * (1 - right[:, node] + ADDED)
        expected[second] = expected[len(uses) + node] * (right[:, node] + ADDED)
    expected = expected[: len(uses)]
    tree = Tree(output.astype(np.float32), np.array(uses))
    for k in range(1, len(uses)):
        labels, scores, _ = tree.best(hidden.astype(np.float32), k, np.zeros(len(hidden), np.float32))
        order = np.argsort(-expected, axis=0)
        assert np.array_equal(labels, order[:k])
        sorted_scores = np.take_along_axis(expected, order, axis=0)
        assert np.allclose(scores[:k], sorted_scores[:k], rtol=1e-5, atol=1e-6)
        assert (scores[k] >= sorted_scores[k] - 1e-6).all()  # more than that, where nobody looked
        assert (scores[k] <= scores[k - 1] + 1e-6).all()


def test_rarer_labels_are_deeper() -> None:
    assert huffman([5, 2, 1]) == [(2, 1), (3, 0)]
    assert huffman([1]) == []
