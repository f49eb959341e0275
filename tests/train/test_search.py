"""The search for shares, with a training whose premiums are known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from langcov.core.work import Progress
from langcov.train.sampling import Weights
from langcov.train.search import Journal, key_of, search

CHARS = {"a": 100, "b": 100, "c": 100}


class Trained:
    """Premiums that fall with the share of a language, as they do in a real vocabulary."""

    def __init__(self) -> None:
        self.calls: list[Weights] = []

    def __call__(self, weights: Weights) -> Mapping[str, float]:
        self.calls.append(weights)
        return {one: base * weights[one] ** -0.15 for one, base in {"a": 1.0, "b": 1.2, "c": 0.9}.items()}


def test_the_worst_premium_falls_to_the_others() -> None:
    trained = Trained()
    best = search(CHARS, trained, 8, Journal(None, ""), Progress())
    assert trained.calls[0] == {
        "a": pytest.approx(1 / 3),
        "b": pytest.approx(1 / 3),
        "c": pytest.approx(1 / 3),
    }
    first = max(trained(trained.calls[0]).values())
    assert best.worst < 0.92 * first
    assert max(best.premiums.values()) / min(best.premiums.values()) < 1.01


def test_a_step_that_is_too_long_is_halved() -> None:
    """Premiums that answer so strongly that the whole step goes too far."""

    def strong(weights: Weights) -> Mapping[str, float]:
        return {"a": 1.2 * weights["a"] ** -0.6, "b": weights["b"] ** -0.6, "c": weights["c"] ** -0.6}

    best = search(CHARS, strong, 10, Journal(None, ""), Progress())
    assert best.worst / min(best.premiums.values()) < 1.05


def test_an_interrupted_search_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rounds.json"
    whole = search(CHARS, Trained(), 5, Journal(None, "k"), Progress())

    class Stopped(Trained):
        def __call__(self, weights: Weights) -> Mapping[str, float]:
            if len(self.calls) == 3:
                raise KeyboardInterrupt
            return super().__call__(weights)

    with pytest.raises(KeyboardInterrupt):
        search(CHARS, Stopped(), 5, Journal(path, "k"), Progress())
    again = Trained()
    assert search(CHARS, again, 5, Journal(path, "k"), Progress()) == whole
    assert len(again.calls) == 2  # three rounds were there
    other = Trained()
    search(CHARS, other, 5, Journal(path, "another text"), Progress())
    assert len(other.calls) == 5


def test_a_damaged_journal_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "rounds.json"
    path.write_text('{"key": "k", "rounds": [{', "utf-8")
    trained = Trained()
    search(CHARS, trained, 2, Journal(path, "k"), Progress())
    assert len(trained.calls) == 2
    assert len(json.loads(path.read_text("utf-8"))["rounds"]) == 2


def test_a_key_is_of_all_that_it_is_given() -> None:
    assert key_of({"a": 1}, [2]) != key_of({"a": 1}, [3])
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
