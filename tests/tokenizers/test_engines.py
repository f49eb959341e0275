"""Engines: who gets one, what is given to it, and that its ids and figures are those of the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from langcov.corpora import bundled_corpora, resolve
from langcov.errors import CannotEncode, UserError
from langcov.measure import engines as choice
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure
from langcov.results.result import Result
from langcov.text.strings import Strings
from langcov.tokenizers import Encoded, engines, load
from langcov.tokenizers.callables import CallableTokenizer
from langcov.tokenizers.content import Content, HasContent
from langcov.tokenizers.engines import ENGINES, with_engine
from langcov.tokenizers.engines.certificates import certificates, installed, shortened
from langcov.tokenizers.engines.fast import FEW, LONG, Fast, _sample
from tests.tokenizers.tiny import LINES, lists
from tokenizers import Tokenizer, models

pytest.importorskip("gigatoken")
from langcov.tokenizers.engines.gigatoken import Gigatoken
from tests.tokenizers.engine_made import byte_level, certified, content_of, fast, quick_byte_level


def test_no_certificate_no_engine() -> None:
    system = byte_level()
    assert fast(system).tokenizer is not system.tokenizer
    for changed in (
        {"engine": "gigatoken 0.9.9"},
        {"engine": "tokie 0.1.4"},
        {"reference": "tokenizers 0.0.1"},
        {"recipe": {**shortened(content_of(system).recipe), "normalizer": {"type": "NFD"}}},
    ):
        assert with_engine(system, certified(system, **changed)) is system
    assert with_engine(system, []) is system


def test_no_engine_for_what_has_no_content() -> None:
    for spec in ("bytes", "chars"):
        assert with_engine(load(spec)).engine == "reference"
    # The scores of an object have no file from which an engine could read them.
    unigram = load(Tokenizer(models.Unigram([("<unk>", 0.0), ("a", -1.0)], 0)))
    assert isinstance(unigram.tokenizer, HasContent) and unigram.tokenizer.content() is None


class Listens(Gigatoken):
    """It keeps what it is given."""

    heard: list[str]

    def __init__(self, content: Content, scheme: str = "") -> None:
        super().__init__(content)
        self.heard = []

    def encode(self, strings: Strings) -> Encoded:
        self.heard += strings
        return super().encode(strings)


def test_special_texts_and_long_strings_go_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "gigatoken", Listens)
    system = byte_level()
    tokenizer = fast(system).tokenizer
    special = content_of(system).special
    assert special
    given = [f"кот{text} a" for text in special] + ["а\u1ac7", "а" * (LONG + 1)]
    texts = [text for one in given for text in ("кот", one)] + ["", "a cat"]
    assert lists(tokenizer.encode(texts)) == lists(system.tokenizer.encode(texts))
    assert isinstance(tokenizer, Fast) and isinstance(tokenizer._engine, Listens)
    assert set(tokenizer._engine.heard) == {"кот", "", "a cat"}


def test_a_failure_of_the_library_names_its_string() -> None:
    def encode(texts: list[str]) -> list[list[int]]:
        if any("bad" in text for text in texts):
            raise ValueError("no")
        return [list(text.encode()) for text in texts]

    class Bytes:
        def encode(self, strings: Strings) -> Encoded:
            return Encoded.of([list(text.encode()) for text in strings])

    tokenizer = Fast(CallableTokenizer(encode), Bytes(), Bytes, "bytes 1", ["bad", "odd"])
    texts = ["a", "odd", "b", "bad", "c"]
    with pytest.raises(CannotEncode, match="no") as caught:
        tokenizer.encode(texts)
    assert caught.value.index == 3
    assert lists(tokenizer.encode(["a", "odd"])) == [list(b"a"), list(b"odd")]


def test_sample_is_of_the_strings_alone() -> None:
    words = [f"word{n}" for n in range(20_000)]
    chosen = {words[n] for n in _sample(Strings.of(words))}
    assert 5 < len(chosen) < 50
    assert chosen <= {words[n] for n in range(20_000)}
    back = words[::-1]
    assert {back[n] for n in _sample(Strings.of(back))} == chosen
    half = words[:10_000]
    assert chosen & set(half) <= {half[n] for n in _sample(Strings.of(half))}
    few = Strings.of(f"x{n}" for n in range(FEW + 1))
    assert _sample(few[:2]).tolist() == [0, 1] and len(_sample(few)) >= FEW


@settings(max_examples=80, deadline=None)
@given(LINES)
def test_ids_are_the_librarys_on_hostile_lines(texts: list[str]) -> None:
    texts = [*texts, *(text.replace(" ", "  ") for text in texts), " ".join(texts)]
    mine, theirs = quick_byte_level().tokenizer.encode(texts), byte_level().tokenizer.encode(texts)
    assert np.array_equal(mine.ids, theirs.ids) and np.array_equal(mine.starts, theirs.starts)


def test_it_is_loaded_anew_before_its_memory_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langcov.tokenizers.engines.fast.RENEW", 10)
    tokenizer = fast(byte_level()).tokenizer
    assert isinstance(tokenizer, Fast)
    first = tokenizer._engine
    before = lists(tokenizer.encode(["кот и вода и кот"]))
    assert lists(tokenizer.encode(["кот и вода и кот"])) == before
    assert tokenizer._engine is not first


def test_only_large_corpora_get_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    corpora = resolve([{"tat": ["кот"], "rus": ["кот"]}])
    monkeypatch.setattr(engines, "certificates", lambda: certified(byte_level()))
    systems = [byte_level()]
    assert choice.choose(systems, corpora)[0].engine == "reference"
    monkeypatch.setattr(choice, "PAYS", 3)
    assert choice.choose(systems, corpora)[0].engine == installed("gigatoken")
    assert choice.choose(systems, corpora, "reference")[0].engine == "reference"
    with pytest.raises(UserError, match="no engine is called 'fastest'"):
        choice.choose(systems, corpora, "fastest")


def test_a_word_table_is_large_sooner_than_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And those that are bundled are not, so that the libraries themselves measure them."""
    monkeypatch.setattr(engines, "certificates", lambda: certified(byte_level()))
    rows = "".join(f"rus_Cyrl\t{row}\tinside\tкот\t1\n" for row in range(160_000))
    written = f"#alignment\tnone\nlanguage\trow\tplace\tword\tcount\n{rows}"
    assert choice.PAYS / choice.DENSE < len(written.encode()) < choice.PAYS
    for name in ("rus.words.tsv", "rus.txt"):
        (tmp_path / name).write_text(written, "utf-8")
    table, text = resolve([str(tmp_path / "rus.words.tsv")]), resolve([str(tmp_path / "rus.txt")])
    assert choice.choose([byte_level()], table)[0].engine == installed("gigatoken")
    assert choice.choose([byte_level()], text)[0].engine == "reference"
    assert choice.choose([byte_level()], resolve(list(bundled_corpora())))[0].engine == "reference"


