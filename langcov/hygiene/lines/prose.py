"""The words of a line by which its language is judged: no addresses, names of files or pieces of programs."""

from __future__ import annotations

import regex

FEWEST_LETTERS, FEWEST_WORDS = 20, 3
"""Two models agree on a wrong language in 1 of 110 to 160 lines of 10 to 19 letters, in 1 of 520 of 20 to 29,
in 1 of 2,000 longer ones (Tatar, Bashkir, Sakha, Chuvash and Kyrgyz of Common Voice)."""

FEWEST_RUSSIAN = 8
"""Letters of a line of which words say whether it is Russian, and models no other language."""

BESIDE = 2
"""Code points of a line beside the letters of two words (a space is one) where there may be a third."""

LATIN_LETTERS = 0.25
"""Share of Latin letters above which a line in a Latin script is judged by its Latin words: names of programs
stand in lines of any language. Of another script any letter is enough."""

MOST_KNOWN = 1 << 17  # strings that are remembered with their words: 25 MB

_OPENING, _CLOSING = (
    r"\p{Ps}\p{Pi}\p{Pf}\"'*",
    r"\p{Pe}\p{Pf}\p{Pi}\p{Pd}\"'.,:;!?…\u0589\u055d\u060c\u061b\u061f",
)
_BETWEEN = rf"(?<!\S)[{_OPENING}]*+(%s)[{_CLOSING}]*+(?!\S)"
OPENING, CLOSING = regex.compile(f"[{_OPENING}]"), regex.compile(f"[{_CLOSING}]")
_WORD = regex.compile(_BETWEEN % r"[\p{L}\p{M}][\p{L}\p{M}\p{Pd}'’ʼ]*")
_NAME = regex.compile(r"\p{Lu}{2}|\p{Ll}\p{Lu}")
"""In letters that are no word: an abbreviation, a name as programs write it."""


_ABBREVIATED = regex.compile(r"\b\p{Ll}{1,4}\.(?=\))")
"""What stands in brackets behind a name: Video Mixer Pro (2. alt.)."""
_ASIDE = regex.compile(r"\s\(((?:[^()]|\([^()]*\))*)\)\p{P}?$")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
BEGINS, MOST_OF_NAME = 4, 3
"""Letters that a name in two languages begins with, and words of it at most."""


class _Words(dict[str, str]):
    """What a pattern has for a word in each string without white space, empty where that is none."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self._pattern = pattern

    def __missing__(self, string: str) -> str:
        found = self._pattern.fullmatch(string)
        word = str(found[1]) if found else ""
        if len(self) < MOST_KNOWN:
            self[string] = word
        return word


class Prose:
    """Finds the words of lines.

    Args:
        script: of the language that they are declared to be in.
    """

    def __init__(self, script: str) -> None:
        self._in_script = regex.compile(rf"\p{{Script={script}}}")
        self._in_other = regex.compile(rf"(?!\p{{Script={script}}})\p{{L}}")
        self._latin = script == "Latn"
        of_word = rf"[\p{{Script={script}}}\p{{M}}\p{{Pd}}'’ʼ]"
        self._of_word = regex.compile(of_word)
        self._own_words = _Words(regex.compile(_BETWEEN % rf"(?=[\p{{L}}\p{{M}}]){of_word}+"))

    def is_in_script(self, character: str) -> bool:
        """Whether a character is of the script."""
        return self._in_script.match(character) is not None

    def is_of_word(self, character: str) -> bool:
        """Whether a character may stand in a word of the script."""
        return self._of_word.match(character) is not None

    def words(self, line: str) -> list[str]:
        """The words of a line in the script of the language; where it is mostly in others, those.

        Names alone are no text.

        >>> Prose("Cyrl").words("mod_x һәм «сүз»"), Prose("Geor").words("Free Software Foundation, inc")
        (['һәм', 'сүз'], ['Free', 'Software', 'Foundation', 'inc'])
        """
        if self._is_own(line):
            return [*filter(None, map(self._own_words.__getitem__, line.split()))]
        words = _WORD.findall(_ABBREVIATED.sub("", line))
        others = [word for word in words if not self._in_script.search(word) and not _NAME.search(word)]
        return others if any(not word[0].isupper() for word in others) else []

    def _is_own(self, line: str) -> bool:
        """Whether a line is to be judged by its words in the script of the language."""
        if not self._in_script.search(line):
            return False
        if not self._latin or not self._in_other.search(line):
            return True
        own, others = len(self._in_script.findall(line)), len(self._in_other.findall(line))
        return own > LATIN_LETTERS * (own + others)

    def without_aside(self, line: str) -> str:
        """A line without words in brackets at its end: less than half of it, or a name in its own language.

        In another script the whole line is judged.

        >>> prose = Prose("Latn")
        >>> prose.without_aside("tundmatu kodeering (unknown encoding)")
        'tundmatu kodeering'
        >>> prose.without_aside("Lubaczówi maakond (Powiat lubaczowski)")
        'Lubaczówi maakond'
        >>> prose.without_aside("ootamatu viga (unexpected error found)")
        'ootamatu viga (unexpected error found)'
        """
        found = _ASIDE.search(line) if ")" in line[-2:] else None
        if not found or not self._in_script.search(line):
            return line
        before, aside = _LETTERS.findall(line[: found.start()]), _LETTERS.findall(found[1])
        if len(aside) < 2:
            return line
        begins = {word[:BEGINS].lower() for word in before if len(word) >= BEGINS}
        is_name = len(aside) <= MOST_OF_NAME and aside[0].istitle()
        is_name = is_name and any(word[:BEGINS].lower() in begins for word in aside)
        less = sum(map(len, aside)) < sum(map(len, before))
        return line[: found.start()] if is_name or less else line
