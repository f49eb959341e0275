from __future__ import annotations

import hashlib
import pickle
import struct
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from langcov.errors import MissingLibrary, UserError
from langcov.lid import Predictions, load, predict
from tests.lid.models import HOSTILE, MEGABYTE, quantize, saved, train

fasttext = pytest.importorskip("fasttext")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    return saved(train(folder), folder / "tiny.bin")


def bare(library: Any, text: str, k: int) -> list[tuple[str, float]]:
    """What the library itself says of one string; it takes no LF, and splits at it as at a space."""
    labels, scores = library.predict(text.replace("\n", " "), k)
    return [(label.removeprefix("__label__"), float(score)) for label, score in zip(labels, scores)]


def told(labels: tuple[str, ...], found: Predictions, row: int) -> list[tuple[str, float]]:
    return [
        (labels[index], float(score))
        for index, score in zip(found.labels[row], found.scores[row])
        if index >= 0
    ]


def test_names_labels_and_digest(model: Path) -> None:
    system = load(model)
    assert (system.name, system.kind, system.model.score) == ("tiny", "fasttext", "probability")
    assert sorted(system.model.labels) == ["eng", "rus", "tat_Cyrl"]
    assert system.model.sha256 == hashlib.sha256(model.read_bytes()).hexdigest()
    assert system.model.version.startswith("fasttext-community ")


@pytest.mark.parametrize("k", [1, 2, 7])
def test_each_line_is_what_the_library_says_of_it_alone(model: Path, k: int) -> None:
    texts = [*HOSTILE, MEGABYTE, "x" * 1_000_000]
    adapter, library = load(model).model, fasttext.load_model(str(model))
    found = predict(adapter, texts, k)
    assert found.labels.shape == found.scores.shape == (len(texts), k)
    assert [told(adapter.labels, found, row) for row in range(len(texts))] == [
        bare(library, text, k) for text in texts
    ]
    if k > 3:
        assert (found.labels[:, 3:] == -1).all() and np.isnan(found.scores[:, 3:]).all()


def test_a_line_end_or_a_nul_inside_parts_words_and_merges_no_lines(model: Path) -> None:
    adapter = load(model).model
    parted = predict(adapter, ["кот cat", "кот\ncat", "кот\0cat", "cat"], 3)
    for row in (1, 2):
        assert told(adapter.labels, parted, row) == told(adapter.labels, parted, 0)
    assert told(adapter.labels, parted, 3) == bare(fasttext.load_model(str(model)), "cat", 3)
    first = told(adapter.labels, predict(adapter, ["кот"], 3), 0)
    assert told(adapter.labels, parted, 1) != first  # nothing after the LF is lost


@pytest.mark.parametrize("loss", ["hs", "ova", "ns"])
def test_other_losses_and_the_small_form(tmp_path: Path, loss: str) -> None:
    path = saved(quantize(train(tmp_path, loss=loss), tmp_path, cutoff=300), tmp_path / "tiny.ftz")
    adapter = load(path).model
    found = predict(adapter, HOSTILE, 3)
    library = fasttext.load_model(str(path))
    for row, text in enumerate(HOSTILE):
        expected = bare(library, text, 3)
        tied = len(expected) > 1 and expected[0][1] == expected[1][1]
        assert told(adapter.labels, found, row) == ([] if tied else expected)
        assert tied or expected[0] == bare(library, text, 1)[0]


def test_the_best_label_does_not_depend_on_how_many_are_asked_for(tmp_path: Path) -> None:
    """Words that all languages have make no label of an ova model likely: the library names one by chance."""
    codes = ["rus", "eng", "tat", "bak", "chv", "deu", "fra", "spa", "ita", "fin", "est", "kaz"]
    text = tmp_path / "train.txt"
    text.write_text("".join(f"__label__{one} {one}a {one}b {one}c common\n" for one in codes) * 20, "utf-8")
    options = {"loss": "ova", "lr": 1.0, "epoch": 50, "dim": 8, "verbose": 0, "thread": 1}
    library = fasttext.train_supervised(str(text), **options)
    adapter = load(saved(library, tmp_path / "ova.bin")).model
    assert [score for _, score in bare(library, "common", 12)] == [pytest.approx(1e-5)] * 12
    for k in (1, 2, 3, 12):
        found = predict(adapter, ["common", "rusa", "common common"], k)
        assert found.labels.shape == (3, k)
        assert found.labels[[0, 2]].max() == -1 and np.isnan(found.scores[[0, 2]]).all()
        assert adapter.labels[found.labels[1, 0]] == "rus"


def test_another_prefix_than_fasttexts_own(tmp_path: Path) -> None:
    text = tmp_path / "train.txt"
    text.write_text("__lang__rus кот дом\n__lang__eng cat dog\n" * 5, encoding="utf-8")
    library = fasttext.train_supervised(str(text), label="__lang__", verbose=0, thread=1, dim=4, bucket=10)
    adapter = load(saved(library, tmp_path / "other.bin")).model
    assert sorted(adapter.labels) == ["eng", "rus"]
    assert predict(adapter, ["cat"], 1).labels[0, 0] >= 0


