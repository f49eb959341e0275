"""lingua: all its languages, in high-accuracy mode.

A score is a probability: the confidence values of all languages sum to 1; where lingua's rules leave one
language (an alphabet that no other has) it is 1 and the others 0.

The library sums in an order that changes from call to call, so a value may differ in its last bit: values are
rounded to 12 digits, and equal ones stand in the order of the labels. Like the library's own
``detect_language_of`` a string has no label where the two best are equal, and a value of 0 is no label.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from langcov.core.libraries import require
from langcov.lid.protocol import Model, Predictions, Score, index_of, release


class Lingua:
    """A ``LanguageDetector``; its labels are the names of the library (``KAZAKH``).

    Args:
        detector: of the library.
        plain: it was built without a minimum distance, below which ``detect_language_of`` gives no answer.
    """

    kind: str = "lingua"
    sha256: str | None = None
    score: Score = "probability"

    def __init__(self, detector: Any, plain: bool = False) -> None:
        self.version = release("lingua-language-detector")
        languages = [value.language for value in detector.compute_language_confidence_values("")]
        self.labels = tuple(sorted(language.name for language in languages))
        places = index_of(self.labels)
        self._index = {language: places[language.name] for language in languages}
        self._values = detector.compute_language_confidence_values
        self._declines = None if plain else detector.detect_language_of

    def predict(self, texts: list[str], k: int) -> Predictions:
        best = [self._best(text, k) for text in texts]
        return Predictions.of(
            [[label for _, label in row] for row in best], [-score for row in best for score, _ in row], k
        )

    def _best(self, text: str, k: int) -> Sequence[tuple[float, int]]:
        """Negative score and label of the k best, and of those that are as good as the last of them."""
        if self._declines and self._declines(text) is None:
            return ()
        values = self._values(text)
        last = round(values[min(k, len(values)) - 1].value, 12)
        index = self._index
        row = [
            (-round(value.value, 12), index[value.language])
            for value in takewhile(lambda value: value.value and round(value.value, 12) >= last, values)
        ]
        if len(row) > 1:
            row.sort()
            if row[0][0] == row[1][0]:
                return ()
        return row


def load() -> Model:
    """The spec ``lingua``."""
    lingua = require("lingua", "lid", "lingua")
    return Lingua(lingua.LanguageDetectorBuilder.from_all_languages().build(), plain=True)
