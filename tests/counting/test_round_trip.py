"""Round trips told from words are those of the library, whatever its decoder makes of an UNK."""

from __future__ import annotations

import numpy as np
import pytest

from langcov.counting.batch import LineTokens
from langcov.counting.chunk import Chunk, Finder
from langcov.counting.round_trip import round_trip
from langcov.text.strings import Strings
from langcov.tokenizers import load
from langcov.tokenizers.protocol import Encoded
from tests.counting.test_tokens import tally_of
from tests.toys import wordpiece
from tokenizers import decoders

LINES = ["кот ак", "ак zz", "кот zz ак", "zz", "кот [UNK] ак", "ак  кот", "кот x", "ак"]
DECODERS = {
    "its own": None,
    "UNK is a word of the text": decoders.Sequence([decoders.Replace("[UNK]", "zz"), decoders.WordPiece()]),
    "UNK is left out": decoders.Sequence([decoders.Replace("[UNK]", ""), decoders.WordPiece()]),
}


@pytest.mark.parametrize("name", DECODERS)
def test_with_unknown_words(name: str) -> None:
    made = wordpiece("кот", "ак")
    if DECODERS[name] is not None:
        made.decoder = DECODERS[name]
    system = load(made)
    assert system.tokenizer.word_form is not None
    ids = [made.encode(line, add_special_tokens=False).ids for line in LINES]
    wanted = [int(got == line) for got, line in zip(made.decode_batch(ids, skip_special_tokens=False), LINES)]
    assert tally_of(LINES, [system], True).tokens[system.name]["round_trip"].tolist() == wanted
    assert sum(wanted) == (5 if name == "UNK is a word of the text" else 2)


def test_lines_with_unknown_words_are_not_decoded() -> None:
    """All but the first of those that are lost."""
    system = load(wordpiece("кот", "ак"))
    lines = Strings.of(["кот бу", "ак", "кот же", "[UNK]", "ой"])
    asked: list[list[int]] = []

    def tokens(which: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Encoded:
        asked.append(which.tolist())
        return system.tokenizer.encode(lines[which].to_list())

    unknown = np.array([True, False, True, True, True])
    back = round_trip(LineTokens(system.tokenizer, lines, tokens, ~unknown, unknown))
    assert back.tolist() == [False, True, False, False, False]
    assert asked == [[1], [0], [3]]


def test_a_special_text_makes_its_line_go_whole() -> None:
    numbers = np.arange(2)
    chunk = Chunk(Strings.of(["кот [UNK]", "кот"]), numbers * 0, numbers, Finder(["[UNK]"]))
    assert chunk.regular.tolist() == [False, True]
