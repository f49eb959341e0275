"""What speaks for Russian in a line: its common words, and the endings of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from langcov.hygiene.engine.vocabulary import known_endings

RUSSIAN = "rus_Cyrl"

_RUSSIAN = """
в что это как для из его чтобы также они все вы после того является более было когда которые быть будет были
может если еще ещё могут который имеет этой этого чем должны этом есть однако только под где между эти этот
ее её больше была которая всех некоторые других уже свою даже своей них поэтому сейчас будут себя которой
несколько котором хотя над которых тех пока именно эту должен имеют являются меня своего потому нужно
никогда особенно менее такие нет
"""
RUSSIAN_WORDS = frozenset(_RUSSIAN.split())
"""Function words among the 220 most frequent words of the Russian of FLORES+, NTREX, UDHR and Common Voice
(``е`` and ``ё`` for one word there) that are at most 0.2 in 1,000 words of every other language of theirs and
of UD that is not Slavic, but for the recorded speech in UD Komi-Zyrian and Chukchi, where speakers change to
Russian, and for ``что``, ``только`` and ``может`` in Komi-Permyak."""

_SHARED = "мы вы мне нас вас вам по на от не с к без при ваш ваша ваше был было быть буду будем"
"""Function words that some other languages have as well."""

ENDING = 3
"""Letters of an ending that 1 in 1,000 Russian words has."""


_IMPOSSIBLE = re.compile(r"[^\W\d_][гкхжчшщ]ы(?![^\W\d_])")

OF_LOANS = frozenset({"ция"})
"""Endings of words that all languages of Russia have taken from it."""


def russian_words(words: Sequence[str]) -> int:
    """How many words (in small letters) are common in Russian, and in it only."""
    return sum(word in RUSSIAN_WORDS for word in words)


def has_russian_form(line: str) -> bool:
    """Whether a line has a function word of Russian, or a word with a Russian ending of three letters.

    Loans have Russian letters too, but seldom such endings; names (a capital inside a line) prove nothing.

    >>> has_russian_form("Ответ на капчу"), has_russian_form("Показать журнал")
    (True, True)
    >>> has_russian_form("Афганистан Ислам Республики"), has_russian_form("Блок техай администраторо")
    (False, False)
    >>> has_russian_form("Юлии"), has_russian_form("Линии")
    (False, True)
    >>> has_russian_form("Демонстрация, плакат")
    False
    """
    words = re.findall(r"[^\W\d_]+", line.lower())
    return _inflected().search(line) is not None or not _FUNCTION_WORDS.isdisjoint(words)


def has_impossible_endings(line: str, share: float) -> bool:
    """Whether more than a share of the words of a line end as no Russian one may: in ``гы`` or ``шы``.

    >>> has_impossible_endings("риск рейтингы", 0.25), has_impossible_endings("риск рейтинги", 0.25)
    (True, False)
    """
    impossible = _IMPOSSIBLE.findall(line.lower())
    return len(impossible) > share * len(line.split()) if impossible else False


def has_own_ending(line: str, language: str) -> bool:
    """Whether a word of a line has an ending of three letters of a language that few Russian words have.

    >>> has_own_ending("Регулярнай выражение", "sah_Cyrl"), has_own_ending("Показать включения", "sah_Cyrl")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", line.lower())
    return not _own_endings(language).isdisjoint(word[-ENDING:] for word in words if len(word) > ENDING)


@cache
def _own_endings(language: str) -> frozenset[str]:
    return frozenset(one for one in known_endings(language) - known_endings(RUSSIAN) if len(one) == ENDING)


_FUNCTION_WORDS = RUSSIAN_WORDS.union(_SHARED.split())


@cache
def _inflected() -> re.Pattern[str]:
    """A word with such an ending; in small letters, or the first, with two before it, which may be a name."""
    known = known_endings(RUSSIAN) - OF_LOANS
    endings = "|".join(sorted(ending for ending in known if len(ending) == ENDING))
    return re.compile(rf"(?:^\W*[^\W\d_][а-яё]+|(?<![^\W\d_])[а-яё]+)(?:{endings})(?![^\W\d_])")
