"""Counters against cases worked out by hand."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tokenizers
from langcov.api import measure_tokenizers
from langcov.corpora import condense, resolve
from langcov.corpora.base import ReadOptions
from langcov.counting.batch import Batch, LineTokens, Tokens
from langcov.counting.counter import TextCounter, TokenCounter
from langcov.counting.counters import _builtin, count_each, count_text, text_columns, token_columns
from langcov.counting.spans import token_spans
from langcov.errors import CannotMeasure, UserError
from langcov.text.strings import Strings
from langcov.tokenizers import load
from tests.counting.test_tokens import HOSTILE, tally_of
from tests.plug_ins import declared
from tests.toys import byte_bpe, wordpiece


def count(tokenizer: Any, *texts: str) -> tuple[dict[str, list[int]], dict[str, str]]:
    system = load(tokenizer)
    strings = Strings.of(texts)
    n = np.arange(len(texts))
    batch = Batch(strings, n * 0, n, n * 0 + 1, lines=True)
    encoded = system.tokenizer.encode(list(texts))
    spans = token_spans(system.tokenizer, strings, encoded, np.zeros(len(texts), bool))
    tokens = Tokens(batch, encoded, spans, system.tokenizer)
    counters, missing = count_each(token_columns().words, tokens, len(batch))
    return {name: values.tolist() for name, values in counters.items()}, missing


def test_byte_bpe() -> None:
    # kot | ␣ | д | ␣ | д | D0 | BA : the last two bytes are к, in two tokens
    counters, missing = count(byte_bpe("ko", "kot", "д"), "kot д дк", "")
    assert missing == {}
    assert counters == {
        "tokens": [7, 0],
        "unknown_tokens": [0, 0],
        "byte_tokens": [2, 0],
        "continued_words": [1, 0],
        "retained_words": [2, 0],
        "unknown_words": [0, 0],
        "split_characters": [1, 0],
        "tokens_over_words": [0, 0],
        "lost_characters": [0, 0],
        "changed_characters": [0, 0],
    }


@pytest.mark.parametrize("kind", ["bytes", "chars"])
@pytest.mark.parametrize("text", ["мәктәп" * 100_000 + "1", "аб " * 200_000 + "в"])
def test_a_long_line_takes_a_few_times_its_own_memory(kind: str, text: str) -> None:
    """A hundred bytes for each byte of the line before places were narrow and tokens looked at in runs."""
    tracemalloc.start()
    try:
        measure_tokenizers([kind], {"tat": [text]}, hygiene=False)
        assert tracemalloc.get_traced_memory()[1] < 70 * len(text.encode())
    finally:
        tracemalloc.stop()


def test_a_token_of_space_alone_is_no_part_of_a_word_and_one_with_a_space_is() -> None:
    # " k" | "o" : two tokens overlap the word; " " | "ab" : one does
    counters, _ = count(byte_bpe(" k", "ab"), "a ko", "a ab")
    assert counters["continued_words"] == [1, 0]
    assert counters["retained_words"] == [1, 2]


def test_a_token_longer_than_the_word_retains_it() -> None:
    # UAX #29 gives the words "x" and "y" of "x-y"; here one token covers all of it
    counters, _ = count(lambda texts: [[1] for _ in texts], "x-y")
    assert counters == {"tokens": [1]}
    pattern_free = byte_bpe("--", "x-")
    counters, _ = count(pattern_free, "x-y")
    assert counters["retained_words"] == [2]


def test_wordpiece_with_unknown_words() -> None:
    # кот | кот ##ик | [UNK] | [UNK]: the dot is no word
    counters, missing = count(wordpiece("кот", "##ик"), "кот котик пёс .")
    assert counters["tokens"] == [5]
    assert counters["unknown_tokens"] == [2]
    assert counters["retained_words"] == [1]
    assert counters["continued_words"] == [1]
    assert counters["unknown_words"] == [1]
    assert counters["split_characters"] == [0]
    assert "continued_words" not in missing


def test_a_word_that_the_normaliser_drops_is_unknown() -> None:
    # BERT's clean_text drops U+FFFD; here it is written beside a word and vanishes from it
    counters, _ = count(wordpiece("кот"), "кот\ufffd")
    assert counters["retained_words"] == [1]


def test_a_callable_gives_tokens_and_reasons() -> None:
    counters, missing = count(lambda texts: [[1, 2] for _ in texts], "кот ак")
    assert counters == {"tokens": [2]}
    assert set(missing) == {
        "unknown_tokens",
        "byte_tokens",
        "continued_words",
        "retained_words",
        "unknown_words",
        "split_characters",
        "tokens_over_words",
        "lost_characters",
        "changed_characters",
    }


@pytest.mark.parametrize(("spec", "expected"), [("bytes", 4), ("chars", 0)])
def test_the_characters_that_bytes_split(spec: str, expected: int) -> None:
    counters, _ = count(spec, "кот ё a")
    assert counters["split_characters"] == [expected]
    assert counters["byte_tokens"] == [2 * expected]
    assert counters["tokens"] == [11 if spec == "bytes" else 7]


def superwords() -> tokenizers.Tokenizer:
    """Byte-level BPE that is not cut at spaces, with ``a b``, `` a b``, ``,`` + space, and `` c``."""
    letters = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    merges = [("a", "Ġ"), ("aĠ", "b"), ("Ġ", "aĠb"), ("Ġ", "c"), (",", "Ġ")]
    vocabulary = {piece: at for at, piece in enumerate([*letters, *(a + b for a, b in merges)])}
    made = tokenizers.Tokenizer(tokenizers.models.BPE(vocabulary, merges))
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    return made


def test_tokens_over_words() -> None:
    # "a b" " a b" " c": three tokens for five words; "xa b" is x | "a b": it goes on with the word xa
    texts = ["a b a b c", "xa b", "a, b", "  ", "ж c"]
    counters, missing = count(superwords(), *texts)
    assert missing == {}
    assert counters["tokens"] == [3, 2, 3, 2, 3]  # a | ", " | b; two spaces; ж in two bytes
    assert counters["tokens_over_words"] == [2, 1, 0, 0, 0]
    assert counters["retained_words"] == [5, 1, 2, 0, 1]
    assert counters["continued_words"] == [0, 1, 0, 0, 1]  # xa, which x and "a b" share
    assert counters["split_characters"] == [0, 0, 0, 0, 1]


def test_an_unk_over_words_is_none_of_them() -> None:
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel({"[UNK]": 0, "a b": 1}, unk_token="[UNK]"))
    counters, _ = count(made, "a b", "a c")
    assert counters["tokens"] == [1, 1]
    assert counters["tokens_over_words"] == [1, 0]


LATIN = st.text("ab c,\u00a0ж\n", max_size=12)


@given(st.lists(LATIN, max_size=6))
def test_tokens_over_words_are_those_of_the_definition(texts: list[str]) -> None:
    tokenizer = superwords()
    counters, _ = count(tokenizer, *texts)
    expected = [
        sum(len(text.encode()[begin:end].decode(errors="replace").split()) > 1 for begin, end in spans(text))
        for text in texts
    ]
    assert counters.get("tokens_over_words", []) == expected


def spans(text: str) -> list[tuple[int, int]]:
    """Where the tokens of ``superwords`` lie: their bytes are the text's."""
    letters = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    tokens = superwords().encode(text).tokens
    assert all(letter in letters for token in tokens for letter in token)
    ends = np.cumsum([len(token) for token in tokens]).tolist()
    return list(zip([0, *ends], ends))


