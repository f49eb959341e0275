"""The words of the bundled word tables, for the few words that their own file can't decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import regex

from langcov.corpora.resolve import all_bundled
from langcov.corpora.tables.word_table import Table
from langcov.hygiene.engine.protocol import folded

LONGEST, SHORT = 6, 3
"""Letters of an ending; and of one that is taken for an ending where no table has the language."""
SHARE = 1 / 1000
"""The least share of the different words of a language that have an ending. Of 37,000 Bashkir words 15 in
1,000 end with ның and 5 with тан, but 0.1 with ошо, a word of its own."""

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
    known = _endings(language)
    return known.get(folded(letters), 0) >= SHARE if known else len(letters) <= SHORT


@lru_cache(maxsize=4)
def _endings(language: str) -> Mapping[str, float]:
    words = vocabulary(language)
    ends = Counter(word[-size:] for word in words for size in range(1, min(len(word), LONGEST + 1)))
    return {end: times / len(words) for end, times in ends.items()}
