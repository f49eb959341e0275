"""Measure tokenizers on corpora: tokens per word, premiums over Russian and English, and what they hide.

With no SPEC and no corpus, the bundled tokenizers are measured on the bundled UDHR, offline.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from langcov.cli.measuring import (
    Planned,
    add_hygiene,
    add_output,
    add_perturb,
    add_trained_on,
    check_output,
    check_same,
    deliver,
    load_all,
    trained_on,
)
from langcov.cli.reading_options import (
    add_aligned,
    add_corpora,
    add_form,
    add_part,
    options,
    positive,
)
from langcov.cli.where import add_where
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.counting.jobs import Count
from langcov.counting.tokens import count_source
from langcov.languages import find
from langcov.measure.engines import ENGINES
from langcov.measure.engines import choose as choose_engines
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import LAYOUT, corpora_for, measure
from langcov.metrics.tokenizers.ratios import WORDS
from langcov.tokenizers import bundled_names, load
from langcov.tokenizers.engines import with_engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "specs",
        nargs="*",
        metavar="SPEC",
        help="a tokenizer file, a bundled name, bytes, chars; or with its kind: spm:FILE, hf:FILE.json, "
        "hf:ORG/REPO, tiktoken:NAME, tiktoken:FILE[?pattern=P], tekken:FILE, rwkv:FILE, "
        "wordpiece:FILE[?lowercase], bpe:FILE, gguf:FILE, clip:FILE, vocab:FILE; any of them as NAME=SPEC",
    )
    add = parser.add_argument_group("what is measured").add_argument
    add_corpora(add)
    add_part(add)
    add_aligned(add)
    add("--reference", action="append", default=[], metavar="L", help="premiums are against it (rus and eng)")
    add_form(parser.add_argument_group("how text is read").add_argument)
    add = parser.add_argument_group("how it is counted").add_argument
    add("--words", choices=tuple(WORDS), default="whitespace", help="of fertility (whitespace)")
    add("--context", type=positive, default=8192, metavar="N", help="tokens of a context window (8192)")
    add("--price", type=float, metavar="P", help="of a million tokens; adds the price of text")
    add(
        "--costly-words",
        type=positive,
        nargs="?",
        const=20,
        default=0,
        metavar="N",
        help="list the most frequent words of each language and the costliest, and how they are split (20 of "
        "each); the result then holds words of the text",
    )
    add_perturb(add, "what is added to the tokens by")
    add_trained_on(add)
    add("--engine", choices=ENGINES, default="auto", help="reference: the library itself")
    add("--method", choices=("auto", "lines"), default="auto", help="lines: encode every line whole")
    add_where(add)
    add_hygiene(add)
    add_output(parser.add_argument_group("what comes out").add_argument)


def run(args: argparse.Namespace) -> int:
    """Measure, print, write; the exit code says whether every named tokenizer was measured."""
    return deliver("tokenizers", args, plan(args))


def plan(args: argparse.Namespace) -> Planned:
    """What is to be measured, its tokenizers loaded."""
    check_output(args)
    systems, failed = load_all(args.specs or bundled_names(), load, args.quiet)
    references = [find(name).id for name in several(args.reference) or ["rus", "eng"]]
    settings = Settings(
        references=references,
        words=args.words,
        words_once=args.method == "auto",
        context=args.context,
        price=args.price,
        perturbations=several(args.perturb),
        trained_on=trained_on(args),
        options=options(args),
    )
    languages = several(args.lang)
    where: Mapping[str, str] = {}
    if languages and not args.corpus:
        corpora, where = corpora_for(languages, systems, settings)
    else:
        corpora = resolve(
            args.corpus or ["bundled:udhr"],
            languages=languages,
            references=references,
            aligned=args.aligned,
            options=settings.options,
        )
    check_output(args, corpora)
    chosen = choose_engines(systems, corpora, args.engine)
    measured = partial(measure, corpora, chosen, settings, asked=where, costly_words=args.costly_words)
    worker = (_prepare, [(one.name, one.spec, one.engine, one.tokenizer.sha256) for one in chosen])
    return Planned(
        corpora,
        settings.options,
        measured,
        worker,
        LAYOUT.libraries,
        failed,
        [(one.name, one.spec, one.tokenizer.sha256) for one in chosen],
        counts=("tokens_per_line", "tokens"),
    )


def _prepare(named: Sequence[tuple[str, str, str, str | None]]) -> Count:
    systems = []
    for name, spec, engine, sha256 in named:
        system = replace(load(spec), name=name)
        check_same(spec, system.tokenizer.sha256, sha256)
        systems.append(system if engine == "reference" else with_engine(system))
    return partial(count_source, systems=systems, tables={})
