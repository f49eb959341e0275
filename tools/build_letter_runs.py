"""Make ``letter_runs.npz``: what `declared-language` knows of the letters of languages.

    python tools/build_letter_runs.py

Counts of runs of three letters in the most frequent words of each language of the bundled word tables, for
the scripts that several languages there share. The same tables give the same counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from langcov.corpora.tables.word_table import open_table
from langcov.hygiene.lines.likelihood import PARTS, Counts, likeliest, words_of

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "langcov/data/letter_runs.npz"
SCRIPTS = ("Cyrl", "Latn")

Words = Mapping[str, Counter[str]]


def tables() -> Iterator[tuple[str, Words]]:
    """Each bundled corpus, and how often each word of each of its languages stands in it."""
    for path in sorted((ROOT / "corpora").glob("*/*.words.tsv.xz")):
        rows = open_table(str(path)).counts
        yield path.parent.name, {one: _words(one, rows[one]) for one in rows if one.endswith(SCRIPTS)}


def _words(language: str, rows: bytes) -> Counter[str]:
    times: Counter[str] = Counter()
    for row in rows.decode().split("\n")[:-1]:
        *_, text, count = row.split("\t")
        times[text] += int(count)
    found: Counter[str] = Counter()
    for words, often in zip(words_of(times, language.partition("_")[2]), times.values()):
        for word in words:
            found[word] += often
    return found


def counts(corpora: Mapping[str, Words], script: str) -> Counts:
    """Those of a script, of all corpora together."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for words in corpora.values():
        for language, found in words.items():
            if language.endswith(script):
                together[language].update(found)
    return Counts.of({language: likeliest(together[language]) for language in sorted(together)})


def arrays() -> dict[str, Any]:
    """What the file holds, by name."""
    corpora = dict(tables())
    found = {script: counts(corpora, script) for script in SCRIPTS}
    return {
        f"{script}_{part}": np.array(getattr(found[script], part)) for script in SCRIPTS for part in PARTS
    }


if __name__ == "__main__":
    np.savez_compressed(TARGET, **arrays())
