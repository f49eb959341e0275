"""gielladetect: ranks of character n-grams (Cavnar and Trenkle), then words, from the models of GiellaLT.

There are no scores: what the library ranks by is a distance. After the first it names only languages whose
distance is at most a tenth above that of the nearest. Of equal distances it takes the one whose file the disk
lists first, so that a string has no label where the two best are equal.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from langcov.core.libraries import require
from langcov.lid.protocol import Model, Predictions, Score, index_of, release


class GiellaDetect:
    """A ``Classifier``."""

    kind: str = "gielladetect"
    score: Score = "none"

    def __init__(self, classifier: Any, digest: str | None) -> None:
        self.sha256 = digest
        self.version = release("gielladetect")
        self.labels = tuple(sorted(classifier.langs))
        self._rank = classifier.classify_full
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        found = [self._best(text)[:k] for text in texts]
        return Predictions.of(found, [float("nan")] * sum(map(len, found)), k)

    def _best(self, text: str) -> list[int]:
        ranked = self._rank(text)
        if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
            return []
        return [self._index[label] for label, _ in ranked]


def load() -> Model:
    """The spec ``gielladetect``."""
    library = require("gielladetect.text_cat", "gielladetect", "gielladetect")
    digest = hashlib.sha256()
    for path in sorted((Path(library.__file__).parent / "lm").iterdir()):
        digest.update(path.read_bytes())
    return GiellaDetect(library.Classifier(), digest.hexdigest())
