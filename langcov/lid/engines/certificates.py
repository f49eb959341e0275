"""Certificates: for which kinds of model the engine gives the library's labels, as far as could be told.

``benchmarks/certify_lid.py`` writes ``langcov/data/lid_certificates.json``: kinds of which nothing differed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from langcov.core.fasttext_file import HIERARCHICAL, NEGATIVE, ONE_VERSUS_ALL, SOFTMAX
from langcov.lid.engines.weights import Weights

SCHEMA = "langcov.lid-certificates/1"
FILE = "lid_certificates.json"
LOSSES = {HIERARCHICAL: "hs", NEGATIVE: "ns", SOFTMAX: "softmax", ONE_VERSUS_ALL: "ova"}


@dataclass(frozen=True)
class Certificate:
    """For which models what was compared counts."""

    engine: str  # with its revision
    reference: str  # distribution and exact version of the library
    recipe: Mapping[str, Any]  # of the models


def recipe(weights: Weights) -> dict[str, Any]:
    """What decides how the answers of a model are worked out."""
    return {
        "loss": LOSSES[weights.header.loss],
        "input": "codes" if weights.coded[0] else "numbers",
        "output": "codes" if weights.coded[1] else "numbers",
        "pruned": weights.bucket_rows is not None,
        "letter_ngrams": weights.header.longest > 0,
        "word_ngrams": weights.header.word_grams > 1,
    }


def certificates() -> list[Certificate]:
    """All that come with langcov."""
    held = json.loads((files("langcov.data") / FILE).read_text("utf-8"))
    return [Certificate(held["engine"], held["reference"], one["recipe"]) for one in held["certified"]]
