"""The engine for those who have lines to identify and nothing to measure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from langcov.lid.engines import with_engine
from langcov.lid.kinds import LidSystem, load
from langcov.lid.protocol import predict

AT_ONCE = 1 << 14  # lines


class LidEngine:
    """A fastText model that answers as its library does, many lines at once.

    Attributes:
        labels: every label that it can give, without ``__label__``.
        engine: what answers, with its revision; ``reference`` where no certificate is for such a model or
            for the version of the library that is installed, so that the library does.
    """

    def __init__(self, system: LidSystem) -> None:
        self.labels, self.engine = system.model.labels, system.engine
        self._model = system.model

    def predict(self, lines: Iterable[str]) -> tuple[list[str | None], NDArray[np.float64]]:
        """The best label of each line.

        Args:
            lines: of any number; a line end inside is a space. They are cleaned first as the makers of a
                known model do (``?clean=none`` in the SPEC: they are not).

        Returns:
            The labels, None where there is none or two share the highest score; and the probability of each,
            float64 [lines], NaN where there is no label. Labels are the library's; a probability that the
            engine gives may differ from the library's by some millionths.

        Raises:
            CannotPredict: the library failed on a line; or the engine gave another answer than the library,
                which is asked too for one line in a thousand.
        """
        found: list[str | None] = []
        scores = [np.zeros(0)]
        rest = iter(lines)
        names = [*self.labels, None]  # −1 is no label
        while batch := list(islice(rest, AT_ONCE)):
            answers = predict(self._model, batch, 1)
            found += [names[label] for label in answers.labels[:, 0].tolist()]
            scores.append(answers.scores[:, 0])
        return found, np.concatenate(scores)


def lid_engine(model: str | Path) -> LidEngine:
    """Load a fastText model that names languages, with langcov's engine before it.

    Args:
        model: a ``.bin`` or ``.ftz``, or a SPEC of one.

    Raises:
        UserError: there is no such file, or it isn't what it should be.
        MissingLibrary: fasttext-community is not installed.
    """
    return LidEngine(with_engine(load(model)))
