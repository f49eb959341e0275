"""Models that commonlid runs, through its own interface: ``commonlid:funlangid``, ``commonlid:pyfranc`` …

It gives most of them lines cleaned as for OpenLID v2, takes the script off their labels and makes them ISO
639-3; there are no scores. ``cld2``, ``funlangid`` and ``pyfranc`` need no file; what it takes from the hub
must be in the hub's cache before. It brings a module ``fasttext`` that can only predict, so it is an extra of
its own.
"""

from __future__ import annotations

from typing import Any

from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.lid.protocol import Model, Predictions, Score, index_of, release

UNDETERMINED = "und"  # what some models say and none lists


class CommonLid:
    """A loaded ``LIDModel``; its labels are codes of ISO 639-3."""

    kind: str = "commonlid"
    sha256: str | None = None
    score: Score = "none"

    def __init__(self, model: Any) -> None:
        self.version = f"{release('commonlid')} ({model.model_id})"
        listed = model.discover_supported_languages() or ()
        self.labels = tuple(sorted({UNDETERMINED, *listed, *_undeclared(model.model_id)}))
        self._model = model
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        codes = self._model.predict(texts)
        unknown = {code for code in codes if code is not None} - self._index.keys()
        if unknown:
            raise ValueError(f"it returned a label that is not among its labels: {min(unknown)}")
        return Predictions.top([-1 if code is None else self._index[code] for code in codes], None, k)


def _undeclared(model_id: str) -> set[str]:
    """Labels that commonlid doesn't list: the languages that pyfranc tells by their script alone."""
    if model_id != "pyfranc":
        return set()
    expressions = require("pyfranc.expressions", "commonlid", "pyfranc").expressions
    return {script for script in expressions if len(script) == 3}


def load(rest: str) -> Model:
    """The spec ``commonlid:MODEL``.

    Raises:
        UserError: it has no such model, or can't load it here.
        MissingLibrary: commonlid is not installed.
    """
    require("commonlid.models", "commonlid", "commonlid")
    registry = require("commonlid.core.registry", "commonlid", "commonlid")
    known = registry.list_models()
    if rest not in known:
        raise UserError(f"commonlid:{rest}: write commonlid: and one of {', '.join(known)}")
    model = registry.get_model(rest)
    try:
        model.load()
        return CommonLid(model)
    except Exception as error:  # of a library behind it, or of the hub
        raise UserError(f"commonlid:{rest}: commonlid can't load it: {one_line(error)}") from None
