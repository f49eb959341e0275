"""What the processes do: the same functions as the commands, in the folder of the files that were given.

What is made lies in a folder beside them: findings for programs, and the parts of the page in each language.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from langcov.core import ui
from langcov.core.files import write_whole
from langcov.corpora.base import Source
from langcov.errors import ChoiceError, UserError
from langcov.hygiene.engine.check import check_corpora, exceptions_of, make_plan
from langcov.hygiene.engine.finding import is_joining
from langcov.hygiene.engine.registry import checks
from langcov.hygiene.engine.report import Report, worst
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.fixing.changes import Fix, alike
from langcov.hygiene.fixing.choices import Choice, choices
from langcov.hygiene.fixing.copy import beside, log_beside, write_copy
from langcov.hygiene.fixing.fix import Fixing, fix
from langcov.hygiene.fixing.formats import PLACINGS
from langcov.hygiene.lines.evidence import default_models
from langcov.hygiene.reading.encoding import EncodingError
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields
from langcov.report.hygiene import findings_json
from langcov.web.given import Asked, Given, at_work
from langcov.web.lanes import Tell
from langcov.web.pages import found, sides
from langcov.web.questions import Made, which, which_language

FINDINGS, CHOICES, ACCEPTABLE = "findings.json", "choices.json", "acceptable.json"
SAMPLE = "sample.json"

SENTENCES, SENTENCE = 100, 300  # lines that can be cut into tokens, and characters of each


def check(tell: Tell, asked: Asked) -> Made:
    """Check files; what is found is written, and the least that a page says of it comes back.

    Raises:
        UserError: a file can't be read, or leads out of the folder.
    """
    with at_work(asked) as notes:
        given = Given(asked, tell)
        try:
            if question := which_language(asked):
                return question
            sources = given.sources
            reports = check_corpora(given.specs, given.language, given.settings)
        except (EncodingError, ChoiceError) as error:
            return which(error)
        tell(None)
        offered = _offered(given, sources)
        _write(asked.made, reports, offered)
        _write_json(asked.made / SAMPLE, _sample(given, sources))
        return {
            "kind": "checked",
            "notes": notes,
            "verdict": worst(reports),
            "languages": [report.language for report in reports],
            "choices": len(offered),
            "certain": sum(one["certain"] for one in offered),
        }


def _offered(given: Given, sources: Sequence[Source]) -> list[dict[str, Any]]:
    """The words that could be fixed in all files together, the certain ones first.

    A word is one with and without a comma; ``forms`` has them as they stand, with the files of each.
    """
    exceptions = exceptions_of(given.corpora, given.settings)
    every: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for number, source in enumerate(sources):
        plan = make_plan(source.language, given.settings, exceptions)
        for one, times, certain in _choices(source, plan):
            before, after = bare_pair(one.before, one.after)
            new = {
                "before": before,
                "after": after,
                "certain": certain,
                "checks": one.checks,
                "times": 0,
                "forms": [],
            }
            kept = every.setdefault((before, after, certain), new)
            kept["times"] += times
            kept["forms"].append((number, one.before, one.after))
    return sorted(every.values(), key=lambda one: (not one["certain"], -one["times"]))


def bare_pair(before: str, after: str) -> tuple[str, str]:
    """A word and what becomes of it, without the punctuation that both have around.

    >>> bare_pair("«хIун»,", "«хӏун»,"), bare_pair("-", "–")
    (('хIун', 'хӏун'), ('-', '–'))
    """
    head, tail = alike(before, after)
    start = next((at for at in range(head) if is_joining(before[at])), head)
    end = next((at for at in range(tail) if is_joining(before[-1 - at])), tail)
    bare = before[start : len(before) - end], after[start : len(after) - end]
    return bare if all(bare) else (before, after)


def _choices(source: Source, plan: Plan) -> list[Choice]:
    if source.format in PLACINGS:
        with suppress(UserError):  # some of it is no text: the check says so
            return choices(source, plan)
    return []


def _write(made: Path, reports: Sequence[Report], offered: Sequence[Mapping[str, Any]]) -> None:
    """Write what was found: as the command does, and as parts of pages."""
    with ui.speaking("en"):
        write_whole(made / FINDINGS, findings_json.render(*reports).encode())
    acceptable = found.acceptable(reports)
    _write_json(made / CHOICES, offered)
    _write_json(made / ACCEPTABLE, acceptable)
    for language in ui.LANGUAGES:
        with ui.speaking(language):
            write_whole(made / f"found.{language}.html", found.page(reports, offered, acceptable).encode())


def _write_json(path: Path, value: object) -> None:
    write_whole(path, json.dumps(value, ensure_ascii=False).encode())


def _sample(given: Given, sources: Sequence[Source]) -> list[str]:
    """The first lines of a text, for who wants to see them cut into tokens."""
    texts = chain.from_iterable(
        read_fields(one, Reading(given.asked.options), Unreadable()) for one in sources
    )
    lines = (line.strip() for fields in texts for line in fields.texts)
    return list(islice((line for line in lines if 0 < len(line) <= SENTENCE), SENTENCES))


def ready(tell: Tell) -> None:
    """Load what a check needs, before anybody waits for it."""
    checks()
    default_models()


def apply(tell: Tell, asked: Asked, numbers: Sequence[int]) -> Made:
    """Make the copies with the fixes that were chosen, and their logs.

    Args:
        numbers: of the choices.

    Raises:
        UserError: a file can't be fixed, or was changed.
    """
    offered = json.loads((asked.made / CHOICES).read_text("utf-8"))
    wanted = [offered[number] for number in numbers if 0 <= number < len(offered)]
    with at_work(asked):
        given = Given(asked, tell, passes=3)
        exceptions = exceptions_of(given.corpora, given.settings)
        done: list[Made] = []
        for number, source in enumerate(given.sources):
            if source.format in PLACINGS:
                plan = make_plan(source.language, given.settings, exceptions)
                fixing = fix(source, plan, _chosen(wanted, number))
                done.append(_copied(asked.made, fixing, [one["copy"] for one in done]))
        return {"kind": "fixed", "files": done, "archive": _archive(asked.made, done)}


def _chosen(wanted: Sequence[Mapping[str, Any]], number: int) -> dict[str, Fix]:
    """What becomes of the words of a file, by its number."""
    return {
        before: Fix(0, before, after, tuple(one["checks"]))
        for one in wanted
        for file, before, after in one["forms"]
        if file == number
    }


def _archive(made: Path, done: Sequence[Mapping[str, Any]]) -> str:
    """All copies and logs in one file, if there are several; returns its name."""
    if len(done) < 2:
        return ""
    name = "corrected.zip"
    with ZipFile(made / name, "w", ZIP_DEFLATED) as archive:
        for path in (one[what] for one in done for what in ("copy", "log")):
            archive.write(made / path, path)
    return name


def _copied(made: Path, fixing: Fixing, taken: Collection[str]) -> dict[str, Any]:
    copy = made / beside(fixing.path)
    if str(copy.relative_to(made)) in taken:  # of a.txt and a.docx
        copy = made / Path(fixing.path).name / copy.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    log = log_beside(copy, fixing.document)
    write_copy(fixing, copy, log)
    counts = {"words": fixing.words, "lines": fixing.lines, "left": fixing.left.total()}
    names = {
        "file": fixing.path,
        "copy": copy.relative_to(made).as_posix(),
        "log": log.relative_to(made).as_posix(),
    }
    return {**names, **counts, "encoding": fixing.encoding, "shown": sides.changed(fixing.blocks())}
