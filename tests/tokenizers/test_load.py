from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import sentencepiece
import tiktoken

import tokenizers
from langcov.errors import CannotEncode, MissingLibrary, UserError
from langcov.tokenizers import bundled_names, load
from langcov.tokenizers import kinds as registry
from langcov.tokenizers.callables import wrap
from tests.tokenizers.tiny import train_sentencepiece


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny.spm.model"
    path.write_bytes(train_sentencepiece(model_type="bpe"))
    return path


def test_kinds_are_told_from_content(model: Path, tmp_path: Path) -> None:
    system = load(model)
    assert (system.name, system.kind) == ("tiny", "sentencepiece")
    library = tokenizers.Tokenizer(tokenizers.models.BPE())
    (tmp_path / "tokenizer.json").write_text(library.to_str(pretty=True))
    system = load(tmp_path / "tokenizer.json")
    assert (system.name, system.kind) == (tmp_path.name, "huggingface")


def test_labels_and_catalogue_names(model: Path, tmp_path: Path) -> None:
    assert load(f"mine=spm:{model}").name == "mine"
    catalog = tmp_path / "catalog.toml"
    (tmp_path / "a.model").write_bytes(model.read_bytes())
    catalog.write_text(
        '[one]\nspec = "spm:a.model"\ndescription = "x"\nbundled = true\n[two]\nspec = "bytes"\n'
    )
    system = load("one", catalog)
    assert (system.name, system.spec, system.kind) == ("one", "one", "sentencepiece")
    assert load("x=one", catalog).name == "x"
    assert load("two", catalog).kind == "bytes"
    assert [entry.bundled for entry in registry.read_catalog(catalog).values()] == [True, False]
    catalog.write_text("[one]\ndescription = 1\n")
    with pytest.raises(UserError, match=r"catalog\.toml: not a tokenizer catalogue"):
        load("one", catalog)
    with pytest.raises(UserError, match="can't be read"):
        load("one", tmp_path / "none.toml")


