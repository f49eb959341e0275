"""Findings of `langcov corpora check` in messages on which nothing had been chosen or mended, judged by hand.

    python benchmarks/sample_fresh.py TEXTS draw [NAME]      # places -> results/NAME.tsv, verdicts kept
    python benchmarks/sample_fresh.py TEXTS report [NAME]    # verdicts, and what is found now -> NAME.md

NAME is that of a draw in ``DRAWS``, each of other texts; ``fresh_sample`` if not said.

TEXTS has messages a line in GROUP/LANGUAGE.txt, and in GROUP/LANGUAGE.pkg the package of each line; GROUP is
the kind of package or file, ``packages.tsv`` has the name, version and number of lines of each package. They
come from packages which ``sample_lines.py``, ``sample_letters.py`` and the draws before have not read; lines
in Latin letters that stand in two languages are not translated and left out.

Lines: 60 warnings and 60 notes (all, if fewer) of russian-line, sister-language and other-language, 12 of a
file and severity at most. Letters: up to eight of each check and severity, notes too. What is doubtful
counts as wrong. ``right``: of a line, that it, or a good half of it, is in that language or script; of
letters, that there is an issue of that kind (of a warning or note: that it is worth a look); ``fix`` is the
same of the suggestion. A place is known by its package, its file, its line, a digest of the line, and the
word.

``fresh_sample``: ``gettext``, ``qt`` (.qm), ``libreoffice``, ``mozilla`` (Firefox, Thunderbird), ``debconf``,
``games``, ``web`` (Scratch, CKEditor …), ``wiki`` (Pywikibot, OOUI, Etherpad …), ``osm`` (presets of
OpenStreetMap), without the lines that stand in the texts of the other samples. Of the 94 files
`declared-language` calls three another language as a whole, of which no line is drawn. Two are, in good part:
qt/kir (QGIS, Russian) and gettext/crh_Latn (weather in Turkish). One is not: wiki/vep, 22 lines, whose
placeholders (``%(adding)s``) were taken for English words. The rules were mended on this sample afterwards
(single Latin letters, words that Ukrainian shares with Russian, code, numbered things, abbreviations): what
the report says of places that are gone or changed shows that this was done, and is no proof that the rules
are right elsewhere.

``fresh_sample_2``: packages of npm and PyPI, and of Debian such as the other samples did not read, 31
languages: ``gettext`` (.po and .mo), ``web`` (JSON and JavaScript), ``docs`` (manual pages, help, templates
of the installer), ``php``, ``cldr`` (names of emoji, languages and countries), ``other`` (.qm, .properties,
binary catalogues of JOSM and OpenTTD). Half of the packages, by chance: the other half is for a later draw.
The texts of the first draw were not at hand, so that a line may stand in both. Markup and placeholders were
taken out as `extract_debian.py` does, which leaves pieces of some (``%projecttitle``). Judged by one who set
none of the rules. Of the 108 files `declared-language` calls four another language as a whole. One is, in
good part: docs/ukr (help of GIMP and manual pages, English). Three are not, all lists of names of countries
and languages: cldr/kaa ("38 % Russian"), cldr/tat ("54 % Turkmen"), cldr/tyv ("83 % Kyrgyz"). Of russian-line
and sister-language there were five warnings, of which chance drew none: all five are right. The rules were
mended on this sample afterwards (names, half-translated words, Greek letters, numbered things, options,
lists of names).

``fresh_sample_3``: the other half of these packages, which nobody has read while the rules were mended; a
dictionary of Avar (``dict``) is one of them. Judged by one who set none of the rules. A Russian line that is
called Bulgarian counts as wrong, and so do commands, what is no prose, and messages with plural forms
(``{n, plural, one {…}}``), which were taken for Latin text by their syntax. Of the 113 files
`declared-language` calls two another language or script as a whole, both rightly: gettext/kaz (Kazakh in
Latin letters) and, in good part, docs/fin (help of GNOME and manual pages, English). The rules were mended on
this sample afterwards (messages with plural forms, units, escapes that are spoken of, names of variables).

``fresh_sample_4``: packages that are in no list of a draw before (``line_sample`` has no such list), judged
by one who set none of the rules: ``mozilla`` and ``libreoffice`` in languages that the first draw left out,
``gettext``, ``web``, ``docs`` (help of aptitude), ``wiki`` (MediaWiki, Kiwix), ``cldr`` (names of days,
countries, zones), ``other`` (Ren'Py, SOGo, novelWriter). Patterns of dates were left out of ``cldr``, and
lines that stand in an English file of the packages. The English of the texts of Debian that has no English
file of its own stays: nearly all line findings are such. How the texts are taken out was mended twice after a
look at a draw (keys taken for text, escapes), before any verdict; no rule was. Of the 105 files
`declared-language` calls three another language as a whole, all wrongly, lists of names: cldr/kaz ("34 %
Crimean Tatar"), cldr/kpv ("75 % Udmurt"), cldr/rus ("54 % Bulgarian"). The rules were mended on this sample
afterwards (placeables of Fluent, synopses, lists of names, letters that would spoil a word).

``fresh_sample_5``: packages that are in no list of a draw before (but ``line_sample``, which has none, read
Sugar, as a line that both have shows), six of a kind at most, judged by one who set none of the rules:
``docs`` (manual pages, help of GIMP, guides of Debian), ``office``, ``home`` (Gramps in Bashkir, calibre),
``talk`` (Pidgin in Meadow Mari, Gajim), ``media``, ``graphics``, ``games``, ``gnu``, ``servers``, ``net``,
``system``, ``desktop``, ``kids`` (Sugar), ``mozilla``, ``libreoffice``, ``webapps``, ``widgets``, ``python``.
Up to 1,500 lines of a file, evenly; no lists of languages and nations (iD, Freeciv), and nothing that stands
in an English text of a package (of Mozilla, GIMP's help, manual pages too). How the texts are taken out was
not touched after the first look at a finding: so OBS Studio's two Serbian files, one in Latin letters, stand
in one (12 of the line warnings, all right; 41 of 48 without them). Of the 217 files `declared-language` calls
two another language or script as a whole, both rightly: net/abk (Deluge's "Abkhaz", Turkish) and home/tat
(Tatar in Latin letters). Of the 108 words that `fix --write` changed in them 40 were looked at, three of a
check and file at most: 39 are right (not `ІP-адресою` made all Cyrillic). The rules were mended on this
sample afterwards (commands, brackets, names, identifiers, what is spoken of).

``fresh_sample_6``: packages that are in no list of a draw before, judged by one who set none of the rules, in
56 languages, the rare ones out of ``wiki``: MediaWiki 1.43, without the messages of 1.39, which
``line_sample`` read (of Debian 13, as part of ``phone`` is: Lomiri). ``write`` (AbiWord, Poedit …),
``learn``, ``draw``, ``media``, ``net``, ``mail`` (plugins of Roundcube, Horde, WeeChat …), ``system`` (git,
keyboards …), ``packages`` (apt, GRUB …), ``games`` (Wesnoth, ScummVM), ``deepin``, ``kylin``, ``java``,
``chromium`` (Qt WebEngine), ``stats`` (R), ``web``, ``python``. Up to 1,500 lines of a file, evenly, and
nothing that stands in an English text of a package, so that little English is left. How the texts are taken
out was not touched after the first look at a finding: with the signs of shortcuts went the underscore of some
codes (``part_ioio``), with escapes the backslash of ``\\x3e``, whence two wrong letter places; and Serbian in
both scripts stands in one file. Of the line warnings 28 are Serbian in Latin letters and 12 Uzbek in Cyrillic
ones, all right; without them 12 of 20 are. All 115 warnings were read, drawn or not: 106 are right, without
those two 14 of 23. Of the 276 files `declared-language` calls four another language or script as a whole, all
rightly: wiki/kaa (Karakalpak in Latin letters), system/uzn_Latn (Uzbek in Cyrillic ones) and, in good part,
phone/srp_Cyrl (Serbian in Latin letters) and python/srp_Cyrl (Russian). Of the 396 words that `fix --write`
changed in them all were looked at: one is spoiled (middle dots for spaces in a formula). The rules were
mended on this sample afterwards (commands, JSON, names of kinds of files, long lines with hardly a word,
endings that Russian has not, numbered things, elements of lists, parts of paths, escapes of markup). Left as
they are: a command in plain quotation marks, a code whose underscore was taken out, and a Tatar word in a
Tatar line of a Mari file, as such words in lists are judged right.
"""

