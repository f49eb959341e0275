from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora.best import best_bundled
from langcov.corpora.resolve import bundled_corpora
from langcov.hygiene.engine.vocabulary import endings, is_ending, vocabulary


def test_a_folder_called_like_a_bundled_corpus_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in bundled_corpora():
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    assert "мәктәп" in vocabulary.__wrapped__("tat_Cyrl")
    assert best_bundled(["sah"]).where == {"sah_Cyrl": "udhr"}


@pytest.mark.parametrize("language", ["abq_Cyrl", "sah_Cyrl", "vep_Latn"])
def test_the_table_of_endings_is_that_of_the_words(language: str) -> None:
    words = vocabulary(language)
    ends = {word[-size:] for word in words for size in range(1, 7)}
    made = set(endings(words))
    assert {end for end in ends if is_ending(language, end)} == made
    for end in ["а", min(words)[-3:], max(words)[-2:]]:
        times = sum(word.endswith(end) and word != end for word in words)  # a whole word is no ending
        assert (end in made) == (times >= 2 and times * 1000 >= len(words))
