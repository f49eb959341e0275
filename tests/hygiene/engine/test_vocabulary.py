from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora.best import best_bundled
from langcov.corpora.resolve import bundled_corpora
from langcov.hygiene.engine.vocabulary import vocabulary


def test_a_folder_called_like_a_bundled_corpus_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in bundled_corpora():
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    assert "мәктәп" in vocabulary.__wrapped__("tat_Cyrl")
    assert best_bundled(["sah"]).where == {"sah_Cyrl": "udhr"}
