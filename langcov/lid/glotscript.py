"""GlotScript: the script of most characters. It knows no language: a yardstick for those that do.

A script is right where the test has one language in it, and names nobody where it has several
(``langcov.lid.judge``): so much can be told without a language model. Where two scripts have equally many
characters a string has no label. The share of characters is no probability of a language.
"""

from __future__ import annotations

from typing import Any

from langcov.core.libraries import require
from langcov.lid.protocol import Model, Predictions, Score, index_of, release


class GlotScript:
    """The predictor of the module: it has no other."""

    kind: str = "glotscript"
    sha256: str | None = None
    score: Score = "none"

    def __init__(self, predictor: Any, scripts: list[str]) -> None:
        self.version = release("GlotScript")
        self.labels = tuple(scripts)
        self._predictor = predictor
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        found = []
        for text in texts:
            script, _, more = self._predictor(text)
            found.append(-1 if script is None or more["tie"] else self._index[script])
        return Predictions.top(found, None, k)


def load() -> Model:
    """The spec ``glotscript``."""
    library = require("GlotScript.GlotScript", "glotscript", "GlotScript")
    return GlotScript(library.get_script_predictor(), sorted(library.SCRIPT_RANGES))
