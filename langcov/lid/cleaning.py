"""What the makers of a model do to a line before the model reads it, by their own words or code.

``langcov/data/lid_cleaning.tsv`` says which models are made for which cleaning, and who says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import regex

from langcov.corpora.ledger import model_name
from langcov.data import read_table

Clean = Callable[[str], str]

NONE = "none"
NO_WORD = regex.compile(r"(?V1)[^[\p{Word}\p{Zs}]--\p{Nd}]+")
"""What is neither of a word nor a space separator, and digits; ``\\p{Word}`` is that of UTS #18."""
SPACES = regex.compile(r"\s{2,}")


def openlid_v2(line: str) -> str:
    """Lower case without signs and digits; then two or more spaces are one.

    >>> openlid_v2("Ӏаж-ӀуьйкӀа,  2 кхача!")
    'ӏажӏуьйкӏа кхача'
    """
    return SPACES.sub(" ", NO_WORD.sub("", _lower(line)))


def openlid_v3(line: str) -> str:
    """The same the other way round, so that signs between spaces leave two.

    >>> openlid_v3("кот — и 2 кита"), openlid_v2("кот — и 2 кита")
    ('кот  и  кита', 'кот и кита')
    """
    return NO_WORD.sub("", SPACES.sub(" ", _lower(line)))


def glotlid(line: str) -> str:
    """Any run of white space is one space, none at the ends.

    >>> glotlid(" кот\\u00a0\\u2009и кит ")
    'кот и кит'
    """
    return " ".join(line.split())


CLEANINGS: dict[str, Clean] = {
    "openlid-v2": openlid_v2,
    "openlid-v3": openlid_v3,
    "glotlid": glotlid,
    NONE: str,
}


def known_cleaning(labels: Collection[str], sha256: str | None) -> str:
    """How text is cleaned for a fastText model by those who made it; ``none`` where nobody says so.

    >>> known_cleaning(["rus", "tat"], None)
    'none'
    """
    model = model_name("fasttext", "", sha256, labels)
    return next((row["clean"] for row in read_table("lid_cleaning.tsv") if row["model"] == model), NONE)


def _lower(line: str) -> str:
    return line.strip().replace("\n", " ").lower()
