"""HeLI-OTS, as heliport: mean −log10 of relative frequencies of words, else of their n-grams.

The first label is the library's ``identify``: ``und`` where the lead over the second language is below the
threshold of that language, ``zxx`` where there are no letters. The labels after it are the best of
``identify_topk`` that are not the first. There are no scores: what the library calls confidence is a margin
over the second language, and it takes longer to have that too.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from langcov.core.libraries import require
from langcov.lid.protocol import Model, Predictions, Score, index_of, release

_ALL = 1000


class Heliport:
    """An ``Identifier``; its labels are ISO 639-3 codes."""

    kind: str = "heliport"
    score: Score = "none"

    def __init__(self, identifier: Any, digest: str | None = None) -> None:
        self.sha256 = digest
        self.version = release("heliport")
        self.labels = tuple(sorted(identifier.identify_topk("a", _ALL)))  # a ranking of all there are
        self._identifier = identifier
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        index, identify = self._index, self._identifier.identify
        predictions = Predictions.top([index[identify(text)] for text in texts], None, k)
        if k > 1:
            for row, text in zip(predictions.labels, texts):
                others = [index[label] for label in self._identifier.identify_topk(text, k)]
                others = [label for label in others if label != row[0]][: k - 1]
                row[1 : 1 + len(others)] = others
        return predictions


def load() -> Model:
    """The spec ``heliport``."""
    library = require("heliport", "lid", "heliport")
    return Heliport(library.Identifier(), _digest(Path(library.__file__).parent))


def _digest(folder: Path) -> str:
    """The sha256 over the model files in the package, one after another by name."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.bin"), folder / "confidenceThresholds"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
