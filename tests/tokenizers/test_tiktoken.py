from __future__ import annotations

import base64
import hashlib
import itertools
import shutil
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given, settings

from langcov.errors import CannotEncode, UserError
from langcov.tokenizers import load as load_any
from langcov.tokenizers.callables import wrap
from langcov.tokenizers.rank_patterns import PATTERNS, pattern_of
from langcov.tokenizers.tiktoken import Tiktoken, load, make_encoding
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


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_that_was_cut_is_refused_where_the_library_would_panic(pattern: str) -> None:
    make_encoding("x", pattern_of(pattern), RANKS)
    with pytest.raises(UserError, match="x: its pattern fits where no text is"):
        make_encoding("x", pattern_of(pattern) + "| ?", RANKS)


def test_a_file_needs_its_own_pattern_unless_it_is_known(tmp_path: Path) -> None:
    path = write_ranks(tmp_path / "mine.tiktoken")
    with pytest.raises(UserError, match=r"mine\.tiktoken: .*no pattern but its maker's.*\?pattern=@FILE"):
        load(str(path))
    with pytest.raises(UserError, match=r"no pattern of that name; did you mean 'gpt2'\? \(known: gpt2, "):
        load(f"{path}?pattern=gpt5")
    for query in ("", "pattern", "pattern=", "pattern=@", "regex=x"):
        with pytest.raises(UserError, match=r"write \?pattern=@FILE" if query else "its maker's"):
            load(f"{path}?{query}")
    with pytest.raises(UserError, match="its pattern is no regex: Parsing error") as caught:
        load(f"{path}?pattern=(")
    assert "\n" not in str(caught.value)
    tokenizer = load(f"{path}?pattern=cl100k_base")
    assert tokenizer.encode(["the cat"]).ids.tolist() == [257, 261]
    assert tokenizer.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_pattern_is_given_as_it_is_or_in_a_file(tmp_path: Path) -> None:
    """A slash, a colon, an equals sign or a comma of a regex is none of the SPEC."""
    path, regex = write_ranks(tmp_path / "mine.tiktoken"), r"(?i:'s|x=y)|[/:,?]| ?\p{L}+|\p{N}|[^\p{L}\p{N}]"
    (tmp_path / "own.txt").write_text(regex + "\n", encoding="utf-8")
    library = tiktoken.Encoding("x", pat_str=regex, mergeable_ranks=RANKS, special_tokens={})
    texts = ["the cat 12!", "a's/ x=y: 1,2?"]
    systems = [load_any(f"{path}?pattern={regex}"), load_any(f"tiktoken:{path}?pattern=@{tmp_path}/own.txt")]
    for system in systems:
        assert lists(system.tokenizer.encode(texts)) == [library.encode_ordinary(text) for text in texts]
        assert system.name == "mine"
    assert systems[0].tokenizer.sha256 == systems[1].tokenizer.sha256
    assert systems[0].tokenizer.sha256 != hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "own.txt").write_bytes(b"\xff")
    with pytest.raises(UserError, match=r"own\.txt: not a regex: byte 0 is not UTF-8"):
        load(f"{path}?pattern=@{tmp_path}/own.txt")


def test_text_that_a_pattern_passes_over_is_known_to_be_left_out(tmp_path: Path) -> None:
    path = write_ranks(tmp_path / "mine.tiktoken")
    drops = {}
    for pattern in (*PATTERNS, r" ?\p{L}+|\p{N}"):
        vocabulary = load(f"{path}?pattern={pattern}").vocabulary
        drops[pattern] = vocabulary and vocabulary.drops
    assert drops == {**dict.fromkeys(PATTERNS, False), r" ?\p{L}+|\p{N}": True}


def test_an_encoding_without_all_bytes_is_loaded_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    ranks = {bytes([byte]): byte for byte in range(128)}
    library = tiktoken.Encoding("ascii", pat_str=r"\s+|\S+", mergeable_ranks=ranks, special_tokens={})
    tokenizer = wrap(library)[1]
    assert tokenizer.encode(["a b"]).ids.tolist() == [97, 32, 98]
    assert tokenizer.word_form is None and tokenizer.word_reason.startswith("the probe failed")
    assert capfd.readouterr().err == ""


def test_an_empty_token_is_read_and_never_given_out(tmp_path: Path) -> None:
    """As tiktoken reads it: the last line of Whisper's ranks."""
    path = write_ranks(tmp_path / "mine.tiktoken")
    path.write_bytes(path.read_bytes() + b"= %d\n" % len(RANKS))
    vocabulary = load(f"{path}?pattern=gpt2").vocabulary
    assert vocabulary and vocabulary.size == len(RANKS) + 1 == vocabulary.returnable.sum() + 1
    path.write_bytes(path.read_bytes() + b"Y!Q= 999\n")
    with pytest.raises(UserError, match=rf"mine\.tiktoken:{len(RANKS) + 2}: not a line of base64"):
        load(f"{path}?pattern=gpt2")


@settings(max_examples=40, deadline=None)
@given(lines=LINES)
def test_qwen_puts_text_in_nfc_first(lines: list[str]) -> None:
    """Its tokens are placed in the text as it was."""
    pattern = pattern_of("qwen")
    tokenizer = Tiktoken(make_encoding("tiny", pattern, RANKS), form="NFC")
    library = tiktoken.Encoding("x", pat_str=pattern, mergeable_ranks=RANKS, special_tokens={})
    composed = [unicodedata.normalize("NFC", line) for line in lines]
    ids = lists(tokenizer.encode(lines))
    assert ids == [library.encode_ordinary(line) for line in composed]
    assert ids == [ids_by_units(tokenizer, line) for line in lines]
    assert tokenizer.decode(ids) == composed
    spans = tokenizer.offsets(lines)
    assert spans is not None
    of_token = zip(*(side.tolist() for side in spans))
    for line, tokens in zip(lines, ids):
        data, texts = line.encode(), [tokenizer.decode([[token]])[0] for token in tokens]
        places = [next(of_token) for _ in tokens]
        for (begin, end), text in zip(places, texts):
            part = data[begin:end].decode(errors="replace")
            assert text == part or text in unicodedata.normalize("NFC", part) or "\ufffd" in text
        assert places[0][0] == 0 and places[-1][1] == len(data)
        assert all(here[1] >= there[0] for here, there in itertools.pairwise(places))


def test_the_place_of_a_composed_letter_is_all_it_was_made_of() -> None:
    tokenizer = Tiktoken(make_encoding("tiny", pattern_of("qwen"), RANKS), form="NFC")
    spans = tokenizer.offsets(["aи\u0306!"])
    assert spans is not None
    assert [side.tolist() for side in spans] == [[0, 1, 1, 5], [1, 5, 5, 6]]


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


def test_ranks_that_are_cut_otherwise_are_another_tokenizer() -> None:
    made = [Tiktoken(make_encoding("x", pattern_of(name), RANKS)) for name in ("gpt2", "cl100k_base", "gpt2")]
    first, other, again = (tokenizer.sha256 for tokenizer in made)
    assert first == again != other


def test_a_published_file_that_is_cut_otherwise_is_another_tokenizer(shared: Path) -> None:
    path = shared / "tokenizers" / "cl100k_base.tiktoken"
    own, named, other = (load(f"{path}{query}") for query in ("", "?pattern=cl100k_base", "?pattern=gpt2"))
    assert own.sha256 == named.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert other.sha256 != own.sha256
