"""What perturbations cost: by hand, by the bare libraries, and the same however the text is read."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import sentencepiece
from hypothesis import given, settings
from hypothesis import strategies as st

import tokenizers
from langcov.api import measure_tokenizers
from langcov.corpora import condense, resolve
from langcov.corpora.base import ReadOptions
from langcov.counting.jobs import Counted, Job
from langcov.counting.tally import final_shift
from langcov.counting.token_tally import Tally, combine
from langcov.counting.tokens import count_source
from langcov.errors import ALARM, UserError
from langcov.languages import find
from langcov.languages.perturbations import perturb
from langcov.measure.engines import end_mistrusted
from langcov.measure.plan import Settings
from langcov.measure.sources import Where
from langcov.measure.tokenizers import measure
from langcov.results.result import Record, Result
from langcov.text.perturb import Perturbation
from langcov.text.strings import Strings
from langcov.tokenizers import System, load
from tests.counting.test_tokens import HOSTILE
from tests.toys import LINES, byte_bpe, sentencepiece_model, wordpiece

FOUR = ("case", "nfd", "lookalike", "palochka")


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> list[System]:
    model = tmp_path_factory.mktemp("model") / "pieces.model"
    model.write_bytes(sentencepiece_model())
    toys = [byte_bpe("к", "о", "ко", " ко", "К", "О", "КО"), wordpiece("кот", "барс", "а", "##а")]
    return [load("bytes"), load(f"spm:{model}"), *map(load, toys)]


def cost(result: Result, name: str, language: str = "rus_Cyrl") -> Record:
    [found] = [r for r in result.records if (r.metric, r.language) == (f"{name}_cost", language)]
    return found


def changed(name: str, lines: list[str], language: str = "ady_Cyrl") -> list[str]:
    change = perturb(name, find(language))
    assert isinstance(change, Perturbation)
    return change(Strings.of(lines)).to_list()


def tally_of(
    lines: list[str], systems: list[System], words_once: bool = True, chunk: int = 1 << 20, names: object = ()
) -> Tally:
    [corpus] = resolve([{"ady_Cyrl": lines}])
    job = Job(corpus, corpus.sources[0], ReadOptions(chunk_bytes=chunk), words_once, None, names)  # type: ignore[arg-type]
    counted = count_source(job, systems)
    return combine([counted.tally], final_shift([counted.tally]))


@pytest.mark.parametrize(
    ("tokenizer", "line", "name", "expected"),
    [
        ("bytes", "оса", "lookalike", -3 / 6),  # three letters of two bytes as three of one
        ("chars", "оса", "lookalike", 0),
        ("chars", "ёж", "nfd", 1 / 2),  # е and U+0308
        ("bytes", "ёж", "nfd", 2 / 4),
        ("bytes", "кот", "nfd", 0),
        ("bytes", "кот", "case", 0),
        ("bytes", "ŉ", "case", 1 / 2),  # ʼN
        (byte_bpe("к", "о", "ко"), "кот", "case", 6 / 3 - 1),  # ко and two bytes; six bytes
        (byte_bpe("К", "О", "КО"), "кот", "case", 3 / 6 - 1),
    ],
)
def test_costs_by_hand(tokenizer: object, line: str, name: str, expected: float) -> None:
    record = cost(measure_tokenizers([tokenizer], [{"rus": [line, "", line]}], perturbations=name), name)
    assert record.value == pytest.approx(expected, abs=1e-15)
    assert (record.n, record.rows, record.unit) == (2, 2, "share")


def test_the_palochka_in_its_other_form() -> None:
    result = measure_tokenizers(
        [byte_bpe("ӏ")], [{"ady": ["ӏэ"], "rus": ["кот"]}], perturbations=["palochka"]
    )
    assert cost(result, "palochka", "ady_Cyrl").value == pytest.approx(4 / 3 - 1)
    assert cost(result, "palochka").value is None
    assert cost(result, "palochka").reason == "its alphabet has no ӏ"


def test_costs_of_the_bare_library() -> None:
    processor = sentencepiece.SentencePieceProcessor(model_proto=sentencepiece_model())
    result = measure_tokenizers([processor], [{"rus": LINES[:8]}], perturbations=("case", "nfd"))
    plain = sum(map(len, processor.encode(LINES[:8])))
    for name in ("case", "nfd"):
        tokens = sum(map(len, processor.encode(changed(name, LINES[:8], "rus_Cyrl"))))
        assert cost(result, name).value == tokens / plain - 1
        assert result.totals[0][f"tokens_{name}"] == tokens
    assert cost(result, "case").value != 0


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(HOSTILE, min_size=1, max_size=8),
    name=st.sampled_from(FOUR),
    words_once=st.booleans(),
    chunk=st.integers(1, 60),
)
def test_changed_text_is_counted_as_a_text_of_its_own(
    lines: list[str], name: str, words_once: bool, chunk: int, systems: list[System]
) -> None:
    lines = [line.replace("\n", "") for line in lines] + ["кот Барс"]
    found = tally_of(lines, systems, words_once, chunk, (name,)).perturbed[name]
    wanted = tally_of(changed(name, lines), systems, words_once=False).tokens
    for system in systems:
        counters = found[system.name]
        assert not isinstance(counters, str)
        for counter in ("tokens", "unknown_tokens"):
            assert counters[counter].tolist() == wanted[system.name][counter].tolist()


def test_a_line_that_becomes_empty_has_no_tokens_and_keeps_its_row() -> None:
    tally = tally_of(["12", "кот 3"], [load("chars")], names=("digits",))
    counters = tally.perturbed["digits"]["chars"]
    assert not isinstance(counters, str)
    assert counters["tokens"].tolist() == [0, 4]
    assert tally.tokens["chars"]["tokens"].tolist() == [2, 5]


def test_rows_perturbed_and_not_are_drawn_together() -> None:
    same = measure_tokenizers(
        ["chars"], [{"rus": ["ёж" * (1 + i % 7) for i in range(40)]}], perturbations="nfd"
    )
    record = cost(same, "nfd")
    assert record.value == record.low == record.high == 1 / 2

    lines = ["ё" * (1 + i % 7) + "ж" for i in range(40)]
    record = cost(measure_tokenizers(["chars"], [{"rus": lines}], perturbations="nfd"), "nfd")
    weights = np.random.RandomState(0).multinomial(40, np.full(40, 1 / 40), size=1000)
    plain, added = np.array([len(line) for line in lines]), np.array([len(line) - 1 for line in lines])
    bounds = np.quantile((weights @ added) / (weights @ plain), [0.025, 0.975])
    assert [record.low, record.high] == pytest.approx(bounds.tolist(), rel=1e-12)


def test_parts_chunks_and_methods_do_not_show(
    tmp_path: Path, systems: list[System], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{i} {line}" for i, line in enumerate(LINES * 2)]
    (tmp_path / "ady.txt").write_text("\n".join(lines) + "\n", "utf-8")
    corpora = resolve([str(tmp_path)])

    def records(settings: Settings, **options: object) -> list[Record]:
        return measure(corpora, systems, settings, **options).records  # type: ignore[arg-type]

    wanted = records(Settings(perturbations=FOUR))
    assert {r.metric for r in wanted} > {f"{name}_cost" for name in FOUR}
    assert records(Settings(perturbations=FOUR, options=ReadOptions(chunk_bytes=700))) == wanted
    assert records(Settings(perturbations=FOUR, words_once=False)) == wanted
    monkeypatch.setattr("langcov.measure.sources.PART_BYTES", 2000)
    with ThreadPoolExecutor(2) as pool:
        parts = records(
            Settings(perturbations=FOUR), where=Where(pool, lambda job: count_source(job, systems))
        )
    assert parts == wanted


def test_files_of_a_language_keep_their_rows_together(tmp_path: Path) -> None:
    """The files are ordered by content, and rows of both sizes are joined alike."""
    for name, count in (("a", 300), ("b", 40)):
        text = "".join("ё" * (1 + i % 5) + f" {name}\n" for i in range(count))
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    specs = [f"rus={tmp_path / name}.txt" for name in ("a", "b")]
    [corpus] = resolve(specs)
    job = Job(corpus, corpus.sources[0], ReadOptions(), perturbations=("nfd",))
    tallies = [count_source(replace(job, source=source), [load("chars")]).tally for source in corpus.sources]
    tally = combine(tallies, final_shift(tallies))
    counters = tally.perturbed["nfd"]["chars"]
    assert not isinstance(counters, str)
    letters = counters["tokens"] - tally.tokens["chars"]["tokens"]
    assert (letters == tally.tokens["chars"]["tokens"] - 2 * tally.text["lines"]).all()
    assert tally.text["lines"].sum() == 340


def test_a_word_table_costs_what_its_text_does(tmp_path: Path, systems: list[System]) -> None:
    words = [system for system in systems if system.tokenizer.word_form]
    [corpus] = resolve([{"ady_Cyrl": [*LINES, "ӏэ Ёж"]}])
    table = tmp_path / "made.words.tsv"
    condense(replace(corpus, licence="CC0-1.0"), table, ReadOptions())
    asked = Settings(perturbations=FOUR)

    def values(result: Result) -> dict[tuple[str, str], float | None]:
        return {(r.system, r.metric): r.value for r in result.records if r.metric.endswith("_cost")}

    found = values(measure(resolve([str(table)]), words, asked))
    assert found == values(measure([corpus], words, asked))
    assert len(found) == len(words) * len(FOUR) >= 8
    assert None not in found.values()


def test_a_word_of_a_table_must_stay_one(tmp_path: Path) -> None:
    [corpus] = resolve([{"rus_Cyrl": ["кот 12"]}])
    table = tmp_path / "made.words.tsv"
    condense(replace(corpus, licence="CC0-1.0"), table, ReadOptions())
    result = measure_tokenizers(["chars"], [str(table)], perturbations=["digits", "case"])
    assert cost(result, "digits").reason == "can't be measured from a word table: '12' does not stay one word"
    assert cost(result, "case").value == 0
    assert result.totals[0]["tokens_digits"] is None


def test_text_that_fails_only_when_changed_leaves_the_other_figures() -> None:
    no_unknown = tokenizers.Tokenizer(tokenizers.models.WordLevel({"кот": 0}, unk_token="[UNK]"))
    result = measure_tokenizers([no_unknown], [{"rus": ["", "кот"]}], perturbations=("case", "nfd"))
    [lines] = [r for r in result.records if r.metric == "tokens_per_line"]
    assert lines.value == 1
    assert cost(result, "nfd").value == 0
    assert cost(result, "case").value is None
    assert "line 2" in str(cost(result, "case").reason)
    [letters] = [r for r in result.records if r.metric == "alphabet_single"]
    assert letters.value is None and "UNK" in str(letters.reason)


def test_an_alarm_in_changed_text_ends_all_trust() -> None:
    system = load("bytes")
    [corpus] = resolve([{"rus": ["кот"]}])
    counted = [
        count_source(Job(corpus, corpus.sources[0], ReadOptions(), perturbations=("case",)), [system])
        for _ in range(2)
    ]
    counted[1].tally.perturbed["case"].systems["bytes"].failed = f"line 1: {ALARM}"
    end_mistrusted([system], counted)
    assert all(ALARM in str(one.tally.systems["bytes"].failed) for one in counted)


def test_only_what_is_asked_for_shows() -> None:
    corpus = {"rus": ["кот"], "eng": ["a cat"]}
    bare = measure_tokenizers(["bytes"], [corpus])
    assert not any(record.metric.endswith("_cost") for record in bare.records)
    assert "perturb" not in bare.signature["short"]
    asked = measure_tokenizers(["bytes"], [corpus], perturbations=["nfd", "case", "nfd"])
    assert "|perturb:nfd,case|" in asked.signature["short"]
    assert cost(asked, "case", "eng_Latn").value == 0
    assert [r for r in asked.records if not r.metric.endswith("_cost")] == bare.records
    schema = json.loads((files("langcov.data") / "result.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(asked.to_json()))
    with pytest.raises(UserError, match="unknown perturbation 'Case': known are case, nfd"):
        measure_tokenizers(["bytes"], [corpus], perturbations=["Case"])


def test_workers_are_told_names_and_send_counts() -> None:
    [corpus] = resolve([{"ady": ["ӏэ"]}])
    job = Job(corpus, corpus.sources[0], ReadOptions(), perturbations=FOUR)
    counted: Counted = count_source(pickle.loads(pickle.dumps(job)), [load("bytes")])
    again = pickle.loads(pickle.dumps(counted)).tally.perturbed
    assert list(again) == list(FOUR)
