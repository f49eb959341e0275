"""A result that holds all there is, written by hand."""

from __future__ import annotations

import pytest

from langcov.results.result import Record, Result


@pytest.fixture
def result() -> Result:
    """Two records of one system, with a detail table and a path that is not UTF-8."""
    return Result(
        kind="tokenizers",
        signature={"short": "corpus:udhr@12345678|tok:mine@none", "long": "corpus:udhr@" + "1" * 64},
        created="2026-01-01T00:00:00Z",
        environment={"langcov": "0.1.0"},
        corpora=[
            {
                "name": "udhr",
                "sha256": "1" * 64,
                "kind": "text",
                "alignment": "keys",
                "rows": "document",
                "row_count": 30,
                "licence": None,
                "source": None,
                "languages": ["eng_Latn", "tat_Cyrl"],
                "carriage_returns": 0,
                "byte_order_marks": 0,
                "skipped_lines": 0,
                "replaced_lines": 0,
                "changed_runs": 0,
                "changed_runs_reason": None,
            }
        ],
        systems=[
            {
                "name": "мой",
                "spec": "spm:\udcff.model",
                "kind": "sentencepiece",
                "sha256": None,
                "vocabulary": 10,
                "method": "words",
                "method_reason": None,
                "engine": "reference",
                "skipped": None,
            }
        ],
        totals=[
            {"system": "мой", "corpus": "udhr", "language": language, "rows": 30, "lines": 90, "tokens": 7}
            for language in ("tat_Cyrl", "eng_Latn")
        ],
        records=[
            Record("мой", "udhr", "tat_Cyrl", "premium", 1.71, 1.66, 1.76, 90, 30, reference="rus_Cyrl"),
            Record("мой", "udhr", "tat_Cyrl", "premium", 1.91, 1.86, 1.96, 90, 30, reference="eng_Latn"),
            Record("мой", "udhr", "tat_Cyrl", "fertility", None, reason="no words"),
            Record("мой", "udhr", None, "gini", 0.1, n=90, languages=("eng_Latn", "tat_Cyrl")),
        ],
        hygiene=[
            {
                **{"corpus": "udhr", "language": "tat_Cyrl", "check": "mixed-script-word"},
                **{"severity": "error", "count": 3, "share": 0.5},
            }
        ],
        details={
            "letters_not_single": [
                {"system": "мой", "corpus": "udhr", "language": "tat_Cyrl", "letter": "ә", "count": 1}
            ]
        },
    )
