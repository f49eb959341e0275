"""What the documents of a corpus are."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora import ReadOptions, resolve
from langcov.corpora.base import Corpus
from langcov.errors import UserError
from langcov.filters.documents import units


def found(corpus: Corpus, words: int = 3, options: ReadOptions | None = None) -> tuple[str, list[list[str]]]:
    unit, documents = units(corpus, corpus.sources[0], options or ReadOptions(), words)
    return unit, list(documents)


def test_lines_are_joined_until_there_are_words_enough_and_the_rest_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "tat_Cyrl.txt").write_text("бер ике\nөч\nдүрт биш алты җиде\nсигез\n")
    [corpus] = resolve([str(tmp_path / "tat_Cyrl.txt")])
    assert found(corpus) == ("run", [["бер ике", "өч"], ["дүрт биш алты җиде"]])
    assert found(corpus, options=ReadOptions(chunk_bytes=8)) == found(corpus)


def test_empty_lines_part_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "tat_Cyrl.txt").write_text("\nбер\nике\n\n \nөч\n\n")
    [corpus] = resolve([str(tmp_path / "tat_Cyrl.txt")])
    assert found(corpus) == ("paragraph", [["бер", "ике"], ["өч"]])


def test_a_last_empty_line_parts_nothing(tmp_path: Path) -> None:
    (tmp_path / "tat_Cyrl.txt").write_text("бер\nике өч\n\n")
    [corpus] = resolve([str(tmp_path / "tat_Cyrl.txt")])
    assert found(corpus) == ("run", [["бер", "ике өч"]])


def test_a_record_is_a_document_with_its_empty_lines(tmp_path: Path) -> None:
    (tmp_path / "tat_Cyrl.jsonl").write_text('{"text": "бер\\n\\nике"}\n{"text": " "}\n{"text": "өч"}\n')
    [corpus] = resolve([str(tmp_path / "tat_Cyrl.jsonl")])
    assert found(corpus) == ("document", [["бер", "", "ике"], ["өч"]])
    assert found(corpus, options=ReadOptions(chunk_bytes=4)) == found(corpus)


def test_a_card_names_documents(tmp_path: Path) -> None:
    (tmp_path / "corpus.toml").write_text('name = "c"\nalignment = "lines"\ndocuments = "names.lst"\n')
    (tmp_path / "names.lst").write_text("a\na\nb\n")
    (tmp_path / "tat_Cyrl.txt").write_text("бер\nике\nөч\n")
    [corpus] = resolve([str(tmp_path)])
    assert found(corpus) == ("document", [["бер", "ике"], ["өч"]])


@pytest.mark.parametrize("name", ["bundled:udhr", "bundled:gatitos"])
def test_what_has_no_documents_is_refused(name: str) -> None:
    [corpus] = resolve([name])
    with pytest.raises(UserError, match="is a word table, which has no documents"):
        found(corpus)
