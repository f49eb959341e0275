"""Output layers of fastText: from hidden vectors to what each label scores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from langcov.core.arrays import Ints
from langcov.core.fasttext_file import HIERARCHICAL, SOFTMAX
from langcov.lid.engines.weights import Floats32, Weights

Best = tuple[Ints, Floats32, Floats32]
"""The best labels of lines, int64 [k, lines]; the scores of them and, in the last row, of the next or more
than that, float32 [k + 1, lines], NaN where it isn't known; and how far each may lie from the library's."""
AT_ONCE = 512
"""Lines of which what all labels score fits into the nearer caches."""
GREEDY_AT_ONCE = 1 << 15
CLEAR = 1e-3
"""By so much a leaf has to be likelier than all others, for them not to be looked at."""
LAST_PLACE = 2.0**-24
ADDED = np.float32(1e-5)
"""What the library adds to each probability, and to both ways out of each node of a tree."""


class Layer(Protocol):
    """An output layer."""

    def best(self, hidden: Floats32, k: int, places: Floats32) -> Best:
        """The best labels of lines.

        Args:
            hidden: the vectors of lines, float32 [lines, columns].
            k: labels that are asked for, fewer than there are.
            places: how far the value of a label may lie from the library's, by the size of the largest value
                of the line, float32 [lines].
        """


def output_layer(weights: Weights) -> Layer:
    """The output layer of a model."""
    if weights.header.loss == HIERARCHICAL:
        return Tree(weights.output, weights.uses)
    return Softmax(weights.output) if weights.header.loss == SOFTMAX else Sigmoids(weights.output)


class Softmax:
    """One probability for each label, summing to 1 before ``ADDED``."""

    def __init__(self, output: Floats32) -> None:
        self._output, self._rounding = output, rounding(len(output))

    def best(self, hidden: Floats32, k: int, places: Floats32) -> Best:
        return in_parts(self._best, self._output, hidden, k, places, AT_ONCE)

    def _best(self, values: Floats32, k: int, places: Floats32) -> Best:
        slack = places * largest(values)
        labels, found = best(values, k)
        np.put_along_axis(values, labels, found[:k], axis=0)
        values -= found[0]
        total = np.exp(values, out=values).sum(axis=0)  # label by label, as the library adds them up
        scores = np.exp(found - found[0]) / total + ADDED
        return labels, scores, error(scores, slack, self._rounding)


class Sigmoids:
    """A probability of its own for each label, by a table of steps."""

    STEPS, MOST = 512, 8.0

    def __init__(self, output: Floats32) -> None:
        self._output = output
        at = (np.arange(self.STEPS + 1, dtype=np.float32) * 2 * self.MOST) / self.STEPS - self.MOST
        self._table = (1 / (1 + np.exp(-at.astype(np.float64)))).astype(np.float32)

    def best(self, hidden: Floats32, k: int, places: Floats32) -> Best:
        return in_parts(self._best, self._output, hidden, k, places, AT_ONCE)

    def _best(self, values: Floats32, k: int, places: Floats32) -> Best:
        """A step is known for sure, or it isn't known."""
        slack = places * largest(values)
        labels, found = best(values, k)
        lowest, highest = self._probability(found - slack), self._probability(found + slack)
        scores = np.where(lowest == highest, lowest, np.float32(np.nan)) + ADDED
        return labels, scores, np.zeros_like(scores)

    def _probability(self, values: Floats32) -> Floats32:
        step = (values + np.float32(self.MOST)) * np.float32(self.STEPS / self.MOST / 2)
        within = np.clip(np.nan_to_num(step), 0, self.STEPS).astype(np.int64)
        found = self._table[within]
        found[values < -self.MOST] = 0
        found[values > self.MOST] = 1
        return found


