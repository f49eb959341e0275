"""What langcov asks of a language-ID model: one Protocol, whatever library stands behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions, version
from itertools import chain
from typing import Literal, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from langcov.core.arrays import Floats, Ints
from langcov.core.libraries import first_failure, is_library_failure
from langcov.errors import CannotPredict
from langcov.text.strings import Strings

STEPS = 4096  # into so many steps of equal width a probability is put, when it is counted
ROUNDING = 1e-4  # by so much a library may round a probability beyond 1; fastText does by 1e-5
Score = Literal["probability", "log-probability", "none"]


@dataclass(frozen=True, eq=False)
class Predictions:
    """The answers of a model to many strings, best first.

    Attributes:
        labels: index into ``Model.labels``, int32 [n, k]; −1 where the model gives no further label, in the
            first column where it gives none at all.
        scores: of each label, float64 [n, k]; NaN where there is none, or where the model says NaN.
    """

    labels: NDArray[np.int32]
    scores: NDArray[np.float64]

    @classmethod
    def of(cls, labels: Sequence[Sequence[int]], scores: ArrayLike, k: int) -> Predictions:
        """Make the arrays of what a library returned.

        Args:
            labels: for each string the indices of its labels, best first; beyond ``k`` they are cut off.
            scores: of all these labels, one string after another, float [labels of all strings].

        >>> Predictions.of([[4, 2], []], [0.75, 0.25], 2).labels.tolist()
        [[4, 2], [-1, -1]]
        """
        counts = np.fromiter(map(len, labels), np.int64, len(labels))
        kept = np.arange(max(k, int(counts.max(initial=0)))) < counts[:, None]
        index = np.full(kept.shape, -1, np.int32)
        score = np.full(kept.shape, np.nan)
        index[kept] = np.fromiter(chain.from_iterable(labels), np.int32)
        score[kept] = scores
        return cls(index[:, :k], score[:, :k])

    @classmethod
    def top(cls, labels: Sequence[int], scores: Sequence[float] | None, k: int) -> Predictions:
        """The arrays of a library that gives one label a string.

        >>> Predictions.top([3], None, 2).labels.tolist()
        [[3, -1]]
        """
        found = cls(np.full((len(labels), k), -1, np.int32), np.full((len(labels), k), np.nan))
        found.labels[:, 0] = labels
        if scores is not None:
            found.scores[:, 0] = scores
        return found


@runtime_checkable
class Model(Protocol):
    """A loaded language-ID model.

    Attributes:
        kind: the library as the result names it (``fasttext``, ``cld2`` …).
        sha256: of the model's file, or of the model data in the library's package; None where the model is
            compiled into the library or only an object of it is at hand.
        version: of the library, and of the model where it has one of its own.
        labels: every label the model can give, as the library writes it, without ``__label__``.
        score: what a score means, by the library's documentation: a ``probability``; a ``log-probability``
            (natural, up to a constant of the string); or ``none``: there is none, or it means something else.
    """

    kind: str
    sha256: str | None
    version: str
    labels: tuple[str, ...]
    score: Score

    def predict(self, texts: list[str], k: int) -> Predictions:
        """The ``k`` best labels of each string.

        Args:
            texts: not empty (but perhaps only white space), each taken as one line: where a library would
                take a line end inside for the end of the text, it gets a space.
            k: at least 1. Fewer come back from a library that names one language only.
        """


@runtime_checkable
class ReadsStrings(Protocol):
    """A model that needs no Python strings."""

    def predict_strings(self, strings: Strings, k: int) -> Predictions:
        """The ``k`` best labels of each string, as ``predict``."""


@runtime_checkable
class CleansText(Protocol):
    """A model that is given strings after they were cleaned, as part of the system."""

    clean: str  # the name of what is done (``langcov.lid.cleaning``)

    def cleaned(self, clean: str) -> Model:
        """The same model, its strings cleaned in another way."""


class Place(NamedTuple):
    """Where lines are from."""

    corpus: str
    language: str  # ``tat_Cyrl``
    file: str  # the name of the source, without its folder


@runtime_checkable
class Named(Protocol):
    """A model that brings the name under which a result shows it, and the SPEC by which it is known."""

    name: str
    spec: str


@runtime_checkable
class KnowsLines(Protocol):
    """A model that knows lines by their address (``langcov.lid.stored``)."""

    def check(self, top: int, perturbations: Sequence[str]) -> None:
        """See that it has what will be asked for.

        Raises:
            UserError: it has fewer labels a line, or no lines changed in this way.
        """

    def of_lines(self, place: Place, numbers: NDArray[np.int64], k: int, change: str = "") -> Predictions:
        """The labels of some lines, best first.

        Args:
            numbers: the index of each line in its file, from 0, int64 [n].
            change: the perturbation that they have gone through, if any.

        Raises:
            CannotPredict: nothing is known of a line; with its index.
        """


def predict(model: Model, texts: list[str], k: int) -> Predictions:
    """Ask a model, and name the string if its library fails.

    Raises:
        CannotPredict: the library failed; the error carries the index of the string.
    """
    try:
        return model.predict(texts, k)
    except CannotPredict:
        raise
    except BaseException as error:
        if not is_library_failure(error):
            raise
        raise CannotPredict(*first_failure(lambda text: model.predict([text], k), texts, error)) from error


def score_step(probabilities: Floats) -> Ints:
    """The step of each probability, min(⌊p · 4096⌋, 4095), int64; −1 for NaN and what is no probability.

    fastText rounds some to more than 1.

    >>> score_step(np.array([0.0, 0.5, 1.0, 1.00001, 1.5, -2.0, np.nan])).tolist()
    [0, 2048, 4095, 4095, -1, -1, -1]
    """
    known = (probabilities >= 0) & (probabilities <= 1 + ROUNDING)
    steps = np.minimum(np.where(known, probabilities, 0) * STEPS, STEPS - 1).astype(np.int64)
    return np.where(known, steps, -1)


def index_of(labels: Sequence[str]) -> dict[str, int]:
    """Where each label stands among those of a model."""
    return {label: number for number, label in enumerate(labels)}


def release(distribution: str) -> str:
    """A library and its version, as a result names them.

    >>> release("numpy").startswith("numpy ")
    True
    """
    return f"{distribution} {version(distribution)}"


def release_of_module(module: str) -> str:
    """The library that a module belongs to and its version: one of several may have brought it.

    >>> release_of_module("numpy") == release("numpy")
    True
    """
    return ", ".join(map(release, owners(module))) or module


@cache
def owners(module: str) -> list[str]:
    """The installed distributions that hold a module, sorted; none where it is no distribution's."""
    return sorted({one.metadata["Name"] for one in distributions() if _holds(one, module)})


def _holds(distribution: Distribution, module: str) -> bool:
    """Asked of its files too, which ``packages_distributions`` of Python 3.10 does not do."""
    named = (distribution.read_text("top_level.txt") or "").split()
    record = distribution.read_text("RECORD")
    if record is not None:  # as text: to make paths of all files of all distributions takes a while
        return module in named or re.search(rf'^"?{re.escape(module)}[./,]', record, re.MULTILINE) is not None
    return module in named or any(
        file.parts[0].partition(".")[0] == module for file in distribution.files or ()
    )
