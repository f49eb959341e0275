"""What another format left in the text: escapes, field marks, the numbers of footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from langcov.hygiene.engine.finding import Issue, issue_at, script_of, span
from langcov.hygiene.engine.protocol import Check, Evidence, folded
from langcov.hygiene.engine.vocabulary import vocabulary

_LEFTOVERS = tuple(
    (needed, re.compile(pattern, re.VERBOSE), message)
    for needed, pattern, message in (  # of each a line has one of a few characters
        (
            "_",
            r"_x[0-9A-Fa-f]{4}_",
            "{leftover} is how the file of a spreadsheet writes a character that no cell may hold.",
        ),
        (
            "\\",
            r"\{\\[A-Za-z*][^{}]*\} | \\[Nh](?![a-z])",
            "{leftover} is a command of subtitles (.ass, .srt).",
        ),
        (
            "E>",
            r"^(?:WEBVTT|NOTE|STYLE|REGION)(?=\s*$) | ^NOTE(?=[ ]\W*[^\W\d_\u0000-\u024f])"
            r" | \d\d:\d\d[.,]\d{3}[ ]+-->[ ]+\d\d:\S+",
            "{leftover} is of a subtitle file (.vtt, .srt), where nobody speaks it.",
        ),
        (
            "\\",
            r"^\\[a-z_][A-Za-z_]{0,7}(?=\s|$)",
            "{leftover} is a field mark of Toolbox, Shoebox or FLEx: export the text alone.",
        ),
        (
            "\t@",
            r"^(?:\*[A-Z][A-Z0-9]{1,6} | %[a-z]{3}):(?=\t)"
            r" | ^@(?:UTF8|Begin|End|Languages|Participants|ID|Media)(?=:\t|\s*$)",
            "{leftover} begins a line in CHAT, the format of CHILDES: export the text alone.",
        ),
        (
            "[",
            r"\[(?:m\d|trn|!trs|ex|com|ref|url|lang|\*)\] | \[/[a-z!*]{1,6}\]",
            "{leftover} is a tag of a dictionary (.dsl) or of a forum.",
        ),
        (
            "|",
            r"(?<![\w|])(?:thumb|thumbnail|frame|мини|миниатюра|эскиз)\|",
            "{leftover} is how a wiki places a picture.",
        ),
        (
            "\\",
            r"\\[nrt](?![A-Za-z]) | \\u[0-9A-Fa-f]{4} | \\[\"']",
            "{leftover} is how programs write one character: read the file with what wrote it.",
        ),
        (
            "\\",
            r"(?<=[^\W\d_])\\(?=[^\W\d_])",
            "{leftover} inside a word belongs to no orthography: it is left over from a program.",
        ),
        ("[", r"(?<=[^\s\[\d])\[\d{1,3}\]", "{leftover} is the mark of a footnote."),
    )
)
NEEDED = "".join(needed for needed, _, _ in _LEFTOVERS)
_PATH = re.compile(r"(?<!\S)(?:[A-Za-z]:|\\)\\\S*")
_DIGITS = span(0x30, 0x39) + "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NUMBERED = re.compile(
    rf"(?<!\S)[^\w\s]*(?P<word>[^\W\d_]{{3,}})(?P<number>[0-9]{{1,3}}|[{_DIGITS[10:]}]{{1,3}})[^\w\s]*(?!\S)"
)
FEWEST_WORDS = 4
"""Of a line that may have a footnote; in shorter ones colours and the like have numbers."""


def leftover(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Escapes and field marks, each told by the program that it comes from."""
    paths = [found.span() for found in _PATH.finditer(line)] if "\\" in line else []
    taken: list[tuple[int, int]] = []
    for needed, pattern, message in _LEFTOVERS:
        for found in pattern.finditer(line) if any(one in line for one in needed) else ():
            start, end = found.span()
            if any(start < last and first < end for first, last in (*paths, *taken)):
                continue
            taken.append((start, end))
            values = {"leftover": found.group()}
            yield issue_at(range(start, end), line, "leftover", "warning", message, values)


def footnote(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Words of small letters with a small number at their end, in a sentence.

    Names have numbers of their own (``Салют7``, ``HER2``), and things of which the line has several. So have
    Latin words (``html5``): these count where a bundled table has the word. Where 1 is typed for the
    palochka, that is another fault.
    """
    found = list(_NUMBERED.finditer(line)) if len(line.split()) >= FEWEST_WORDS else []
    times = Counter(one["word"] for one in found)
    for one in found:
        word, script = one["word"], evidence.language.script
        is_palochka = one["number"] == "1" and evidence.alphabet and evidence.alphabet.palochka
        own = word == word.lower() and all(script_of(letter) == script for letter in word)
        known = script != "Latn" or folded(word) in vocabulary(evidence.language.id)
        if own and times[word] == 1 and not is_palochka and known:
            message = "The number {number} is glued to {word}: probably that of a footnote."
            place = range(*one.span("number"))
            yield issue_at(place, line, "footnote", "warning", message, one.groupdict())


CHECKS = (
    Check(
        "leftover",
        "Leftovers of another format",
        "Commands, field marks and escapes of the program that the text comes from are counted as words.",
        line=leftover,
        suspects=lambda evidence: {*NEEDED} - {"E" if evidence.language.script == "Latn" else ""},
    ),
    Check(
        "footnote",
        "Footnote numbers in words",
        "With the number of a footnote at its end the word is another one.",
        line=footnote,
        beside=lambda evidence: _DIGITS,
    ),
)
