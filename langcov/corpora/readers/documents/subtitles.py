"""Subtitles: what is said, a turn a line, in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from langcov.corpora.readers.documents.contents import needs, text_in, whole
from langcov.corpora.readers.documents.layers import clock
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts

_SRT = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
"""Tags of players; what else stands in such brackets is said."""
_RUBY = re.compile(r"<rt[^<>]*>.*?(?:</rt>|(?=</ruby>)|$)", re.DOTALL)
_VTT = re.compile(r"</?(?:[cibuv]|ruby|rt|lang)(?:[.\s][^<>]*)?>|<[\d:.]+>")
_TIMES = re.compile(r"^.*-->", re.MULTILINE)
_TURN = "- "


def read_srt(file: File) -> Iterator[Texts]:
    """The subtitles of a SubRip file.

    Raises:
        MissingLibrary: srt is not installed.
        UserError: no .srt.
    """
    return lines_of(_srt(file), file)


def read_vtt(file: File) -> Iterator[Texts]:
    """The cues of a WebVTT file; ruby above a word is left out.

    Raises:
        MissingLibrary: webvtt-py is not installed.
        UserError: no .vtt.
    """
    return lines_of(_vtt(file), file)


def read_ass(file: File) -> Iterator[Texts]:
    """The dialogue of an Advanced SubStation file, without comments and drawings.

    Raises:
        MissingLibrary: pysubs2 is not installed.
        UserError: no .ass.
    """
    return lines_of(_ass(file), file)


def _srt(file: File) -> Iterator[Passage]:
    try:
        import srt
    except ImportError:
        raise needs("srt", file.path) from None
    with whole(file.path, ".srt"):
        found = [(one.start.total_seconds(), _SRT.sub("", one.content)) for one in srt.parse(text_in(file))]
    return _turns(found)


def _vtt(file: File) -> Iterator[Passage]:
    try:
        import webvtt
    except ImportError:
        raise needs("webvtt-py", file.path) from None
    with whole(file.path, ".vtt"):
        text = text_in(file)
        cues = webvtt.from_string(text).captions
        if lost := len(_TIMES.findall(text)) - len(cues):  # the library leaves them out
            raise ValueError(f"times of {lost} cues")
        found = [(_seconds(cue.start), unescape(_VTT.sub("", _RUBY.sub("", cue.raw_text)))) for cue in cues]
    return _turns(found)


def _seconds(time: str) -> float:
    hours, minutes, seconds = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _ass(file: File) -> Iterator[Passage]:
    try:
        import pysubs2
    except ImportError:
        raise needs("pysubs2", file.path) from None
    with whole(file.path, ".ass"):
        text = text_in(file)
        if "[Events]" not in text:
            raise ValueError("no [Events]")
        events: Any = pysubs2.SSAFile.from_string(text, format_="ass").events
        said = [one for one in events if not one.is_comment and not one.is_drawing]
        found = [(one.start / 1000, one.plaintext) for one in said]
    return _turns(found)


def _turns(found: list[tuple[float, str]]) -> Iterator[Passage]:
    """The turns of subtitles, each with the time at which its subtitle begins; lines are joined."""
    for start, text in sorted(found, key=lambda one: one[0]):
        turns: list[list[str]] = [[]]
        for line in filter(None, map(str.strip, text.split("\n"))):
            if line.startswith(_TURN):
                turns.append([])
            turns[-1].append(line.removeprefix(_TURN))
        for turn in filter(None, turns):
            yield Passage(" ".join(turn), clock(start))
