"""How to add a result of one's own."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from html import escape

from langcov.corpora.resolve import all_bundled
from langcov.report import wording as words
from langcov.report.page.html import Part, items
from langcov.report.site.frame import ADD, KINDS, Page, Site, page, signed
from langcov.report.site.sheets import Sheet

OPTIONS = {
    "words": ("--words", "whitespace"),
    "norm": ("--normalize", "none"),
    "policy": ("--policy", "macro"),
    "top": ("--top", "1"),
    "base-rate": ("--base-rate", ""),
    "tier": ("--tier", ""),
    "text-column": ("--text-column", ""),
    "sheet": ("--sheet", ""),
    "encoding-errors": ("--encoding-errors", "strict"),
    "null": ("--null", "error"),
    "delimiter": ("--delimiter", ""),
}
"""The option that makes a setting, and what that is without it."""
MEASURE = {"tokenizers": "langcov tokenizers", "models": "langcov lid"}
SPEC = {"tokenizers": "NAME=hf:tokenizer.json", "models": "NAME=fasttext:model.bin"}
RULES = (
    "One table holds one text: results of a corpus stand together only if its sha256 is the same, which the "
    "signature begins with. Another version of it is another table.",
    "And one way: figures that were measured with other settings (words, policy, normalisation …) or by "
    "another version of langcov stand in a table of their own. Each table says its signature.",
    "A system is its content: two of one name with other sha256 are two systems, which are told apart by the "
    "first digits. Give a system of yours a name that says what it is: NAME=SPEC.",
    "Nothing is marked as the lowest or the best that no paired test tells apart, and a test is of systems "
    "that were measured in one run: of a table, those of the result that has most of them; the others stand "
    "beside them, not compared. To have yours compared, name them all in one command.",
    "The same result given twice counts once. Results hold figures, no text.",
)


def add_page(site: Site) -> Page:
    """The commands, and what stands together."""
    build = "langcov report --site DIR results/*.json results/*.json.xz"
    told = (
        "<p>NAME is what your system will be called, and what follows is where it is. Give the same text as "
        "in the table, and the same options: whether they are, the signature tells, which langcov prints.</p>"
    )
    again = (
        "<p>Put your file beside the others, and give all of them. Pages of an earlier build in DIR are "
        "replaced; files that langcov did not write stay.</p>"
    )
    parts = [
        Part("measure", "1. Measure", told),
        *_commands(site),
        Part("build", "2. Build the site again", f"{again}<pre>{escape(build)}</pre>"),
        Part("rules", "What stands in one table", items(RULES)),
    ]
    lead = "<p>A result is what <code>-o</code> writes; pages are made of results and of nothing else.</p>"
    return page(ADD, "How to add your own figures", lead, parts)


def _commands(site: Site) -> Iterator[Part]:
    """For each sheet, what makes a result that stands in it."""
    for kind, sheets in (("tokenizers", site.tokenizers), ("models", site.models)):
        for at, sheet in enumerate(sheets, 1):
            html = f"<pre>{escape(_command(kind, sheet))}</pre>{signed(sheet)}"
            yield Part(f"{kind}-{at}", f"{KINDS[kind]} on {sheet.title}", html, within=True)


def _command(kind: str, sheet: Sheet) -> str:
    said = dict(sheet.said)
    given = [
        f"{option} {said[key]}"
        for key, (option, usual) in OPTIONS.items()
        if key in said and said[key] != usual
    ]
    if said.get("lines"):  # first25
        given.append(f"--max-lines {said['lines'].removeprefix('first')}")
    if "lines" in said.get("aligned", ""):
        given.append("--aligned")
    name = words.visible(sheet.card["name"])
    known = kind == "tokenizers" and name in {corpus.name for corpus in all_bundled()}
    corpus = shlex.quote(name if known else f"FOLDER/{name}")
    return " ".join([MEASURE[kind], SPEC[kind], "--corpus", corpus, *given, "-o results/NAME.json"])
