"""What tokenizers and LID models were trained on, as far as a source says it: shown beside their figures.

``langcov/data/training.tsv`` has a row for each model (or tokenizer) and corpus, ``models.tsv`` says by which
digest (or version, or labels) a model is known. A fact is there only with its source; what no source says is
``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Literal, NamedTuple, cast

from langcov.data import read_table

Status = Literal["trained", "held-out", "unknown"]
ANY = "*"


class Standing(NamedTuple):
    """How a model stands to a corpus."""

    status: Status  # ``trained`` on it; ``held-out``, as its makers tested on it; or ``unknown``
    source: str  # who says so; empty where the model itself is not known
    note: str  # what limits the statement, or why it is not known; may be empty
    model: str  # the name of the model in the ledger; empty where it is not known


def status(
    kind: str, version: str, corpus: str, sha256: str | None = None, labels: Collection[str] = ()
) -> Standing:
    """Whether a model has seen a corpus.

    Another edition of a text counts as that corpus (Common Voice 11 and the sentences of 2021), and so does a
    part of it: the ledger tells what to be wary of, it doesn't prove that a line was seen.

    Args:
        kind: of the model: ``fasttext``, ``cld2``, ``sentencepiece``, …
        version: of the library (and model), as the result names it: ``py3langid 0.4.0``.
        corpus: its name: ``udhr``, ``flores``, ``commonvoice``, ``tatoeba``, ``wikipedia``, …, or of what is
            made of it (``udhr words``) or was pulled (``udhr-text``).
        sha256: of the model's file, where it has one.

    >>> status("langid", "py3langid 0.4.0", "tatoeba")[0], status("cld3", "3.1.0", "udhr")[0]
    ('trained', 'unknown')
    """
    model = model_name(kind, version, sha256, labels)
    if not model:
        return Standing("unknown", "", "the ledger does not know this model", "")
    rows = _standings()[model]
    return next((rows[name] for name in rows if base(name) == base(corpus)), rows[ANY])


def trained_on(
    kind: str, version: str, sha256: str | None = None, labels: Collection[str] = ()
) -> list[str] | None:
    """The corpora that a model was trained on, by the ledger's names; None for one that it does not know.

    >>> trained_on("langid", "py3langid 0.4.0")[:2], trained_on("fasttext", "0.11.9", "no such digest")
    (['cc100', 'glot500'], None)
    """
    rows = _standings().get(model_name(kind, version, sha256, labels))
    return None if rows is None else sorted(name for name in rows if rows[name].status == "trained")


def known_corpora() -> set[str]:
    """The corpora that the ledger says something of, as ``base`` has them."""
    return {base(name) for rows in _standings().values() for name in rows}


def base(corpus: str) -> str:
    """The name of the corpus that another is made of: of words of it, or of its text when it was pulled.

    However people write it is one.

    >>> base("udhr words"), base("commonvoice-text"), base("Common Voice"), base("mine")
    ('udhr', 'commonvoice', 'commonvoice', 'mine')
    >>> base("flores"), base("flores_plus"), base("FLORES+"), base("flores_devtest")
    ('flores', 'flores', 'flores', 'floresdevtest')
    """
    name = re.sub(r"[\W_]", "", corpus.removesuffix(" words").removesuffix("-text")).lower()
    return "flores" if name == "floresplus" else name


def model_name(kind: str, version: str, sha256: str | None = None, labels: Collection[str] = ()) -> str:
    """The name of a model in the ledger, by its digest or the words of its version, else by its labels.

    Labels tell it where the ledger names some that it has, and some (after ``-``) that it lacks. Empty if it
    has no name.

    >>> model_name("cld2", "pycld2 0.42"), model_name("fasttext", "0.11.9", "no such digest")
    ('CLD2', '')
    """
    named, has = {ANY, sha256, *re.split(r"[^\w.]+", version)}, set(labels)
    rows = [row for row in read_table("models.tsv") if row["kind"] == kind]
    found = [row["model"] for row in rows if not named.isdisjoint(row["match"].split())]
    found += [row["model"] for row in rows if row["labels"] and _fits(row["labels"].split(), has)]
    return next(iter(found), "")


def _fits(rule: list[str], labels: set[str]) -> bool:
    return all((label.removeprefix("-") in labels) != label.startswith("-") for label in rule)


@cache
def _standings() -> dict[str, dict[str, Standing]]:
    """Model to corpus to standing; the standing to all other corpora is under ``*``."""
    found: dict[str, dict[str, Standing]] = {}
    for row in read_table("training.tsv"):
        standing = Standing(cast("Status", row["status"]), row["source"], row["note"], row["model"])
        found.setdefault(row["model"], {}).update(dict.fromkeys(row["corpora"].split(), standing))
    return found
