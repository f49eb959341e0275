"""What could be a piece where no regex parts words before they are merged."""

from __future__ import annotations

import regex

from langcov.tokenizers.wordforms import MARK

_ONE_KIND = regex.compile(rf"{MARK}?(?:[\p{{L}}\p{{M}}]+|[^\p{{L}}\p{{M}}\p{{N}}{MARK}]+)")


def of_one_kind(piece: str) -> bool:
    """Whether a piece is letters or signs alone, but for the mark before a word; digits are never joined.

    SentencePiece's own trainer cuts there too.

    >>> of_one_kind("▁сүз"), of_one_kind("сүз."), of_one_kind("19"), of_one_kind("▁▁")
    (True, False, False, False)
    """
    return _ONE_KIND.fullmatch(piece) is not None
