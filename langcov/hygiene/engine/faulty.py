"""How many words of a source have issues; of bundled tables it was counted when they were made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import langcov
from langcov.core import plugins
from langcov.core.files import bundled
from langcov.corpora.base import Corpus, ReadOptions, Source

COUNTED = "hygiene.json"
"""The counts of the bundled tables, beside their folders; ``tools/build_word_tables.py`` writes it."""
ENTRY_POINTS = "langcov.checks"


@dataclass
class Faulty:
    """Words concerned in one file; those of several files add up.

    Attributes:
        words: all words.
        errors: words with an error.
        of_check: words with an issue, by check and severity; notes are left out.
        sha256: of the text that was read, where it is one file.
    """

    words: int = 0
    errors: int = 0
    of_check: Counter[tuple[str, str]] = field(default_factory=Counter)
    sha256: str = field(default="", compare=False)

    def __add__(self, other: Faulty) -> Faulty:
        return Faulty(self.words + other.words, self.errors + other.errors, self.of_check + other.of_check)

    def as_json(self) -> dict[str, Any]:
        """For ``COUNTED``."""
        issues = {f"{check} {severity}": count for (check, severity), count in self.of_check.items()}
        return {"words": self.words, "errors": self.errors, "issues": issues}

    @classmethod
    def of_json(cls, row: Mapping[str, Any]) -> Faulty:
        """What ``as_json`` made."""
        issues = {tuple(name.split(" ")): count for name, count in row["issues"].items()}
        return cls(row["words"], row["errors"], Counter(issues))


@dataclass(frozen=True)
class Task:
    """A source of a corpus whose words are to be judged."""

    corpus: Corpus
    source: Source
    options: ReadOptions

    @property
    def orthography(self) -> str:
        """The spelling that its card names, empty for the main one."""
        return self.corpus.orthography.get(self.source.language, "")


def bundled_faulty(tasks: Sequence[Task]) -> dict[int, Faulty]:
    """What was counted of bundled tables when they were made, by the index of the task.

    Only of a table with the bytes that were counted, read in the usual way and judged by this version of
    langcov without checks of other packages; the rest has to be counted.
    """
    folder = bundled("corpora")
    paths = {index: Path(task.source.path) for index, task in enumerate(tasks)}
    paths = {index: path for index, path in paths.items() if path.parent.parent == folder}
    if not paths or list(plugins.entry_points(ENTRY_POINTS)):
        return {}
    counted = json.loads((folder / COUNTED).read_text(encoding="utf-8"))
    tables = counted["tables"] if counted["langcov"] == langcov.__version__ else {}
    tables_of = {path: tables.get(path.parent.name, {}) for path in set(paths.values())}
    known = {path: table for path, table in tables_of.items() if table.get("sha256") == sha256(path)}
    found = {index: _counted(tasks[index], known[path]) for index, path in paths.items() if path in known}
    return {index: Faulty.of_json(row) for index, row in found.items() if row}


def _counted(task: Task, table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    row: Mapping[str, Any] = table["languages"].get(task.source.language, {})
    usual = task.options == ReadOptions() and row.get("orthography") == task.orthography
    return row if usual else None


def sha256(path: Path) -> str:
    """Of a file as it lies there."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
