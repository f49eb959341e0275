"""Small tokenizers trained on words of the UDHR."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

from langcov.core.work import Progress
from langcov.corpora import Corpus, ReadOptions, resolve
from langcov.errors import UserError
from langcov.languages import alphabet, find
from langcov.train import parity
from langcov.train.aligned import Aligned, against, worst
from langcov.train.train import loaded, train
from langcov.train.trained import Settings
from langcov.train.words import count_words
from tests.extend.conftest import lines_of

SIZE = 900
OPTIONS = ReadOptions()


@pytest.fixture(scope="module")
def texts() -> tuple[list[Corpus], list[Corpus]]:
    """Much Russian, less Tatar, little Kazakh to train on; 80 lines of each that stand for one another."""
    there = {"rus": 900, "tat": 300, "kaz": 150}
    lines = {one: lines_of(f"{one}_Cyrl", n + 80) for one, n in there.items()}
    corpus = resolve([{one: text[80:] for one, text in lines.items()}])
    return corpus, resolve([{one: text[:80] for one, text in lines.items()}], aligned=True)


def test_the_worst_premium_is_lower(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    found = train(*texts, Settings(size=SIZE, rounds=4))
    searched, equal, by_text = found.variants
    assert (searched.balance, equal.balance, by_text.balance) == ("premium", "uniform", "proportional")
    assert searched.worst.value <= equal.worst.value
    assert searched.worst.value < by_text.worst.value
    assert found.gains["proportional"][0] == pytest.approx(searched.worst.value / by_text.worst.value - 1)
    assert sum(searched.weights.values()) == pytest.approx(1)
    assert found.reference == "rus_Cyrl"
    assert searched.premiums["rus_Cyrl"] == 1
    assert found.missing == ()
    processor = sentencepiece.SentencePieceProcessor(model_proto=found.data)
    assert processor.get_piece_size() == SIZE
    letters = {letter for one in ("rus", "tat", "kaz") for letter in "".join(alphabet(find(one)))}
    assert {letter for letter in letters if processor.piece_to_id(letter) == processor.unk_id()} == set()


def test_the_premiums_are_the_librarys(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    found = train(*texts, Settings(size=SIZE, balance="uniform"))
    processor = sentencepiece.SentencePieceProcessor(model_proto=found.data)
    (dev,) = texts[1]
    lines = {source.language: source.lines for source in dev.sources}
    tokens = found.variants[0].tokens
    assert found.lines[0] + found.lines[1] == 80
    total = {one: sum(map(len, processor.encode(list(text)))) for one, text in lines.items()}
    assert all(tokens[one] < total[one] for one in lines)
    assert found.variants[0].premiums["tat_Cyrl"] == tokens["tat_Cyrl"] / tokens["rus_Cyrl"]


@pytest.mark.parametrize("model", ["bpe", "unigram"])
def test_the_same_text_gives_the_same_bytes(model: str, texts: tuple[list[Corpus], list[Corpus]]) -> None:
    settings = [Settings(size=600, balance="uniform", model=model) for _ in range(2)]  # type: ignore[arg-type]
    one, other = (train(*texts, each).data for each in settings)
    assert one == other


def test_words_with_numbers_are_the_text(texts: tuple[list[Corpus], list[Corpus]], tmp_path: Path) -> None:
    """The library makes the same pieces of the lines themselves."""
    lines = lines_of("tat_Cyrl", 200)
    dev = resolve([{"tat": lines_of("tat_Cyrl", 260)[200:]}], aligned=True)
    letters = "".join(alphabet(find("tat")))
    found = train(resolve([{"tat": lines}]), dev, Settings(size=500, balance="uniform"))
    path = tmp_path / "t.txt"
    path.write_text("\n".join(lines), "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(path),
        model_prefix=str(tmp_path / "m"),
        vocab_size=500,
        model_type="bpe",
        byte_fallback=True,
        character_coverage=0.9999,
        required_chars=letters,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        minloglevel=2,
    )
    mine = sentencepiece.SentencePieceProcessor(model_proto=found.data)
    theirs = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "m.model"))
    pieces = [{one.id_to_piece(at) for at in range(500)} for one in (mine, theirs)]
    assert len(pieces[0] ^ pieces[1]) < 10  # ties fall otherwise


def test_words_as_a_loop_counts_them(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    lines = ["ак  барс", " ак\u00a0барс ", "", "сау бул ак"]
    found = count_words(resolve([{"tat": lines}]), OPTIONS, ["tat_Cyrl"], {}, Progress())["tat_Cyrl"]
    told = dict(zip(found.words, found.uses.tolist()))
    assert told == Counter(word for line in lines for word in line.split())
    assert found.chars == sum(len(word) for line in lines for word in line.split())


def test_word_tables_are_text_too() -> None:
    corpora = resolve(["bundled:udhr"])
    found = count_words(corpora, OPTIONS, ["tat_Cyrl"], {}, Progress())["tat_Cyrl"]
    assert found.uses.sum() > 1000
    assert not any(word.startswith(" ") for word in found.words)


def test_parity(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    found = train(*texts, Settings(size=SIZE, balance="parity"))
    assert found.file == "tokenizer.json"
    assert loaded(found.data, "hf").vocabulary.size == SIZE  # type: ignore[union-attr]
    assert set(found.ratios) == {"rus_Cyrl", "tat_Cyrl", "kaz_Cyrl"}
    assert found.ratios["rus_Cyrl"] == 1


def test_byte_premiums_by_hand() -> None:
    assert parity.byte_premiums({"a": ["ab", "c"], "b": ["яя", "яz"]}, "a") == {"a": 1.0, "b": 7 / 3}


def test_worst_by_hand() -> None:
    aligned = Aligned({"a": ["x"] * 30, "b": ["x"] * 30, "c": ["x"] * 30}, "a")
    one = np.tile(np.array([[2, 3, 1]]), (30, 1))
    other = np.tile(np.array([[2, 4, 5]]), (30, 1))
    found = worst(aligned, one)
    assert (found.language, found.value, found.low, found.high) == ("b", 1.5, 1.5, 1.5)
    assert against(aligned, one, other) == pytest.approx([1.5 / 2.5 - 1] * 3)


def test_text_that_is_measured_is_not_trained_on(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    _, dev = texts
    with pytest.raises(UserError, match="80 of its lines are in the text that is measured on too"):
        train(resolve([{"rus": lines_of("rus_Cyrl", 200)}]), dev, Settings(languages=["rus"]))


def test_what_is_missing_is_named(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    corpora, dev = texts
    with pytest.raises(UserError, match="no text in bak_Cyrl"):
        train(corpora, dev, Settings(languages=["bak"]))
    with pytest.raises(UserError, match="no aligned text in any of the languages"):
        train(corpora, resolve([{"bak": ["a"]}]), Settings())
    with pytest.raises(UserError, match="--reference eng: no aligned text in it"):
        train(corpora, dev, Settings(reference="eng"))
    few = resolve([{one: ["a", "b", "c"] for one in ("rus", "tat", "kaz")}], aligned=True)
    with pytest.raises(UserError, match=r"in all of .* fewer than 20"):
        train(corpora, few, Settings())


def test_text_that_is_not_aligned(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    dev = resolve([{one: lines_of(f"{one}_Cyrl", 260)[200:] for one in ("rus", "tat")}])
    with pytest.raises(UserError, match=r"--dev is not aligned: .* say --aligned"):
        train(texts[0], dev, Settings())


def test_a_vocabulary_without_room_for_words(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    with pytest.raises(UserError, match="--vocab 256: each of the 256 bytes needs a piece"):
        train(*texts, Settings(size=256, balance="parity"))


def test_a_vocabulary_that_is_too_large(texts: tuple[list[Corpus], list[Corpus]]) -> None:
    with pytest.raises(UserError, match="SentencePiece can't train 30000 pieces of this text"):
        train(*texts, Settings(size=30000, balance="uniform"))


def test_lines_in_order_do_not_matter() -> None:
    """Only how often words stand there does."""
    lines = lines_of("tat_Cyrl", 200)
    dev = resolve([{"tat": lines_of("tat_Cyrl", 260)[200:]}], aligned=True)
    mixed = random.Random(2).sample(lines, len(lines))
    one, other = (
        train(resolve([{"tat": text}]), dev, Settings(size=500, balance="uniform")).data
        for text in (lines, mixed)
    )
    assert one == other
