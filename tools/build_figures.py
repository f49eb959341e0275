"""Makes ``figures_tokenizers.tsv`` and ``figures_lid.tsv``: what was measured, by language.

Of each language the first corpus of ``CORPORA`` that a result has it in is taken.

Run it as ``python tools/build_figures.py``; with ``--check`` it only says whether the tables are up to date.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import langcov
from langcov.languages import Language, all_languages
from langcov.results.result import Record, Result

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ("flores_plus", "ntrex", "udhr", "commonvoice")
METRICS: dict[str, dict[str, tuple[str, str | None]]] = {  # of a result: columns, and what they show
    "tokenizers": {
        "fertility": ("fertility", None),
        "premium_eng": ("premium", "eng_Latn"),
        "premium_rus": ("premium", "rus_Cyrl"),
        "lost": ("lost_characters", None),
    },
    "lid": {"recall": ("recall", None), "precision": ("precision", None)},
}
MOST, LEAST = 3, 0.01  # of what a language is taken for: how many, from which share of its lines
Row = dict[str, str]


def rows(name: str) -> Iterator[Row]:
    """A line for each language and system."""
    result = langcov.load(ROOT / f"benchmarks/results/{name}.json.xz")
    by_language: dict[str, list[Record]] = {}
    for record in result.records:
        by_language.setdefault(record.language or "", []).append(record)
    for language in all_languages():
        own = by_language.get(language.id, [])
        corpus = next((one for one in CORPORA if any(record.corpus == one for record in own)), None)
        values = {(one.system, one.metric, one.reference): one for one in own if one.corpus == corpus}
        for system in dict.fromkeys(system for system, *_ in values):
            row = {"language": language.id, "corpus": corpus or "", "system": system}
            for column, which in METRICS[name].items():
                row |= figures(column, values.get((system, *which)))
            row |= taken_for(result, language, corpus, system) if name == "lid" else {}
            if any(row[column] for column in (*METRICS[name], "taken_for") if column in row):
                yield row


def figures(column: str, record: Record | None) -> Row:
    """A figure and its interval, blank where it is not known."""
    values = (None, None, None) if record is None else (record.value, record.low, record.high)
    names = (column, f"{column}_low", f"{column}_high")
    return {name: "" if value is None else f"{value:.5g}" for name, value in zip(names, values)}


def taken_for(result: Result, language: Language, corpus: str | None, system: str) -> Row:
    """What a model calls the language by mistake, the most frequent first, each with its share of lines."""
    counts: Counter[str] = Counter()
    for row in result.details["confusion"]:
        if (row["corpus"], row["gold"], row["system"]) == (corpus, language.id, system):
            counts[row["predicted"]] += row["count"]
    right = {language.id, language.iso639_3, language.macrolanguage}
    shares = [(name, count / counts.total()) for name, count in counts.most_common() if name not in right]
    return {"taken_for": " ".join(f"{name}:{share:.4f}" for name, share in shares[:MOST] if share >= LEAST)}


def main() -> int:
    stale = []
    for name in METRICS:
        target = ROOT / f"langcov/data/figures_{name}.tsv"
        made = list(rows(name))
        text = "".join("\t".join(row) + "\n" for row in (made[0], *(row.values() for row in made)))
        if "--check" not in sys.argv:
            target.write_text(text, "utf-8")
        elif target.read_text("utf-8") != text:
            stale.append(target.name)
    print(f"not that of the committed results: {', '.join(stale)}" if stale else "figures are up to date")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
