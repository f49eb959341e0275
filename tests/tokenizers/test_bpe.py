"""Byte-level BPE in two files, and CLIP's merges."""

from __future__ import annotations

import gzip
import itertools
import json
import sys
import types
from pathlib import Path
from typing import Any

import pytest
import regex

import tokenizers
from langcov.errors import MissingLibrary, UserError
from langcov.tokenizers import load
from langcov.tokenizers.clip import Clip
from langcov.tokenizers.huggingface_structure import byte_alphabet
from langcov.tokenizers.rank_patterns import PATTERNS, pattern_of
from tests.tokenizers.tiny import lists, training_lines
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

TEXTS = [
    "кот  вода",
    "The cats' 12345 don't",
    " ё\u0301 中 \U0001f468",
    "",
    "a<|endoftext|>b",
    *training_lines()[:60],
]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``vocab.json`` and ``merges.txt`` as the library writes them."""
    folder = tmp_path_factory.mktemp("gpt2")
    made = tokenizers.ByteLevelBPETokenizer()
    made.train_from_iterator(training_lines(), 330, special_tokens=["<|endoftext|>"], show_progress=False)
    made.save_model(str(folder))
    return folder


def library(folder: Path, pattern: str, prefix: bool = False) -> Tokenizer:
    """What transformers makes of the two files."""
    made = Tokenizer(models.BPE.from_file(str(folder / "vocab.json"), str(folder / "merges.txt")))
    levels = pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=pattern == "gpt2")
    split = pre_tokenizers.Split(Regex(pattern_of(pattern).replace(r"{1,3}+", "{1,3}")), "isolated")
    made.pre_tokenizer = levels if pattern == "gpt2" else pre_tokenizers.Sequence([split, levels])
    if pattern.startswith("qwen"):
        made.normalizer = normalizers.NFC()
    made.add_special_tokens(["<|endoftext|>"])
    return made


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_files_with_a_pattern(pattern: str, trained: Path) -> None:
    expected = [encoding.ids for encoding in library(trained, pattern).encode_batch(TEXTS)]
    for name in ("vocab.json", "merges.txt"):
        system = load(f"{trained / name}?pattern={pattern}")
        assert lists(system.tokenizer.encode(TEXTS)) == expected
        assert (system.name, system.kind, system.tokenizer.word_form) == (trained.name, "bpe", "kept")
    vocabulary = system.tokenizer.vocabulary
    assert vocabulary and vocabulary.returnable.sum() == vocabulary.size - 1


@pytest.mark.parametrize(
    ("config", "pattern"),
    [
        ({"tokenizer_class": "GPT2TokenizerFast"}, "gpt2"),
        ({"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True}, "gpt2"),
        ({"tokenizer_class": "Qwen2Tokenizer"}, "qwen"),
    ],
)
def test_the_config_beside_them_says_the_pattern(
    config: Any, pattern: str, trained: Path, tmp_path: Path
) -> None:
    for name in ("vocab.json", "merges.txt"):
        (tmp_path / name).write_bytes((trained / name).read_bytes())
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config))
    made = library(trained, pattern, bool(config.get("add_prefix_space")))
    expected = [encoding.ids for encoding in made.encode_batch(TEXTS)]
    assert lists(load(tmp_path / "vocab.json").tokenizer.encode(TEXTS)) == expected
    (tmp_path / "tokenizer_config.json").write_text('{"tokenizer_class": "OtherTokenizer"}')
    with pytest.raises(
        UserError, match=r"don't say by which regex .*vocab\.json\?pattern=gpt2, another name"
    ):
        load(tmp_path / "vocab.json")


@pytest.mark.parametrize(
    "change",
    [
        {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": ["a b"]}},
        {"normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}},
    ],
)
def test_a_file_on_which_the_library_panics_is_one_line(
    change: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = {"type": "BPE", "vocab": {"a": 0}, "merges": []}
    (tmp_path / "tokenizer.json").write_text(json.dumps({"version": "1.0", "model": model, **change}))
    with pytest.raises(UserError, match=r"not a tokenizer\.json, or cut short: "):
        load(tmp_path / "tokenizer.json")
    (tmp_path / "vocab.json").write_text('{"a": 0, "b": 1}')
    (tmp_path / "merges.txt").write_text("a b\n")
    with pytest.raises(UserError, match="no BPE: "):
        load(f"{tmp_path}/vocab.json?pattern=gpt2")
    assert capfd.readouterr().err == ""


def test_what_is_no_bpe_in_two_files_is_one_line(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "vocab.json").write_bytes((trained / "vocab.json").read_bytes())
    with pytest.raises(UserError, match=r"merges\.txt must lie beside it"):
        load(f"bpe:{tmp_path}/vocab.json?pattern=gpt2")
    (tmp_path / "merges.txt").write_text("#version: 0.2\na b c\n")
    with pytest.raises(UserError, match=r"merges\.txt:2: not a pair of pieces"):
        load(f"{tmp_path}/merges.txt?pattern=gpt2")
    (tmp_path / "merges.txt").write_text("#version: 0.2\nxx yy\n")
    with pytest.raises(UserError, match=r"merges\.txt: no BPE: "):
        load(f"{tmp_path}/merges.txt?pattern=gpt2")
    (tmp_path / "vocab.json").write_text('{"a</w>": 0}')
    with pytest.raises(UserError, match="as CLIP's do: clip:FILE reads its merges"):
        load(tmp_path / "vocab.json")
    (tmp_path / "vocab.json").write_text('{"a": "b"}')
    with pytest.raises(UserError, match=r"vocab\.json: not a vocabulary of BPE"):
        load(f"bpe:{tmp_path}/vocab.json?pattern=gpt2")
    with pytest.raises(UserError, match=r"is called vocab\.json and merges\.txt"):
        load(f"bpe:{tmp_path}/x.json?pattern=gpt2")


MERGES = [("t", "h"), ("th", "e</w>"), ("c", "a"), ("ca", "t</w>"), ("Ð", "º"), ("'", "s</w>")]


def simple(text: str) -> list[str]:
    """CLIP's own loop: the pieces of a text that is clean, the first of the known pairs merged each time."""
    letters = {byte: letter for letter, byte in byte_alphabet().items()}
    found: list[str] = []
    for word in regex.findall(r"(?i)'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+", text):
        parts = [letters[byte] for byte in word.encode()]
        parts[-1] += "</w>"
        while pairs := [pair for pair in itertools.pairwise(parts) if pair in MERGES]:
            first = min(pairs, key=MERGES.index)
            at = next(i for i, pair in enumerate(itertools.pairwise(parts)) if pair == first)
            parts[at : at + 2] = ["".join(first)]
        found += parts
    return found


