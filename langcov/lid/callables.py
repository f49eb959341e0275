"""Objects of the libraries themselves, and callables, given through the Python interface where a SPEC is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from numbers import Real
from typing import Any, get_args

from langcov.core.plugins import imported
from langcov.errors import UserError
from langcov.lid.protocol import Model, Predictions, Score, index_of

_OBJECTS = {
    "fasttext": (("get_labels", "predict"), "langcov.lid.fasttext:of_object"),
    "lingua": (("compute_language_confidence_values",), "langcov.lid.lingua:Lingua"),
    "langid": (("min_confidence", "rank"), "langcov.lid.langid:of_object"),
    "cld3": (("FindLanguage",), "langcov.lid.cld3:Cld3"),
    "heliport": (("identify_topk",), "langcov.lid.heliport:Heliport"),
}
"""What the objects of each library have, and the adapter that takes one."""


class CallableModel:
    """Any callable from a list of strings to labels and scores.

    It returns a pair: for each string its label, or a list of labels, best first; and scores of the same
    shape, or None. It has an attribute ``labels``, all that it can give, and may say in ``score`` what a
    score means (``langcov.lid.protocol.Score``); without that it means nothing. A probability outside [0, 1]
    takes no part in calibration.

    Raises:
        UserError: it has no labels, or says of its scores what isn't known.
    """

    kind: str = "callable"
    sha256: str | None = None
    version: str = ""

    def __init__(self, function: Callable[[list[str]], tuple[Sequence[Any], Sequence[Any] | None]]) -> None:
        labels = getattr(function, "labels", None)
        if not labels or isinstance(labels, str):
            raise UserError(
                "a callable that names languages needs an attribute `labels`: all that it can give"
            )
        self.labels = tuple(map(str, labels))
        self.score: Score = getattr(function, "score", "none")
        if self.score not in get_args(Score):
            raise UserError(f"{self.score!r} says nothing of a score; known are {', '.join(get_args(Score))}")
        self._function = function
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        found, scores = self._function(texts)
        labels = [[one] if isinstance(one, str) else list(one) for one in found]
        if scores is None:
            values = [[float("nan")] * len(row) for row in labels]
        else:
            values = [[float(one)] if isinstance(one, Real) else list(one) for one in scores]
        if [len(texts), *map(len, labels)] != [len(labels), *map(len, values)]:
            raise ValueError(
                f"it returned {len(labels)} labels and {len(values)} scores for {len(texts)} strings"
            )
        unknown = {label for row in labels for label in row} - self._index.keys()
        if unknown:
            raise ValueError(f"it returned a label that is not among its labels: {min(unknown)}")
        return Predictions.of(
            [[self._index[label] for label in row] for row in labels], list(chain.from_iterable(values)), k
        )


def wrap(thing: Any) -> tuple[str, Model]:
    """A name and an adapter for an object.

    Args:
        thing: a ``Model`` of this package; a model of ``fasttext``, a ``LanguageDetector`` of lingua, a
            ``LanguageIdentifier`` of py3langid, an ``NNetLanguageIdentifier`` of gcld3, an ``Identifier`` of
            heliport; or any callable (``CallableModel``).

    >>> def short(texts):
    ...     return ["eng" if len(text) < 3 else "rus" for text in texts], None
    >>> short.labels = ["eng", "rus"]
    >>> wrap(short)[1].predict(["ab", "abc"], 1).labels.tolist()
    [[0], [1]]
    """
    name = type(thing).__name__
    if isinstance(thing, Model):
        return thing.kind, thing
    for kind, (attributes, adapter) in _OBJECTS.items():
        if all(hasattr(thing, attribute) for attribute in attributes):
            return kind, imported(adapter)(thing)
    if callable(thing):
        return getattr(thing, "__name__", name), CallableModel(thing)
    raise UserError(f"a {name} is no language-ID model: give a SPEC, a library's model or a callable")
