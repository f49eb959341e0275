"""Letters lost to question marks, which a program writes for what its code page lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.code import word_without_code
from langcov.hygiene.engine.finding import Issue, issue_at, script_of
from langcov.hygiene.engine.protocol import Check, Context, Evidence, LineCheck, folding
from langcov.hygiene.engine.suspects import joining
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import scripts, table
from langcov.text.scripts import comparable

_INSIDE = re.compile(r"(?<=(?P<before>[^\W\d_]))\?+(?=(?P<after>[^\W\d_]))")
_ADDRESS = re.compile(r"[/=&@\\^|*$\[\]]|\.\w+\?")  # or a pattern of a search
_LOST_WORD = re.compile(r"(?<!\S)[(«\"„]?[^\W\d_]?\?{2,}(?:-\?+)*[.,:;!)»\"“…]*(?!\S)")
_MARKED = re.compile(r"(?P<mark>\?{2,4})\s[^?]*\s(?P=mark)")
"""A line between two equal marks, which somebody has put there."""
MOST_ENDS = 3
"""Lost letters at ends of words for each inside one, at most: Tatar lines sent through cp1251 have 0.5."""
LOOKED_AT = 1000
"""Question marks inside words of a block of texts of which is looked how many stand in addresses."""
_LONG = 5  # so many question marks alone are a word; fewer may be an astonished writer


def lost_letters(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Question marks between letters, but for those after which only a space is missing (``кем?Ул``)."""
    script = evidence.language.script
    if _ADDRESS.search(word):
        return
    places = [
        place
        for found in _INSIDE.finditer(word_without_code(word))
        if not (found["before"].islower() and found["after"].isupper())
        if script in (script_of(found["before"]), script_of(found["after"]))
        for place in range(*found.span())
    ]
    if places:
        message = "A letter of {word} is lost: a program wrote ? for what its code page lacks."
        yield issue_at(places, word, "lost-letters", "error", message, {"word": word})


def lost_words(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Words of question marks alone: two in a line, or one long one."""
    if "??" not in line:
        return
    words = [] if _MARKED.fullmatch(line.strip()) else list(_LOST_WORD.finditer(line))
    if len(words) > 1 or any(found.group().count("?") >= _LONG for found in words):
        places = [place for found in words for place in range(*found.span()) if line[place] == "?"]
        message = "Words of question marks alone: a program wrote ? for each letter."
        yield issue_at(places, line, "lost-letters", "error", message)


class LostEnds(LineCheck):
    """Question marks after a word where the sentence goes on, or before a small letter.

    They may be of a question: they count only in a file where letters are lost inside words, about as often,
    and not beside the condition of a format (``%?n?new&old?``), which has some of its own.
    """

    adds_to = ("lost-letters",)

    def __init__(self, context: Context) -> None:
        self._inside, self._script = 0.0, scripts().index(comparable(context.language.script))
        self._ends: list[tuple[int, int, int]] = []

    def add(self, fields: Fields) -> None:
        """Look for question marks that stand for a letter."""
        points = np.concatenate([fields.points, np.full(2, ord("\n"), np.uint32)])
        edges = np.flatnonzero(np.diff(np.concatenate([[False], points == ord("?"), [False]])))
        at, end = edges[::2], edges[1::2]
        if not len(at):
            return
        before, after, then = points[at - 1], points[end], points[end + 1]
        letter, small = joining(), _small()
        glued = small[before] & ~small[after]
        own = (table("script")[before] == self._script) | (table("script")[after] == self._script)
        inside = at[letter[before] & letter[after] & own & ~glued]
        looked = [_is_in_word(fields.points, place) for place in inside[:LOOKED_AT].tolist()]
        self._inside += len(inside) * sum(looked) / max(1, len(looked))
        stops = np.isin(after, [ord("."), ord(",")]) & (then != ord("."))
        goes_on = letter[before] & (stops | (after == ord(" ")) & small[then])
        begins = np.isin(before, [ord(" "), ord("\n")]) & small[after]
        at, end = at[goes_on | begins], end[goes_on | begins]
        text = np.searchsorted(fields.first, at, "right") - 1
        code = np.flatnonzero((points[:-1] == ord("%")) & (points[1:] == ord("?")))
        plain = ~np.isin(text, np.searchsorted(fields.first, code, "right") - 1)
        at, end, text = at[plain], end[plain], text[plain]
        columns = at - fields.first[text], end - fields.first[text]
        self._ends += zip(fields.numbers[text].tolist(), *(column.tolist() for column in columns))

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """Each of them, where the file has lost letters."""
        message = "Probably a letter that is lost, as others of this file are: a program wrote ? for it."
        for number, start, end in self._ends if len(self._ends) <= MOST_ENDS * self._inside else ():
            yield number, Issue("lost-letters", "warning", start, end, "?" * (end - start), message)


def _is_in_word(points: NDArray[np.uint32], place: int) -> bool:
    """Whether it stands in no address, as far as the characters near it tell."""
    near = "".join(map(chr, points[max(place - 40, 0) : place + 40].tolist()))
    before, after = near[: min(place, 40)].split(), near[min(place, 40) :].split()
    return not _ADDRESS.search(before[-1] + after[0])


@cache
def _small() -> NDArray[np.bool_]:
    """Whether a code point is a letter that is no capital, bool [0x110000]."""
    found = joining() & (folding() == np.arange(len(folding())))
    found[ord("İ")] = False  # of which the small letter is two code points
    return found


CHECKS = (
    Check(
        "lost-letters",
        "Letters lost to question marks",
        "The word can't be read any more, and no program can bring it back: only the source has it.",
        word=lost_letters,
        line=lost_words,
        suspects=lambda evidence: "?",
    ),
    LostEnds,
)