def test_clip_mends_and_lowers_text_and_merges_to_the_end_of_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ftfy here; benchmarks/check_packages.py has the file and the code of open_clip."""
    mended = types.ModuleType("ftfy")
    mended.__file__ = "ftfy.py"
    monkeypatch.setattr(mended, "fix_text", lambda text: text.replace("’", "'"), raising=False)
    monkeypatch.setitem(sys.modules, "ftfy", mended)
    path = tmp_path / "bpe_simple_vocab_16e6.txt.gz"
    text = '"bpe_simple_vocab_16e6.txt#version: 0.2\n' + "".join(f"{a} {b}\n" for a, b in MERGES)
    path.write_bytes(gzip.compress(text.encode()))
    tokenizer = load(path).tokenizer
    assert isinstance(tokenizer, Clip) and tokenizer.word_form is None
    letters = list(byte_alphabet())
    pieces = [
        *letters,
        *(x + "</w>" for x in letters),
        *map("".join, MERGES),
        "<start_of_text>",
        "<end_of_text>",
    ]
    texts = ["The  CAT’S &amp;amp; Кот!!", "the cats the", "", "12 ё\u0301"]
    clean = ["the cat's & кот!!", "the cats the", "", "12 ё\u0301"]
    ids = lists(tokenizer.encode(texts))
    assert [[pieces[number] for number in line] for line in ids] == [simple(text) for text in clean]
    assert tokenizer.decode(ids[1:2]) == ["the cats the "]
    (tmp_path / "plain.txt").write_text(text)
    assert lists(load(tmp_path / "plain.txt").tokenizer.encode(texts)) == ids
    path.write_bytes(gzip.compress(text.encode())[:-20])
    with pytest.raises(UserError, match=r"\.txt\.gz: not CLIP's merges, or cut short"):
        load(path)
    monkeypatch.setitem(sys.modules, "ftfy", None)
    with pytest.raises(MissingLibrary, match=r"needs ftfy: pip install 'langcov\[clip\]'"):
        load(tmp_path / "plain.txt")


def test_one_file_of_the_two_says_that_the_other_is_missing(trained: Path, tmp_path: Path) -> None:
    for name, other in (("vocab.json", "merges.txt"), ("merges.txt", "vocab.json")):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_bytes((trained / name).read_bytes())
        with pytest.raises(UserError, match=f"{name}: {other} must lie beside it"):
            load(f"bpe:{folder / name}")
