"""What is advised for a language and what it keeps: for a terminal, Markdown and programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from langcov import __version__
from langcov.core.names import number_of
from langcov.filters.advise import LEFT_OUT, Advice, Words
from langcov.filters.stop_words import FEWEST_FOUND, FEWEST_WORDS
from langcov.filters.thresholds import Threshold
from langcov.filters.verdicts import NOISE, Verdict
from langcov.metrics.intervals import wilson
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table
from langcov.report.filters.view import WILSON
from langcov.results.result import json_text

SCHEMA = "langcov.filters.advice/1"
SHOWN = 30  # words in a terminal


def as_json(advice: Advice) -> str:
    """All of it."""
    told = advice.words
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "recipe": advice.recipe.name,
            "library": advice.recipe.library,
            "version": advice.version,
            "language": advice.language,
            "reason": advice.advised.stand_in or None,
            "key": told and (told.key or told.argument),
            "published": list(told.published) if told else [],
            "sources": list(told.found.sources) if told else [],
            "left_out": list(advice.left_out),
            "sure": told and told.found.sure,
            "stop_words": [asdict(one) for one in told.found.words] if told else [],
            "kept": list(told.found.kept) if told else [],
            "thresholds": [_threshold(advice, one) for one in advice.thresholds],
            "verdicts": [asdict(one) for one in advice.verdicts],
        }
    )


def _threshold(advice: Advice, one: Threshold) -> dict[str, Any]:
    return {
        "step": one.rule.name,
        "argument": one.argument,
        "published": one.published,
        "documents": one.documents,
        "removed": one.removed,
        "clean": one.clean,
        "advised": advice.advised_number(one),
    }


def sections(advice: Advice) -> list[Section]:
    """What is advised, then what it keeps of each corpus."""
    name = words.language_names([advice.language])[advice.language]
    notes = [
        *([] if advice.words is None else [_counted(advice, advice.words)]),
        *([advice.advised.stand_in] if advice.advised.stand_in else []),
        *_steps(advice),
        *([] if advice.verdicts else ["not tested: name text that was held out with --corpus"]),
    ]
    corpora = dict.fromkeys(one.corpus for one in advice.verdicts)
    tables = [*_numbers(advice), *(_table(advice, corpus) for corpus in corpora)]
    findings = [] if advice.words is None else [_said(advice.recipe.name, advice.words)]
    return [Section(f"{name}: advice for {advice.recipe.name}", tables, findings, notes, interval=WILSON)]


def _said(recipe: str, told: Words) -> str:
    found = told.found
    said = [one.word for one in found.words]
    more = f" and {len(said) - SHOWN} more (--format json has all)" if len(said) > SHOWN else ""
    stay = f"; of these stay {' '.join(found.kept[:SHOWN])}" if found.kept else ""
    before = f"instead of the {number_of(len(told.published), 'stop word')} of {recipe}"
    return f"{before if told.published else 'stop words'}: {' '.join(said[:SHOWN])}{more}{stay}"


def _counted(advice: Advice, told: Words) -> str:
    left_out = f", without {', '.join(advice.left_out)}" if advice.left_out else ""
    return (
        f"words counted in {', '.join(told.found.sources)}{left_out}; rarer by far in Russian and English; a "
        f"text of {FEWEST_WORDS} words has {FEWEST_FOUND} of them with a probability of {told.found.sure:.2f}"
    )


def _steps(advice: Advice) -> list[str]:
    """Steps that are to be left out, and numbers that the file of the recipe can't say."""
    gone = [step.name for step in advice.recipe.steps if step.not_judged == LEFT_OUT]
    fixed = [
        one.rule.name
        for one in advice.thresholds
        if one.too_strict and one.clean is not None and advice.advised_number(one) == one.published
    ]
    said = [f"to be left out, as no number keeps 99 % of clean text: {', '.join(gone)}"] if gone else []
    return said + ([f"too strict, but not in the file of the recipe: {', '.join(fixed)}"] if fixed else [])


def _numbers(advice: Advice) -> list[Table]:
    """The numbers that a rule has, and that clean text would want."""
    if not advice.thresholds:
        return []
    columns = [Column("published"), Column("removes"), Column("99 % pass at"), Column("advised")]
    rows = [
        Row(
            one.rule.name if one.rule.argument == one.argument else f"{one.rule.name} {one.argument}",
            [
                Cell(f"{one.published:g}"),
                Cell(str(one.removed), tone="bad" if one.too_strict else ""),
                Cell("none" if one.clean is None else f"{one.clean:g}"),
                Cell(_shown(advice.advised_number(one))),
            ],
        )
        for one in advice.thresholds
    ]
    documents = advice.thresholds[0].documents
    title = f"numbers of rules, on {number_of(documents, 'clean document')}"
    return [Table(title, "rule", columns, [Group("", rows)])]


def _shown(number: float | None) -> str:
    return "left out" if number is None else f"{number:g}"


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


def _kept(kept: int | None, documents: int) -> Cell:
    if kept is None or not documents:
        return Cell("–")
    low, high = (float(bound[0]) for bound in wilson(np.array([kept]), np.array([documents])))
    share = kept / documents
    interval = (words.number(low, "share"), words.number(high, "share"))
    return Cell(words.number(share, "share"), interval, words.spread(100 * share, 100 * low, 100 * high))
