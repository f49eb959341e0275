from __future__ import annotations

import base64
import hashlib
import shutil
from functools import cache
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given, settings

from langcov.errors import CannotEncode, UserError
from langcov.tokenizers.callables import wrap
from langcov.tokenizers.tiktoken import PATTERNS, Tiktoken, load, make_encoding, pattern_of
from tests.tokenizers.tiny import LINES, ids_by_units, lists, training_lines

# The bytes and a few merges: enough for a pattern to matter.
MERGES = ["th", "the", " the", " c", " ca", " cat", "12", " \u043a".encode()[:2].decode("latin-1"), "  "]
RANKS = {bytes([byte]): byte for byte in range(256)} | {
    text.encode("latin-1"): 256 + rank for rank, text in enumerate(MERGES)
}


def write_ranks(path: Path) -> Path:
    path.write_bytes(b"".join(base64.b64encode(token) + b" %d\n" % rank for token, rank in RANKS.items()))
    return path


@cache
def tiny(pattern: str) -> Tiktoken:
    return Tiktoken(make_encoding("tiny", pattern_of(pattern), RANKS))


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=40, deadline=None)
@given(lines=LINES)
def test_units_give_the_ids_of_the_whole_line_and_pieces_the_text(pattern: str, lines: list[str]) -> None:
    tokenizer = tiny(pattern)
    assert tokenizer.word_form == "kept"
    assert tokenizer.vocabulary and tokenizer.vocabulary.pieces
    library = tiktoken.Encoding("x", pat_str=pattern_of(pattern), mergeable_ranks=RANKS, special_tokens={})
    whole = lists(tokenizer.encode(lines))
    assert whole == [library.encode_ordinary(line) for line in lines]
    assert whole == [ids_by_units(tokenizer, line) for line in lines]
    assert tokenizer.decode(whole) == lines


def test_an_unproved_pattern_has_no_word_form() -> None:
    assert Tiktoken(make_encoding("x", r"\w+ ?|\s+|\W", RANKS)).word_form is None
    assert Tiktoken(make_encoding("x", r" ?\p{L}+|\p{N}{1,3}", RANKS)).word_form is None


def test_a_file_needs_a_pattern_unless_it_is_known(tmp_path: Path) -> None:
    path = write_ranks(tmp_path / "mine.tiktoken")
    with pytest.raises(UserError, match=r"mine\.tiktoken: .*\?pattern=gpt2\|cl100k_base\|o200k_base"):
        load(str(path))
    with pytest.raises(UserError, match=r"write \?pattern= and one of gpt2"):
        load(f"{path}?pattern=gpt5")
    tokenizer = load(f"{path}?pattern=cl100k_base")
    assert tokenizer.encode(["the cat"]).ids.tolist() == [257, 261]
    assert tokenizer.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_cut_short_says_where(tmp_path: Path) -> None:
    path = write_ranks(tmp_path / "mine.tiktoken")
    whole = path.read_bytes()
    path.write_bytes(whole[:-30].rsplit(b" ", 1)[0])
    with pytest.raises(UserError, match=r"mine\.tiktoken:\d+: not a line of base64"):
        load(f"{path}?pattern=gpt2")
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:200]))
    with pytest.raises(UserError, match="cut short: 56 of the 256 bytes have no token"):
        load(f"{path}?pattern=gpt2")


def test_a_panic_names_the_string_and_keeps_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    tokenizer = tiny("o200k_base")
    with pytest.raises(CannotEncode) as caught:
        tokenizer.encode(["a", " " * 2_000_000 + "a", "b"])
    assert caught.value.index == 1
    assert "\n" not in caught.value.reason
    assert capfd.readouterr().err == ""


def test_published_files_find_their_pattern_and_equal_the_named_encoding(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the cache filled, a name needs no network; a name and its file are one tokenizer."""
    address = "https://openaipublic.blob.core.windows.net/encodings/r50k_base.tiktoken"
    file = shared / "tokenizers" / "gpt2.tiktoken"
    shutil.copy(file, tmp_path / hashlib.sha1(address.encode()).hexdigest())
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    named, from_file = load("r50k_base"), load(str(file))
    assert named.sha256 == from_file.sha256
    texts = training_lines()[:50]
    assert lists(named.encode(texts)) == lists(from_file.encode(texts))
    name, wrapped = wrap(tiktoken.get_encoding("r50k_base"))
    assert (name, wrapped.sha256) == ("r50k_base", named.sha256)
    assert named.vocabulary and named.vocabulary.returnable.sum() == 50256 < named.vocabulary.size


def test_an_encoding_that_cannot_be_had_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"no such encoding \(known: .*o200k_base"):
        load("o300k")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(UserError, match=r"^tiktoken:p50k_base: can't be downloaded") as caught:
        load("p50k_base")
    assert "\n" not in str(caught.value)
