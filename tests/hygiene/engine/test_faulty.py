"""The words with issues of bundled tables, counted when the tables were made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from langcov.corpora import ReadOptions, bundled_corpora, resolve
from langcov.hygiene.checks.nfc import CHECKS
from langcov.hygiene.engine.count_faulty import count_faulty
from langcov.hygiene.engine.faulty import Task, bundled_faulty
from langcov.hygiene.engine.summary import hygiene
from tests.plug_ins import declared


def tasks(name: str, options: ReadOptions | None = None) -> list[Task]:
    (corpus,) = resolve([name])
    return [Task(corpus, source, options or ReadOptions()) for source in corpus.sources]


@pytest.mark.parametrize("name", ["gatitos", "panlex", "ud", "udhr"])
def test_the_counts_are_those_of_the_checks(name: str) -> None:
    of_table = tasks(name)
    found = bundled_faulty(of_table)
    assert found == {index: count_faulty(task) for index, task in enumerate(of_table)}
    assert any(faulty.errors for faulty in found.values())


def test_every_bundled_table_is_counted() -> None:
    """Of the tables too that are too large to be counted here; ``build_word_tables.py --check`` does."""
    of_all = [task for name in bundled_corpora() for task in tasks(name)]
    assert sorted(bundled_faulty(of_all)) == list(range(len(of_all)))


def test_a_table_that_was_not_counted_so_is_counted_anew(tmp_path: Path) -> None:
    assert not bundled_faulty(tasks("ud", ReadOptions(normalize="NFC")))
    copy = tmp_path / "ud"
    shutil.copytree(bundled_corpora()["ud"], copy)
    assert not bundled_faulty(tasks(str(copy)))
    with declared(checks={"one": CHECKS[0]}):
        assert not bundled_faulty(tasks("ud"))
    (corpus,) = resolve(["ud"])
    (copied,) = resolve([str(copy)])
    assert hygiene([corpus], ReadOptions()) == hygiene([copied], ReadOptions())


def test_other_bytes_than_those_that_were_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(bundled_corpora()["ud"], tmp_path / "ud")
    shutil.copy(bundled_corpora()["ud"].parent / "hygiene.json", tmp_path)
    monkeypatch.setattr("langcov.hygiene.engine.faulty.bundled", lambda kind: tmp_path)
    assert bundled_faulty(tasks(str(tmp_path / "ud")))
    with (tmp_path / "ud" / "ud.words.tsv.xz").open("ab") as table:
        table.write(b"\0\0\0\0")
    assert not bundled_faulty(tasks(str(tmp_path / "ud")))