ENGINE_VERSIONS = ("gigatoken 0.10.0", "nanotoken 0.1.0", "splintr-rs 0.22.0")
FORMATS = ("tokenizer.json", "tiktoken", "sentencepiece")


def test_certificates_of_langcov_are_whole() -> None:
    found = list(certificates())
    assert len({json.dumps(one.recipe) for one in found}) == len(found) > 5
    for one in found:
        assert one.engine in ENGINE_VERSIONS and one.recipe["format"] in FORMATS
        assert not set(one.reference_for) & set(map(chr, range(0x530)))  # Latin, Greek, Cyrillic


def figures(result: Result) -> tuple[Any, ...]:
    return result.totals, result.records, result.details


@pytest.mark.parametrize("name", ["gpt_neox_20b.json", "mistral_7b_v0.1.json"])
def test_figures_are_the_same_with_and_without(shared: Path, name: str) -> None:
    system = load(str(shared / "tokenizers" / name))
    quick = with_engine(system)
    if quick.engine == "reference":
        pytest.skip("certified with other versions of the libraries")
    corpora = resolve([str(shared / "corpora/ntrex")], languages=["tat", "rus", "kaz"], references=["rus"])
    for words_once in (True, False):
        options = Settings(references=["rus"], words_once=words_once)
        slow, fast = (measure(corpora, [one], options) for one in (system, quick))
        assert figures(fast) == figures(slow)
        assert fast.systems[0]["engine"] == quick.engine and slow.systems[0]["engine"] == "reference"
        assert f"engine:{quick.engine}" in fast.signature["short"] and "engine" not in slow.signature["short"]


def test_a_table_of_many_languages_is_one_small_file() -> None:
    systems = [load("bytes")]
    [udhr] = resolve(["udhr"])
    assert len(udhr.sources) > 50
    sizes = {source.path for source in udhr.sources}
    assert len(sizes) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "with_engine", lambda system: pytest.fail("an engine for a small table"))
        assert choice.choose(systems, [udhr]) == systems
