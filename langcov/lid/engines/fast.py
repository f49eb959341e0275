"""A fastText model whose answers come from the engine where it is sure of them, else from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from langcov.core.arrays import Ints
from langcov.core.libraries import is_library_failure, one_line
from langcov.errors import ALARM, CannotPredict
from langcov.lid.engines.engine import Answers, Engine
from langcov.lid.protocol import Predictions, Score, predict, score_step
from langcov.text.hashing import edges, splitmix
from langcov.text.strings import Strings

if TYPE_CHECKING:
    from langcov.lid.fasttext import FastText

SAMPLE = np.uint64(1_000)
"""One in so many strings is given to the library too, chosen by what it begins and ends with."""
FEW = 3
"""Of every call at least so many."""


class Fast:
    """A model with the engine before it.

    Strings of which the engine is not sure are the library's. Of the others some are given to both: the
    first difference, or a failure of the engine, is the end of this model: every later call fails too, none
    goes on with the library.

    Args:
        reference: the adapter of the library.
        engine: of the same file.
        name: of the engine.
    """

    kind: str = "fasttext"
    score: Score = "probability"

    def __init__(self, reference: FastText, engine: Engine, name: str) -> None:
        self.reference = reference
        self.sha256, self.version, self.labels = reference.sha256, reference.version, reference.labels
        self.clean = reference.clean
        self._engine, self._name = engine, name
        self._alarm = ""

    def cleaned(self, clean: str) -> Fast:
        """The same model, its strings cleaned in another way."""
        return Fast(self.reference.cleaned(clean), self._engine, self._name)

    def predict(self, texts: list[str], k: int) -> Predictions:
        """As the library does, most of it by the engine; see ``predict_strings``."""
        try:
            return self.predict_strings(Strings.of(texts), k)
        except UnicodeEncodeError:  # half a surrogate pair, which only the library can name
            return self.reference.predict(texts, k)

    def predict_strings(self, strings: Strings, k: int) -> Predictions:
        """The same of strings as they stand in a buffer.

        Raises:
            CannotPredict: the library failed on a string; or the reason begins with ``ALARM``.
        """
        if self._alarm:
            raise CannotPredict(0, self._alarm)
        if k >= len(self.labels):
            return self._by_library(strings, np.arange(len(strings)), k)
        try:
            answers = self._engine.answer(self.reference.prepared(strings), k)
        except BaseException as error:
            if not is_library_failure(error):
                raise
            raise self._stop(0, f"{self._name} failed: {one_line(error)}") from None
        return self._checked(strings, answers, k)

    def _checked(self, strings: Strings, answers: Answers, k: int) -> Predictions:
        """What the engine is sure of, some of it also asked from the library, and the rest by the library."""
        sure = answers.sure
        sample = np.setdiff1d(_sample(strings), np.flatnonzero(~sure))
        asked = np.union1d(np.flatnonzero(~sure), sample)
        theirs = self._by_library(strings, asked, k)
        found = Predictions(answers.labels.astype(np.int32), answers.scores.astype(np.float64))
        at = np.searchsorted(asked, sample)
        wrong = sample[differ(found, sample, theirs, at)]
        if len(wrong):
            raise self._stop(
                int(wrong[0]),
                f"{self._name} has another answer than the library; measure with --engine reference",
            )
        found.labels[asked], found.scores[asked] = theirs.labels, theirs.scores
        return found

    def _by_library(self, strings: Strings, which: Ints, k: int) -> Predictions:
        try:
            return predict(self.reference, strings[which].to_list(), k)
        except CannotPredict as error:
            raise CannotPredict(int(which[error.index]), error.reason) from None

    def _stop(self, index: int, reason: str) -> CannotPredict:
        self._alarm = f"{ALARM}: {reason}"
        return CannotPredict(index, self._alarm)


def differ(mine: Predictions, which: Ints, theirs: Predictions, at: Ints) -> np.ndarray:
    """Where labels are others, or the best one's score is counted in another step, bool [n]."""
    labels = (mine.labels[which] != theirs.labels[at]).any(axis=1)
    return labels | (score_step(mine.scores[which, 0]) != score_step(theirs.scores[at, 0]))


def _sample(strings: Strings) -> Ints:
    """Which strings to ask the library for too: one in ``SAMPLE``, and the ``FEW`` of lowest hash."""
    first, second, last, lengths = edges(strings)
    hashed = splitmix(splitmix(splitmix(first + lengths) + second) + last)
    lowest = np.argpartition(hashed, FEW)[:FEW] if len(strings) > FEW else np.arange(len(strings))
    return np.union1d(np.flatnonzero(hashed % SAMPLE == 0), lowest)
