"""Sentences cut into tokens: as many as the library says, of the text that was given."""

from __future__ import annotations

import re
from html import unescape

import sentencepiece

from langcov.core.files import bundled
from tests.web.conftest import TYPED, Visitor

NAME = "langcov-balanced-32k"
SENTENCES = {"text": "Дөньяда күп нәрсә <b>белдем</b> ӏ", "russian": "Я много узнал на свете", "english": ""}


def test_counts_are_those_of_the_library_and_pieces_the_text(visitor: Visitor) -> None:
    page = visitor.session.post(f"{visitor.url}/tokens", {"form": visitor.secret, **SENTENCES}).text
    own = sentencepiece.SentencePieceProcessor(model_file=str(bundled("tokenizers") / f"{NAME}.model"))
    tokens, others = (len(own.encode(SENTENCES[name])) for name in ("text", "russian"))
    row = re.search(rf"<td>{NAME}</td>(.*?)</tr>", page)
    assert row
    cells = re.findall(r'<td class="figure"[^>]*>(.*?)</td>', row[1])
    assert cells == [str(tokens), str(others), f"×{tokens / others:.2f}"]
    [cut] = re.findall(rf"<h3>{NAME}: {tokens} tokens</h3><p class=\"split\">(.*?)</p>", page)
    assert unescape(re.sub("<sup>.*?</sup>|<[^>]*>", "", cut)) == SENTENCES["text"]
    assert sum(int(n) for n in re.findall(r'title="(\d+) tokens?"', cut)) == tokens


def test_a_line_is_taken_of_the_text_that_was_checked(visitor: Visitor) -> None:
    assert "Take a line" not in visitor.get("/tokens")
    visitor.give({"tat_Cyrl.txt": TYPED.encode()})
    page = visitor.get("/tokens")
    assert re.findall(r'<option value="(.*?)"', page) == TYPED.splitlines()
    taken = visitor.get("/tokens?line=%3Cb%3E")
    assert '<textarea id="text" name="text" rows="2" maxlength="2000">&lt;b&gt;</textarea>' in taken


def test_nothing_to_cut_is_no_error(visitor: Visitor) -> None:
    answer = visitor.session.post(f"{visitor.url}/tokens", {"form": visitor.secret, "text": " "})
    assert answer.status_code == 200
    assert 'class="cut"' not in answer.text


def test_a_language_is_found_by_any_name(visitor: Visitor) -> None:
    answer = visitor.session.get(f"{visitor.url}/languages", params={"language": "чеченский"})
    assert answer.url == f"{visitor.url}/languages/che_Cyrl"
    assert "Chechen (che_Cyrl)" in answer.text
    assert "U+04CF" in answer.text
    assert "o200k" in visitor.get("/languages/tat_Cyrl")
    visitor.get("/languages/none", 404)
    missing = visitor.session.get(f"{visitor.url}/languages", params={"language": "<b>"})
    assert missing.status_code == 400
    assert "<b>" not in missing.text
