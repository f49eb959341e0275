"""Rows in which languages hold the same text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from langcov.core.arrays import Ints
from langcov.counting.token_tally import Tally


class Shared(NamedTuple):
    """Rows in which all of some languages hold the same lines or keys.

    Attributes:
        places: for each language the positions of these rows, int64 [rows] each.
        dropped: how many other rows there are.
    """

    places: list[Ints]
    dropped: int


def shared_rows(tallies: Sequence[Tally]) -> Shared | None:
    """The rows in which all tallies hold the same lines or keys, in the order of their labels.

    None where a label names several rows (several files of one language).
    """
    if any(len(np.unique(tally.labels)) < tally.n_rows for tally in tallies):
        return None
    every = np.unique(np.concatenate([tally.labels for tally in tallies]))
    shared = every
    for tally in tallies:
        shared = np.intersect1d(shared, tally.labels, assume_unique=True)
    places = []
    for tally in tallies:
        order = np.argsort(tally.labels)
        places.append(order[np.searchsorted(tally.labels, shared, sorter=order)])
    digests = np.stack([tally.text["digest"][place] for tally, place in zip(tallies, places)])
    same = (digests == digests[0]).all(axis=0)
    return Shared([place[same] for place in places], len(every) - int(same.sum()))