from __future__ import annotations

import csv
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import sample_letters, sample_lines

RESULTS = Path(__file__).resolve().parent / "results"
LINES = 60
COLUMNS = ("part", *sample_letters.COLUMNS[:5], "package", *sample_letters.COLUMNS[5:], "reason")
KEY = ("part", "check", "digest", "word", "suggestion")

Row = dict[str, str]


class Draw(NamedTuple):
    """A sample of texts of its own."""

    name: str
    seed: int
    said: str

    @property
    def sample(self) -> Path:
        """Where the places and verdicts are."""
        return RESULTS / f"{self.name}.tsv"

    @property
    def report(self) -> Path:
        """Where the counts are."""
        return RESULTS / f"{self.name}.md"


MENDED = "**The rules were mended on this sample afterwards, so it is no proof of them.** "
WHERE = "The\nfirst table has the verdicts as they were judged before; the third what became of the places.\n"
DRAWS = {
    draw.name: draw
    for draw in (
        Draw("fresh_sample", 4711, MENDED + WHERE),
        Draw("fresh_sample_2", 20261129, MENDED + WHERE),
        Draw("fresh_sample_3", 20261130, MENDED + WHERE),
        Draw("fresh_sample_4", 20261130, MENDED + WHERE),
        Draw("fresh_sample_5", 20261131, MENDED + WHERE),
        Draw("fresh_sample_6", 20261202, MENDED + WHERE),
    )
}


