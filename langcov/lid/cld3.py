"""CLD3, as cld3-py (module ``gcld3``): a small neural network over character n-grams.

A score is a probability: the softmax of the network. ``is_reliable`` only says that it is at least 0.7 (0.5
for ``hr`` and ``bs``), so nothing is made of it. One label a string: the library's other call names the
languages of runs of one script, which are no other answers.

The library reads the first 10,000 bytes, up to a code point that is not "interchange-valid" (NUL, U+0085:
those of ``langcov.lid.cld2``), and of their letters 1,000 bytes. Where that leaves none it answers ``ja``.
"""

from __future__ import annotations

from typing import Any

from langcov.core.libraries import require
from langcov.lid.protocol import Model, Predictions, Score, index_of, release

# kLanguageNames of the library's task_context_params.cc, read from the module of cld3-py 3.1.0, and kUnknown,
# which an identifier gives only below its own minimum of bytes. The library doesn't tell them.
_LABELS = """
eo co eu ta de mt ps te su uz zh-Latn ne nl sw sq hmn ja no mn so ko kk sl ig mr th zu ml hr bs lo sd cy
hy uk pt lv iw cs vi jv be km mk tr fy am zh da sv fi ht af la id fil sm ca el ka sr it sk ru ru-Latn bg
ny fa haw gl et ms gd bg-Latn ha is ur mi hi bn hi-Latn fr yi hu xh my tg ro ar lb el-Latn st ceb kn az si
ky mg en gu es pl ja-Latn ga lt sn yo pa ku und
"""


class Cld3:
    """An ``NNetLanguageIdentifier``."""

    kind: str = "cld3"
    sha256: str | None = None
    score: Score = "probability"
    labels = tuple(_LABELS.split())

    def __init__(self, identifier: Any) -> None:
        self.version = release("cld3-py")
        self._find = identifier.FindLanguage
        self._index = index_of(self.labels)

    def predict(self, texts: list[str], k: int) -> Predictions:
        index = self._index
        found = [(index[one.language], one.probability) for one in map(self._find, texts)]
        return Predictions.top([label for label, _ in found], [score for _, score in found], k)


def load() -> Model:
    """The spec ``cld3``: with no minimum of bytes, as a word or a line needs it."""
    gcld3 = require("gcld3", "lid", "CLD3")
    return Cld3(gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=1000))
