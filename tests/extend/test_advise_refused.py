"""Advice that is refused, with the reason: no text for it, or a tokenizer that can't be extended."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora import Corpus, resolve
from langcov.errors import UserError
from langcov.extend.advise import advise
from langcov.extend.kinds import extender
from tests.extend.conftest import MAKERS, lines_of, settings


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["бер"], "no line|too small"),
        (lines_of("tat_Cyrl", 24), "a corpus too small to advise on: .* fewer than 20"),
    ],
)
def test_too_small(lines: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=said):
        advise(MAKERS["hf-bpe"](tmp_path), resolve([{"tat": lines}]), settings(protect=[]))


def test_an_interval_that_holds_nothing_is_refused(tmp_path: Path) -> None:
    """Lines that have hardly a word in common, learned and tested on."""
    words = list(dict.fromkeys(" ".join(lines_of("tat_Cyrl", 900)).split()))
    letters = str.maketrans("абвгдежзийклмнопрстуфхцчшщъыьэюя", "0123456789!\"#$%&'()*+,-./:;<=>?@")
    lines = [f"{at}" for at in range(100, 160)] + [word.translate(letters) for word in words[:2]]
    with pytest.raises(UserError, match="can't be told from nothing"):
        advise(MAKERS["hf-bpe"](tmp_path), resolve([{"tat": lines}]), settings(protect=[], add=1))


def test_text_learned_on_is_refused_in_the_test(tatar: list[Corpus], tmp_path: Path) -> None:
    held_out = resolve([{"tat": [*lines_of("tat_Cyrl")[:2], "бер ике өч"]}])
    with pytest.raises(UserError, match="2 of 3 lines in tat_Cyrl to test on are in the text to learn on"):
        advise(MAKERS["hf-bpe"](tmp_path), tatar, settings(held_out=held_out))


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("bytes", "kind bytes can't be extended.*spm:FILE.model"),
        ("chars", "kind chars can't be extended"),
        ("wordpiece:x.txt", "takes the longest piece"),
        ("rwkv:x.txt", "takes the longest token"),
    ],
)
def test_kinds_that_cannot_be_extended(spec: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        extender(spec)


def test_a_json_of_wordpiece_cannot_be_extended(tmp_path: Path) -> None:
    from tests.toys import wordpiece

    wordpiece("ак").save(str(tmp_path / "t.json"))
    with pytest.raises(UserError, match=r"a tokenizer\.json of BPE or Unigram can be extended"):
        extender(f"hf:{tmp_path / 't.json'}")


def test_ranks_whose_special_tokens_nobody_knows(tmp_path: Path) -> None:
    spec = MAKERS["tiktoken"](tmp_path).partition("?")[0]
    with pytest.raises(UserError, match=r"name the first id that is free with --first-id \(259 or more\)"):
        extender(f"{spec}?pattern=llama3")
    assert extender(f"{spec}?pattern=llama3", 512).first_id == 512
    assert extender(f"{spec}?pattern=gpt2").first_id == 50257
    with pytest.raises(UserError, match="--first-id 100: ids up to 258 are taken"):
        extender(f"{spec}?pattern=llama3", 100)


def test_word_tables_have_no_lines(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="udhr is a word table, which has no lines"):
        advise(MAKERS["hf-bpe"](tmp_path), resolve(["bundled:udhr"]), settings())


def test_a_language_without_text(tatar: list[Corpus], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no text in chv_Cyrl"):
        advise(MAKERS["hf-bpe"](tmp_path), tatar, settings(languages=["chv"]))
    only_russian = resolve([{"rus": lines_of("rus_Cyrl", 60)}])
    with pytest.raises(UserError, match="all text is in protected languages"):
        advise(MAKERS["hf-bpe"](tmp_path), only_russian, settings(languages=[]))


def test_a_size_that_cannot_be_kept(tatar: list[Corpus], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="a rank says when a piece is merged and is its id too"):
        advise(MAKERS["tiktoken"](tmp_path), tatar, settings("tiktoken", keep_size=True))
    with pytest.raises(UserError, match="pieces can give an id away"):
        advise(MAKERS["hf-bpe"](tmp_path), tatar, settings(add=400, keep_size=True))
    with pytest.raises(UserError, match="name one of them"):
        advise(MAKERS["spm-bpe"](tmp_path), tatar, settings(keep_size=True, trim=True))
