"""What bundled word tables know: words, for those that their own file can't decide on, and their endings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

import numpy as np
import regex

from langcov.corpora.resolve import all_bundled
from langcov.corpora.tables.word_table import Table
from langcov.hygiene.engine.protocol import folded

LONGEST, SHORT = 6, 3
"""Letters of an ending; and of one that is taken for an ending where no table has the language."""
SHARE, FEWEST = 1 / 1000, 2
"""The least share of the different words of a language that have an ending, and the fewest such words. Of
37,000 Bashkir words 15 in 1,000 end with ның and 5 with тан, but 0.1 with ошо, a word of its own."""

_WORD = regex.compile(r"[\p{L}\p{M}]+")


@lru_cache(maxsize=4)
def vocabulary(language: str) -> frozenset[str]:
    """The ``folded`` words of a language in all bundled tables; none where no table has it.

    Args:
        language: its id.

    >>> "мәктәп" in vocabulary("tat_Cyrl"), len(vocabulary("kim_Cyrl"))
    (True, 0)
    """
    sources = (source for corpus in all_bundled() for source in corpus.sources)
    paths = [source.path for source in sources if source.language == language]
    texts = (Table(path).counts[language].decode() for path in paths)
    rows = (row.split("\t")[3] for text in texts for row in text.splitlines())
    return frozenset(word for row in rows for word in _WORD.findall(folded(row)))


def is_ending(language: str, letters: str) -> bool:
    """Whether some letters are the end of many words of a language.

    >>> is_ending("tat_Cyrl", "ның"), is_ending("tat_Cyrl", "ран"), is_ending("kim_Cyrl", "ны")
    (True, False, True)
    """
    known = known_endings(language)
    return folded(letters) in known if known else len(letters) <= SHORT


@lru_cache(maxsize=4)
def known_endings(language: str) -> frozenset[str]:
    """Those of ``endings.npz``, which is read in a hundredth of the time that the tables take."""
    with (files("langcov.data") / "endings.npz").open("rb") as file, np.load(file) as arrays:
        return frozenset(arrays[language].tobytes().decode().split()) if language in arrays else frozenset()


def endings(words: Collection[str]) -> list[str]:
    """The ends of many words, ascending."""
    ends = Counter(word[-size:] for word in words for size in range(1, min(len(word), LONGEST + 1)))
    return sorted(end for end, times in ends.items() if times >= max(SHARE * len(words), FEWEST))
