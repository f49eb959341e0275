"""The word tokenizer that the library gives a language, or what stands in for one that is a download."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from langcov.core.libraries import one_line, require
from langcov.filters.recipe import EXTRA, WANTED_FOR

_DOWNLOADED = "StanzaTokenizer"
_TRIED = "1 2"
_STAND_IN = "xx"
"""The tokenizer of spaCy for languages that it doesn't know, which the library gives most of them."""


@dataclass(frozen=True)
class Words:
    """How a language's words are told apart.

    Attributes:
        language: what filters are told: a code, or a tokenizer; None where there is none.
        stand_in: what is otherwise than in the library; empty where nothing is.
        missing: why there is none.
    """

    language: Any
    stand_in: str = ""
    missing: str = ""


@cache
def words_of(language: str, strict: bool = False) -> Words:
    """The words of a language, as ``datatrove`` has them.

    Args:
        language: ``tat_Cyrl``.
        strict: nothing stands in for a tokenizer that is a download.
    """
    library = require("datatrove.utils.word_tokenizers", EXTRA, WANTED_FOR)
    assigned = library.load_tokenizer_assignments().get(language)
    if assigned is None:
        return Words(None, missing=f"the library has no word tokenizer for {language}")
    kind, code = assigned.args
    if kind != _DOWNLOADED:
        try:
            library.load_word_tokenizer(language).word_tokenize(_TRIED)  # some fail in use only
        except ImportError as error:
            return Words(None, missing=f"its word tokenizer is not installed: {one_line(error)}")
        except Exception as error:
            return Words(None, missing=f"its word tokenizer fails: {one_line(error)}")
        return Words(language)
    if strict:
        return Words(None, missing=f"its word tokenizer is a download (Stanza {code})")
    return Words(_stand_in(), f"stand-in: words by spaCy {_STAND_IN}, not by Stanza {code}")


@cache
def _stand_in() -> Any:
    """One tokenizer for all, so that what it makes of a text is kept by the library."""
    library = require("datatrove.utils.word_tokenizers", EXTRA, WANTED_FOR)
    return library.SpaCyTokenizer(_STAND_IN)
