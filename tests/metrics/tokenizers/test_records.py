"""Every metric and every null rule on cases small enough to work out by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
import sentencepiece

import tokenizers
from langcov.api import measure_tokenizers
from langcov.counting.batch import Tokens
from langcov.counting.counter import TokenCounter
from langcov.errors import CannotMeasure, UserError
from langcov.metrics.tokenizers.across_languages import NOT_ALIGNED, against_reference
from langcov.metrics.tokenizers.metric import TokenizerMetric
from langcov.metrics.tokenizers.ratios import ratio
from langcov.metrics.tokenizers.registry import MODULES, metrics
from langcov.report import render
from langcov.results.result import Record, Result
from tests.plug_ins import declared
from tests.toys import byte_bpe, sentencepiece_model, wordpiece

RUS = ["кот", "дом и кот"]  # 22 bytes, 12 code points of which 10 take two bytes, 4 words
ENG = ["cat", "a house, a cat"]  # 17 bytes, 17 code points, 5 words


def one(result: Result, language: str | None, metric: str, reference: str | None = None) -> Record:
    [record] = [
        r
        for r in result.records
        if (r.language, r.metric) == (language, metric) and reference in (None, r.reference)
    ]
    return record


def missing(result: Result, language: str | None, metric: str, reference: str | None = None) -> str:
    record = one(result, language, metric, reference)
    assert record.value is None
    assert record.low is None
    assert record.reason
    return record.reason


@pytest.fixture(scope="module")
def by_bytes() -> Result:
    return measure_tokenizers(["bytes"], [{"rus": RUS, "eng": ENG}], aligned=True, price=2.0, context=100)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("fertility", 22 / 4),
        ("chars_per_token", 12 / 22),
        ("bytes_per_token", 1.0),
        ("graphemes_per_token", 12 / 22),
        ("tokens_per_line", 22 / 2),
        ("continued_words", 1.0),
        ("retained_words", 0.0),
        ("unknown_words", 0.0),
        ("split_characters", 10 / 12),
        ("tokens_over_words", 0.0),
        ("byte_tokens", 20 / 22),
        ("round_trip", 1.0),
        ("vocabulary_use", 9 / 256),  # D0, D1, the space and six last bytes
        ("alphabet_single", 0.0),
        ("alphabet_single_weighted", 0.0),
        ("context_chars", 12 / 22 * 100),
        ("price_per_million_chars", 22 / 12 * 2.0),
    ],
)
def test_ratios_of_russian_bytes(by_bytes: Result, metric: str, expected: float) -> None:
    assert one(by_bytes, "rus_Cyrl", metric).value == pytest.approx(expected, rel=1e-12)


def test_the_letter_that_is_one_byte_is_one_word(by_bytes: Result) -> None:
    assert one(by_bytes, "eng_Latn", "retained_words").value == pytest.approx(2 / 5)  # "a" twice
    assert one(by_bytes, "eng_Latn", "alphabet_single").value == 1.0


def test_pairs_and_their_split(by_bytes: Result) -> None:
    premium = one(by_bytes, "rus_Cyrl", "premium", "eng_Latn")
    assert premium.value == pytest.approx(22 / 17)
    assert (premium.rows, premium.rows_dropped, premium.n) == (2, 0, 2)
    assert one(by_bytes, "rus_Cyrl", "byte_premium", "eng_Latn").value == pytest.approx(22 / 17)
    assert one(by_bytes, "rus_Cyrl", "premium", "rus_Cyrl").value == 1.0
    assert one(by_bytes, "eng_Latn", "premium", "rus_Cyrl").value == pytest.approx(17 / 22)


def test_over_languages(by_bytes: Result) -> None:
    # two values: |11 − 8.5| × 2 / (2 × 4 × 9.75)
    assert one(by_bytes, None, "gini").value == pytest.approx(2.5 * 2 / (8 * 9.75))
    assert one(by_bytes, None, "gini").languages == ("eng_Latn", "rus_Cyrl")
    assert one(by_bytes, None, "gini_per_byte").value == 0.0
    assert one(by_bytes, None, "worst_premium", "eng_Latn").value == pytest.approx(22 / 17)
    assert one(by_bytes, None, "premium_spread", "eng_Latn").value == pytest.approx(22 / 17)
    assert one(by_bytes, None, "premium_spread", "rus_Cyrl").value == pytest.approx(22 / 17)


def test_renyi_efficiency_of_four_even_ids() -> None:
    result = measure_tokenizers(["bytes"], [{"eng": ["abcd"]}])
    assert one(result, "eng_Latn", "renyi_efficiency").value == pytest.approx(2 / 8)
    assert one(result, "eng_Latn", "renyi_efficiency_observed").value == pytest.approx(1.0)


def test_premium_is_over_the_rows_that_hold_the_same_lines() -> None:
    # A row is one line here; the second line is missing in English, so only the first and third pair up.
    corpus = {"rus": ["кот", "дом", "и"], "eng": ["cat", "", "and"]}
    result = measure_tokenizers(["bytes"], [corpus], aligned=True)
    premium = one(result, "rus_Cyrl", "premium", "eng_Latn")
    assert premium.value == pytest.approx(8 / 6)
    assert (premium.rows, premium.rows_dropped) == (2, 1)
    assert one(result, None, "gini").rows == 2
    assert one(result, "eng_Latn", "tokens_per_line").value == 3.0


def test_wordpiece_shows_what_fertility_hides() -> None:
    result = measure_tokenizers([wordpiece("кот", "##ик")], [{"rus": ["кот котик", "пёс"]}])
    assert one(result, "rus_Cyrl", "fertility").value == pytest.approx(4 / 3)
    assert one(result, "rus_Cyrl", "unknown_tokens").value == pytest.approx(1 / 4)
    assert one(result, "rus_Cyrl", "unknown_words").value == pytest.approx(1 / 3)
    assert one(result, "rus_Cyrl", "round_trip").value == pytest.approx(1 / 2)


def test_the_letters_inside_a_word() -> None:
    # д is a merge of its own, к is not; the table of Russian has 33 letters in two cases
    result = measure_tokenizers([byte_bpe("д")], [{"rus": ["дддк"]}])
    assert one(result, "rus_Cyrl", "alphabet_single").value == pytest.approx(1 / 66)
    assert one(result, "rus_Cyrl", "alphabet_single_weighted").value == pytest.approx(3 / 4)


def test_fertility_by_uax29_words() -> None:
    lines = {"eng": ["it's well-known"]}  # 2 words by spaces; it's, well, known
    assert one(measure_tokenizers(["chars"], [lines]), "eng_Latn", "fertility").value == 15 / 2
    by_uax29 = measure_tokenizers(["chars"], [lines], words="uax29")
    assert one(by_uax29, "eng_Latn", "fertility").value == 15 / 3
    assert "words:uax29" in by_uax29.signature["short"]


def test_null_comes_with_its_reason() -> None:
    unaligned = measure_tokenizers(["bytes"], [{"rus": RUS, "eng": ENG}])
    assert missing(unaligned, "rus_Cyrl", "premium", "eng_Latn") == NOT_ALIGNED
    assert missing(unaligned, None, "gini") == NOT_ALIGNED
    assert one(unaligned, None, "gini_per_byte").value == 0.0
    assert missing(unaligned, "rus_Cyrl", "unknown_tokens") == "no text can reach an UNK token"
    alone = measure_tokenizers(["bytes"], [{"rus": RUS}], aligned=True)
    assert missing(alone, "rus_Cyrl", "premium", "eng_Latn") == "no eng_Latn in the corpus"
    assert missing(alone, None, "gini") == "one language only"
    no_alphabet = measure_tokenizers(["bytes"], [{"cmn_Hans": ["人人"]}])
    assert missing(no_alphabet, "cmn_Hans", "alphabet_single") == "no sourced alphabet for this language"


def test_a_callable_is_measured_as_far_as_it_goes() -> None:
    result = measure_tokenizers([lambda texts: [[7] * len(t) for t in texts]], [{"rus": RUS}])
    assert one(result, "rus_Cyrl", "fertility").value == 12 / 4
    for metric in ("continued_words", "split_characters", "byte_tokens", "round_trip", "vocabulary_use"):
        assert missing(result, "rus_Cyrl", metric)
    assert missing(result, "rus_Cyrl", "alphabet_single")


def test_intervals_begin_at_twenty_rows() -> None:
    lines = ["кот дом" * (1 + i % 3) for i in range(20)]
    few = one(measure_tokenizers(["chars"], [{"rus": lines[:19]}]), "rus_Cyrl", "fertility")
    assert few.reason == "no interval: 19 rows, fewer than 20"
    assert few.value is not None
    enough = one(measure_tokenizers(["chars"], [{"rus": lines}]), "rus_Cyrl", "fertility")
    assert enough.reason is None
    assert enough.low is not None and enough.high is not None and enough.value is not None
    assert enough.low < enough.value < enough.high


def test_every_record_has_a_metric_of_the_registry_and_a_value_or_a_reason(by_bytes: Result) -> None:
    asked = {name for name, metric in metrics().items() if not metric.perturbation}
    assert {record.metric for record in by_bytes.records} == asked
    for record in by_bytes.records:
        assert record.unit == metrics()[record.metric].unit
        if record.value is None or record.low is None:
            assert record.reason
        else:
            assert math.isfinite(record.value)


TOYS = [
    TokenizerMetric("bytes_per_word", "bytes/word", "", "Σ bytes / Σ words", ratio("bytes", "words")),
    TokenizerMetric(
        "word_premium",
        "ratio",
        "",
        "Σ words",
        against_reference("words"),
        ("language", "reference"),
        of_text=True,
    ),
    TokenizerMetric("never", "share", "", "what no tokenizer can tell", ratio("nothing", "words")),
]


def test_a_metric_is_added_by_declaring_it() -> None:
    def nothing(tokens: Tokens) -> np.ndarray:
        raise CannotMeasure("nobody can")

    corpus = {"rus": RUS * 10, "eng": ENG * 10}
    plain = measure_tokenizers(["bytes"], [corpus], aligned=True)
    with declared(metrics={"toys": TOYS}, counters={"nothing": TokenCounter("nothing", "words", nothing)}):
        result = measure_tokenizers(["bytes"], [corpus], aligned=True)
    found = one(result, "rus_Cyrl", "bytes_per_word")
    assert (found.value, found.unit, found.reason) == (22 / 4, "bytes/word", None)
    by_row = one(result, "rus_Cyrl", "fertility")  # of bytes the same thing
    assert (found.low, found.high) == (by_row.low, by_row.high) != (None, None)
    assert one(result, "rus_Cyrl", "word_premium", "eng_Latn").value == 4 / 5
    assert missing(result, "rus_Cyrl", "never") == "nobody can"
    toys = {toy.name for toy in TOYS}
    assert [record for record in result.records if record.metric not in toys] == plain.records


def test_a_metric_of_the_text_is_there_though_the_tokenizer_failed() -> None:
    no_unknown = tokenizers.Tokenizer(tokenizers.models.WordLevel({"кот": 0}, unk_token="[UNK]"))
    with declared(metrics={"toys": TOYS[:2]}):
        corpora = [{"rus": ["кот", "дом и"], "eng": ["a", "b"]}, {"tat": ["кот"]}]
        result = measure_tokenizers([no_unknown], corpora, aligned=True)
    failed = missing(result, "rus_Cyrl", "fertility")
    assert missing(result, "rus_Cyrl", "bytes_per_word") == failed
    assert one(result, "rus_Cyrl", "word_premium", "eng_Latn").value == 3 / 2
    assert one(result, "rus_Cyrl", "byte_premium", "eng_Latn").value == 15 / 2


def test_no_metric_is_known_by_its_place(monkeypatch: pytest.MonkeyPatch, by_bytes: Result) -> None:
    turned = [SimpleNamespace(METRICS=module.METRICS[::-1]) for module in reversed(MODULES)]
    monkeypatch.setattr("langcov.metrics.tokenizers.registry.MODULES", turned)
    with declared():
        assert next(iter(metrics())) == turned[0].METRICS[0].name == "alphabet_single_weighted"
        corpus = {"rus": RUS, "eng": ENG}
        again = measure_tokenizers(["bytes"], [corpus], aligned=True, price=2.0, context=100)
    assert again.records == by_bytes.records


def test_the_name_of_a_metric_is_taken_once() -> None:
    toy = TokenizerMetric("case_cost", "share", "", "", ratio("bytes", "words"))
    with (
        declared(metrics={"toy": toy}),
        pytest.raises(UserError, match="metric 'case_cost' is claimed twice"),
    ):
        metrics()


def test_a_metric_of_a_counter_that_nobody_declares_is_one_line() -> None:
    toy = TokenizerMetric("toy", "share", "", "", ratio("tokens", "syllables"))
    with (
        declared(metrics={"toy": toy}),
        pytest.raises(UserError, match="needs the counter 'syllables'; there are"),
    ):
        measure_tokenizers(["bytes"], [{"rus": RUS}])


def test_how_many_unk_a_run_of_unknown_letters_is_depends_on_the_kind() -> None:
    """As MEASURES says: of one word of three unknown letters."""
    units = ["<unk>", "\u2581", *"кот"]
    pieces = tokenizers.models.BPE({unit: i for i, unit in enumerate(units)}, [], unk_token="<unk>")
    fused = tokenizers.models.BPE(
        {unit: i for i, unit in enumerate(units)}, [], unk_token="<unk>", fuse_unk=True
    )
    systems = {
        "spm": sentencepiece.SentencePieceProcessor(model_proto=sentencepiece_model(byte_fallback=False)),
        "bpe": tokenizers.Tokenizer(pieces),
        "fused": tokenizers.Tokenizer(fused),
        "wordpiece": wordpiece("кот"),
    }
    result = measure_tokenizers(systems, [{"kat": ["კატ"] * 3}], hygiene=False)
    unknown = {row["system"]: row["unknown_tokens"] / 3 for row in result.totals}
    assert unknown == {"spm": 1, "bpe": 3, "fused": 1, "wordpiece": 1}


def test_fertility_of_superwords_is_under_1_and_shown_with_the_reason() -> None:
    """Trained over spaces on one sentence; its tokens are counted by the offsets of the library."""
    line = "кот и дом и кот и дом"
    model = tokenizers.Tokenizer(tokenizers.models.BPE())
    model.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(split=False)
    model.decoder = tokenizers.decoders.Metaspace(split=False)
    model.train_from_iterator([line] * 9, tokenizers.trainers.BpeTrainer(vocab_size=24, show_progress=False))
    pieces = model.encode(line).tokens
    over = sum("▁" in piece.strip("▁") for piece in pieces)
    assert over and len(pieces) < 7
    given = {"super": model, "word": wordpiece("кот", "и", "дом")}
    result = measure_tokenizers(given, [{"rus": [line] * 30}], hygiene=False)
    found = {(r.system, r.metric): r.value for r in result.records if r.language}
    assert found["super", "fertility"] == len(pieces) / 7
    assert found["super", "tokens_over_words"] == over / len(pieces)
    assert found["word", "tokens_over_words"] == 0
    assert [row["method"] for row in result.systems] == ["lines", "words"]
    assert "over words super" in render(result, "md")
    assert "over words word" not in render(result, "md")
    table = measure_tokenizers(given, "udhr", languages="rus", references="rus", hygiene=False)
    [reason] = [r.reason for r in table.records if (r.system, r.metric) == ("super", "fertility")]
    assert reason is not None and "word table" in reason
