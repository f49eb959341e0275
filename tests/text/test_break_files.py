"""Unicode's own break tests, where the machine has them (Debian: ``apt-get install unicode-data``)."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from langcov.text.count import _grapheme_breaks
from langcov.text.scan import Block, blocks
from langcov.text.strings import Strings
from langcov.text.words import _word_breaks

FOLDER = Path("/usr/share/unicode/auxiliary")
NO_LONGER_PICTOGRAPHIC = "\u2701"
"""A sample of files before 17.0: Unicode 17 took Extended_Pictographic from it, so GB11, WB3c don't hold."""


def samples(path: Path) -> Iterator[tuple[str, list[bool]]]:
    """Each test string, and whether there is a break before each of its code points."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in text.decode().splitlines():
        marks = line.partition("#")[0].split()
        if marks:
            yield (
                "".join(chr(int(point, 16)) for point in marks[1::2]),
                [mark == "÷" for mark in marks[:-1:2]],
            )


@pytest.mark.parametrize(("kind", "breaks"), [("Grapheme", _grapheme_breaks), ("Word", _word_breaks)])
def test_break_file(kind: str, breaks: Callable[[Block], NDArray[np.bool_]]) -> None:
    paths = sorted(FOLDER.glob(f"{kind}BreakTest.txt*"))
    if not paths:
        pytest.skip(f"no {FOLDER}/{kind}BreakTest.txt")
    texts, expected = zip(*samples(paths[0]))
    (block,) = blocks(Strings.of(texts))
    found = np.split(breaks(block), block.first[1:])
    wrong = {text for text, is_break, want in zip(texts, found, expected) if is_break.tolist() != want}
    assert all(f"\u200d{NO_LONGER_PICTOGRAPHIC}" in text for text in wrong), wrong
