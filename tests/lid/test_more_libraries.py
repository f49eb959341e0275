"""Libraries that are extras of their own, against themselves; each test needs its library."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import langcov
from langcov.errors import UserError
from langcov.lid import Model, load, predict
from langcov.lid.labels import meanings
from tests.lid.models import HOSTILE
from tests.lid.test_libraries import SENTENCES

TEXTS = [*HOSTILE, *SENTENCES, "Мый тыйым йӧратем", "мый тонӧ радейта", "сёро и мазы"]


@cache
def built(spec: str) -> Model:
    return load(spec).model


def best(model: Model, texts: list[str]) -> list[str | None]:
    labels = predict(model, texts, 1).labels[:, 0]
    return [model.labels[label] if label >= 0 else None for label in labels]


def test_gielladetect_is_the_library_but_for_ties() -> None:
    library = pytest.importorskip("gielladetect.text_cat")
    model, classifier = built("gielladetect"), library.Classifier()
    assert set(model.labels) == classifier.langs and model.sha256 and model.score == "none"
    for text, found in zip(TEXTS, best(model, TEXTS)):
        ranked = classifier.classify_full(text)
        tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
        assert found == (None if tied else library.detect(text))
    assert best(model, ["", "123"]) == [None, None], "the library names what the disk lists first"
    three = predict(model, SENTENCES, 3)
    assert three.labels.shape == (4, 3) and np.isnan(three.scores).all()
    assert three.labels[:, 0].tolist() == predict(model, SENTENCES, 1).labels[:, 0].tolist()
    means = {one.label: one.iso639_3 for one in meanings("gielladetect", model.labels)}
    assert means["rmy-rka"] == means["rmy-rlo"] == "rmy" and means["kpv"] == "kpv" and all(means.values())


def test_glotscript_is_the_library_but_for_ties() -> None:
    library = pytest.importorskip("GlotScript")
    model = built("glotscript")
    for text, found in zip(TEXTS, best(model, TEXTS)):
        script, _, more = library.sp(text)
        assert found == (None if more["tie"] else script)
    assert best(model, ["кот", "cat", "", "кот cat"]) == ["Cyrl", "Latn", None, None]
    assert not any(one.iso639_3 for one in meanings("glotscript", model.labels))


@pytest.mark.parametrize("name", ["cld2", "funlangid", "pyfranc"])
def test_commonlid_models_are_asked_through_its_interface(name: str) -> None:
    pytest.importorskip("commonlid.models")
    from commonlid.core.registry import get_model

    theirs: Any = get_model(name)
    texts = [text for text in TEXTS if (text.strip() and name != "cld2") or text in SENTENCES]
    model = built(f"commonlid:{name}")
    assert best(model, texts) == theirs.predict(texts)
    assert model.version.endswith(f" ({name})") and load(f"commonlid:{name}").name == name


def test_a_model_that_commonlid_has_not() -> None:
    pytest.importorskip("commonlid.models")
    with pytest.raises(UserError, match=r"write commonlid: and one of .*pyfranc"):
        load("commonlid:x")


def tells_scripts(texts: list[str]) -> tuple[list[str], None]:
    """A toy of GlotScript."""
    return ["Geor" if "\u10d0" <= text[0] <= "\u10ff" else "Cyrl" for text in texts], None


def test_a_script_alone_names_the_only_language_that_is_written_in_it() -> None:
    tells_scripts.labels = ["Cyrl", "Geor", "Zyyy"]  # type: ignore[attr-defined]
    lines = {"kat": ["კატა"] * 3, "tat": ["мәче"] * 2, "bak": ["бесәй"], "hye": ["կատու"]}
    result = langcov.measure_lid(tells_scripts, lines, hygiene=False)
    cells = {(cell["gold"], cell["predicted"]): cell["count"] for cell in result.details["confusion"]}
    assert cells == {
        ("kat_Geor", "kat_Geor"): 3, ("tat_Cyrl", "unsure"): 2, ("bak_Cyrl", "unsure"): 1,
        ("hye_Armn", "unsure"): 1,
    }  # fmt: skip
    alone = langcov.measure_lid(tells_scripts, {"tat": ["мәче"], "kat": ["კატა"]}, hygiene=False)
    (accuracy,) = (record.value for record in alone.records if record.metric == "accuracy")
    assert accuracy == 1