def test_every_word_is_one_of_three() -> None:
    texts = ["кот котик пёс 12 a1", "бер ике", "ак. барс, ӧӧ"]
    for tokenizer in (byte_bpe("ко", "от"), wordpiece("кот", "ак", "##ик", "1", "##2"), "bytes", "chars"):
        counters, _ = count(tokenizer, *texts)
        parts = np.array([counters[k] for k in ("continued_words", "retained_words", "unknown_words")])
        assert parts.sum(axis=0).tolist() == [5, 2, 3]


def test_the_text_of_a_batch() -> None:
    strings = Strings.of(["ак барс", "e\u0301"])
    batch = Batch(strings, np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([2, 1, 3]), lines=False)
    assert {key: values.tolist() for key, values in count_text(batch).items()} == {
        "words": [2, 1],
        "uax29_words": [2, 1],
        "chars": [7, 2],
        "nonspace_chars": [6, 2],
        "graphemes": [7, 1],
        "bytes": [13, 3],
    }
    assert batch.totals.tolist() == [3, 3]
    assert batch.by_row(count_text(batch)["chars"], 3).tolist() == [14, 13, 0]


def squares(lines: LineTokens) -> np.ndarray:
    """What no sum of words gives: the tokens of each line, squared."""
    return lines.tokens(np.arange(len(lines))).counts ** 2


