"""What is advised for a language and what it keeps: for a terminal, Markdown, programs, and as YAML."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from langcov import __version__
from langcov.core.libraries import require
from langcov.core.names import number_of
from langcov.filters.advise import NOISE, Advice, Verdict
from langcov.filters.recipe import EXTRA, WANTED_FOR
from langcov.filters.stop_words import FEWEST_FOUND, FEWEST_WORDS
from langcov.metrics.intervals import wilson
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table
from langcov.report.filters.view import WILSON
from langcov.results.result import json_text

SCHEMA = "langcov.filters.advice/1"
SHOWN = 30  # words in a terminal


def as_yaml(advice: Advice) -> str:
    """The file of the recipe with what is advised, for ``--recipe-files`` or the recipe's own pipeline."""
    yaml = require("yaml", EXTRA, WANTED_FOR)
    return str(yaml.safe_dump(advice.values, allow_unicode=True))


def as_json(advice: Advice) -> str:
    """All of it."""
    found = advice.stop_list
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "recipe": advice.recipe.name,
            "library": advice.recipe.library,
            "version": advice.version,
            "language": advice.language,
            "reason": advice.stand_in or None,
            "key": advice.key,
            "published": list(advice.published),
            "sources": list(found.sources),
            "left_out": list(advice.left_out),
            "sure": found.sure,
            "stop_words": [asdict(one) for one in found.words],
            "kept": list(found.kept),
            "verdicts": [asdict(one) for one in advice.verdicts],
        }
    )


def sections(advice: Advice) -> list[Section]:
    """What is advised, then what it keeps of each corpus."""
    name = words.language_names([advice.language])[advice.language]
    found = advice.stop_list
    said = [one.word for one in found.words]
    more = f" and {len(said) - SHOWN} more (--format yaml has all)" if len(said) > SHOWN else ""
    stay = f"; of these stay {' '.join(found.kept[:SHOWN])}" if found.kept else ""
    findings = [
        f"instead of the {number_of(len(advice.published), 'stop word')} of {advice.recipe.name}: "
        f"{' '.join(said[:SHOWN])}{more}{stay}",
    ]
    left_out = f", without {', '.join(advice.left_out)}" if advice.left_out else ""
    notes = [
        f"counted in {', '.join(found.sources)}{left_out}; rarer by far in Russian and English; a text of "
        f"{FEWEST_WORDS} words has {FEWEST_FOUND} of them with a probability of {found.sure:.2f}",
        *([advice.stand_in] if advice.stand_in else []),
        *([] if advice.verdicts else ["not tested: name text that was held out with --corpus"]),
    ]
    corpora = dict.fromkeys(one.corpus for one in advice.verdicts)
    tables = [_table(advice, corpus) for corpus in corpora]
    return [Section(f"{name}: stop words for {advice.recipe.name}", tables, findings, notes, interval=WILSON)]


def signature(advice: Advice) -> str:
    """What was applied, in a line."""
    return f"recipe:{advice.recipe.name}|{advice.recipe.library}:{advice.version}|{advice.language}"


def _table(advice: Advice, corpus: str) -> Table:
    mine = [one for one in advice.verdicts if one.corpus == corpus]
    names = words.language_names([one.language for one in mine if one.language != NOISE])
    columns = [Column("documents"), Column("kept now"), Column("with advice")]
    rows = [_row(one, names.get(one.language, one.language)) for one in mine]
    groups = [Group("to be kept", rows[:1]), Group("to be rejected, or kin", rows[1:])]
    of_own = bool(mine) and mine[0].language == advice.language
    return Table(
        f"{words.visible(corpus)}, as if it were all in the language",
        "language",
        columns,
        groups if of_own else [Group("", rows)],
    )


def _row(one: Verdict, name: str) -> Row:
    cells = [Cell(str(one.documents)), *(_kept(kept, one.documents) for kept in (one.published, one.advised))]
    return Row(name, cells, "" if one.language == NOISE else one.language)


def _kept(kept: int, documents: int) -> Cell:
    if not documents:
        return Cell("–")
    low, high = (float(bound[0]) for bound in wilson(np.array([kept]), np.array([documents])))
    share = kept / documents
    interval = (words.number(low, "share"), words.number(high, "share"))
    return Cell(words.number(share, "share"), interval, words.spread(100 * share, 100 * low, 100 * high))
