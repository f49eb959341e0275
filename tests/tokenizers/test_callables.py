"""Objects of packages that are not installed here stand as classes of the same interface."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import tokenizers
from langcov.api import measure_tokenizers
from langcov.errors import CannotEncode, UserError
from langcov.report import render
from langcov.tokenizers import load
from langcov.tokenizers.callables import wrap
from tests.tokenizers.tiny import lists
from tests.toys import sentencepiece_model

MORPHS = {"котик": ["кот", "ик"], "котики": ["кот", "ик", "и"], "ик": ["ик"]}


def segmented(texts: list[str]) -> list[list[str]]:
    """A morphological segmenter of whole lines."""
    return [[morph for word in text.split() for morph in MORPHS[word]] for text in texts]


def test_the_ids_of_token_strings_are_the_distinct_strings() -> None:
    adapter = wrap(segmented)[1]
    assert lists(adapter.encode(["котики ик", "котик"])) == [[0, 1, 2, 1], [0, 1]]
    assert lists(adapter.encode(["ик котик", ""])) == [[1, 0, 1], []]
    result = measure_tokenizers(segmented, {"rus": ["котики ик", "котик"]}, hygiene=False)
    found = {record.metric: record for record in result.records if record.language}
    assert found["fertility"].value == 6 / 3
    assert found["vocabulary_use"].value is None
    assert found["renyi_efficiency_observed"].value is not None  # of кот 2, ик 3, и 1


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([["кот"], [5]], "strings and ids, which can't be told apart"),
        ([["кот", 5]], "strings and ids, which can't be told apart"),
        (["a b"], "it returned 'a b' where a list of tokens is wanted"),
        ([b"ab"], "it returned b'ab' where a list of tokens is wanted"),
        (["ҡала"], "it returned 'ҡала' where a list of tokens is wanted"),
        ([{"input_ids": [1], "attention_mask": [1]}], "it returned a dict where a list of tokens is wanted"),
        ([{1, 2}], "it returned a set where a list of tokens is wanted"),
    ],
)
def test_what_would_pass_for_tokens_is_refused(answers: list[Any], reason: str) -> None:
    adapter = wrap(lambda texts: [answers[int(text)] for text in texts])[1]
    with pytest.raises(CannotEncode) as caught:
        for at in range(len(answers)):
            adapter.encode([str(at)])
    assert reason in str(caught.value)


def test_a_callable_for_single_strings_is_told_what_it_was_given() -> None:
    with pytest.raises(CannotEncode, match=r"no attribute 'split' \(it was given a list of strings\)"):
        wrap(lambda text: text.split())[1].encode(["a b"])


class WithIds:
    def __init__(self, ids: list[int]) -> None:
        self.ids = ids


class Plain:
    def encode(self, text: str) -> Any:
        return np.array([ord(letter) for letter in text], np.uint16)


class Adding:
    """As mistral-common has it, and transformers: special tokens are added unless told otherwise."""

    def encode(self, text: str, bos: bool, eos: bool, add_special_tokens: bool = True) -> Any:
        return WithIds([1] * (bos + eos + add_special_tokens) + [ord(letter) for letter in text])


class Spelling:
    def encode(self, text: str) -> list[str]:
        return list(text)

    def __call__(self) -> None:
        raise AssertionError("an encode is what is meant")


@pytest.mark.parametrize(("thing", "ids"), [(Plain(), [97, 98]), (Adding(), [97, 98]), (Spelling(), [0, 1])])
def test_anything_with_an_encode_is_a_tokenizer(thing: Any, ids: list[int]) -> None:
    system = load(thing)
    assert (system.name, system.kind) == (type(thing).__name__, "callable")
    assert lists(system.tokenizer.encode(["ab", ""])) == [ids, []]


def test_a_class_is_no_object() -> None:
    with pytest.raises(UserError, match="Plain is a class: give an object of it"):
        load(Plain)


def of_package(package: str, **methods: Any) -> Any:
    """An object of a class of another package."""
    return type("Tokenizer", (), {"__module__": f"{package}.inside", **methods})()


def test_objects_of_mistral_common_are_their_file(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.model.v3"
    file.write_bytes(sentencepiece_model())
    inner = of_package("mistral_common", file_path=file)
    instruct = of_package("mistral_common", tokenizer=inner)
    whole = of_package("mistral_common", instruct_tokenizer=instruct)
    wanted = load(f"spm:{file}").tokenizer
    for thing in (inner, instruct, whole):
        adapter = load(thing).tokenizer
        assert (adapter.kind, adapter.sha256) == ("sentencepiece", wanted.sha256)
        assert lists(adapter.encode(["ак кот"])) == lists(wanted.encode(["ак кот"]))
    made = of_package("mistral_common", file_path=tmp_path / "gone", encode=lambda self, text, bos, eos: [7])
    assert lists(load(made).tokenizer.encode(["x"])) == [[7]]


def test_objects_of_pyonmttok_and_tokenmonster() -> None:
    def tokenize_batch(self: Any, texts: list[str], training: bool = True) -> tuple[list[list[str]], None]:
        assert not training  # or it may sample
        return [text.split() for text in texts], None

    def call(self: Any, text: str) -> list[str]:
        raise AssertionError("it takes one text")

    onmt = of_package("pyonmttok", tokenize_batch=tokenize_batch, __call__=call)
    assert lists(load(onmt).tokenizer.encode(["a b a", "b"])) == [[0, 1, 0], [1]]
    ids = [np.array([3], np.uint16)]
    monster = of_package("tokenmonster", tokenize=lambda self, texts: ids * len(texts))
    assert lists(load(monster).tokenizer.encode(["a", "b"])) == [[3], [3]]


def test_scores_of_an_object_are_its_own_to_the_last_place() -> None:
    """Of ``aaaa`` two ``aa`` and four ``a`` are as good; JSON changes the score of ``a`` by one bit."""
    score = -0.43561181362301915
    model = tokenizers.models.Unigram([("<unk>", 0.0), ("a", score), ("aa", 2 * score)], unk_id=0)
    thing = tokenizers.Tokenizer(model)
    thing.add_tokens(["bb"])
    thing.enable_truncation(2)
    thing.enable_padding(length=9)
    thing.no_truncation()
    wanted = thing.encode("aaaa").ids[:2]
    assert lists(load(thing).tokenizer.encode(["aaaa", "bb"])) == [wanted, [3]]
    assert thing.padding is not None
    model.alpha = 0.1  # which would be sampling
    assert len({tuple(lists(load(thing).tokenizer.encode(["aaaa"]))[0]) for _ in range(20)}) == 1


def bert(*, lower: bool) -> tokenizers.Tokenizer:
    letters = [chr(letter) for letter in range(0x410, 0x450)]
    pieces = ["[UNK]", "Кот", "кот", "спит", *letters, *(f"##{letter}" for letter in letters)]
    words = {word: at for at, word in enumerate(pieces)}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(words, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=lower)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


class Transformers:
    """Stands where transformers' tokenizers do: loaded from a folder, of which it may not take all."""

    def __init__(self, folder: Path, tokenizer: tokenizers.Tokenizer) -> None:
        self.name_or_path, self.init_kwargs = str(folder), {"backend": "tokenizers"}
        self.backend_tokenizer = tokenizer


