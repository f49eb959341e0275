"""Six LID models on UDHR, FLORES+, NTREX and Common Voice: python benchmarks/run_lid.py

Measures ../shared/lid/lid.176.ftz and models that come with their libraries on the running text of
../shared/corpora, and writes results/lid.json.xz, results/lid.md (with findings whose figures are taken from
the result). The README's table is made of results/lid_flores.json.xz, which the command above it writes.
Needs ``langcov[lid]``; about half an hour, lingua's robustness being most of it.
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from langcov.corpora import resolve
from langcov.corpora.base import Corpus
from langcov.hygiene.engine.summary import with_hygiene
from langcov.languages import find
from langcov.lid import load
from langcov.measure.lid import LidSettings, measure
from langcov.report import render
from langcov.report.lid.numbers import LidNumbers
from langcov.results.result import Result
from langcov.results.saved import load as load_result

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
RESULT = HERE / "results" / "lid.json.xz"
TABLE = HERE / "results" / "lid_flores.json.xz"
"""What ``COMMAND`` writes, so that the README's table can be made anew in minutes."""
FOLDERS = ("udhr", "flores_plus", "ntrex", "commonvoice")
MODELS = ("cld2", "cld3", "heliport", "langid", "lingua")
PERTURBATIONS = ("case", "nfd", "palochka", "lookalike", "base_letters", "yo", "question", "digits")
FASTTEXT = "lid.176"
FLORES = "flores_plus"
COMMAND = f"langcov lid ../shared/lid/lid.176.ftz {' '.join(MODELS)} --corpus ../shared/corpora/{FLORES}"
"""Gives the figures of the README's table."""
SHOWN = [
    "rus_Cyrl",
    "tat_Cyrl",
    "bak_Cyrl",
    "chv_Cyrl",
    "mhr_Cyrl",
    "dar_Cyrl",
    "crh_Latn",
    "kaz_Cyrl",
]
MARKS = ("<!-- table: made by benchmarks/run_lid.py -->", "<!-- end of LID table -->")


def main() -> None:
    """Measure, write the result, its Markdown and the README's table."""
    if "--only-write" not in sys.argv:
        run().save(RESULT)
    result = load_result(RESULT)
    text = "\n".join([*findings(result), "", render(result, "md")])
    RESULT.with_name("lid.md").write_text(text, encoding="utf-8")
    readme = HERE.parent / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(MARKS[0])
    _, after = rest.split(MARKS[1])
    readme.write_text(f"{before}{MARKS[0]}\n{table(load_result(TABLE))}\n{MARKS[1]}{after}", encoding="utf-8")


