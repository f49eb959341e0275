"""langid, as py3langid: a naive Bayes model over byte n-grams.

A score is a probability: the library's own ``norm_probs``, a softmax tempered by the length of the text. An
identifier made without it gives log-probabilities. Text without any n-gram it knows is equally likely in all
languages, so that ``sr`` comes out, which has two scripts to its credit.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from langcov.core.libraries import require
from langcov.errors import UserError
from langcov.lid.protocol import Model, Predictions, Score, index_of, release


class Langid:
    """A ``LanguageIdentifier``."""

    kind: str = "langid"

    def __init__(self, identifier: Any, digest: str | None) -> None:
        self.sha256 = digest
        self.version = release("py3langid")
        self.labels = tuple(identifier.labels)
        self.score: Score = "probability" if identifier._norm_probs else "log-probability"
        self._identifier = identifier
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        index = self._index
        if k == 1:
            found = list(map(self._identifier.classify, texts))
            return Predictions.top([index[label] for label, _ in found], [score for _, score in found], k)
        ranks = [self._identifier.rank(text)[:k] for text in texts]
        return Predictions.of(
            [[index[label] for label, _ in rank] for rank in ranks],
            [score for rank in ranks for _, score in rank],
            k,
        )


def load() -> Model:
    """The spec ``langid``."""
    library = require("py3langid.langid", "lid", "langid")
    digest = hashlib.sha256((Path(library.MODEL_DIR) / library.MODEL_FILE).read_bytes()).hexdigest()
    return Langid(library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True), digest)


def of_object(identifier: Any) -> Model:
    """A ``LanguageIdentifier`` made elsewhere.

    Raises:
        UserError: it abstains below a confidence, which its ranking of languages doesn't.
    """
    if identifier.min_confidence is not None:
        raise UserError("a LanguageIdentifier with min_confidence: make it without, the scores are measured")
    return Langid(identifier, None)
