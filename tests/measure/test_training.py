"""What was trained on a corpus says so, and is never the best on it."""

from __future__ import annotations

import pytest

from langcov.api import measure_lid, measure_tokenizers
from langcov.errors import UserError
from langcov.report import render
from langcov.results.result import Result
from tests.metrics.tokenizers.test_comparisons import every

CORPUS = {"tat": ["ак барс", "кәҗә кот"] * 20, "rus": ["кот спит", "белый барс"] * 20}


def trained_on(result: Result) -> dict[str, list[str] | None]:
    return {system["name"]: system["trained_on"] for system in result.systems}


@pytest.mark.parametrize(("corpus", "language"), [("gatitos", "kpv"), ("commonvoice", "vot")])
def test_a_bundled_tokenizer_on_its_own_text(corpus: str, language: str) -> None:
    names = ["langcov-rus-32k", "langcov-balanced-32k"]
    result = measure_tokenizers([*names, "chars"], corpus, language, languages=language, hygiene=False)
    status = {row["system"]: row["status"] for row in result.details["ledger"]}
    russian = "trained" if corpus == "commonvoice" else "unknown"
    assert status == {names[0]: russian, names[1]: "trained", "chars": "unknown"}
    known = trained_on(result)
    assert known["chars"] is None
    assert known[names[1]] == [
        *("commonvoice", "gatitos", "nllbseed", "ntrex", "panlex", "swadesh", "tatoeba", "ud"),
    ]
    text = render(result, "md")
    assert "† trained on this corpus, so not compared" in text
    assert "langcov-balanced-32k was trained on this corpus: tokenizers/README.md" in text


@pytest.mark.parametrize("name", ["mine", "object:function"])
def test_what_the_user_says_keeps_a_tokenizer_out_of_the_comparison(name: str) -> None:
    systems = {"mine": every(9), "b": every(2), "c": every(1)}
    plain = measure_tokenizers(systems, CORPUS, hygiene=False)
    assert {row["system"] for row in plain.details["comparisons"]} == {"mine"}
    assert set(trained_on(plain).values()) == {None}
    if name == "object:function":
        systems = {"mine": every(9), "b": "chars", "c": "bytes"}
    told = measure_tokenizers(systems, CORPUS, hygiene=False, trained_on={name: "memory"})
    assert trained_on(told)["mine"] == ["memory"]
    rows = told.details["comparisons"]
    assert {(row["system"], row["other"]) for row in rows} == ({("b", "c")} if name == "mine" else set())
    assert told.signature["short"].count("|trained-on:") == 1
    line = next(line for line in render(told, "md").splitlines() if "`tat_Cyrl`" in line)
    marked = [cell for cell in line.split("|") if "▼" in cell]
    assert len(marked) == (name == "mine") and "1.00" not in "".join(marked)
    assert "mine was trained on this corpus: as the user says" in render(told, "md")


def test_of_a_model_too() -> None:
    def model(texts: list[str]) -> tuple[list[str], None]:
        return ["tat"] * len(texts), None

    model.labels = ["tat", "rus"]  # type: ignore[attr-defined]
    result = measure_lid({"m": model}, CORPUS, hygiene=False, trained_on={"m": ["memory", "my web"]})
    assert trained_on(result) == {"m": ["memory", "my web"]}
    [row] = result.details["ledger"]
    assert (row["status"], row["source"]) == ("trained", "as the user says")


def test_a_name_that_is_not_measured_is_refused() -> None:
    with pytest.raises(UserError, match="'mine' is not measured; there are chars"):
        measure_tokenizers("chars", CORPUS, trained_on={"mine": "memory"})


def test_a_corpus_that_is_nearly_the_one_is_refused() -> None:
    with pytest.raises(UserError, match="'memry': did you mean 'memory'"):
        measure_tokenizers("chars", CORPUS, trained_on={"chars": "memry"})


def test_a_corpus_is_one_however_it_is_written() -> None:
    for name in ("flores", "flores_plus", "FLORES+"):
        result = measure_tokenizers(
            "langcov-rus-32k", "flores", languages="rus", trained_on={"langcov-rus-32k": name}, hygiene=False
        )
        assert result.details["ledger"][0]["status"] == "trained"