def places(texts: Path, seed: int) -> Iterator[tuple[Row, str]]:
    """Each drawn place, and its line."""
    lines = sample_lines.drawn(list(sample_lines.flagged(texts)), seed, LINES)
    letters = list(sample_letters.flagged(texts, ("error", "warning", "note")))
    for part, some in (("lines", lines), ("letters", sample_letters.drawn(letters, seed))):
        for place, text in some:
            packages = (texts / place["file"]).with_suffix(".pkg").read_text("utf-8").split("\n")
            row = {"part": part, "package": packages[int(place["line"]) - 1], "fix": "-", **place}
            yield {name: row.get(name, "") for name in COLUMNS}, text


def draw(texts: Path, of: Draw) -> None:
    """Draw the sample; verdicts on places that were in the last one stay; the others are shown."""
    known = {tuple(row[name] for name in KEY): row for row in read_sample(of)}
    rows = []
    for row, text in places(texts, of.seed):
        old = known.get(tuple(row[name] for name in KEY), row)
        row.update({name: old[name] for name in ("verdict", "fix", "reason")})
        rows.append(row)
        if not row["verdict"]:
            print(*(row[name] for name in COLUMNS[1:5]), row["word"], row["suggestion"], text, sep="\t")
    with of.sample.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_sample(of: Draw) -> list[Row]:
    """The sample with its verdicts."""
    if not of.sample.exists():
        return []
    with of.sample.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def now(texts: Path) -> dict[tuple[str, ...], list[Row]]:
    """All findings of today, by check, place and word."""
    lines = sample_lines.flagged(texts)
    letters = sample_letters.flagged(texts, ("error", "warning", "note"))
    found: dict[tuple[str, ...], list[Row]] = {}
    for row, _ in chain(lines, letters):
        found.setdefault(_place(row), []).append(row)
    return found


def _place(row: Row) -> tuple[str, ...]:
    return row["check"], row["file"], row["line"], row["digest"], row.get("word", "")


def became(rows: list[Row], found: dict[tuple[str, ...], list[Row]]) -> Iterator[str]:
    """What has become of the judged places: found as before, with another severity or suggestion, or gone."""
    yield "\n| since then | verdict | places | as before | changed | gone | right of those left |"
    yield "|---|---|---|---|---|---|---|"
    for part, severity in dict.fromkeys((row["part"], row["severity"]) for row in rows):
        fates: Counter[tuple[str, str]] = Counter()
        some = [row for row in rows if (row["part"], row["severity"]) == (part, severity)]
        for row in some:
            fates[row["verdict"], _fate(row, found.get(_place(row), []))] += 1
        left = {one: fates[one, "as before"] + fates[one, "changed"] for one in ("right", "wrong")}
        share = f"{left['right'] / max(1, sum(left.values())):.2f}"
        for verdict in ("right", "wrong"):
            counts = [fates[verdict, fate] for fate in ("as before", "changed", "gone")]
            cells = " | ".join(map(str, (sum(counts), *counts)))
            yield f"| {part} · {severity} | {verdict} | {cells} | {share if verdict == 'right' else ''} |"
    yield "\n| right, but gone or changed | word | suggestion | now |\n|---|---|---|---|"
    for row in rows:
        fate = _fate(row, some := found.get(_place(row), []))
        if row["verdict"] == "right" and fate != "as before":
            said = fate
            if some:
                said = f"{some[0]['severity']}, {some[0].get('suggestion') or 'no suggestion'}"
            place = f"{row['file']}:{row['line']}, {row['severity']} · {row['check']}"
            yield f"| {place} | {row['word']} | {row['suggestion']} | {said} |"


