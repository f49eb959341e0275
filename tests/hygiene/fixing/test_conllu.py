"""Fixing a treebank: the text, the forms and the lemmas change together, or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from langcov.corpora import resolve
from langcov.hygiene.engine.check import Settings, make_plan
from langcov.hygiene.engine.exceptions import Exceptions
from langcov.hygiene.fixing.conllu import APART, BETWEEN
from langcov.hygiene.fixing.copy import write_copy
from langcov.hygiene.fixing.fix import WHITE_SPACE, fix
from tests.hygiene.fixing.rules import copied, opened, toy


def sentence(text: str, *rows: str) -> str:
    """A sentence of CoNLL-U; a row is id, form and perhaps MISC."""
    parts = [[*row.split(), "_"][:3] for row in rows]
    tokens = [f"{number}\t{form}\t_\tX\tI\t_\t0\troot\t_\t{misc}" for number, form, misc in parts]
    return "\n".join([f"# sent_id = I{len(rows)}", f"# text = {text}", *tokens, "", ""])


GLUED = "SpaceAfter=No"


TREES = [
    (
        ("«хIун» дIа.", f"1 « Gloss=I|{GLUED}", f"2 хIун {GLUED}", "3 »", f"4 дIа {GLUED}", "5 ."),
        ("«хӏун» дӏа.", f"1 « Gloss=I|{GLUED}", f"2 хӏун {GLUED}", "3 »", f"4 дӏа {GLUED}", "5 ."),
    ),
    (
        ("хIуну I", "1-2 хIуну", "1 хIун", "2 у", "2.1 I", "3 I"),
        ("хӏуну ӏ", "1-2 хӏуну", "1 хӏун", "2 у", "2.1 I", "3 ӏ"),
    ),
    (
        ("хIу I", "1-2 хIу", "1 хIун", "2 I", "3 I"),
        ("хӏу ӏ", "1-2 хӏу", "1 хIун", "2 I", "3 ӏ"),
    ),
    (("aIx xб", "1 aIx", "2 xб"), ("aӏхх ххб", "1 aӏхх", "2 ххб")),
    (("к\u00adап x", "1 к\u00adап", f"2 x {GLUED}"), ("кап хх", "1 кап", f"2 хх {GLUED}")),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("size", [1, 200, 100_000])
def test_text_and_forms_are_fixed_together(tmp_path: Path, size: int, end: str) -> None:
    path = tmp_path / "che.conllu"
    old, right = ("".join(sentence(*tree) for tree in trees).replace("\n", end) for trees in zip(*TREES))
    path.write_text(old, "utf-8", newline="")
    assert copied(path, toy(chunk_bytes=size)).decode() == right
    path.write_text(right, "utf-8", newline="")
    assert copied(path).decode() == right


@pytest.mark.parametrize(
    ("form", "lemma", "fixed", "becomes"),
    [
        ("çын", "çын", "ҫын", "ҫын"),
        ("Пĕтĕм", "пĕтĕм", "Пӗтӗм", "пӗтӗм"),
        ("çынсем", "çын", "ҫынсем", "ҫын"),  # letter by letter
        ("Çынсем", "çын", "Ҫынсем", "ҫын"),
        ("ӑна\u0306", "ӑна\u0306", "ӑнӑ", "ӑнӑ"),
        ("çын", "_", "ҫын", "_"),
        ("хула", "çын", "хула", "çын"),  # another word: its form is right
    ],
)
def test_a_lemma_gets_the_letters_of_its_form(
    tmp_path: Path, form: str, lemma: str, fixed: str, becomes: str
) -> None:
    path = tmp_path / "chv.conllu"
    rest = "\tX\t_\t_\t0\troot\t_\t_\n"
    row = f"# text = {{0}} хула\n1\t{{0}}\t{{1}}{rest}2\tхула\tхула{rest}\n"
    path.write_text(row.format(form, lemma), "utf-8")
    plan = make_plan("chv_Cyrl", Settings(), Exceptions())
    write_copy(fix(resolve([f"chv={path}"])[0].sources[0], plan), tmp_path / "new.conllu", tmp_path / "log")
    assert (tmp_path / "new.conllu").read_text("utf-8") == row.format(fixed, becomes)
    changed = [json.loads(line)["after"] for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert changed == ([fixed, fixed] if form != fixed else []) + ([becomes] if lemma != becomes else [])


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (("хIун ду", "1 хIун", "2 да"), APART),
        (("хIун ду", "1 хIун", "2 ду", "3 ду"), APART),
        (("хIунду", "1 хIун", "2 ду"), APART),
        (("хIун ду", "1 хIун " + GLUED, "2 ду"), APART),
        (("xа", "1 x " + GLUED, "2 а"), ""),
        (("иxI", "1 и " + GLUED, "2 x " + GLUED, "3 I"), BETWEEN),
        (("@", "1 @"), WHITE_SPACE),
    ],
)
def test_a_sentence_that_cannot_be_fixed_whole_is_left(
    tmp_path: Path, tree: Sequence[str], reason: str
) -> None:
    path = tmp_path / "che.conllu"
    path.write_text(sentence(tree[0], *tree[1:]) + sentence("I", "1 I"), "utf-8")
    fixing = opened(path)
    write_copy(fixing, tmp_path / "new.conllu", tmp_path / "log.jsonl")
    assert dict(fixing.left) == ({reason: 1} if reason else {})
    assert fixing.words == (1 if reason else 2)
    new = (tmp_path / "new.conllu").read_text("utf-8")
    assert new.startswith(sentence(tree[0], *tree[1:])) == bool(reason)
    assert new.endswith(sentence("ӏ", "1 ӏ"))
    left = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [record["left"] for record in left if "left" in record] == ([reason] if reason else [])
