"""CHAT transcripts: the words of the main lines, without codes, through pylangacq."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from langcov.corpora.readers.documents.contents import needs, text_in, whole
from langcov.corpora.readers.documents.layers import clock, named_layers
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError

_TIERS = re.compile(r"^%.*\n(?:[ \t].*\n)*", re.MULTILINE)
"""Lines of analyses: where one doesn't fit its utterance, the library gives no words of that."""
_CODE = re.compile(r"\+\W*|[‡„]")
"""How an utterance ends or begins, and what joins a vocative to it."""
_MARKS = re.compile(r" (?=[.,;:!?])")


def read_chat(file: File) -> Iterator[Texts]:
    """The utterances of all speakers, or of those that ``--tier`` names, as they were meant.

    Retraced words, fillers, what was not understood and events are left out; ``[: words]`` stand for what was
    said, and ``(а)лар`` is written in full. Codes inside words (``:``, ``^``, ``_``, ``+``) stay.

    Raises:
        MissingLibrary: pylangacq is not installed.
        UserError: no .cha, or a speaker is not in it.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    try:
        import pylangacq
    except ImportError:
        raise needs("pylangacq", file.path) from None
    text = text_in(file)
    if "@Begin" not in text:
        raise UserError(f"{file.path} is no whole .cha file: open it and save it again")
    with whole(file.path, ".cha"):
        said: Any = pylangacq.CHAT.from_strs([_TIERS.sub("", f"{text}\n")]).utterances()
    wanted = named_layers(file, list(dict.fromkeys(one.participant for one in said)))
    for number, one in enumerate(said, 1):
        words = [token.word for token in one.tokens if not _CODE.fullmatch(token.word)]
        sentence = _MARKS.sub("", " ".join(words))
        if (not wanted or one.participant in wanted) and any(map(str.isalnum, sentence)):
            when = clock(one.time_marks[0] / 1000) if one.time_marks else str(number)
            yield Passage(sentence, f"*{one.participant} {when}")