def _fate(row: Row, found: list[Row]) -> str:
    same = ("severity", "suggestion")
    if any(all(one.get(name, "") == row[name] for name in same) for one in found):
        return "as before"
    return "changed" if found else "gone"


def tables(rows: list[Row], of: Draw) -> Iterator[str]:
    """The verdicts by part, severity and check, and what is not right."""
    yield "# Findings in texts that nothing had been mended on, judged by hand\n"
    yield of.said
    command = "report" if of.name == "fresh_sample" else f"report {of.name}"
    yield f"Made by `python benchmarks/sample_fresh.py TEXTS {command}`, whose head says how it was judged;"
    yield f"`{of.name}.tsv` has the {len(rows)} places, each with a reason. Seed {of.seed}. Judged once, by"
    yield "one reader of each line, with the alphabets, the neighbouring messages, Russian and English;"
    yield "by no native speaker.\n"
    yield f"| part | severity and check | places | right | share | fixes | right |\n|---{'|---' * 6}|"
    for part in ("lines", "letters"):
        own = [row for row in rows if row["part"] == part]
        for severity in dict.fromkeys(row["severity"] for row in own):
            some = [row for row in own if row["severity"] == severity]
            for check in dict.fromkeys(row["check"] for row in some):
                yield _counts(part, f"{severity} · {check}", [row for row in some if row["check"] == check])
            yield _counts(part, f"{severity} · all", some)
            others = [row for row in some if not row["file"].endswith("/ukr.txt")]
            yield _counts(part, f"{severity} · all but in Ukrainian", others)
    yield "\n| not right | word | suggestion | verdict | fix | reason |\n|---|---|---|---|---|---|"
    for row in rows:
        if row["verdict"] != "right" or row["fix"] == "wrong":
            place = f"{row['file']}:{row['line']}, {row['package']}, {row['severity']} · {row['check']}"
            cells = (
                row[name].replace("|", "\\|") for name in ("word", "suggestion", "verdict", "fix", "reason")
            )
            yield f"| {place} | {' | '.join(cells)} |"


def _counts(part: str, kind: str, rows: list[Row]) -> str:
    right = sum(row["verdict"] == "right" for row in rows)
    fixes = [row["fix"] for row in rows if row["fix"] != "-"]
    share = f"{right / len(rows):.2f}" if rows else ""
    return f"| {part} | {kind} | {len(rows)} | {right} | {share} | {len(fixes)} | {fixes.count('right')} |"


def packages(texts: Path) -> Iterator[str]:
    """What the texts were read from: names, versions, and how many lines each gave."""
    rows = [line.split("\t") for line in (texts / "packages.tsv").read_text("utf-8").splitlines()]
    total = sum(int(lines) for *_, lines in rows)
    yield f"\n{total} lines of {len(rows)} packages (of Debian 12, if not said):\n"
    listed = "; ".join(f"{name} {version} ({lines})" for name, version, lines in rows)
    yield textwrap.fill(listed, 110, break_on_hyphens=False, break_long_words=False)


if __name__ == "__main__":
    TEXTS = Path(sys.argv[1])
    DRAW = DRAWS[sys.argv[3] if len(sys.argv) > 3 else "fresh_sample"]
    if sys.argv[2] == "draw":
        draw(TEXTS, DRAW)
    else:
        SAID = read_sample(DRAW)
        PARTS = (*tables(SAID, DRAW), *became(SAID, now(TEXTS)), *packages(TEXTS))
        DRAW.report.write_text("\n".join(PARTS) + "\n", encoding="utf-8")
