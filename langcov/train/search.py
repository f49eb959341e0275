"""Rounds of training, each with more text of the languages that were expensive in the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from langcov.core.files import write_text
from langcov.core.work import Progress
from langcov.train.sampling import STEP, Weights, shifted, uniform

SMALLEST_GAIN = 0.002  # by which share the worst premium must fall, or the step is halved
SMALLEST_STEP = STEP / 8


@dataclass(frozen=True)
class Round:
    """What was trained, and what it costs."""

    weights: Weights
    premiums: Mapping[str, float]  # on the lines that weights are searched on

    @property
    def worst(self) -> float:
        return max(self.premiums.values())


class Journal:
    """The rounds that are done, in a file, so that what was interrupted goes on.

    Args:
        path: the file; None keeps none.
        key: of all that the rounds hang on: rounds under another one are forgotten.
    """

    def __init__(self, path: Path | None, key: str) -> None:
        self._path, self._key = path, key
        self.rounds: list[Round] = []
        if path and path.is_file():
            try:
                held: Any = json.loads(path.read_text("utf-8"))
                if held["key"] == key:
                    self.rounds = [Round(one["weights"], one["premiums"]) for one in held["rounds"]]
            except (ValueError, TypeError, KeyError):  # damaged: they are made anew
                self.rounds = []

    def add(self, one: Round) -> None:
        """Keep a round that is done."""
        self.rounds.append(one)
        if self._path:
            held = {"key": self._key, "rounds": [asdict(each) for each in self.rounds]}
            write_text(self._path, json.dumps(held, indent=1) + "\n")


def key_of(*parts: object) -> str:
    """A digest of what rounds hang on."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def search(
    chars: Mapping[str, int],
    premiums: Callable[[Weights], Mapping[str, float]],
    rounds: int,
    journal: Journal,
    progress: Progress,
) -> Round:
    """The weights whose worst premium is lowest, of so many rounds.

    Each round goes on from the best one. Where it isn't better, its step was too long, and is halved.

    Args:
        chars: of the text of each language; the first round has the same of all.
        premiums: trains with some weights and measures.
        rounds: at most; the search ends before where steps became small.
        journal: has the rounds that are done already.
    """
    progress.start(rounds, "training")
    step, best = STEP, -1
    for number in range(rounds):
        if number >= len(journal.rounds):
            weights = uniform(chars) if number == 0 else _next(journal.rounds[best], chars, step)
            journal.add(Round(weights, premiums(weights)))
        done = journal.rounds[number]
        gain = 1.0 if best < 0 else 1 - done.worst / journal.rounds[best].worst
        step = step if gain > SMALLEST_GAIN else step / 2
        best = number if gain > 0 else best
        progress.finish(f"{number + 1}: {done.worst:.3f}")
        if step < SMALLEST_STEP:
            break
    return journal.rounds[best]


def _next(best: Round, chars: Mapping[str, int], step: float) -> Weights:
    return shifted(best.weights, best.premiums, chars, step)
