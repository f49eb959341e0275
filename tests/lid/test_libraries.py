"""Each adapter against its bare library, string by string."""

from __future__ import annotations

import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from langcov.errors import UserError
from langcov.lid import Model, installed, load, predict
from langcov.lid.cld2 import REPLACED
from tests.lid.models import HOSTILE, MEGABYTE

KINDS = ["cld2", "cld3", "heliport", "langid", "lingua"]
MODULES = {"cld2": "pycld2", "cld3": "gcld3", "langid": "py3langid"}
LABELS = {"cld2": 266, "cld3": 110, "heliport": 222, "langid": 140, "lingua": 75}
SENTENCES = [
    "The cat sat on the mat and the dog sat on the cat.", "Кот сидел на крыше, а собака у дома.",
    "Мәче өйдә йоклый.", "Der Hund und die Katze sind im Haus.",
]  # fmt: skip
TEXTS = [*HOSTILE, *SENTENCES, " ".join(SENTENCES)]


@cache
def built(kind: str) -> Model:
    """A model that is built once a session: some are large."""
    return load(kind).model


def of(kind: str) -> Model:
    pytest.importorskip(MODULES.get(kind, kind))
    return built(kind)


@pytest.fixture(params=KINDS)
def model(request: pytest.FixtureRequest) -> Model:
    return of(request.param)


def names(model: Model, texts: list[str], k: int) -> list[list[str | None]]:
    return [
        [model.labels[index] if index >= 0 else None for index in row]
        for row in predict(model, texts, k).labels
    ]


def test_what_every_model_says_of_itself(model: Model) -> None:
    system = load(model)
    assert system.name == system.kind == model.kind
    assert len(set(model.labels)) == len(model.labels) == LABELS[model.kind]
    assert (model.sha256 is None) == (model.kind not in ("heliport", "langid"))
    assert model.kind in installed()
    found = predict(model, TEXTS, 3)
    assert found.labels.shape == found.scores.shape == (len(TEXTS), 3)
    assert found.labels.dtype == np.int32 and found.scores.dtype == np.float64
    assert found.labels.max() < len(model.labels)
    assert np.isnan(found.scores[found.labels < 0]).all()
    if model.score == "probability":
        assert not np.isnan(found.scores[found.labels >= 0]).any()
    with pytest.raises(UserError, match=f"{model.kind} takes nothing after it"):
        load(f"{model.kind}:x")


def test_the_first_label_does_not_depend_on_k_or_on_the_batch(model: Model) -> None:
    together = predict(model, TEXTS, 1)
    assert predict(model, TEXTS, 3).labels[:, :1].tolist() == together.labels.tolist()
    alone = [predict(model, [text], 1) for text in TEXTS]
    assert np.concatenate([one.labels for one in alone]).tolist() == together.labels.tolist()
    np.testing.assert_array_equal(np.concatenate([one.scores for one in alone]), together.scores)


def test_a_line_of_a_megabyte(model: Model) -> None:
    assert predict(model, [MEGABYTE], 1).labels.shape == (1, 1)


def test_cld2_is_the_library() -> None:
    model = of("cld2")
    import pycld2

    texts = [text.translate(REPLACED) for text in TEXTS]
    assert names(model, TEXTS, 1) == [[pycld2.detect(text, isPlainText=True)[2][0][1]] for text in texts]
    assert np.isnan(predict(model, TEXTS, 2).scores).all()
    assert names(model, SENTENCES[:1], 2) == [["en", None]]


def test_cld2_refuses_exactly_what_is_replaced() -> None:
    pytest.importorskip("pycld2")
    import pycld2

    def refused(point: int) -> bool:
        try:
            pycld2.detect("a " + chr(point), isPlainText=True)
        except (pycld2.error, UnicodeEncodeError):
            return True
        return False

    # Every code point up to U+3000 and around the others, where classes change.
    around = {point + step for point in REPLACED for step in (-1, 0, 1)}
    points = sorted((around | set(range(0x3000))) & set(range(sys.maxunicode + 1)))
    assert [point for point in points if refused(point)] == [point for point in points if point in REPLACED]


def test_cld2_knows_every_label_that_scripts_bring_out() -> None:
    model = of("cld2")
    letters = [
        "".join(filter(str.isalpha, map(chr, range(start, start + 64)))) for start in range(0x80, 0x17000, 64)
    ]
    texts = [f"{text} " * 5 for text in letters if text]
    assert {"xx-Runr", "el", "ka"} <= {label for (label,) in names(model, texts, 1) if label}