def table(result: Result) -> str:
    """F1 on FLORES+ for the README, a dash where a model has no label."""
    names = [system["name"] for system in result.systems]
    rows = [["F1", *names], ["---", *["--:"] * len(names)]]
    for language in SHOWN:
        found = [value(result, name, FLORES, language, "f1") for name in names]
        rows.append([find(language).name, *("–" if f1 is None else f"{f1:.3f}" for f1 in found)])
    coverage = [value(result, name, FLORES, None, "coverage") for name in names]
    rows.append(["*languages that have a label*", *(f"{share or 0:.0%}" for share in coverage)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def run() -> Result:
    """The run itself."""
    models = [load(f"{FASTTEXT}=fasttext:{SHARED / 'lid' / 'lid.176.ftz'}"), *map(load, MODELS)]
    settings = LidSettings(policy="macro", top=3, threshold_from=FLORES, perturbations=PERTURBATIONS)
    corpora = [corpus(name) for name in FOLDERS]
    return with_hygiene(measure(corpora, models, settings), corpora, settings.options)


def corpus(folder: str) -> Corpus:
    """The running text of a folder; the lines of UDHR have keys, which its file names do not say."""
    [found] = resolve([str(SHARED / "corpora" / folder)])
    if folder != "udhr":
        return found
    sources = tuple(replace(source, format="tsv") for source in found.sources)
    return replace(found, sources=sources, alignment="keys", documents="key-prefix")


def value(result: Result, system: str, of: str, language: str | None, metric: str) -> float | None:
    """A figure; None where it is null."""
    return next(
        record.value
        for record in result.records
        if (record.system, record.corpus, record.language, record.metric) == (system, of, language, metric)
        and record.languages is None
    )


def cells(result: Result, system: str, of: str) -> Iterator[tuple[str, str, int]]:
    """The confusion counts: gold, predicted, lines."""
    for cell in result.details["confusion"]:
        if (cell["system"], cell["corpus"]) == (system, of):
            yield cell["gold"], cell["predicted"], cell["count"]


def unsupported(result: Result, system: str, of: str) -> list[str]:
    """The gold languages that a model has no label for."""
    return [
        record.language
        for record in result.records
        if (record.system, record.corpus, record.metric) == (system, of, "recall")
        and record.language
        and str(record.reason).startswith("unsupported")
    ]


def findings(result: Result) -> list[str]:
    """What the numbers say."""
    names = [system["name"] for system in result.systems]
    nobody = set.intersection(*(set(unsupported(result, name, "udhr")) for name in names))
    unknown = set(unsupported(result, FASTTEXT, "udhr"))
    numbers = LidNumbers(result, "udhr")
    known_only = numbers.precision(FASTTEXT, "tat_Cyrl", sorted(gold(result, "udhr") - unknown)) or 0
    everyone = value(result, FASTTEXT, "udhr", "tat_Cyrl", "precision")
    sinks = Counter(max_of(result, "udhr", language) for language in sorted(unknown))
    sink, times = sinks.most_common(1)[0]
    typed = {
        one: value(result, FASTTEXT, "flores_plus", one, "recall_change_base_letters")
        for one in ("tat_Cyrl", "bak_Cyrl")
    }
    plain = {one: value(result, FASTTEXT, "flores_plus", one, "recall") for one in typed}
    kept = {of: value(result, FASTTEXT, of, "tat_Cyrl", "precision_at_threshold") or 0 for of in FOLDERS}
    left = {of: value(result, FASTTEXT, of, "tat_Cyrl", "recall_at_threshold") or 0 for of in FOLDERS}
    threshold = next(
        row["threshold"]
        for row in result.details["thresholds"]
        if (row["system"], row["corpus"], row["gold"]) == (FASTTEXT, FLORES, "tat_Cyrl")
    )
    lines = f"""\
# Six language-ID models on four corpora

Made by `python benchmarks/run_lid.py`; all figures are in `lid.json.xz`, which `langcov.load` reads. Policy \
macro: a language that a model knows by its macrolanguage only is counted in that. What the models were \
trained on stands in the tables as far as a source says it. Findings:

1. **Most languages here have no label at all.** Of the {len(gold(result, "udhr"))} classes of UDHR, lid.176 \
lacks {len(unknown)}; {len(nobody)} have a label in none of the {len(names)} models: {listed(nobody)}.
2. **Precision depends on who is asked.** lid.176 finds Tatar in UDHR with a precision of \
{known_only:.3f} if only languages that it knows are in the test, of {everyone:.3f} if all are.
3. **What a model does not know it takes for something else.** Of the {len(unknown)} unsupported classes \
{times} are mostly taken for {named(sink)} by lid.176.
4. **Typing on a Russian keyboard hides a language.** With its own letters typed as the Russian ones they \
are based on, recall of lid.176 on FLORES+ changes from {plain["tat_Cyrl"]:.3f} by {typed["tat_Cyrl"]:+.3f} \
for Tatar and from {plain["bak_Cyrl"]:.3f} by {typed["bak_Cyrl"]:+.3f} for Bashkir.
5. **A threshold holds for the text that it was found on.** What lid.176 calls Tatar with a score of \
{threshold:.3f} or more is Tatar in {kept[FLORES]:.1%} on FLORES+, where that was looked for, in \
{kept["ntrex"]:.1%} on NTREX and in {kept["udhr"]:.1%} on UDHR; of the Tatar lines it keeps \
{left[FLORES]:.1%}, {left["ntrex"]:.1%} and {left["udhr"]:.1%}.
"""
    return [
        textwrap.fill(line, 110, subsequent_indent="   " * line[:1].isdigit(), break_on_hyphens=False)
        for line in lines.splitlines()
    ]


def gold(result: Result, of: str) -> set[str]:
    """The gold classes of a corpus for lid.176."""
    return {one for one, _, _ in cells(result, FASTTEXT, of)}


def max_of(result: Result, of: str, language: str) -> str:
    """What lid.176 takes most lines of a language for."""
    return max((count, named) for one, named, count in cells(result, FASTTEXT, of) if one == language)[1]


def named(identity: str) -> str:
    """The name of a class, its code where the table has none."""
    try:
        return find(identity).name
    except Exception:  # a code of a language that is not in the table of languages
        return identity


def listed(identities: Any) -> str:
    """Names, sorted."""
    return ", ".join(sorted(map(named, identities)))


if __name__ == "__main__":
    main()
