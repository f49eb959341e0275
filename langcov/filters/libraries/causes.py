"""Which words or characters decide: what a rule looked for and found, or took offence at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from langcov.core.libraries import require
from langcov.filters.recipe import EXTRA, WANTED_FOR

SOUGHT = ("gopher_enough_stop_words",)
"""Rules that want something to be there: what is found is told of all documents, of others of the broken."""


def _words(filter: Any, text: str) -> list[str]:
    """As the library splits them; it keeps those of the last few texts."""
    return list(require("datatrove.utils.text", EXTRA, WANTED_FOR).split_into_words(text, filter.language))


def _stop_words(filter: Any, text: str) -> Collection[str]:
    return filter.stop_words & set(_words(filter, text))


def _line_ends(filter: Any, text: str) -> Iterable[str]:
    return (line[-1] for line in text.split("\n") if line.strip() and not line.endswith(filter.stop_chars))


def _bullets(filter: Any, text: str) -> Iterable[str]:
    starts = (line.lstrip()[:1] for line in text.splitlines())
    return (start for start in starts if start in ("•", "-"))


def _without_letters(filter: Any, text: str) -> Iterable[str]:
    return (word for word in _words(filter, text) if not any(map(str.isalpha, word)))


CAUSES: dict[str, Callable[[Any, str], Iterable[str]]] = {
    "gopher_enough_stop_words": _stop_words,
    "line_punct_ratio": _line_ends,
    "gopher_too_many_bullets": _bullets,
    "gopher_below_alpha_threshold": _without_letters,
}
"""Rule → what of a document decides it, given the filter of the library and the text."""


def decided(rule: str, broken: bool, filter: Any, text: str) -> set[str]:
    """What decides a rule in a document; nothing where that isn't known, or not looked for."""
    return set(CAUSES[rule](filter, text)) if rule in CAUSES and (broken or rule in SOUGHT) else set()


def listed(rule: str, filter: Any) -> Collection[str]:
    """What the rule looks for, found or not; nothing where it looks for no words."""
    return filter.stop_words if rule in SOUGHT else ()
