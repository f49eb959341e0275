"""What a document holds beside its text."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable

from langcov.corpora.readers.file import File

MARGINS, COMMENTS = "headers or footers with text", "comments with text"
HIDDEN = "paragraphs with hidden words"
_log = logging.getLogger(__name__)


def tell_of_unread(file: File, found: Iterable[tuple[str, str]]) -> None:
    """Warn of what is left out, so that nobody takes it for read.

    Args:
        found: kind and text of each; without letters, as a page number is, it is nothing to be missed.
    """
    if file.again:
        return
    many = Counter(kind for kind, text in found if any(map(str.isalpha, text)))
    for kind, count in many.items():
        _log.warning("%s: %s, which are not read: %d", file.path, kind, count)
