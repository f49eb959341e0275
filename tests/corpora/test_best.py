"""The bundled corpus for a language, against what the tables and cards themselves say."""

from __future__ import annotations

import lzma
import sys
from collections import Counter
from pathlib import Path

import pytest

from langcov.corpora import best_bundled, bundled_corpora
from langcov.errors import UserError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read(folder: Path) -> tuple[bool, bool, Counter[str]]:
    """Whether a corpus is a text, whether it is aligned, and how many rows each language has."""
    card = tomllib.loads((folder / "corpus.toml").read_text("utf-8"))
    [table] = folder.glob("*.words.tsv.xz")
    head = lzma.decompress(table.read_bytes()).decode().partition("\nlanguage\t")[0]
    rows = Counter(line.split("\t")[1] for line in head.splitlines() if line.startswith("#row"))
    return card["kind"] == "text", card["alignment"] != "none", rows


TOLD = {name: read(folder) for name, folder in bundled_corpora().items()}
LANGUAGES = sorted({language for _, _, rows in TOLD.values() for language in rows})


@pytest.mark.parametrize("trained_on", [(), ("ntrex", "flores", "ntrex", "panlex")])
def test_text_goes_before_lexicons_aligned_before_others_then_untrained_then_rows(
    trained_on: tuple[str, ...],
) -> None:
    where = best_bundled(LANGUAGES, (), trained_on).where
    assert list(where) == LANGUAGES
    for language, chosen in where.items():
        for name, (text, aligned, rows) in TOLD.items():
            if language in rows and name != chosen:
                other = text, aligned, -trained_on.count(name), rows[language]
                of_chosen = TOLD[chosen]
                assert (*of_chosen[:2], -trained_on.count(chosen), of_chosen[2][language]) >= other


def test_each_corpus_has_what_was_asked_for_and_the_references_that_it_has() -> None:
    found = best_bundled(["tat", "Chechen", "sah", "crh"], ["rus", "eng"], ["ntrex", "panlex"])
    assert found.where == {
        **{"tat_Cyrl": "flores", "che_Cyrl": "gatitos", "sah_Cyrl": "udhr"},
        "crh_Latn": "flores",  # the text it has, though the main script is another
    }
    assert {corpus.name: corpus.languages for corpus in found.corpora} == {
        "flores": ["crh_Latn", "eng_Latn", "rus_Cyrl", "tat_Cyrl"],
        "gatitos": ["che_Cyrl", "eng_Latn"],
        "udhr": ["eng_Latn", "rus_Cyrl", "sah_Cyrl"],
    }


def test_a_language_of_no_bundled_corpus_is_told(caplog: pytest.LogCaptureFixture) -> None:
    found = best_bundled(["tat", "Koryak"])
    assert found.where == {"tat_Cyrl": "ntrex", "kpy_Cyrl": ""}
    assert [corpus.name for corpus in found.corpora] == ["ntrex"]
    assert "no corpus has Koryak (kpy_Cyrl)" in caplog.text
    with pytest.raises(UserError, match=r"no corpus has Koryak \(kpy_Cyrl\)"):
        best_bundled(["Koryak"])