class OnlyPredicts:
    """What the module of fasttext-predict loads."""

    def predict(self, text: str, k: int = 1) -> tuple[tuple[str, ...], tuple[float, ...]]:
        return ("__label__rus",), (1.0,)


def test_a_module_of_another_library_is_named(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("fasttext")
    module.__file__ = "fasttext/__init__.py"
    module.load_model = lambda path: OnlyPredicts()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fasttext", module)
    monkeypatch.setattr(
        "langcov.lid.fasttext.owners", lambda name: ["fasttext-community", "fasttext-predict"]
    )
    with pytest.raises(MissingLibrary) as caught:
        load(model)
    assert str(caught.value) == (
        "a fastText model needs fasttext-community, but the module of that name here is of fasttext-predict: "
        "pip uninstall fasttext-predict, then pip install --force-reinstall fasttext-community"
    )
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


def broken(model: Path, tmp_path: Path, word: str) -> Path:
    """The model with NaN for one of its words."""
    library = fasttext.load_model(str(model))
    row = np.array(library.get_input_matrix()[library.get_word_id(word)], np.float32).tobytes()
    data = model.read_bytes()
    assert data.count(row) == 1
    path = tmp_path / "nan.bin"
    path.write_bytes(data.replace(row, struct.pack("<4f", *[float("nan")] * 4)))
    return path


def test_nan_is_kept_and_spoils_no_other_line(model: Path, tmp_path: Path) -> None:
    path = broken(model, tmp_path, "кот")
    adapter, library = load(path).model, fasttext.load_model(str(path))
    found = predict(adapter, ["cat", "кот", "the кот", "dog"], 2)
    assert found.labels[1:3].tolist() == [[-1, -1], [-1, -1]] and np.isnan(found.scores[1:3]).all()
    assert told(adapter.labels, found, 0) == bare(library, "cat", 2)
    assert told(adapter.labels, found, 3) == bare(library, "dog", 2)


def test_no_texts(model: Path) -> None:
    assert load(model).model.predict([], 2).labels.shape == (0, 2)


def test_bad_files_are_one_line(model: Path, tmp_path: Path) -> None:
    words = fasttext.train_unsupervised(
        str(model.parent / "train.txt"), dim=2, minCount=1, verbose=0, thread=1, bucket=10
    )
    data = model.read_bytes()
    for name, content, message in [
        ("empty.bin", b"", "the file is empty"),
        ("noise.bin", b"noise" * 100, "not a fastText model"),
        ("short.bin", data[:30], "cut short"),
        ("short.ftz", data[:-1], "cut short"),
        ("words.vec", b"2 3\nthe 1 2 3\ncat 4 5 6\n", r"word vectors \(\.vec\), which have no labels"),
        ("words.bin", saved(words, tmp_path / "w").read_bytes(), "without labels"),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        for spec in (f"fasttext:{path}", str(path)):
            with pytest.raises(UserError, match=message) as caught:
                load(spec)
            assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(UserError, match=r"none\.bin: no such file"):
        load("fasttext:none.bin")
    with pytest.raises(UserError, match="Is a directory"):
        load(tmp_path)


def test_a_file_without_permission_is_one_line(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(number: int, length: int, access: int) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("langcov.lid.fasttext.mmap", refuse)
    with pytest.raises(UserError, match="can't be read: Permission denied"):
        load(f"fasttext:{model}")


def test_a_loaded_model_is_taken_too(tmp_path: Path) -> None:
    library = train(tmp_path)
    system = load(library)
    assert (system.name, system.kind, system.model.sha256) == ("fasttext", "fasttext", None)
    assert told(system.model.labels, predict(system.model, ["cat"], 1), 0)[0][0] == "eng"
    words = fasttext.train_unsupervised(
        str(tmp_path / "train.txt"), dim=2, minCount=1, verbose=0, thread=1, bucket=10
    )
    with pytest.raises(UserError, match="without labels"):
        load(words)


def test_a_real_model_over_real_text(shared: Path) -> None:
    path = shared / "lid" / "lid.176.ftz"
    adapter = load(path).model
    assert len(adapter.labels) == 176
    lines = [
        line
        for name in ("tat_Cyrl", "eng_Latn")
        for line in (shared / "corpora" / "udhr" / f"{name}.txt").read_text("utf-8").split("\n")
        if line
    ]
    library = fasttext.load_model(str(path))
    found = predict(adapter, lines, 3)
    for row, line in enumerate(lines):
        labels, scores = library.predict(line, 3)
        assert [adapter.labels[index] for index in found.labels[row]] == [label[9:] for label in labels]
        assert found.scores[row].tolist() == scores.tolist()
