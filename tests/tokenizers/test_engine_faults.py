"""Engines made wrong on purpose: each gate notices, and an alarm ends the tokenizer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from langcov.cli import EXIT_PARTLY, main
from langcov.corpora import resolve
from langcov.errors import ALARM, CannotEncode
from langcov.measure import engines as choice
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure
from langcov.text.strings import Strings
from langcov.tokenizers import Encoded, engines, load
from langcov.tokenizers.content import Content
from langcov.tokenizers.engines import ENGINES, with_engine
from langcov.tokenizers.engines.certificates import certificates, installed

pytest.importorskip("gigatoken")
from langcov.tokenizers.engines.gigatoken import Gigatoken
from tests.tokenizers.engine_made import byte_level, certified, fast


class OtherTokens(Gigatoken):
    """Two ids of its vocabulary are exchanged."""

    def __init__(self, content: Content, scheme: str = "") -> None:
        structure = json.loads(content.data)
        vocab = structure["model"]["vocab"]
        vocab["a"], vocab["b"] = vocab["b"], vocab["a"]
        super().__init__(replace(content, data=json.dumps(structure).encode()))


class OtherMerges(Gigatoken):
    """Its last two merges are exchanged."""

    def __init__(self, content: Content, scheme: str = "") -> None:
        structure = json.loads(content.data)
        merges = structure["model"]["merges"]
        merges[-2:] = merges[-1], merges[-2]
        super().__init__(replace(content, data=json.dumps(structure).encode()))


class Refuses(Gigatoken):
    """It can't load the file."""

    def __init__(self, content: Content, scheme: str = "") -> None:
        super().__init__(replace(content, data=b"{}"))


@pytest.mark.parametrize("broken", [OtherTokens, OtherMerges, Refuses])
def test_what_it_loaded_is_compared(broken: type[Gigatoken], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "gigatoken", broken)
    system = byte_level()
    assert with_engine(system, certified(system)) is system


class OneId(Gigatoken):
    """It gives one wrong id in each string with the word."""

    def encode(self, strings: Strings) -> Encoded:
        found = super().encode(strings)
        ids = found.ids.copy()
        for start, text in zip(found.starts, strings):
            if "кот" in text:
                ids[start] += 1
        return Encoded(ids, found.starts)


class Drops(Gigatoken):
    """It leaves out one string."""

    def encode(self, strings: Strings) -> Encoded:
        return super().encode(strings[1:])


class Fails(Gigatoken):
    """It raises."""

    def encode(self, strings: Strings) -> Encoded:
        raise RuntimeError("out of luck")


BROKEN = [(OneId, "has other tokens than the library"), (Drops, "answers for"), (Fails, "out of luck")]


@pytest.mark.parametrize(("broken", "said"), BROKEN)
def test_alarm_ends_the_tokenizer(
    broken: type[Gigatoken], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "gigatoken", broken)
    tokenizer = fast(byte_level()).tokenizer
    with pytest.raises(CannotEncode, match=f"{ALARM}: .*{said}"):
        tokenizer.encode(["кот и вода", "кот"])
    with pytest.raises(CannotEncode, match=ALARM):  # it doesn't go on with what would be right
        tokenizer.encode(["water"])


def test_alarm_names_string_and_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "gigatoken", OneId)
    with pytest.raises(CannotEncode, match="'\\\\u043a\\\\u043e\\\\u0442'") as caught:
        fast(byte_level()).tokenizer.encode(["вода", "вода кот"])
    assert caught.value.index == 1


def test_a_real_difference_raises_it_too() -> None:
    """Marks of a Unicode younger than the library's, which a certificate names, change places in NFC."""
    if not any(one.reference == installed("tokenizers") for one in certificates()):
        pytest.skip("another version of tokenizers may know the mark")
    hard = "\u0301\u1ac7\u0323\u1ac7"
    careful = fast(byte_level()).tokenizer
    assert np.array_equal(careful.encode([hard]).ids, byte_level().tokenizer.encode([hard]).ids)
    [careless] = certified(byte_level(), reference_for="")
    with pytest.raises(CannotEncode, match=ALARM):
        with_engine(byte_level(), [careless]).tokenizer.encode([hard])


def test_alarm_in_one_file_ends_all_others_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file that comes first is without fault, and still gives no figure."""
    monkeypatch.setitem(ENGINES, "gigatoken", OneId)
    (tmp_path / "rus_Cyrl.txt").write_text("вода и вода\n" * 30, encoding="utf-8")
    (tmp_path / "tat_Cyrl.txt").write_text("кот кот кот\n" * 30, encoding="utf-8")
    corpora = resolve([str(tmp_path)])
    result = measure(corpora, [fast(byte_level()), load("bytes")], Settings())
    tokens = {(row["system"], row["language"]): row["tokens"] for row in result.totals}
    assert tokens["tiny", "rus_Cyrl"] is None and tokens["tiny", "tat_Cyrl"] is None
    assert tokens["bytes", "rus_Cyrl"] == 30 * len("вода и вода".encode())
    reasons = [r.reason for r in result.records if (r.system, r.metric) == ("tiny", "tokens_per_line")]
    assert len(reasons) == 2 and all(reason and "tat_Cyrl.txt" in reason for reason in reasons)

    monkeypatch.setattr(choice, "PAYS", 0)
    monkeypatch.setattr(engines, "certificates", lambda: certified(byte_level()))
    saved = tmp_path / "tokenizer.json"
    tokenizer: Any = byte_level().tokenizer
    saved.write_text(tokenizer._tokenizer.to_str(), encoding="utf-8")
    given = [f"tiny={saved}", "bytes", "--corpus", str(tmp_path / "*.txt"), "--quiet"]
    assert main(["tokenizers", *given]) == EXIT_PARTLY
    assert ALARM in capsys.readouterr().err
    assert main(["tokenizers", *given, "--engine", "reference"]) == 0
    assert ALARM not in capsys.readouterr().err
