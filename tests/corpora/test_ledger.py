"""The contamination ledger: its rows are whole, and the models at hand are found in it."""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import math
import re
from importlib.resources import files
from pathlib import Path

import pytest

from langcov import tokenizers
from langcov.corpora.ledger import Standing, model_name, status, trained_on
from tools import train_tokenizers


def rows(name: str) -> list[dict[str, str]]:
    text = (files("langcov.data") / f"{name}.tsv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_statement_has_its_source_and_each_model_a_last_word() -> None:
    models = {row["model"] for row in rows("models")}
    training = rows("training")
    assert {row["model"] for row in training} == models
    assert {row["status"] for row in training} <= {"trained", "held-out", "unknown"}
    assert all(row["source"] for row in [*training, *rows("models")])
    pairs = [(row["model"], corpus) for row in training for corpus in row["corpora"].split()]
    assert len(pairs) == len(set(pairs))
    assert {model for model, corpus in pairs if corpus == "*"} == models
    assert all(row["status"] == "unknown" for row in training if row["corpora"] == "*")


def test_a_digest_or_version_means_one_model() -> None:
    known = [(row["kind"], word) for row in rows("models") for word in row["match"].split()]
    assert len(known) == len(set(known))
    digests = [word for kind, word in known if kind in ("fasttext", "sentencepiece")]
    assert digests and all(re.fullmatch("[0-9a-f]{64}", word) for word in digests)


def test_the_shared_model_is_lid_176(shared: Path) -> None:
    sha256 = hashlib.sha256((shared / "lid" / "lid.176.ftz").read_bytes()).hexdigest()
    assert model_name("fasttext", "0.11.9", sha256) == "lid.176"
    assert status("fasttext", "0.11.9", "tatoeba", sha256).status == "trained"
    assert status("fasttext", "0.11.9", "udhr", sha256).status == "unknown"
    assert not model_name("langid", "0.11.9", sha256)


@pytest.mark.parametrize(
    ("kind", "package"),
    [
        ("langid", "py3langid"),
        ("lingua", "lingua-language-detector"),
        ("cld2", "pycld2"),
        ("cld3", "cld3-py"),
        ("heliport", "heliport"),
    ],
)
def test_the_installed_models_are_known(kind: str, package: str) -> None:
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"needs {package}")
    assert model_name(kind, f"{package} {version}"), f"is that of {package} {version} a new model?"
    assert status(kind, f"{package} {version}", "udhr").source


def test_what_sets_the_models_of_lingua_apart() -> None:
    """Log confidences against German: of Dutch the same in both releases, of Latin and Welsh not."""
    lingua = pytest.importorskip("lingua")
    expected = {
        "lingua 2.1.1": {"DUTCH": -4.14855, "LATIN": -3.910942, "WELSH": -3.884108},
        "lingua 2.2.0": {"DUTCH": -4.14855, "LATIN": -3.241196, "WELSH": -3.920694},
    }
    version = importlib.metadata.version("lingua-language-detector")
    model = model_name("lingua", f"lingua-language-detector {version}")
    few = [getattr(lingua.Language, name) for name in ("GERMAN", *expected[model])]
    detector = lingua.LanguageDetectorBuilder.from_languages(*few).build()
    values = {one.language.name: one.value for one in detector.compute_language_confidence_values("Achtung")}
    found = {name: math.log(values[name] / values["GERMAN"]) for name in expected[model]}
    assert found == pytest.approx(expected[model], abs=1e-6)


def test_sources_of_glotlid_as_published(shared: Path) -> None:
    """The fixture lists the files that each language of the training corpus is made of."""
    text = (shared / "published" / "glotlid_corpus_counts_russia.tsv").read_text("utf-8")
    made_of = {"commonvoice": "_commonvoice", "ud": "_ud", "tatoeba": "_tatoeba", "wikipedia": "wiki"}
    (sha256,) = next(row["match"] for row in rows("models") if row["model"] == "GlotLID v3").split()
    for corpus, mark in made_of.items():
        assert mark in text
        assert status("fasttext", "0.11.9", corpus, sha256).status == "trained"
    assert "udhr" not in text and "ntrex" not in text
    assert status("fasttext", "", "udhr", sha256).status == "held-out"
    assert status("fasttext", "", "flores_plus", sha256) == status("fasttext", "", "flores", sha256)


def test_what_is_not_known_is_unknown() -> None:
    assert status("fasttext", "0.11.9", "udhr", "0" * 64) == Standing(
        "unknown", "", "the ledger does not know this model", ""
    )
    assert status("langid", "py3langid 0.5.0", "tatoeba").status == "unknown"
    assert not model_name("lingua", "lingua-language-detector 2.3.0")
    assert status("langid", "py3langid 0.4.0", "my own corpus").status == "unknown"


def test_the_bundled_tokenizers_are_known_with_all_that_they_are_trained_on(shared: Path) -> None:
    """By the script that trains them: what it doesn't leave out, and for one of them of that the Russian."""
    manifest = (shared / "corpora" / "MANIFEST.tsv").read_text("utf-8")
    files = list(csv.DictReader(manifest.splitlines(), delimiter="\t"))
    used = [row for row in files if not row["file"].startswith(train_tokenizers.LEFT_OUT)]
    for name, chosen in (
        ("langcov-balanced-32k", used),
        ("langcov-fair-32k", used),
        ("langcov-rus-32k", [row for row in used if row["iso639_3"] in ("rus", "mul")]),
    ):
        tokenizer = tokenizers.load(name).tokenizer
        assert model_name(tokenizer.kind, "", tokenizer.sha256) == name
        folders = {row["file"].partition("/")[0] for row in chosen}
        assert folders - {"swadesh"} | {"panlex", "swadesh"} == set(
            trained_on(tokenizer.kind, "", tokenizer.sha256) or ()
        )
        tuned = name == "langcov-fair-32k"  # its shares were searched on lines of FLORES+
        for folder in ("flores_plus", "flores"):
            found = status(tokenizer.kind, "", folder, tokenizer.sha256).status
            assert found == ("unknown" if tuned else "held-out")
        assert status(tokenizer.kind, "", "udhr", tokenizer.sha256).status == "held-out"


def test_a_text_that_was_pulled_and_words_of_one_are_that_corpus() -> None:
    for name in ("tatoeba", "tatoeba-text", "tatoeba words"):
        assert status("langid", "py3langid 0.4.0", name).status == "trained"
