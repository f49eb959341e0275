"""Kinds of tokenizers and models; tests/test_extending.py adds one as a package and as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

import langcov
from langcov import lid, tokenizers
from langcov.core.kinds import Kind, split_query
from langcov.errors import UserError
from langcov.lid.protocol import Predictions, Score
from langcov.report import render
from langcov.tokenizers.protocol import Adapter, Encoded
from tests.plug_ins import declared


class Every(Adapter):
    """A token every N code points."""

    kind = "every"

    def __init__(self, size: str) -> None:
        self.size = int(size)

    def encode(self, texts: list[str]) -> Encoded:
        return Encoded.of([[0] * -(-len(text) // self.size) for text in texts])


def test_a_yardstick_never_wins() -> None:
    """It has the fewest tokens a word by far, yet no mark and no sentence."""
    rivals = ("langcov-rus-32k", "langcov-balanced-32k")
    texts = {"tat": ["сәлам", "кит"] * 30, "rus": ["привет дом", "кот"] * 30}
    with declared(tokenizers={"every": Kind(Every, "argument", yardstick=True)}):
        result = langcov.measure_tokenizers(["every:40", "bytes", *rivals], [texts], hygiene=False)
        lines = render(result, "md").splitlines()
    fertility = next(line for line in lines if "`tat_Cyrl`" in line).split("|")[2:-1]
    assert [cell.strip()[:4] for cell in fertility[:2]] == ["1.00", "8.00"]
    assert [cell for cell in fertility[:2] if "▼" in cell or "≈" in cell] == []
    assert sum("▼" in cell for cell in fertility[2:]) == 1
    [best] = [line for line in lines if "the fewest tokens are needed by" in line]
    assert "every" not in best and "bytes" not in best
    assert "- not compared, as nobody would choose them: every:40, bytes" in lines


class Majority:
    """A model that says Russian of everything."""

    kind: str = "majority"
    sha256: str | None = None
    version: str = "majority 1"
    labels: tuple[str, ...] = ("rus",)
    score: Score = "none"

    def predict(self, texts: list[str], k: int) -> Predictions:
        return Predictions.top([0] * len(texts), None, k)


def test_a_model_that_is_a_yardstick_is_not_the_best() -> None:
    def says(label: str) -> Callable[[list[str]], tuple[list[str], None]]:
        def model(texts: list[str]) -> tuple[list[str], None]:
            return [label] * len(texts), None

        model.labels = ["rus", "tat"]  # type: ignore[attr-defined]
        return model

    models = {"m": "majority", "a": says("tat"), "b": says("rus")}
    with declared(lid={"majority": Kind(Majority, "nothing", yardstick=True)}):
        result = langcov.measure_lid(models, {"rus": ["кот"] * 30, "tat": ["ак"] * 10}, hygiene=False)
        text = render(result, "table", color=False, width=100)
    russian = next(line for line in text.splitlines() if line.lstrip().startswith("Russian"))
    assert not set("▲▼") & set(russian)
    said = "Of 2 models not known to be trained on this corpus b has the highest macro F1"
    assert said in " ".join(text.split())


def test_what_follows_the_colon() -> None:
    def echo(rest: str = "nothing") -> Any:
        return Majority()

    kinds = {"some": echo, "one": Kind(echo, "argument"), "none": Kind(echo, "nothing")}
    with declared(lid=kinds):
        names = [lid.load(spec).name for spec in ("some", "some:4", "one:4", "none", "none:", "x=one:4")]
        assert names == ["some", "some:4", "one:4", "none", "none", "x"]
        for spec, message in (
            ("one:", "'one:': nothing after one: it needs an argument"),
            ("none:4", "none:4: none takes nothing after it"),
            ("fasttext:", "'fasttext:': nothing after fasttext: name a file"),
            ("noon", "'noon': unknown language-ID model, and no such file; did you mean 'none'?"),
        ):
            with pytest.raises(UserError, match=re.escape(message)):
                lid.load(spec)


def test_a_broken_plug_in_is_one_line_and_only_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    point = EntryPoint("broken", "langcov_no_such_module:KIND", tokenizers.KINDS.group)
    monkeypatch.setattr("langcov.core.plugins.entry_points", lambda group: [point])
    assert tokenizers.load("bytes").kind == "bytes"
    with pytest.raises(UserError, match=r"langcov_no_such_module:KIND .* can't be loaded: .*No module named"):
        tokenizers.load("broken:x")


def test_a_question_mark_in_the_name_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "what?[1].txt"
    file.write_text("[UNK]\nа\n##б\n", "utf-8")
    assert split_query(str(file)) == (str(file), "", "")
    assert split_query(f"{file}?lowercase") == (str(file), "?", "lowercase")
    assert split_query(f"{file}?pattern={'a?' * 300}") == (str(file), "?", f"pattern={'a?' * 300}")
    assert tokenizers.load(f"wordpiece:{file}?lowercase").tokenizer.encode(["АБ"]).ids.tolist() == [1, 2]
