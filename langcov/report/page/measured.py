"""What was measured: corpora, systems, versions, and how."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import PurePath
from typing import Any

from langcov.report import wording as words
from langcov.report.notes import ANY
from langcov.report.page.html import Part, cards, first, folded, items, sortable
from langcov.results.result import Result

ALIGNED = {"lines": "by line", "keys": "by key"}
NAMES = 12  # of languages that stand in a cell


def measured(result: Result) -> str:
    """The signature, the corpora, the systems and the versions of the libraries."""
    short = escape(result.signature["short"])
    return "\n".join(
        [
            f'<p>Quote this with the figures: <code class="signature">{short}</code></p>',
            _corpora(result),
            _systems(result),
            folded("Signature with whole hashes", f"<p><code>{escape(result.signature['long'])}</code></p>"),
            folded("Versions", items(f"{name} {version}" for name, version in result.environment.items())),
        ]
    )


def _corpora(result: Result) -> str:
    heads = ["Corpus", "Languages", "Aligned", "Rows", "Licence", "Source", "sha256", "Text as it was read"]
    return cards(heads, [_corpus(card) for card in result.corpora], len(heads))


def _corpus(card: Mapping[str, Any]) -> list[str]:
    languages = list(words.language_names(card.get("languages", [])).values())
    odd = [f"{key.replace('_', ' ')}: {card[key]}" for key in COUNTED if card.get(key)]
    return [
        _text(card["name"]),
        f"{len(languages)}: {first(languages, NAMES)}",
        ALIGNED.get(str(card.get("alignment")), "no"),
        f"{card.get('row_count') or ''} × {_text(card.get('rows'))}".strip("× "),
        _text(card.get("licence")) or "not stated",
        _text(card.get("source")),
        _text(card.get("sha256")),
        "; ".join(odd),
    ]


COUNTED = (
    "carriage_returns",
    "byte_order_marks",
    "skipped_lines",
    "replaced_lines",
    "changed_runs",
    "joined_lines",
)


def _systems(result: Result) -> str:
    trained: dict[str, list[str]] = {}
    for row in result.details.get("ledger", []):
        told = f"{row['corpus']}: {row['status']}" + f" ({row['source']})" * bool(row["source"])
        trained.setdefault(row["system"], []).append(words.visible(told))
    heads = [
        "System",
        "Kind",
        "File",
        "Vocabulary",
        "Labels",
        "Engine",
        "sha256",
        "Trained on the corpus?",
        "Notes",
    ]
    rows = [
        [
            _text(one["name"]),
            _text(one.get("kind")),
            _file(one),
            _text(one.get("vocabulary")),
            _text(one.get("labels")),
            _text(one.get("engine") or one.get("version")),
            _text(one.get("sha256")),
            "\n".join(trained.get(one["name"], [])),
            _text(one.get("skipped") or one.get("notice")),
        ]
        for one in result.systems
    ]
    return cards(heads, rows, len(heads))


def _file(system: Mapping[str, Any]) -> str:
    """The end of a path: the rest says only how somebody's disk is arranged."""
    spec = str(system.get("spec") or "")
    name = PurePath(spec.partition(":")[2] or spec).name
    return words.visible(name) if name != system["name"] else ""


def _text(value: object) -> str:
    return "" if value is None else words.visible(value)


def hygiene(result: Result) -> str:
    """The words with issues, of each corpus and language that has some."""
    rows = [
        [
            words.visible(row["corpus"]),
            words.language_names([row["language"]])[row["language"]] if row["language"] else "",
            "all together" if row["check"] == ANY else words.visible(row["check"]),
            words.visible(row.get("severity", "error")),
            "–" if row["count"] is None else str(row["count"]),
            "–" if row["share"] is None else words.number(row["share"], "share"),
            words.visible(row.get("reason") or ""),
        ]
        for row in result.hygiene
        if row["count"] or row.get("reason")
    ]
    heads = ["Corpus", "Language", "Check", "Severity", "Words", "Share", "Reason"]
    return sortable("Words with issues", heads, rows, 4) if rows else ""


def parts(result: Result, prefix: str) -> list[Part]:
    """What was measured, and how clean the text is."""
    return [
        Part(prefix + "measured", "What was measured", measured(result)),
        Part(prefix + "hygiene", "How clean the text is", hygiene(result)),
    ]
