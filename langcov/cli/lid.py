"""Measure language-ID models on corpora: what each language is found by, missed as and mistaken for.

With no SPEC, the models that come with installed libraries are measured; with no corpus, on the words of the
bundled UDHR.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

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
from langcov.cli.reading_options import add_corpora, add_form, add_part, options
from langcov.cli.where import add_where
from langcov.core.files import check_target
from langcov.core.names import several
from langcov.corpora import resolve
from langcov.corpora.base import Corpus
from langcov.corpora.resolve import check_asked, distinct_names
from langcov.counting.jobs import Count
from langcov.counting.predictions import count_lid
from langcov.errors import UserError
from langcov.lid import default_specs, load
from langcov.lid.classes import POLICIES
from langcov.lid.engines import with_engine
from langcov.lid.kinds import CLEANING_WAYS, with_cleaning
from langcov.measure.engines import ENGINES, choose_models
from langcov.measure.lid import LAYOUT, LidSettings, judges_of, measure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "specs",
        nargs="*",
        metavar="SPEC",
        help="a fastText .bin or .ftz, cld2, cld3, heliport, langid, lingua; or with its kind: "
        "fasttext:FILE[?clean=NAME]; any of them as NAME=SPEC",
    )
    add = parser.add_argument_group("what is measured").add_argument
    add_corpora(add)
    add_part(add)
    add_form(parser.add_argument_group("how text is read").add_argument)
    add = parser.add_argument_group("how it is judged").add_argument
    add(
        "--policy",
        choices=POLICIES,
        default="macro",
        help="one class is: a language; a macrolanguage and its members too; sister languages too (macro)",
    )
    add("--top", type=int, choices=(1, 3), default=1, help="labels to ask for; 3 adds top-3 accuracy (1)")
    add_perturb(add, "how recall changes with")
    add_trained_on(add)
    add(
        "--labels",
        action="append",
        default=[],
        metavar="NAME=TSV",
        help="what labels of a model mean, a line each: label, ISO 639-3 code, script, between tabs",
    )
    add(
        "--clean",
        choices=CLEANING_WAYS,
        default="auto",
        help="clean lines as the makers of a known fastText model do; never; or show both ways (auto)",
    )
    add(
        "--threshold-from",
        metavar="CORPUS",
        help="measure this corpus too, and test all at the thresholds that are found on it",
    )
    add("--test-on", action="append", default=[], metavar="CORPUS", help="a corpus to test thresholds on")
    add(
        "--base-rate",
        type=float,
        metavar="P",
        help="how rare a language is in the text to be filtered, for thresholds (as in the test)",
    )
    add(
        "--engine",
        choices=ENGINES,
        default="auto",
        help="reference: fastText itself, whatever the size of the text",
    )
    add_where(add)
    add_hygiene(add)
    add = parser.add_argument_group("what comes out").add_argument
    add_output(add)
    add(
        "--predictions",
        type=Path,
        metavar="OUT.jsonl.zst",
        help="write what the model says of each line, by its address, here; measure it again as "
        "predictions:OUT.jsonl.zst",
    )


def run(args: argparse.Namespace) -> int:
    """Measure, print, write; the exit code says whether every named model was measured."""
    return deliver("lid", args, plan(args))


def plan(args: argparse.Namespace) -> Planned:
    """What is to be measured, its models loaded."""
    check_output(args)
    settings = LidSettings(
        policy=args.policy,
        top=args.top,
        perturbations=several(args.perturb),
        labels=dict(map(_table, args.labels)),
        base_rate=args.base_rate,
        trained_on=trained_on(args),
        options=options(args),
    )
    corpora = _corpora(args, settings)
    if args.threshold_from:
        settings = replace(settings, threshold_from=corpora[0].name)
    check_output(args, corpora)
    if args.predictions is not None:
        check_target(args.predictions, [source.path for corpus in corpora for source in corpus.sources])
    systems, failed = load_all(args.specs or default_specs(), load, args.quiet)
    systems = with_cleaning(systems, args.clean)
    # Predictions keep the library's own scores.
    systems = choose_models(systems, corpora, "reference" if args.predictions is not None else args.engine)
    judges_of(systems, corpora, settings)  # what is wrong is said here, not in a worker
    measured = partial(measure, corpora, systems, settings, predictions=args.predictions)
    named = [(system.name, system.spec, system.engine, system.model.sha256) for system in systems]
    worker = (_prepare, named, corpora, settings, args.predictions is not None)
    known = [(one.name, one.spec, one.model.sha256 or one.model.version) for one in systems]
    counts = ("accuracy", "predictions")
    return Planned(corpora, settings.options, measured, worker, LAYOUT.libraries, failed, known, counts)


def _corpora(args: argparse.Namespace, settings: LidSettings) -> list[Corpus]:
    """What is measured, the corpus that thresholds are from first."""
    if bool(args.test_on) != bool(args.threshold_from):
        raise UserError("--threshold-from A and --test-on B belong together: name both")
    picked = partial(resolve, languages=several(args.lang), options=settings.options, alone=False)
    own = (
        picked([args.threshold_from]) if args.threshold_from else []
    )  # LANG=PATHs of both would be one corpus
    found = [*own, *picked([*args.test_on, *args.corpus] or ["bundled:udhr"])]
    check_asked(found, settings.options)
    return distinct_names(found)


def _table(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not name or not path:
        raise UserError(f"--labels {text}: write NAME=TSV, the name being that of a model")
    return name, Path(path)


def _prepare(
    named: Sequence[tuple[str, str, str, str | None]],
    corpora: Sequence[Corpus],
    settings: LidSettings,
    keep: bool,
) -> Count:
    systems = []
    for name, spec, engine, sha256 in named:
        system = replace(load(spec), name=name)
        check_same(spec, system.model.sha256, sha256)
        systems.append(system if engine == "reference" else with_engine(system))
    return partial(count_lid, judges=judges_of(systems, corpora, settings), top=settings.top, keep=keep)
