"""Punctuation that another character stands for: the full stop of Armenian."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langcov.hygiene.engine.finding import Issue, issue_at
from langcov.hygiene.engine.protocol import Check, Evidence

FULL_STOP = "\u0589"
_CLOSING = r"[»”’\"')\]]*"
_COLON = re.compile(rf"(?<=[\u0531-\u0587]){_CLOSING}(:){_CLOSING}$")


def _full_stop(word: str, evidence: Evidence) -> Iterator[Issue]:
    """A colon after an Armenian word: Armenian has another sign for what a colon says."""
    found = _COLON.search(word)
    if evidence.language.script != "Armn" or not found:
        return
    message = (
        "The colon stands for the Armenian full stop {right}: filters take such a text for one sentence."
    )
    place = found.start(1)
    right = word[:place] + FULL_STOP + word[place + 1 :]
    yield issue_at([place], word, "full-stop", "warning", message, {"right": FULL_STOP}, right)


CHECKS = (
    Check(
        "full-stop",
        "Full stop written as a colon",
        "The Armenian full stop ։ looks like a colon. Programs that don't know that find no end of a "
        "sentence, and filters of large corpora drop the text.",
        word=_full_stop,
        suspects=lambda evidence: ":" if evidence.language.script == "Armn" else "",
    ),
)
