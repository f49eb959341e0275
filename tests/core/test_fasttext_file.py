from __future__ import annotations

import struct
from pathlib import Path

import pytest

from langcov.core.fasttext_file import contents
from tests.lid.models import quantize, saved, train

fasttext = pytest.importorskip("fasttext")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One file of each layout that fastText writes."""
    folder = tmp_path_factory.mktemp("fasttext")
    many = {f"x{number}": f"w{number}" for number in range(260)}
    models = {
        "dense": train(folder, dim=1, bucket=0, maxn=0),
        "quantized": quantize(train(folder, dim=3), folder, qnorm=False),
        "norms": quantize(train(folder, dim=3), folder, qnorm=True),
        "pruned": quantize(train(folder, dim=1), folder, cutoff=300),
        "output": quantize(train(folder, many, dim=1, epoch=1), folder, qout=True),
        "words": fasttext.train_unsupervised(
            str(folder / "train.txt"), dim=1, bucket=0, maxn=0, minCount=1, verbose=0, thread=1
        ),
    }
    return {name: saved(model, folder / name).read_bytes() for name, model in models.items()}


@pytest.mark.parametrize("name", ["dense", "quantized", "norms", "pruned", "output", "words"])
def test_a_file_is_whole_or_it_is_cut_short_wherever_that_is(files: dict[str, bytes], name: str) -> None:
    data = files[name]
    assert contents(data, strict=True).supervised == (name != "words")
    for size in range(4, len(data)):
        with pytest.raises(ValueError, match="cut short"):
            contents(data[:size])


def test_words_and_labels_are_those_of_the_library(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        library, found = fasttext.load_model(str(path)), contents(data)
        assert [word.decode() for word in found.words] == library.get_words()
        if found.supervised:
            assert [label.decode() for label in found.labels] == library.get_labels()


def test_what_is_no_model(files: dict[str, bytes]) -> None:
    for data in (b"", b"2 3\n", b"\x00" * 400):
        with pytest.raises(ValueError, match="not a fastText model"):
            contents(data)
    old = bytearray(files["dense"])
    old[4] = 10
    with pytest.raises(ValueError, match="version 10"):
        contents(bytes(old))
    lengths = bytearray(files["dense"])
    lengths[8 + 56 : 8 + 60] = b"\xff\xff\xff\x7f"  # as many entries as an int32 can say
    with pytest.raises(ValueError, match="cut short"):
        contents(bytes(lengths))


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("dense", 8, 2),  # columns
        ("dense", 8, 0),
        ("dense", 28, 2),  # n-grams of words, hashed into no bucket at all
        ("dense", 32, 9),  # loss
        ("dense", 36, 9),  # kind of model
        ("quantized", 40, 1),  # buckets
        ("dense", 64, 2**31 - 1),  # as many entries as an int32 can say
        ("dense", 68, 1),  # words
        ("dense", 72, -1),  # labels
        ("dense", 84, 5),  # entries that are left
        ("quantized", 84, -2),
    ],
)
def test_a_header_and_what_follows_it_must_agree(
    files: dict[str, bytes], name: str, place: int, value: int
) -> None:
    data = bytearray(files[name])
    struct.pack_into("<i", data, place, value)
    with pytest.raises(ValueError, match="cut short"):
        contents(bytes(data), strict=True)


@pytest.mark.parametrize("name", ["dense", "quantized", "norms", "pruned", "output", "words"])
def test_sizes_in_the_dictionary_and_the_matrices_must_agree(files: dict[str, bytes], name: str) -> None:
    """Each number that says a size, one more or one less, and each type of an entry."""
    data = files[name]
    sizes = [at for at in range(64, len(data) - 8) if data[at : at + 8] == struct.pack("<q", _rows(data))]
    types = [data.index(b"\0", data.index(word)) + 9 for word in contents(data).words[1:3]]
    for at, step in [(at, step) for at in sizes for step in (-1, 1)] + [(at, 1) for at in types]:
        edited = bytearray(data)
        edited[at] = (edited[at] + step) % 256
        with pytest.raises(ValueError, match="cut short"):
            contents(bytes(edited), strict=True)
    assert sizes
    with pytest.raises(ValueError, match="it goes on"):
        contents(data + b"\0", strict=True)


def _rows(data: bytes) -> int:
    """Rows of the input matrix, after the dictionary."""
    bucket, words = struct.unpack_from("<i", data, 40)[0], struct.unpack_from("<i", data, 68)[0]
    (pruned,) = struct.unpack_from("<q", data, 84)
    return int(words + (bucket if pruned < 0 else pruned))
