"""How likely a word is by its letters, in the language of a file and in those of another script."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from langcov.hygiene.lines.likelihood import Likelihood, Shares, bundled
from langcov.hygiene.lines.rivals import column_of
from langcov.languages import Language, find

FITS, BETTER = 2.8, 2.0
"""Surprise of a letter (natural units) up to which a reading of a word that nothing knows is proposed; how
much likelier (natural logarithm) than any other it must be."""


@lru_cache(maxsize=1 << 12)
def gain(word: str, language: str, foreign: str, script: str) -> float | None:
    """How much likelier (natural logarithm) a word is in its language than, as written, in any of a script.

    Args:
        word, language: in the letters of the language; its id.
        foreign, script: the word as it is written, and the script of that.

    Returns:
        None where the words of one of the scripts are not known.

    >>> gain("сар", "tat_Cyrl", "cap", "Latn") > 0 > gain("уаһоо", "tat_Cyrl", "yahoo", "Latn")
    True
    """
    others = bundled(script)
    own = _logs([word], find(language))
    if own is None or others is None:
        return None
    columns = [others.columns.index(name) for name in others.words]
    return float(own[0] - others.logs([foreign.lower()], columns).max())


def likeliest(words: Sequence[str], language: Language) -> int | None:
    """The index of the one word that is likely in a language; None if there is none, or several are.

    >>> likeliest(["угвй", "үгвй", "угүй", "үгүй"], find("khk"))
    3
    """
    logs = _logs(words, language)
    if logs is None or not len(logs):
        return None
    *rest, best = logs.argsort().tolist()
    alone = not rest or logs[best] - logs[rest[-1]] >= BETTER
    return best if alone and -logs[best] <= FITS * (len(words[best]) + 1) else None


def _logs(words: Sequence[str], language: Language) -> Shares | None:
    likelihood = bundled(language.script)
    if likelihood is None:
        return None
    return likelihood.logs([word.lower() for word in words], [_column(language, likelihood)])[:, 0]


@lru_cache(maxsize=4)
def _column(language: Language, likelihood: Likelihood) -> int:
    return likelihood.columns.index(column_of(language, likelihood))
