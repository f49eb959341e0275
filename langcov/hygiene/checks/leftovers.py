"""What another format left in the text: escapes, field marks, the numbers of footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from langcov.core.arrays import Ints
from langcov.hygiene.engine.code import CLOSING, OPENING, is_quoted
from langcov.hygiene.engine.finding import Issue, issue_at, script_of
from langcov.hygiene.engine.protocol import About, Check, Context, Evidence, LineCheck, folded
from langcov.hygiene.engine.suspects import joining
from langcov.hygiene.engine.vocabulary import vocabulary
from langcov.hygiene.reading.fields import Fields

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
            r"^(?:WEBVTT|NOTE)(?=\s*$) | ^NOTE(?=[ ]\W*[^\W\d_\u0000-\u024f])"
            r" | \d\d:\d\d[.,]\d{3}[ ]+-->[ ]+\d\d:\S+",
            "{leftover} is of a subtitle file (.vtt, .srt), where nobody speaks it.",
        ),
        (
            "\\",
            r"^\\(?![abv]\s)[a-z_][A-Za-z_]{0,7}(?=\s|$)",  # \b and its meaning are of a manual
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
            r"\[(?:m\d|trn|!trs|ex|com|ref|url|lang)\] | \[\*\](?=.*\[/) | \[/[a-z!*]{1,6}\]",
            "{leftover} is a tag of a dictionary (.dsl) or of a forum.",
        ),
        (
            "|",
            r"(?<![\w|])(?:thumb|thumbnail|frame|мини|миниатюра|эскиз)\|",
            "{leftover} is how a wiki places a picture.",
        ),
        (
            "\\",
            r"\\[nrt](?![A-Za-z]) | \\u[0-9A-Fa-f]{4} | (?<![\"'])\\[\"']",
            "{leftover} is how programs write one character: read the file with what wrote it.",
        ),
        (
            "\\",
            r"(?<=[^\W\d_])\\(?=[^\W\d_])",
            "{leftover} inside a word belongs to no orthography: it is left over from a program.",
        ),
        ("[", r"(?<=[^\s\[\d])(?!(?<=\s\d\.)\[\d{2})\[\d{1,3}\]", "{leftover} is the mark of a footnote."),
    )
)
NEEDED = "".join(needed for needed, _, _ in _LEFTOVERS)
_NAMED = r"(?:\[[^\[\]\\]*\]|\S)*"
"""A part of a path, of which a name in brackets may stand for some."""
_PATH = re.compile(
    rf"(?<!\S)(?:[A-Za-z]:\\{_NAMED}(?:(?: [A-Za-z]+){{1,3}}\\{_NAMED})*|\\\\\S*)"
    rf"|(?<=[{OPENING}])[A-Za-z]:\\[^{OPENING}{CLOSING}]*"
)
_LOGIN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})\\([^\W\d_]+)")
_SPOKEN_OF = re.compile(r"(?:[(«“]|(?<!\S)[\"'‘’”„])[^\w()]*$")
"""Before a command that a text speaks of: a bracket or a quotation mark, and no word since."""
_IN_BRACKETS = re.compile(r"[(«“][^\w()]*$")
_PLACEHOLDER = re.compile(
    r"\{\w+=[^{}]*\}|\[\w[\w.]*(?:\[\w+\])+[\w.]*\]"  # of Ren'Py: a tag with a value, the element of a list
    r"|\[0\]|[A-Za-z]\[\d+\](?=\s?[=<>]|\.[a-z_]|->)"  # of programs, which count from 0 and give values
)
_PART = re.compile(
    r"\[/(?!(?:[bcimpstu]|code|color|com|ex|img|kbd|lang|quote|ref|su[bp]|trn|url)\])([a-z]{1,6})\]"
)
"""What may be left out, ``[/dir]``: no tag of dictionaries or forums that another line may have opened."""
_QUOTED_TAGS = re.compile(rf"(?<!\w)[{OPENING}](?:\[/?[a-z][^\[\]]*\][^\w\[\]]*)+[{CLOSING}]")
"""Tags that a text speaks of: nothing else is in the quotation marks."""
_ESCAPE = re.compile(r"\\[nrt](?![A-Za-z])")
_ALONE = re.compile(r"(?!^\\[nrt]\s*(?:\w|$))(?<!\S)[(«„“”‘’\"'`]*(?:\\r)?\\[nrt][)»“”\"'`]*[.,:;!?]?(?!\S)")
"""An escape that a text speaks of: no word touches it, nor does it begin a line of text."""
_JSON = re.compile(r"[\s{\[]*\"[\w.$@-]+\"\s*:\s")
"""How a line of JSON begins, in which escapes are in their place."""
_RAISED = np.array([*map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹")])
_DIGITS = np.arange(0x30, 0x3A)
_NUMBERED = re.compile(
    r"(?<!\S)(?P<before>[^\w\s]*)(?P<word>[^\W\d_]{3,})"
    r"(?P<number>[0-9]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?P<after>[^\w\s]*)(?!\S)"
)
_EXPLAINED = re.compile(r":|\.\.\.|…")
FEWEST_WORDS = 4
"""Of a line that may have a footnote; in shorter ones colours and the like have numbers."""
POWERS, UNIT = "²³", 4
"""Raised numbers that units have, and letters of a unit at most."""
SIZES = frozenset(str(1 << bits) for bits in range(4, 10)) | {"86"}
"""Numbers of processors and of what is made for them."""
CODE = frozenset("-$%@/\\=<&#")
"""Signs before a name of a program."""
BEGINS = 3
"""Letters by which a numbered thing of a line is known in another case."""


def leftover(line: str, evidence: Evidence) -> Iterator[Issue]:
    """Escapes and field marks, each told by the program that it comes from."""
    paths = [*_paths(line)] if "\\" in line else []
    if "[" in line:
        paths += [found.span() for kind in (_PLACEHOLDER, _QUOTED_TAGS) for found in kind.finditer(line)]
        paths += [found.span() for found in _PART.finditer(line) if f"[{found[1]}" not in line]
    if "\\" in line:
        alone = [found.span() for found in _ALONE.finditer(line)]
        if sum(len(_ESCAPE.findall(line, *span)) for span in alone) == len(_ESCAPE.findall(line)):
            paths += alone
    taken: list[tuple[int, int]] = []
    for needed, pattern, message in _LEFTOVERS:
        for found in pattern.finditer(line) if any(one in line for one in needed) else ():
            start, end = found.span()
            if any(start < last and first < end for first, last in (*paths, *taken)):
                continue
            command = found.group()
            if line[start] == "\\" and (_is_spoken_of(command, line, start) or _JSON.match(line)):
                continue
            taken.append((start, end))
            values = {"leftover": command}
            yield issue_at(range(start, end), line, "leftover", "warning", message, values)


def _is_spoken_of(command: str, line: str, start: int) -> bool:
    """Whether a line speaks of a command, here or, in brackets, at another place."""
    others = (line[: one.start()] for one in re.finditer(re.escape(command), line))
    return bool(_SPOKEN_OF.search(line[:start])) or any(map(_IN_BRACKETS.search, others))


def _paths(line: str) -> Iterator[tuple[int, int]]:
    """Where files are named, or users of a domain: ``DOMAIN\\user``."""
    yield from (found.span() for found in _PATH.finditer(line))
    for found in _LOGIN.finditer(line):
        if found[1].isupper() or found[0].isascii():
            yield found.span()


def _is_explained(found: re.Match[str]) -> bool:
    """Whether a line begins with a word that it explains, or with the first of some."""
    return not found.start() and bool(_EXPLAINED.search(found["after"]))


def _stand(uses: Ints, points: Ints) -> bool:
    """Whether any of some code points is used."""
    return bool(uses[points[points < len(uses)]].any())


class Footnotes(LineCheck):
    """Words of small letters with a small number at their end, in a sentence.

    Names have numbers of their own (``Салют7``, ``HER2``), and things of which there are several: the same
    word has other numbers in the file, or one that begins alike in the line (``гра1, граN``), the line before
    is the same but for the number, or the line says what the word is that it begins with (``гра1: …``). So
    have Latin words (``html5``): these count where a bundled table has the word. Where 1 is typed for the
    palochka, that is another fault. Units have powers (``сек²``), processors sizes, and functions numbers
    (``атан2 %1``). Names of programs stand after a sign of code or alone in quotation marks, and have their
    number in several lines.
    """

    checks = (
        About(
            "footnote",
            "Footnote numbers in words",
            "With the number of a footnote at its end the word is another one.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._language, self._palochka = (
            context.language,
            bool(context.alphabet and context.alphabet.palochka),
        )
        self._found: list[tuple[int, int, str, str]] = []  # the line, the place of the number, the word, it
        self._numbers: dict[str, set[str]] = {}
        self._lines: dict[str, set[int]] = {}  # in which a word has a number
        self._last = ""  # the line before those that come next

    def add(self, fields: Fields) -> None:
        """Look at words that end with a number."""
        before, self._last = self._last, "".join(fields.texts[-1:].to_list())
        points, used = fields.points, fields.uses
        raised = _stand(used, _RAISED)
        if not raised and not _stand(used, _DIGITS):
            return
        digit = np.flatnonzero(points - np.uint32(0x30) < 10)
        if raised:
            digit = np.sort(np.append(digit, np.flatnonzero(np.isin(points, _RAISED))))
        digit = digit[joining()[points[np.maximum(digit - 1, 0)]]]
        which = np.unique(np.searchsorted(fields.first, digit, "right") - 1)
        above = fields.texts[np.maximum(which - 1, 0)].to_list()
        if len(which) and not which[0]:
            above[0] = before
        for line, number, one in zip(fields.texts[which].to_list(), fields.numbers[which].tolist(), above):
            self._look(line, number, one)

    def _look(self, line: str, number: int, above: str) -> None:
        found = list(_NUMBERED.finditer(line))
        for one in found:
            self._numbers.setdefault(folded(one["word"]), set()).add(one["number"])
            self._lines.setdefault(folded(one["word"]), set()).add(hash(line))
        if len(line.split()) >= FEWEST_WORDS:
            for one in filter(self._is_footnote, found):
                rest = line[: one.start("word")] + line[one.end("number") :]
                named = re.search(rf"%\d|[A-Za-z]{one['number']}(?!\w)", rest)  # atan2, or what %1 stands in
                begins = re.escape(one["word"][:BEGINS])
                others = re.findall(rf"(?i)(?<![^\W\d_]){begins}[^\W\d_]*?\s?([0-9]+|N)(?![^\W_])", line)
                varied = line[: one.start("number")] + line[one.end("number") :] == above
                if {*others} <= {one["number"]} and not (named or varied or _is_explained(one)):
                    self._found.append((number, one.start("number"), one["word"], one["number"]))

    def _is_footnote(self, found: re.Match[str]) -> bool:
        word, script = found["word"], self._language.script
        is_palochka = found["number"] == "1" and self._palochka
        own = word == word.lower() and all(script_of(letter) == script for letter in word)
        if found["number"] in SIZES or (found["number"] in POWERS and len(word) <= UNIT):
            return False
        quoted = is_quoted(found.string, found.start("word"), found.end("number"))
        if quoted or found["before"][-1:] in CODE:
            return False
        known = script != "Latn" or folded(word) in vocabulary(self._language.id)
        return own and not is_palochka and known

    def issues(self) -> Iterator[tuple[int, Issue]]:
        """Each word with a number that has no other."""
        message = "The number {number} is glued to {word}: probably that of a footnote."
        for line, start, word, number in self._found:
            if len(self._numbers[folded(word)]) == len(self._lines[folded(word)]) == 1:
                values = {"word": word, "number": number}
                yield line, Issue("footnote", "warning", start, start + len(number), number, message, values)


CHECKS = (
    Check(
        "leftover",
        "Leftovers of another format",
        "Commands, field marks and escapes of the program that the text comes from are counted as words.",
        line=leftover,
        suspects=lambda evidence: {*NEEDED} - {"E" if evidence.language.script == "Latn" else ""},
    ),
    Footnotes,
)