class Tree:
    """A binary tree whose leaves are the labels: a probability is the product of those on the way to it.

    Huffman's, as the library builds it: its inner nodes in the order in which they were made.
    """

    def __init__(self, output: Floats32, uses: Ints) -> None:
        labels = len(uses)
        self._rounding = rounding(labels)
        children = np.array(huffman(uses.tolist())).reshape(-1, 2)
        nodes = np.array([2 * labels - 2])  # those of one depth: the root
        self._levels, order, leaves = [], [], []
        while len(nodes):
            inner = nodes >= labels
            self._levels.append((np.flatnonzero(inner), np.flatnonzero(~inner)))
            leaves.append(nodes[~inner])
            order.append(nodes[inner] - labels)
            nodes = children[nodes[inner] - labels].ravel()
        by_depth = np.concatenate(order)
        self._output = np.ascontiguousarray(output[by_depth])
        self._label = np.concatenate(leaves)
        place = np.empty(2 * labels - 1, np.int64)
        place[:labels], place[labels + by_depth] = -1 - np.arange(labels), np.arange(labels - 1)
        self._below = place[children[by_depth]].ravel()  # −1 − label for a leaf

    def best(self, hidden: Floats32, k: int, places: Floats32) -> Best:
        return in_parts(self._best, self._output, hidden, k, places, GREEDY_AT_ONCE)

    def _best(self, value: Floats32, k: int, places: Floats32) -> Best:
        if k > 1:
            labels, scores = self._best_of_all(value, k)
        else:
            labels, scores = self._greedy(value)
            rest = np.flatnonzero(~(scores[0] - scores[1] > CLEAR))
            labels[:, rest], scores[:, rest] = self._best_of_all(value[:, rest], k)
        return labels, scores, error(scores, places * largest(value), self._rounding)

    def _greedy(self, value: Floats32) -> tuple[Ints, Floats32]:
        """The leaf at the end of the likelier ways, and at least what any other can score."""
        lines = value.shape[1]
        labels, scores = np.zeros((1, lines), np.int64), np.zeros((2, lines), np.float32)
        each, node = np.arange(lines), np.zeros(lines, np.int64)
        flat, reached, missed = value.ravel(), np.ones(lines, np.float32), np.zeros(lines, np.float32)
        while len(each):
            own = flat[node * lines + each]
            odds = np.exp(-np.abs(own))
            likely = 1 / (1 + odds)
            np.maximum(missed, reached * (odds * likely + ADDED), out=missed)
            reached = reached * (likely + ADDED)
            node = self._below[2 * node + (own > 0)]
            ended = node < 0
            if ended.any():
                done, going = each[ended], ~ended
                labels[0, done] = -1 - node[ended]
                scores[0, done], scores[1, done] = reached[ended], missed[ended]
                each, node, reached, missed = each[going], node[going], reached[going], missed[going]
        return labels, scores

    def _best_of_all(self, value: Floats32, k: int) -> tuple[Ints, Floats32]:
        found = np.empty((len(self._label), value.shape[1]), np.float32)
        for begin in range(0, value.shape[1], AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            self._add(_ways(value[:, part]), found[:, part])
        return best(found, k)

    def _add(self, ways: Floats32, found: Floats32) -> None:
        """Multiply from the root down, the nodes of one depth at once."""
        reached = np.ones((1, ways.shape[2]), np.float32)
        node = leaf = 0
        for inner, leaves in self._levels:
            found[self._label[leaf : leaf + len(leaves)]] = reached[leaves]
            below = ways[node : node + len(inner)]
            below *= reached[inner][:, np.newaxis]
            reached = below.reshape(-1, ways.shape[2])
            node, leaf = node + len(inner), leaf + len(leaves)


def _ways(value: Floats32) -> Floats32:
    """How likely both ways out of each inner node are, float32 [nodes, 2, lines]."""
    ways = np.empty((len(value), 2, value.shape[1]), np.float32)
    np.divide(1, 1 + np.exp(-value), out=ways[:, 1])
    np.subtract(1, ways[:, 1], out=ways[:, 0])
    ways += ADDED
    return ways


def rounding(labels: int) -> np.float32:
    """The share of a score that rounding may make on the way from values to it."""
    return np.float32(LAST_PLACE * (16 + labels**0.5 / 2))


def error(scores: Floats32, slack: Floats32, rounding: np.float32) -> Floats32:
    """How far scores may lie from the library's: by twice the slack of values, less the surer a label is."""
    return scores * ((2 * slack + rounding) * -np.log(np.minimum(scores, 1)) + rounding)


def largest(values: Floats32) -> Floats32:
    """The size of the largest value of each line, float32 [lines], of values [labels, lines]."""
    return np.maximum(values.max(axis=0), -values.min(axis=0))


def in_parts(
    work: Callable[[Floats32, int, Floats32], Best],
    output: Floats32,
    hidden: Floats32,
    k: int,
    places: Floats32,
    at_once: int,
) -> Best:
    """What is made of the values of labels, float32 [labels, lines], of so many lines at once."""
    labels = np.empty((k, len(hidden)), np.int64)
    scores, errors = (np.empty((k + 1, len(hidden)), np.float32) for _ in range(2))
    for begin in range(0, len(hidden), at_once):
        part = slice(begin, begin + at_once)
        labels[:, part], scores[:, part], errors[:, part] = work(output @ hidden[part].T, k, places[part])
    return labels, scores, errors


def best(scores: Floats32, k: int) -> tuple[Ints, Floats32]:
    """The best labels, int64 [k, lines], and the scores of them and the next, float32 [k + 1, lines].

    Args:
        scores: of all labels, float32 [labels, lines]; what they hold is lost.
    """
    lines = scores.shape[1]
    labels = np.zeros((k, lines), np.int64)
    found = np.empty((k + 1, lines), np.float32)
    for place in range(k):
        found[place] = scores.max(axis=0)
        at = np.flatnonzero(scores == found[place])  # many times as fast as argmax
        labels[place, at % lines] = at // lines
        scores[labels[place], np.arange(lines)] = -np.inf
    found[k] = scores.max(axis=0)
    return labels, found


def huffman(uses: list[int]) -> list[tuple[int, int]]:
    """The tree of labels of these uses, most frequent first: the left and right child of each inner node.

    Children below ``len(uses)`` are labels; inner node n is ``len(uses) + n``. Of equals a label goes first
    only if it is rarer.

    >>> huffman([5, 2, 1])
    [(2, 1), (3, 0)]
    """
    counts = [*uses, *[10**15] * (len(uses) - 1)]
    leaf, node = len(uses) - 1, len(uses)
    children = []
    for made in range(len(uses), 2 * len(uses) - 1):
        pair = []
        for _ in range(2):
            if leaf >= 0 and counts[leaf] < counts[node]:
                pair.append(leaf)
                leaf -= 1
            else:
                pair.append(node)
                node += 1
        counts[made] = counts[pair[0]] + counts[pair[1]]
        children.append((pair[0], pair[1]))
    return children
