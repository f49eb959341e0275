"""The proofs themselves: patterns, marks, charsmaps, and that the probe takes a wrong form back."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import sentencepiece

from langcov.tokenizers import load
from langcov.tokenizers.builtin import Bytes
from langcov.tokenizers.charsmap import rewrites_space
from langcov.tokenizers.wordforms import confirm, differing_lines, hostile_lines
from tests.tokenizers.tiny import charsmap, training_lines


@pytest.mark.parametrize("rule", ["nfkc", "nmt_nfkc", "nfkc_cf", "nmt_nfkc_cf"])
def test_the_library_s_own_normalisers_leave_single_spaces_alone(rule: str) -> None:
    assert not rewrites_space(charsmap(rule))


@pytest.mark.parametrize(
    ("rule", "rewrites"),
    [
        ("61 20\t62", True),
        ("20 62\t62", True),
        ("61\t62 20 20", True),
        ("61\t2581", True),
        ("61 62\t62 20", False),
    ],
)
def test_a_rule_that_sees_a_space_is_found(rule: str, rewrites: bool, tmp_path: Path) -> None:
    rules, model = tmp_path / "rules.tsv", io.BytesIO()
    rules.write_text(f"{rule}\n0441\t0442\n")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(training_lines()),
        model_writer=model,
        model_type="bpe",
        vocab_size=150,
        hard_vocab_limit=False,
        normalization_rule_tsv=str(rules),
        minloglevel=2,
    )
    (tmp_path / "x.model").write_bytes(model.getvalue())
    form = load(tmp_path / "x.model").tokenizer.word_form
    assert form == (None if rewrites else "stripped")


@pytest.mark.timeout(10)
def test_a_damaged_map_whose_node_is_below_itself_comes_to_an_end() -> None:
    assert not rewrites_space(struct.pack("<5I", 16, 1 << 10, 0, 0, 0) + b"x\0")


def test_the_probe_takes_a_wrong_form_back() -> None:
    tokenizer = Bytes()
    tokenizer.word_form = "stripped"
    assert len(differing_lines(tokenizer, "stripped", hostile_lines())) > 0.9 * len(hostile_lines())
    confirm(tokenizer)
    assert tokenizer.word_form is None
    assert tokenizer.word_reason.startswith("the probe found other tokens by word than by line in ")


def test_real_tokenizers_by_words_and_by_lines(shared: Path) -> None:
    """Each file of ../shared: the form it was proved to have, and its ids on real lines."""
    lines = (shared / "corpora" / "commonvoice" / "abk.txt").read_text(encoding="utf-8").splitlines()[:150]
    forms = {}
    for path in sorted((shared / "tokenizers").iterdir()):
        if path.name in ("MANIFEST.tsv", "LOADING.md"):
            continue
        system = load(path)
        forms[system.name] = system.tokenizer.word_form
        if system.tokenizer.word_form:
            assert differing_lines(system.tokenizer, system.tokenizer.word_form, lines) == []
    stripped = {"grok1", "mistral_v1", "mistral_v3"}
    assert {name for name, form in forms.items() if form == "stripped"} == stripped
    assert {name for name, form in forms.items() if form is None} == {"sp_test_unigram1k"}
    assert len(forms) == 13
