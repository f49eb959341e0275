"""Messages that were composed in English, as those of errors are, in the language that is spoken.

What counts and reads speaks no language, so that an error is English wherever it is raised. Its sentence is
known to the catalogues with ``{names}`` for what was put in, by which it is recognised when it is to be read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from string import Formatter

from langcov.core import ui
from langcov.core.names import visible

_JOINED = re.compile(r"(; | or | and | is |: |, | \()")
"""What may stand between messages in a message."""
_FEWEST = 4
"""Letters of its own that tell a sentence from any other."""
_NO_TEXT = r"(?:-?[0-9.]+|None|True|False|[\[({<].*?)"
"""What ``repr`` puts no quotes around: a number, a list."""
_ENGLISH = re.compile("[a-z]{2,} [a-z]{2,}")


def said(message: str) -> str:
    """A message in the language that is spoken; what no catalogue knows stays as it is.

    >>> said("tat.txt: no such file")
    'tat.txt: no such file'
    """
    return message if ui.language() == "en" else _said(message)


def tell(message: str) -> None:
    """Say something beside the result, on a line of stderr; names in it can do nothing to a terminal."""
    print(f"langcov: {visible(said(message), ui.APART)}", file=sys.stderr, flush=True)


def _said_whole(message: str) -> str | None:
    """The translation of one sentence of the catalogue, None if it is none."""
    if " " not in message:
        return None
    if (size := ui.sized(message)) != message:
        return size
    if exact := ui.sentences().get(message):
        return exact
    for literal, pattern, sentence in _templates(ui.language()):
        if literal in message and (match := pattern.fullmatch(message)):
            return ui.filled(sentence, {name: _said(value) for name, value in match.groupdict().items()})
    return None


def _said(message: str) -> str:
    """A sentence of the catalogue, or several messages in one: at its end, at its start, or part by part."""
    if (whole := _said_whole(message)) is not None:
        return whole
    joints = list(_JOINED.finditer(message))
    for joint in joints:
        before = message[: joint.start()]
        if (last := _said_whole(message[joint.start() :])) is not None:
            return _said(before) + last
        if (last := _said_whole(message[joint.end() :])) is not None:
            return _said(before) + ui.sentences().get(joint[0], joint[0]) + last
    for joint in reversed(joints):
        if (first := _said_whole(message[: joint.start()])) is not None:
            return _joined(first, joint[0], _said(message[joint.end() :]))
    if not joints:
        return message
    return _joined(message[: joints[0].start()], joints[0][0], _said(message[joints[0].end() :]))


def _joined(before: str, joint: str, after: str) -> str:
    """Two messages; a conjunction stays English where one of them does."""
    english = any(map(_ENGLISH.search, (before, after)))
    return before + (joint if english else ui.sentences().get(joint, joint)) + after


@lru_cache(maxsize=1)
def _templates(language: str) -> list[tuple[str, re.Pattern[str], str]]:
    """What recognises each sentence of the catalogue, and its translation; those with most text first.

    Before the pattern stands its longest text, which is looked for first: a list of forty names is asked
    about some thousand times, and none of a thousand patterns need be tried on it.
    """
    found = []
    for sentence, translation in ui.sentences().items():
        parts = list(Formatter().parse(sentence))
        texts = [part[0] for part in parts]
        text = "".join(texts)
        if any(part[1] for part in parts) and len(re.findall("[A-Za-z]", text)) >= _FEWEST:
            found.append(
                (len(text), max(texts, key=len), re.compile(_pattern(parts), re.DOTALL), translation)
            )
    found.sort(key=lambda one: -one[0])
    return [(literal, pattern, translation) for _, literal, pattern, translation in found]


def _pattern(parts: Sequence[tuple[str, str | None, str | None, str | None]]) -> str:
    """The regular expression of a sentence; a name that stands in it again means the same.

    A value ends where the text after it begins for the first time; before brackets for the last.
    """
    found, seen = "", set()
    after = [text for text, *_ in parts[1:]] + [""]
    for (text, name, _spec, conversion), rest in zip(parts, after):
        found += re.escape(text)
        if name is None:
            continue
        value = f".*{'' if rest.startswith(' (') else '?'}"
        opened = f"(?({re.compile(found).groups + 1})"
        if conversion == "r":
            value = f"{opened}{value}|{_NO_TEXT})"
        value = f"(?P={name})" if name in seen else f"(?P<{name}>{value})"
        found += f"(['\"])?{value}{opened}['\"])" if conversion == "r" else value
        seen.add(name)
    return found
