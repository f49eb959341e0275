"""The Python interface, as people type it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sentencepiece

import langcov
import tokenizers
from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from tests.toys import byte_bpe, sentencepiece_model, wordpiece

LINES = {"rus": ["кот спит", "дом"] * 15, "eng": ["a cat", "house"] * 15}


def letters(texts: list[str]) -> list[list[int]]:
    return [list(map(ord, text)) for text in texts]


def names(result: langcov.Result) -> list[str]:
    return [system["name"] for system in result.systems]


def test_one_is_a_list_of_one(tmp_path: Path) -> None:
    wanted = langcov.measure_tokenizers(["chars"], [LINES], ["eng"], languages=["rus"])
    given = langcov.measure_tokenizers("chars", LINES, "eng", languages="rus")
    assert given.records == wanted.records
    assert given.corpora[0]["languages"] == ["eng_Latn", "rus_Cyrl"]
    (tmp_path / "rus.txt").write_text("кот\n", "utf-8")
    assert names(langcov.measure_tokenizers(letters, tmp_path / "rus.txt")) == ["letters"]
    assert (
        langcov.measure_tokenizers(letters, {"rus": (line for line in LINES["rus"])}).totals[0]["lines"] == 30
    )
    assert langcov.measure_tokenizers("bytes", LINES, references=[]).records


def test_objects_of_the_libraries_with_names() -> None:
    processor = sentencepiece.SentencePieceProcessor(model_proto=sentencepiece_model())
    given = {
        "one": wordpiece("а"),
        "two": wordpiece("а", "к"),
        "spm": processor,
        "tik": byte_bpe(),
        "f": letters,
    }
    result = langcov.measure_tokenizers(given, LINES)
    assert names(result) == list(given)
    assert all(row["tokens"] for row in result.totals)
    with pytest.raises(
        UserError, match=r"two tokenizers are called 'Tokenizer': name them, .*\{name: tokenizer\}"
    ):
        langcov.measure_tokenizers([wordpiece("а"), wordpiece("к")], LINES)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"corpora": None}, "a corpus is a name, a path or {language: lines}, not NoneType"),
        ({"corpora": 5}, "not int"),
        ({"corpora": {"rus": "кот"}}, "must be a list of strings, not str"),
        ({"corpora": {"rus": None}}, "must be a list of strings, not NoneType"),
        ({"corpora": {"rus": [b"x"]}}, "must be strings, not bytes"),
        ({"corpora": {"rus": ["x", None]}}, "must be strings, not NoneType"),
        ({"corpora": {"rus": []}}, "holds no text"),
        ({"corpora": {"xyz": ["x"]}}, "unknown language 'xyz'"),
        ({"corpora": {}}, "without any language"),
        ({"corpora": {"rus": ["a\ud800"]}}, "line 1, character 2: lone surrogate"),
        ({"corpora": {"rus": ["a"], "ru": ["b"]}}, "is named 2 times for rus_Cyrl"),
        (
            {"corpora": {"rus": ["a"], "eng": ["b", "c"]}, "aligned": True},
            "rus_Cyrl has 1, <memory> eng_Latn has 2",
        ),
        ({"tokenizers": [5]}, "a int is no tokenizer"),
        ({"tokenizers": "byte"}, "did you mean 'bytes'?"),
        ({"tokenizers": sentencepiece.SentencePieceProcessor()}, "it has no pieces"),
        ({"references": "xyz"}, "unknown language 'xyz'"),
        ({"words": "x"}, "whitespace or uax29"),
        ({"context": -1}, "it must be from 1"),
        ({"price": float("nan")}, "it must be a number from 0"),
    ],
)
def test_what_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as caught:
        langcov.measure_tokenizers(**{"tokenizers": "bytes", "corpora": LINES, **wrong})
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "options", [{"encoding_errors": "ignore"}, {"normalize": "nfc"}, {"max_lines": 0}, {"chunk_bytes": 0}]
)
def test_impossible_options_of_reading(options: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        ReadOptions(**options)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda texts: None, "'NoneType' object is not iterable"),
        (lambda texts: [[1]], "it returned 1 lists for"),
        (lambda texts: {"input_ids": [[1]] * len(texts), "mask": 0}, "returned 'input_ids' where a list of"),
        (lambda texts: [[0.5] for _ in texts], "'float' object cannot be interpreted"),
        (lambda texts: [[-1] for _ in texts], "an id below 0"),
        (lambda texts: [[2**40] for _ in texts], "out of bounds for int32"),
        (lambda texts: 1 / 0, "division by zero"),
        (lambda: 1, "takes 0 positional arguments"),
    ],
)
def test_a_callable_that_fails_is_null_with_its_line(function: Any, reason: str) -> None:
    result = langcov.measure_tokenizers({"f": function, "ok": "bytes"}, {"rus": LINES["rus"]})
    found = {r.system: r for r in result.records if r.metric == "fertility"}
    assert found["f"].value is None
    assert reason in str(found["f"].reason)
    assert "<memory> rus_Cyrl, line 1: " in str(found["f"].reason)
    assert found["ok"].value
    assert json.loads(result.to_json())


@pytest.mark.parametrize("make", [np.array, tuple, list, lambda ids: np.array(ids, np.uint16)])
def test_a_callable_may_return_any_integers(make: Any) -> None:
    result = langcov.measure_tokenizers(lambda texts: [make(ids) for ids in letters(texts)], LINES)
    wanted = langcov.measure_tokenizers("chars", LINES)
    assert [row["tokens"] for row in result.totals] == [row["tokens"] for row in wanted.totals]


def test_the_line_that_a_callable_fails_on() -> None:
    def picky(texts: list[str]) -> list[list[int]]:
        if any("барс" in text for text in texts):
            raise ValueError("no leopards")
        return letters(texts)

    given = {"picky": picky, "ok": "bytes"}
    [record] = [
        r
        for r in langcov.measure_tokenizers(given, {"tat": ["кот", "", "барс", "барс"]}).records
        if (r.system, r.metric) == ("picky", "fertility")
    ]
    assert record.reason == "<memory> tat_Cyrl, line 3: the callable failed: no leopards"


def test_tokenizer_that_returns_nothing() -> None:
    given = {"none": lambda texts: [[] for _ in texts], "ok": "bytes"}
    result = langcov.measure_tokenizers(given, LINES, aligned=True)
    assert {row["tokens"] for row in result.totals if row["system"] == "none"} == {None}
    mine = [record for record in result.records if record.system == "none"]
    assert {r.value for r in mine if r.metric in ("fertility", "premium", "gini")} == {None}
    assert "it gives no token for this text" in {r.reason for r in mine}
    assert json.loads(result.to_json())


def fails(texts: list[str]) -> Any:
    raise ValueError("no leopards")


def test_a_measurement_without_a_figure_raises() -> None:
    def empty(texts: list[str]) -> list[list[int]]:
        return [[] for _ in texts]

    with pytest.raises(UserError) as caught:
        langcov.measure_tokenizers([fails, empty], LINES)
    assert str(caught.value) == (
        "nothing could be measured: fails: <memory> eng_Latn, line 1: the callable failed: no leopards; "
        "empty: it gives no token for this text"
    )
    fails.labels = ["rus"]  # type: ignore[attr-defined]
    with pytest.raises(UserError, match=r"nothing could be measured: fails: .*no leopards"):
        langcov.measure_lid(fails, LINES)


def test_names_may_stand_between_commas() -> None:
    corpus = {**LINES, "tat": ["мәче"] * 3, "bak": ["бесәй"] * 3}
    result = langcov.measure_tokenizers(
        "bytes", corpus, "rus, eng", languages="tat,bak", perturbations="case,nfd", aligned=False
    )
    assert result.corpora[0]["languages"] == ["bak_Cyrl", "eng_Latn", "rus_Cyrl", "tat_Cyrl"]
    assert {r.reference for r in result.records} == {None, "eng_Latn", "rus_Cyrl"}
    assert {"case_cost", "nfd_cost"} < {r.metric for r in result.records}
    report = langcov.check_corpus(["х1ун"], "che", models=[], only="palochka, nfc")
    assert [found.issue.check for found in report.findings] == ["palochka"]


def tiktoken_file(*more: bytes) -> bytes:
    return b"\n".join([*(b"%s %d" % (base64.b64encode(bytes([i])), i) for i in range(256)), *more])


def rwkv_file(*more: bytes) -> bytes:
    return b"\n".join([*(b"%d %r 1" % (i + 1, bytes([i])) for i in range(256)), *more])


def tekken_file(**changed: Any) -> bytes:
    entries = [{"rank": i, "token_bytes": base64.b64encode(bytes([i])).decode()} for i in range(256)]
    config = {"pattern": r"\s+|\S+", "default_vocab_size": 300, "default_num_special_tokens": 10}
    return json.dumps({"config": {**config, **changed}, "vocab": entries}).encode()


def big_id() -> bytes:
    made = json.loads(wordpiece("а").to_str())
    made["model"]["vocab"]["б"] = 4_000_000_000
    return json.dumps(made).encode()


def no_text_in_a_piece() -> bytes:
    model = sentencepiece_model()
    at = model.index("кот".encode())
    return model[:at] + b"\xff" + model[at + 1 :]


@pytest.mark.parametrize(
    ("kind", "content", "message"),
    [
        ("tiktoken", tiktoken_file(b"YQ== 5"), "257: not a line of base64, space, rank, or a token again"),
        ("tiktoken", tiktoken_file(b"YWI= 5"), "two tokens have the same id"),
        ("tiktoken", tiktoken_file(b"YWI= -1"), "an id is not in 0"),
        ("tiktoken", tiktoken_file(b"YWI= 4000000000"), "an id is not in 0"),
        ("tiktoken", tiktoken_file(b"YWI= " + b"9" * 5000), "not a line of base64"),
        ("tiktoken", b"YQ== 0", "255 of the 256 bytes have no token"),
        ("tekken", tekken_file(pattern="(?"), "damaged: "),
        ("tekken", tekken_file(default_vocab_size="many"), "not a tekken file"),
        ("rwkv", rwkv_file(b"300 5 5"), "257: not a line of id, literal, length"),
        ("rwkv", rwkv_file(b"300 " + b"(" * 5000 + b" 1"), "257: not a line of id, literal, length"),
        ("rwkv", rwkv_file(b"300 " + b"-" * 100_000 + b"1 1"), "257: not a line of id, literal, length"),
        ("rwkv", rwkv_file(b"999999999999 'ab' 2"), "an id is not in 0"),
        ("hf", big_id(), "an id is not in 0"),
        ("spm", no_text_in_a_piece(), "a piece is not UTF-8"),
    ],
)
def test_damaged_files(kind: str, content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(content)
    query = "?pattern=gpt2" if kind == "tiktoken" else ""
    with pytest.raises(UserError) as caught:
        langcov.measure_tokenizers(f"{kind}:{path}{query}", LINES)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_bare_model_of_the_library_is_no_tokenizer() -> None:
    with pytest.raises(UserError, match="can't be written as JSON"):
        langcov.measure_tokenizers(tokenizers.models.BPE(), LINES)


def test_no_model_and_no_library_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langcov.core.kinds.find_spec", lambda module: None)
    with pytest.raises(UserError, match=r"pip install 'langcov\[lid\]'"):
        langcov.measure_lid(corpora=LINES)
