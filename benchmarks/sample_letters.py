"""Faults of letters that `langcov corpora check` finds in interface messages, judged by hand.

    python benchmarks/sample_letters.py DEBIAN draw      # places -> results/letter_sample.tsv, verdicts kept
    python benchmarks/sample_letters.py DEBIAN report    # verdicts -> results/letter_sample.md

DEBIAN is that of ``sample_lines.py``. Errors and warnings only. Of each check and severity up to eight places
are drawn by a seed, of different files as far as there are, so that no file or mass fault fills the sample:
shares are of the sample. A place is known by its file, its line, a digest of the line, and the word.

``right``: an issue of that kind (of a warning: worth a look). ``fix``: the same of the suggestion, ``-``
where there is none.

Of the 125 places of a first draw (seed 2301) 31 were wrong, of the 124 of a second (2302) 22, and some
kinds were mended: patterns of a search (``hel?o``, ``a(.*)c``) and questions before a Georgian word as lost
letters; units (kΩ) and axes (y/2) as look-alikes; colours, variables and names with numbers (``libxml2``)
as footnotes. Of the 113 of a third (2303) 98 were right, of the warnings 2 of 8 look-alikes, 1 of 4 palochkas
and 1 of 4 lost letters. These were mended on the same texts, of which a draw is therefore no test of them.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256
from itertools import chain, zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from langcov.hygiene.engine.check import Settings, check_corpora

RESULTS = Path(__file__).resolve().parent / "results"
SAMPLE, REPORT = RESULTS / "letter_sample.tsv", RESULTS / "letter_sample.md"
SEED, PLACES, SEVERITIES = 2303, 8, ("error", "warning")
WORDS = ("lookalike", "mixed-script-word", "palochka", "twin", "nfc", "mojibake", "entity")
CHECKS = (*WORDS, "footnote", "lost-letters", "leftover", "invisible", "apostrophe")
COLUMNS = ("severity", "check", "file", "line", "digest", "word", "suggestion", "verdict", "fix")

Row = dict[str, str]


def flagged(debian: Path, severities: Collection[str] = SEVERITIES) -> Iterator[tuple[Row, str]]:
    """Each place of these severities, and its line."""
    for path in sorted(debian.glob("*/*.txt")):
        (report,) = check_corpora([str(path)], path.stem, Settings(only=CHECKS, models=[]))
        lines = path.read_text("utf-8").split("\n")
        for found in report.findings:
            if found.line and found.issue.severity in severities:
                line, issue = lines[found.line - 1], found.issue
                digest = sha256(line.encode()).hexdigest()[:16]
                place = (issue.severity, issue.check, path.relative_to(debian).as_posix(), str(found.line))
                word = found.text if issue.check in WORDS else found.text[issue.start : issue.end]
                row = (*place, digest, word, issue.suggestion or "", "", "" if issue.suggestion else "-")
                yield dict(zip(COLUMNS, row)), line


def drawn(places: list[tuple[Row, str]], seed: int = SEED) -> Iterator[tuple[Row, str]]:
    """Up to ``PLACES`` of each check and severity, of a file each in turn."""
    chance = random.Random(seed)
    strata: dict[tuple[str, str], dict[str, list[tuple[Row, str]]]] = {}
    for row, line in places:
        files = strata.setdefault((row["severity"], row["check"]), {})
        files.setdefault(row["file"], []).append((row, line))
    for kind in sorted(strata):
        by_file = list(strata[kind].values())
        chance.shuffle(by_file)
        for some in by_file:
            chance.shuffle(some)
        yield from [one for one in chain.from_iterable(zip_longest(*by_file)) if one][:PLACES]


def draw(debian: Path) -> None:
    """Draw the sample; verdicts on places that were in the last one stay; the others are shown."""
    known = {_key(row): row for row in read_sample()}
    rows = []
    for row, line in drawn(list(flagged(debian))):
        row.update({name: known.get(_key(row), row)[name] for name in ("verdict", "fix")})
        rows.append(row)
        if not row["verdict"]:
            print(*(row[name] for name in COLUMNS[:4]), row["word"], row["suggestion"], line, sep="\t")
    with SAMPLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _key(row: Row) -> tuple[str, ...]:
    return row["check"], row["digest"], row["word"], row["suggestion"]


def read_sample() -> list[Row]:
    """The sample with its verdicts."""
    if not SAMPLE.exists():
        return []
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def report() -> Iterator[str]:
    """The verdicts by check, and what is not right."""
    rows = read_sample()
    yield "# Faults of letters, judged by hand\n"
    yield "Made by `python benchmarks/sample_letters.py DEBIAN report`, whose head says how it was judged;"
    yield f"`letter_sample.tsv` has the {len(rows)} places of {len({row['file'] for row in rows})} files."
    yield f"Seed {SEED}.\n"
    yield "| severity and check | places | right | fixes | right |\n|---|---|---|---|---|"
    kinds = [f"{row['severity']} · {row['check']}" for row in rows]
    for kind in (*dict.fromkeys(kinds), "all"):
        some = [row for row, of in zip(rows, kinds) if kind in (of, "all")]
        verdicts, fixes = (Counter(row[name] for row in some) for name in ("verdict", "fix"))
        yield f"| {kind} | {len(some)} | {verdicts['right']} | {len(some) - fixes['-']} | {fixes['right']} |"
    yield "\n| not right | word | suggestion | verdict | fix |\n|---|---|---|---|---|"
    for row, kind in zip(rows, kinds):
        if row["verdict"] != "right" or row["fix"] not in ("right", "-"):
            cells = (f"{row['file']}:{row['line']}, {kind}", row["word"], row["suggestion"])
            yield f"| {' | '.join((*cells, row['verdict'], row['fix']))} |"


if __name__ == "__main__":
    if sys.argv[2] == "draw":
        draw(Path(sys.argv[1]))
    else:
        REPORT.write_text("\n".join(report()) + "\n", encoding="utf-8")