def nothing(strings: object) -> np.ndarray:
    raise CannotMeasure("never")


TOYS = [
    TextCounter(
        "capitals", "words", lambda batch: np.array([sum(map(str.isupper, s)) for s in batch.strings])
    ),
    TextCounter("bytes_squared", "lines", lambda lines: lines.text.lengths**2),
    TokenCounter("ids_above_100", "words", lambda tokens: tokens.per_string(tokens.encoded.ids > 100)),
    TokenCounter("tokens_squared", "lines", squares),
    TokenCounter("never", "words", nothing, perturbed=True),
]


@given(st.lists(HOSTILE, min_size=1, max_size=8), st.booleans(), st.integers(1, 60))
def test_a_counter_is_added_by_declaring_it(lines: list[str], words_once: bool, chunk: int) -> None:
    lines = [line.replace("\n", "") for line in lines] + ["Кот ак"]
    systems = [load("bytes"), load(lambda texts: [[7] * len(text) for text in texts])]
    with declared(counters={"toys": TOYS}):
        tally = tally_of(lines, systems, words_once, chunk)
    by_bytes, by_letter = (tally.tokens[system.name] for system in systems)
    filled = [line for line in lines if line]
    sizes = [len(line.encode()) for line in filled]
    assert tally.text["capitals"].sum() == sum(sum(map(str.isupper, line)) for line in filled)
    assert tally.text["bytes_squared"].sum() == by_bytes["tokens_squared"].sum() == sum(n**2 for n in sizes)
    assert by_letter["tokens_squared"].sum() == sum(len(line) ** 2 for line in filled)
    assert by_bytes["ids_above_100"].sum() == sum(byte > 100 for line in filled for byte in line.encode())
    assert tally.missing["bytes"] == {"never": "never"}


def test_no_counter_is_known_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same figures whatever the order in which counters are declared, and whatever stands between."""
    systems = [load(byte_bpe("ко", "от")), load(wordpiece("кот", "ак", "##ик"))]
    lines = ["кот котик пёс", "", "ак  кот", "12 ак"]
    wanted = tally_of(lines, systems, words_once=True)
    turned = _builtin()[::-1]
    for at, toy in enumerate(TOYS):
        turned.insert(3 * at + 2, toy)
    monkeypatch.setattr("langcov.counting.counters._builtin", lambda: turned)
    with declared():
        assert list(token_columns())[:2] == ["round_trip", "changed_characters"]
        found = tally_of(lines, systems, words_once=True)
    for name, values in wanted.text.items():
        assert found.text[name].tolist() == values.tolist(), name
    for system in systems:
        for name, values in wanted.tokens[system.name].items():
            assert found.tokens[system.name][name].tolist() == values.tolist(), name


def test_a_counter_of_lines_is_not_had_from_words(tmp_path: Path) -> None:
    [corpus] = resolve([{"rus_Cyrl": ["Кот ак"]}])
    table = tmp_path / "made.words.tsv"
    condense(replace(corpus, licence="CC0-1.0"), table, ReadOptions())
    with declared(counters={"toys": TOYS}):
        [row] = measure_tokenizers(["bytes"], [str(table)]).totals
    assert (row["capitals"], row["ids_above_100"]) == (1, 10)
    assert row["bytes_squared"] is row["tokens_squared"] is row["round_trip"] is row["never"] is None


@pytest.mark.parametrize("wrong", [lambda batch: [0.5], lambda batch: [1, 2], lambda batch: 3])
def test_a_counter_gives_whole_numbers_one_a_string(wrong: Callable[[Batch], Any]) -> None:
    toy = TextCounter("toy", "words", wrong)
    with declared(counters={"toy": toy}), pytest.raises(TypeError, match=r"counter toy: .*not whole numbers"):
        tally_of(["кот"], [load("bytes")], words_once=False)


def test_the_name_of_a_counter_is_taken_once() -> None:
    toy = TextCounter("tokens", "words", lambda batch: batch.strings.lengths)
    with declared(counters={"toy": toy}), pytest.raises(UserError, match="counter 'tokens' is claimed twice"):
        text_columns()
