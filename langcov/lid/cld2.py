"""CLD2, as pycld2: naive Bayes over quadgrams and words, or the script alone where one language has it.

Text is given as plain text, not as HTML, without hints and without ``bestEffort``. The label is the first of
the up to three languages that the library sees in the text; the others are other parts of the text, not other
answers, so there is one label a string. It is ``un`` where no language is reliable enough to be named, which
short text seldom is. ``isReliable`` says that the first language is probable enough against the second;
nothing is made of it here. There is no score that compares: percent is a share of the text, and the library's
own score is relative to usual text of that one language.

CLD2 refuses what is not "interchange-valid": controls other than tab, LF, FF and CR, U+007F–U+009F,
noncharacters and surrogates. Each of these gets to it as a space.
"""

from __future__ import annotations

from typing import Any

from langcov.core.libraries import require
from langcov.lid.protocol import Model, Predictions, Score, index_of, release

_REFUSED = (
    *range(0x09),
    0x0B,
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    *range(0xD800, 0xE000),
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
)
REPLACED = dict.fromkeys(_REFUSED, " ")


class Cld2:
    """The detector of the module: it has no other.

    Its labels are the codes of the languages that its tables hold, and ``xx-`` codes for scripts that
    are no one language's.
    """

    kind: str = "cld2"
    sha256: str | None = None
    score: Score = "none"

    def __init__(self, library: Any) -> None:
        self.version = f"{release('pycld2')} ({library.VERSION})"
        tables = set(library.DETECTED_LANGUAGES)
        codes = [code for name, code in library.LANGUAGES if name in tables or code.startswith("xx-")]
        self.labels = ("un", *dict.fromkeys(codes))
        self._index = index_of(self.labels)
        self._library = library

    def predict(self, texts: list[str], k: int) -> Predictions:
        detect, index = self._library.detect, self._index
        found = []
        for text in texts:
            try:
                answer = detect(text, True)
            except self._library.error:
                answer = detect(text.translate(REPLACED), True)
            found.append(index[answer[2][0][1]])
        return Predictions.top(found, None, k)


def load() -> Model:
    """The spec ``cld2``."""
    return Cld2(require("pycld2", "lid", "CLD2"))