def test_cld3_is_the_library() -> None:
    model = of("cld3")
    import gcld3

    identifier = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=1000)
    bare = [identifier.FindLanguage(text) for text in TEXTS]
    assert names(model, TEXTS, 1) == [[one.language] for one in bare]
    assert predict(model, TEXTS, 1).scores[:, 0].tolist() == [one.probability for one in bare]
    assert names(load(gcld3.NNetLanguageIdentifier(100, 700)).model, ["cat"], 1) == [["und"]]


def test_cld3_has_no_label_that_langcov_does_not_know() -> None:
    model = of("cld3")
    scripts = [
        "".join(filter(str.isalpha, map(chr, range(start, start + 32)))) for start in range(0x80, 0x11000, 32)
    ]
    assert len({label for (label,) in names(model, [text for text in scripts if text], 1)}) > 20


@pytest.mark.parametrize("k", [1, 4])
def test_langid_is_the_library(k: int) -> None:
    model = of("langid")
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found = predict(model, TEXTS, k)
    for row, text in enumerate(TEXTS):
        bare = identifier.rank(text)[:k]
        assert [model.labels[index] for index in found.labels[row]] == [label for label, _ in bare]
        assert found.scores[row].tolist() == [score for _, score in bare]
    raw = load(LanguageIdentifier.from_model_file(MODEL_FILE)).model
    assert (raw.score, raw.sha256) == ("log-probability", None)
    with pytest.raises(UserError, match="min_confidence"):
        load(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=0.5))


def test_heliport_is_the_library() -> None:
    model = of("heliport")
    identifier: Any = model._identifier  # type: ignore[attr-defined]  # one of its kind: it takes 0.9 GB
    found = predict(model, TEXTS, 3)
    for row, text in enumerate(TEXTS):
        label = identifier.identify(text)
        others = [other for other in identifier.identify_topk(text, 3) if other != label]
        expected = [label, *others, None, None][:3]
        assert names(model, [text], 3) == [expected]
        assert np.isnan(found.scores[row]).all()
    assert names(model, ["123", "кот"], 1) == [["zxx"], ["und"]]
    assert load(identifier).model.sha256 is None


def test_heliport_has_a_label_for_each_threshold_file_entry() -> None:
    model = of("heliport")
    import heliport

    lines = (Path(heliport.__file__).parent / "confidenceThresholds").read_text().splitlines()
    assert {line.split("\t")[0] for line in lines} | {"und", "zxx"} == set(model.labels)


def test_lingua_is_the_library() -> None:
    model = of("lingua")
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()
    found = predict(model, TEXTS, 3)
    for row, text in enumerate(TEXTS):
        language = detector.detect_language_of(text)
        label = found.labels[row, 0]
        assert (model.labels[label] if label >= 0 else None) == (language and language.name)
        values = detector.compute_language_confidence_values(text)
        if label >= 0:
            named = found.labels[row] >= 0
            bare = np.array([value.value for value in values[:3]])
            np.testing.assert_allclose(found.scores[row][named], bare[named], rtol=0, atol=1e-12)
            assert (bare[~named] == 0).all()
    assert names(model, ["123", " "], 2) == [[None, None]] * 2
    assert names(model, ["我们"], 3) == [["CHINESE", None, None]]  # its rules leave only one


def test_lingua_is_the_same_each_time_and_ties_stand_in_order() -> None:
    model = of("lingua")
    first = predict(model, TEXTS, 70)
    for _ in range(3):
        again = predict(model, TEXTS, 70)
        assert again.labels.tolist() == first.labels.tolist()
        np.testing.assert_array_equal(again.scores, first.scores)
    for scores, labels in zip(first.scores.tolist(), first.labels.tolist()):
        ranked = [(-score, label) for score, label in zip(scores, labels) if label >= 0]
        assert all(before < after for before, after in pairwise(ranked))


def test_a_lingua_detector_with_a_minimum_distance_may_decline() -> None:
    pytest.importorskip("lingua")
    from lingua import Language, LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.RUSSIAN, Language.BULGARIAN)
    sure = load(builder.build()).model
    assert sure.labels == ("BULGARIAN", "ENGLISH", "RUSSIAN")
    wary = load(builder.with_minimum_relative_distance(0.9).build()).model
    assert names(sure, ["кот"], 1) != [[None]] and names(wary, ["кот"], 1) == [[None]]
