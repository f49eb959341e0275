"""An attacker who has a word table, and other text of the language, tries to read the sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from langcov.corpora import Provenance, ReadOptions, WordCounts, condense, read_words, resolve

Pairs = Mapping[str, Counter[str]]


def pairs_of(lines: Iterable[str]) -> dict[str, Counter[str]]:
    """How often each word is followed by which."""
    follows: dict[str, Counter[str]] = {}
    for line in lines:
        for word, after in pairwise(line.split()):
            follows.setdefault(word, Counter())[after] += 1
    return follows


def rebuilt(table: WordCounts, follows: Pairs) -> set[str]:
    """From each word that starts a line, the likeliest chain of the words of its row, at every length."""
    words = table.words.to_list()
    rows: list[Counter[str]] = [Counter() for _ in table.lines]
    for row, word, count in zip(table.row.tolist(), table.word.tolist(), table.count.tolist()):
        rows[row][words[word]] = count
    made = set()
    for row_words in rows:
        for start in (word for word in row_words if not word.startswith(" ")):
            left = Counter({word[1:]: count for word, count in row_words.items() if word.startswith(" ")})
            chain = [start]
            while len(chain) < 40:
                known = follows.get(chain[-1], Counter())
                fitting = [(known[word], word) for word in known.keys() & left.keys() if left[word]]
                if not fitting:
                    break
                chain.append(max(fitting)[1])
                left[chain[-1]] -= 1
                made.add(" ".join(chain))
    return made


def table_of(spec: str, language: str) -> WordCounts:
    (corpus,) = resolve([spec])
    source = next(source for source in corpus.sources if source.language == language)
    return read_words(source, corpus, ReadOptions(), Provenance())


def sentences(path: Path) -> list[str]:
    lines = [" ".join(line.split()) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if len(line.split()) > 3]


@pytest.mark.parametrize(
    ("corpus", "language", "text", "others"),
    [
        ("flores", "tat_Cyrl", "flores_plus/tat_Cyrl.txt", ("commonvoice/tat.txt", "ntrex/tat_Cyrl.txt")),
        ("flores", "eng_Latn", "flores_plus/eng_Latn.txt", ("nllbseed/eng_Latn.txt", "ntrex/eng_Latn.txt")),
        ("ntrex", "tat_Cyrl", "ntrex/tat_Cyrl.txt", ("commonvoice/tat.txt", "flores_plus/tat_Cyrl.txt")),
        ("ntrex", "eng_Latn", "ntrex/eng_Latn.txt", ("nllbseed/eng_Latn.txt", "flores_plus/eng_Latn.txt")),
    ],
)
def test_no_sentence_can_be_read_in_a_bundled_table(
    shared: Path, tmp_path: Path, corpus: str, language: str, text: str, others: tuple[str, ...]
) -> None:
    secret = sentences(shared / "corpora" / text)
    known = [line for other in others for line in sentences(shared / "corpora" / other)]
    assert not rebuilt(table_of(corpus, language), pairs_of(known)) & (set(secret) - set(known))
    # The attack is no straw man: with a row a line, and knowing which words follow each other, it works.
    folder = tmp_path / language
    folder.mkdir()
    (folder / f"{language}.txt").write_text("\n".join(secret[:256]), "utf-8")
    (folder / "corpus.toml").write_text('licence = "CC0-1.0"')
    opened = tmp_path / "open.words.tsv"
    condense(resolve([str(folder)])[0], opened)
    assert len(rebuilt(table_of(str(opened), language), pairs_of(secret)) & set(secret[:256])) > 10