def test_the_bundled_tokenizers_load() -> None:
    for name in bundled_names():
        assert load(name).name == name


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("smp:x.model", "unknown kind 'smp'; did you mean 'spm'"),
        ("byte", "unknown tokenizer, and no such file; did you mean 'bytes'"),
        ("spm:", "nothing after spm"),
        ("bytes:x", "bytes takes nothing after it"),
        ("=bytes", "a label is written NAME=SPEC"),
        ("missing/x.model", "missing/x.model: no such file"),
        ("spm:none.model", "none.model: no such file"),
        ("hf:none.json", "none.json: no such file"),
        ("tekken:none.json", "no such file"),
        ("rwkv:none.txt", "no such file"),
        ("vocab:none.txt", "no such file"),
        ("wordpiece:none.txt", "no such file"),
        ("tiktoken:none.tiktoken", "no such file"),
    ],
)
def test_what_cannot_be_loaded_says_why(spec: str, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        load(spec)
    assert "\n" not in str(caught.value)


def test_a_gzipped_text_is_no_tokenizer(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt.gz"
    path.write_bytes(gzip.compress("кот".encode()))
    with pytest.raises(UserError, match="can't tell what tokenizer this is"):
        load(path)


def test_a_file_of_another_kind_is_named(model: Path, tmp_path: Path) -> None:
    """Llama 3 calls its ranks tokenizer.model."""
    ranks = tmp_path / "tokenizer.model"
    ranks.write_text("IQ== 0\nIg== 1\n")
    with pytest.raises(UserError, match=rf"this is a file of the kind tiktoken, not spm: tiktoken:{ranks}$"):
        load(f"spm:{ranks}")
    with pytest.raises(UserError, match=rf"of the kind spm, not rwkv: spm:{model}$"):
        load(f"rwkv:{model}")


@pytest.mark.parametrize("kind", ["", "spm:", "hf:", "tekken:", "rwkv:", "vocab:", "wordpiece:", "tiktoken:"])
def test_folders_empty_files_and_noise_are_one_line(kind: str, tmp_path: Path) -> None:
    query = "?pattern=gpt2" if kind == "tiktoken:" else ""
    noise = tmp_path / "noise.bin"
    for content in (b"", b"\x00\xff\xfe" * 50, b"{", b'{"a": 1}', b"\n\x05\n"):
        noise.write_bytes(content)
        if kind == "vocab:" and content.isascii() and content:
            continue  # any text is a list of words
        with pytest.raises(UserError) as caught:
            load(f"{kind}{noise}{query}")
        assert "noise.bin" in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(UserError, match="a folder, not a tokenizer file"):
        load(f"{kind}{tmp_path}{query}")


def test_of_a_folder_that_transformers_may_read_otherwise_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    for name, says in (("tokenizer.json", False), ("tokenizer_config.json", True)):
        (tmp_path / name).write_text("{}")
        with pytest.raises(UserError, match=re.escape(f"name {file}")) as caught:
            load(tmp_path)
        assert ("transformers" in str(caught.value)) == says
        assert (f"AutoTokenizer.from_pretrained('{tmp_path}')" in str(caught.value)) == says


def test_a_file_without_permission_is_one_line(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match="can't be read: Permission denied"):
        load(f"spm:{model}")


def test_a_plug_in_adds_a_kind_and_may_not_take_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "words.txt"
    words.write_text("the")

    def installed(name: str) -> Callable[..., list[EntryPoint]]:
        point = EntryPoint(name, "langcov.tokenizers.vocab:load", registry.KINDS.group)
        return lambda group: [point]

    monkeypatch.setattr("langcov.core.plugins.entry_points", installed("letters"))
    assert load(f"letters:{words}").kind == "vocab"
    monkeypatch.setattr("langcov.core.plugins.entry_points", installed("spm"))
    with pytest.raises(UserError, match="'spm' is claimed twice"):
        load("bytes")


def test_a_library_that_is_not_installed_is_one_line(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentencepiece", None)
    with pytest.raises(MissingLibrary, match=r"pip install 'langcov\[all\]'"):
        load(f"spm:{model}")


def test_objects_of_the_libraries(model: Path) -> None:
    processor = sentencepiece.SentencePieceProcessor(
        model_file=str(model), add_bos=True, enable_sampling=True, alpha=0.5, nbest_size=-1
    )
    assert (
        wrap(processor)[1].encode(["кот"]).ids.tolist() == load(model).tokenizer.encode(["кот"]).ids.tolist()
    )
    ranks = {bytes([byte]): byte for byte in range(256)}
    encoding = tiktoken.Encoding(
        "mine", pat_str=r"\s+|\S+", mergeable_ranks=ranks, special_tokens={"<x>": 256}
    )
    system = load(encoding)
    assert (system.name, system.kind, system.tokenizer.word_form) == ("mine", "tiktoken", "kept")
    assert system.tokenizer.encode(["<x>"]).ids.tolist() == [60, 120, 62]
    library = tokenizers.Tokenizer(tokenizers.models.WordLevel({"[UNK]": 0, "кот": 1}, unk_token="[UNK]"))
    assert load(library).tokenizer.encode(["кот", "x"]).ids.tolist() == [1, 0]


class Fast:
    """Stands where transformers' fast tokenizers do: the library's object under ``backend_tokenizer``."""

    name_or_path = "org/model"

    def __init__(self) -> None:
        vocabulary = {"[UNK]": 0, "кот": 1}
        self.backend_tokenizer = tokenizers.Tokenizer(
            tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]")
        )


def test_a_transformers_tokenizer_is_its_backend() -> None:
    system = load(Fast())
    assert (system.name, system.kind) == ("model", "huggingface")


def test_callables() -> None:
    def letters(texts: list[str]) -> list[list[int]]:
        return [list(map(ord, text)) for text in texts]

    system = load(letters)
    assert (system.name, system.kind, system.tokenizer.word_form) == ("letters", "callable", None)
    assert system.tokenizer.encode(["ab", ""]).counts.tolist() == [2, 0]
    with pytest.raises(CannotEncode, match="returned 1 lists for 2 strings"):
        wrap(lambda texts: [[1]])[1].encode(["a", "b"])
    with pytest.raises(CannotEncode, match="the callable failed: division"):
        wrap(lambda texts: 1 / 0)[1].encode(["a"])
    with pytest.raises(KeyboardInterrupt):
        wrap(_interrupted)[1].encode(["a"])
    with pytest.raises(UserError, match="a int is no tokenizer"):
        load(5)


def _interrupted(texts: list[str]) -> list[list[int]]:
    raise KeyboardInterrupt
