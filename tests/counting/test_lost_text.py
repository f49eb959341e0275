"""What is lost and what is changed: against the libraries' own decoding and cases worked out by hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.api import measure_tokenizers
from langcov.corpora import condense, resolve
from langcov.corpora.base import ReadOptions
from langcov.counting.batch import LineTokens
from langcov.counting.chunk import Chunk, Finder
from langcov.counting.lost_text import LETTER_BITS, round_trip
from langcov.results.result import Record, Result
from langcov.text.strings import Strings
from langcov.tokenizers import System, load
from langcov.tokenizers.protocol import Encoded
from tests.counting.test_tokens import HOSTILE, tally_of
from tests.toys import dropping_bpe, dropping_bytes, sentencepiece_model, uncased_wordpiece, wordpiece
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers


def lost(tokenizer: Any, lines: list[str], words_once: bool = True) -> tuple[int, int, dict[str, int]]:
    """Code points lost and changed, and which became which."""
    system = load(tokenizer)
    tally = tally_of(lines, [system], words_once)
    found, changed = tally.tokens[system.name], tally.changed[system.name]
    pairs = [divmod(key, 1 << LETTER_BITS) for key in changed.keys.tolist()]
    named = {chr(letter) + chr(became): n for (became, letter), n in zip(pairs, changed.counts.tolist())}
    return int(found["lost_characters"].sum()), int(found["changed_characters"].sum()), named


def visible(text: str) -> str:
    return "".join(letter for letter in text if letter not in " \t\u00a0\u202f\u2028\u3000")


@pytest.mark.parametrize("words_once", [True, False])
@pytest.mark.parametrize("make", [dropping_bpe, dropping_bytes])
def test_letters_that_are_left_out_without_an_unk(make: Callable[[], Tokenizer], words_once: bool) -> None:
    lines = ["кот ән ак", "бҷ сау", "ак"]  # ә, ҷ: D3 99, D2 B7; LINES has ӧ and ӱ, D3 A7 and D3 B1
    assert lost(make(), lines, words_once) == (2, 0, {})
    assert lost(make(), ["кот ак", "ак барс"], words_once) == (0, 0, {})


def test_a_letter_of_which_half_is_left_out_is_lost() -> None:
    """D2 of ҷ is no token, B7 alone is decoded to U+FFFD; D3 A7 makes ӧ of ҷӧ come back."""
    made = dropping_bytes()
    assert made.decode(made.encode("\u04b1").ids) == "\ufffd"  # ұ: D2 B1, and ӱ is D3 B1
    assert lost(made, ["\u04b1\u04e7"]) == (1, 0, {})


@pytest.mark.parametrize("words_once", [True, False])
def test_what_stands_under_an_unk_is_lost_however_unk_is_written(words_once: bool) -> None:
    assert lost(wordpiece("кот", "##ик"), ["кот пёс [UNK]", "котик кот, zz"], words_once) == (11, 0, {})
    model = sentencepiece_model(byte_fallback=False)
    assert lost(of_model(model), ["кот ☃☃☃ ак☃", "ак"], words_once) == (4, 0, {})


def of_model(model: bytes) -> Any:
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_proto=model)


def test_a_letter_beside_an_unk_is_not_taken_for_what_stands_under_it() -> None:
    assert lost(uncased_wordpiece(), ["ә  й"]) == (1, 1, {"йи": 1})


@pytest.mark.parametrize("words_once", [True, False])
def test_letters_that_become_others_are_counted_by_letter(words_once: bool) -> None:
    found = lost(uncased_wordpiece(), ["её ий Её", "еЁ"], words_once)
    assert found == (0, 5, {"йи": 1, "ёе": 2, "Ёе": 1, "Ее": 1})


def test_a_normaliser_of_the_palochka_changes_it() -> None:
    made = Tokenizer(models.WordLevel({"[UNK]": 0, "гӏа": 1}, unk_token="[UNK]"))
    made.normalizer = normalizers.Replace("\u04c0", "\u04cf")
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    assert lost(made, ["г\u04c0а гӏа"]) == (0, 1, {"\u04c0\u04cf": 1})


def test_a_folding_sentencepiece_model() -> None:
    model = of_model(sentencepiece_model(rule="nmt_nfkc_cf"))
    lines = ["КОТ Ак", "ак ﬁ №"]
    text, back = (visible("".join(lines)), visible("".join(map(model.decode, model.encode(lines)))))
    assert back == "котакакfino"
    assert len(text) == 9
    assert lost(model, lines) == (0, 6, {"Кк": 1, "Оо": 1, "Тт": 1, "Аа": 1, "ﬁf": 1, "№n": 1})


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("norm", [normalizers.NFC(), normalizers.NFD()])
def test_another_normal_form_is_no_loss(form: str, norm: Any) -> None:
    made = Tokenizer(models.BPE({"и": 0, "\u0306": 1, "й": 2, "к": 3}, []))
    made.normalizer, made.pre_tokenizer = norm, pre_tokenizers.WhitespaceSplit()
    assert lost(made, [unicodedata.normalize(form, "йк")]) == (0, 0, {})  # type: ignore[arg-type]
    assert lost(made, [unicodedata.normalize(form, "йә")])[0] == 1  # type: ignore[arg-type]


def test_spaces_that_come_and_go_are_neither() -> None:
    assert lost(wordpiece("кот", ",", "ак"), ["кот,ак  кот", " кот\u00a0ак "]) == (0, 0, {})


def test_only_words_that_their_tokens_do_not_spell_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    system = load(dropping_bpe())
    asked: list[int] = []
    decode = system.tokenizer.decode
    monkeypatch.setattr(system.tokenizer, "decode", lambda ids: asked.append(len(ids)) or decode(ids))
    tally_of(["кот ак барс кот"] * 3 + ["ән ак ән"], [system], True)
    assert max(asked) == 2  # "ән" and " ән"


@settings(max_examples=40)
@given(st.lists(HOSTILE, min_size=1, max_size=6))
def test_words_whole_lines_and_table_agree_and_say_what_the_library_decodes(lines: list[str]) -> None:
    lines = [line.replace("\n", "") for line in lines] + ["кот"]
    for name, made in MADE.items():
        once, whole = (tally_of(lines, [System(name, name, made)], flag) for flag in (True, False))
        for counter in ("lost_characters", "changed_characters"):
            assert once.tokens[name][counter].tolist() == whole.tokens[name][counter].tolist(), name
        assert once.changed[name].keys.tolist() == whole.changed[name].keys.tolist()
        assert once.changed[name].counts.tolist() == whole.changed[name].counts.tolist()
        if name == "dropping":
            ids = [part.tolist() for part in map(made.encode([*lines]).ids.__getitem__, slices(made, lines))]
            back = visible("".join(made.decode(ids) or []))
            text = visible("".join(lines))
            # "▁" comes back as a space: it is left out like the letters without a token.
            assert int(once.tokens[name]["lost_characters"].sum()) == len(text) - len(back)
            assert int(once.tokens[name]["changed_characters"].sum()) == 0


def slices(made: Any, lines: list[str]) -> list[slice]:
    return [slice(a, b) for a, b in pairwise(made.encode(lines).starts.tolist())]


MADE = {
    "dropping": load(dropping_bpe()).tokenizer,
    "bytes": load(dropping_bytes()).tokenizer,
    "uncased": load(uncased_wordpiece()).tokenizer,
    "folding": load(of_model(sentencepiece_model(rule="nmt_nfkc_cf", byte_fallback=False))).tokenizer,
}


@settings(max_examples=12)
@given(st.lists(HOSTILE, min_size=1, max_size=6))
def test_a_table_says_what_its_text_says(lines: list[str]) -> None:
    special = {text for made in MADE.values() for text in made.whole_line_texts} | {"\u2028", "\u3000"}
    words = " ".join(" ".join(lines).split())
    for text in special:
        words = words.replace(text, "")
    text = " ".join(words.split()) + " кот ӘН"
    [corpus] = resolve([{"tat_Cyrl": [text]}])
    with TemporaryDirectory() as folder:
        table = Path(folder) / "made.words.tsv"
        condense(replace(corpus, licence="CC0-1.0"), table, ReadOptions())
        kept = ("lost_characters", "changed_characters")
        results = [measure_tokenizers(dict(MADE), [one]) for one in ({"tat_Cyrl": [text]}, str(table))]
    by_text, by_table = (
        {(r.system, r.metric): r.value for r in result.records if r.metric in kept} for result in results
    )
    assert by_text == by_table
    assert by_table["dropping", "lost_characters"]
    by_text, by_table = (
        sorted(str({**row, "corpus": ""}) for row in result.details["changed_letters"]) for result in results
    )
    assert by_text == by_table


def record(result: Result, metric: str, language: str = "tat_Cyrl") -> Record:
    [found] = [r for r in result.records if (r.metric, r.language) == (metric, language)]
    return found


@pytest.mark.parametrize("make", [dropping_bpe, dropping_bytes])
def test_behind_what_was_left_out_no_token_is_placed(make: Callable[[], Tokenizer]) -> None:
    result = measure_tokenizers([make()], [{"tat": ["кот ән ак"], "rus": ["кот ак"]}])
    for metric in ("continued_words", "retained_words", "unknown_words", "split_characters"):
        assert record(result, metric).value is None
        assert "left out without an UNK" in (record(result, metric).reason or "")
        assert record(result, metric, "rus_Cyrl").value is not None
    assert record(result, "unknown_tokens").reason == (
        "there is no UNK: text without a token is left out (see lost_characters)"
    )
    assert record(result, "lost_characters").value == pytest.approx(1 / 7)


def test_a_tokenizer_without_a_token_for_the_text_is_not_measured() -> None:
    made = Tokenizer(models.BPE({"к": 0, "о": 1, "т": 2}, []))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    result = measure_tokenizers([made], [{"kat": ["ფიქრი და"], "rus": ["кот"]}])
    for metric in ("fertility", "tokens_per_line", "lost_characters", "alphabet_single"):
        assert record(result, metric, "kat_Geor").value is None
        assert record(result, metric, "kat_Geor").reason == "it gives no token for this text"
    assert record(result, "fertility", "rus_Cyrl").value == 3


def test_a_decoder_that_is_not_there_is_a_reason() -> None:
    made = dropping_bytes()
    made.decoder = None
    result = measure_tokenizers([made], [{"tat": ["кот"]}])
    assert record(result, "lost_characters").reason == "the tokenizer can't decode"
    joined = Tokenizer(models.WordLevel({"кот": 0, "[UNK]": 1}, unk_token="[UNK]"))
    joined.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    assert lost(joined, ["кот кот ак"]) == (2, 0, {})
    joined.decoder = decoders.WordPiece()
    assert lost(joined, ["кот кот ак"]) == (2, 0, {})


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