def test_an_object_with_rules_of_its_own_is_measured_with_a_notice(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    bert(lower=False).save(str(file))
    lines = [*["кот спит"] * 150, *["Кот спит"] * 150]
    cases = {
        "same": Transformers(tmp_path, bert(lower=False)),
        "other": Transformers(tmp_path, bert(lower=True)),
        "no file": Transformers(tmp_path / "nowhere", bert(lower=True)),
        "no object": f"hf:{file}",
    }
    result = measure_tokenizers(cases, {"rus": lines}, hygiene=False)
    said = {row["name"]: row["notice"] for row in result.systems}
    assert said.pop("other").startswith(
        "this object gives other ids than the tokenizer.json that it was loaded from, in 50 of 200 texts"
    )
    assert set(said.values()) == {None}
    assert len({row["tokens"] for row in result.totals}) == 1
    assert json.loads(result.to_json())["systems"][1]["notice"]
    for format in ("table", "md"):
        assert "other: this object gives other ids than" in render(result, format, width=200).replace(
            "\\", ""
        )
    file.write_text("{}")
    result = measure_tokenizers({"other": cases["other"]}, {"rus": lines}, hygiene=False)
    assert result.systems[0]["notice"] is None


def test_the_file_of_a_repository_is_the_one_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cached.json"
    bert(lower=False).save(str(file))
    cached = {("org/model", "tokenizer.json", "abc"): str(file)}

    def look(repository: str, name: str, revision: str | None) -> str | None:
        return cached.get((repository, name, revision))

    hub = SimpleNamespace(__file__="hub", try_to_load_from_cache=look)
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    thing = Transformers(Path("org/model"), bert(lower=True))
    assert load(thing).tokenizer.beside == ""  # type: ignore[attr-defined]
    thing.init_kwargs["_commit_hash"] = "abc"
    assert load(thing).tokenizer.beside == str(file)  # type: ignore[attr-defined]


def test_the_notice_is_of_words_where_a_corpus_is_a_table(tmp_path: Path) -> None:
    bert(lower=False).save(str(tmp_path / "tokenizer.json"))
    thing = Transformers(tmp_path, bert(lower=True))
    result = measure_tokenizers(
        {"other": thing}, "udhr", languages="rus,tat", references="rus", hygiene=False
    )
    assert "of 400 texts" in result.systems[0]["notice"]
