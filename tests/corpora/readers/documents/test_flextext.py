"""FLEx's interlinear texts: each sentence once."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora.base import Provenance, ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.formats import texts_in
from langcov.errors import UserError
from tests.corpora.readers.documents.made import read


def _item(kind: str, text: str, lang: str = "yrk") -> str:
    return f'<item type="{kind}" lang="{lang}">{text}</item>'


def _word(kind: str, text: str) -> str:
    morph = f"<morphemes><morph>{_item('txt', text)}</morph></morphemes>" if kind == "txt" else ""
    return f"<word>{_item(kind, text)}{morph}</word>"


WORDS = "".join(
    _word("punct" if not text.isalpha() else "txt", text)
    for text in ("«", "Тюку", "»", "ханяӈэ", "—", "пыда", ".")
)
SENTENCE = " «Тюку»\n ханяӈэ "
TOLD = f"<phrase>{_item('segnum', '2')}{_item('txt', SENTENCE)}<words>{WORDS}</words></phrase>"
MADE = f"<phrase><words>{WORDS}</words></phrase>"


def _write(path: Path, phrases: str, title: str = _item("title", "Лаханако")) -> None:
    inside = f"<paragraphs><paragraph><phrases>{phrases}</phrases></paragraph></paragraphs>"
    path.write_text(
        f'<document version="2"><interlinear-text>{title}{inside}</interlinear-text></document>', "utf-8"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "yrk.flextext"


def test_a_sentence_is_read_once(path: Path) -> None:
    _write(path, TOLD + MADE)
    assert read(path) == [("«Тюку» ханяӈэ", "Лаханако 2"), ("«Тюку» ханяӈэ — пыда.", "Лаханако 2")]
    _write(path, MADE, title="")
    assert read(path) == [("«Тюку» ханяӈэ — пыда.", "text 1 1")]


def test_sentences_made_of_words_are_counted(path: Path) -> None:
    _write(path, TOLD + MADE)
    file = File(Source("yrk_Cyrl", str(path), "flextext"), ReadOptions(), Provenance())
    assert sum(map(len, texts_in(file))) == 2 and file.provenance.joined == 1


def test_writing_systems(path: Path) -> None:
    both = f"<phrase>{_item('txt', 'тюку')}{_item('txt', 'tʲuku', 'yrk-fonipa')}</phrase>"
    _write(path, both)
    with pytest.raises(UserError, match=r"side by side \('yrk', 'yrk-fonipa'\): name one with --tier"):
        read(path)
    assert [text for text, _ in read(path, tier="yrk-fonipa")] == ["tʲuku"]
    path.write_text("<document/>")
    assert read(path) == []
    path.write_text("<languageproject/>")
    with pytest.raises(UserError, match=r"no \.flextext: its XML is of languageproject"):
        read(path)
