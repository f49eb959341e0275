"""Names of files as the makers of corpora write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora import resolve
from langcov.corpora.names import told


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("tat_Cyrl.txt.gz", "tat_Cyrl", "txt"),
        ("tat_Cyrl.devtest", "tat_Cyrl", "txt"),
        ("eng_Latn.dev.gz", "eng_Latn", "txt"),
        ("newstest2019-ref.tat.txt", "tat_Cyrl", "txt"),
        ("newstest2019-ref.eng-GB.txt", "eng_Latn", "txt"),
        ("newstest2019-ref.uzb-Latn.txt", "uzb_Latn", "txt"),
        ("tt_nmctt-ud-test.conllu", "tat_Cyrl", "conllu"),
        ("myv_jr-ud-test.conllu.bz2", "myv_Cyrl", "conllu"),
        ("Tatoeba.ru-tt.tt", "tat_Cyrl", "txt"),
        ("Tatoeba.ru-tt.ru.gz", "rus_Cyrl", "txt"),
        ("NLLB.ba-en.en", "eng_Latn", "txt"),
        ("tt_RU.jsonl", "tat_Cyrl", "jsonl"),
        ("tatar.tsv", "tat_Cyrl", "tsv"),
        ("README.md", None, None),
        ("notes.ru", None, None),
        ("Tatoeba.ru-tt.ids", None, None),
        ("Tatoeba.ru-tt.txt", None, "txt"),
        ("eng.NOT-IT.txt", None, "txt"),
        ("LICENSE", None, None),
    ],
)
def test_what_a_name_says(name: str, language: str | None, form: str | None) -> None:
    assert told(f"some.dir/{name}") == (language, form)


@pytest.mark.parametrize("names", [("eng_Latn.devtest", "tat_Cyrl.devtest"), ("T.en-tt.en", "T.en-tt.tt")])
def test_a_folder_of_them_is_a_corpus(names: tuple[str, str], tmp_path: Path) -> None:
    for name in (*names, "T.en-tt.xml", "README"):
        (tmp_path / name).write_text("a\n")
    [corpus] = resolve([str(tmp_path)], aligned=True)
    assert [Path(source.path).name for source in corpus.sources] == [*names]
    assert (corpus.languages, corpus.alignment) == (["eng_Latn", "tat_Cyrl"], "lines")
