"""Makes ``languages.tsv`` and ``languages_columns.tsv`` from ``../shared`` and ``added_facts.tsv``.

The shared table gives the languages of Russia. ``added_facts.tsv`` holds one fact a line with its source:
the reviewed alphabets, further scripts and orthographies, Russian names, and the neighbours that corpora
hold. A fact replaces what the shared table says; a blank stays blank.

Run it as ``python tools/build_languages.py [SHARED]``.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "langcov/data"
Row = dict[str, str]
Key = tuple[str, str]

# column of ours: column of the shared table ("" where we make it), what it holds
COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("", "ISO 639-3 and ISO 15924; the first row of a code is what the bare code means"),
    "orthography": ("", "blank for the main one, else the name of a second orthography in the same script"),
    "iso639_3": ("iso639_3", "ISO 639-3 code"),
    "script": ("", "ISO 15924 code"),
    "scope": ("", "macrolanguage where ISO 639-3 says so, else blank: an individual language"),
    "iso639_1": ("iso639_1", "ISO 639-1 code"),
    "name_en": ("name_en", "English name"),
    "name_ru": ("", "Russian name"),
    "autonym": ("autonym", "name in the language itself, as in the source"),
    "autonym_source": ("autonym_source", "where the autonym is from"),
    "other_names": ("", "further English names to look up, between semicolons"),
    "other_names_ru": ("", "further Russian names to look up, between semicolons"),
    "macrolanguage": ("macrolanguage", "ISO 639-3 macrolanguage that holds it"),
    "cldr_alias": ("cldr_alias_of_iso639_3", "what CLDR replaces the code with, and why"),
    "glottocode": ("glottocode", "Glottolog code"),
    "glottolog_name": ("glottolog_name", "name in Glottolog"),
    "family": ("family_glottolog", "top-level family"),
    "branch": ("branch_glottolog", "branches below the family"),
    "official_status_region": ("official_status_region", "where the source says it is official or spoken"),
    "official_status_source": ("official_status_source", "where that is from"),
    "cldr_ru_official_regional": ("cldr_ru_official_regional", "1: regionally official in RU for CLDR"),
    "indigenous_small_numbered_list": ("indigenous_small_numbered_list", "1: on the list of small peoples"),
    "speakers": ("speakers_census_2020_21", "speakers, census of 2020-21"),
    "speakers_note": ("speakers_note", "caveats of that figure"),
    "ethnic_population": ("ethnic_population_census_2021", "people, not speakers, census of 2021"),
    "cldr_ru_population_percent": ("cldr_ru_population_percent", "percent of the population of RU"),
    "base": ("", "russian33 or latin26: these letters come before `letters`; blank: `letters` is all"),
    "base_missing": ("", "letters of the base that the alphabet does not have"),
    "letters": ("letters_beyond_russian33", "lower-case letters beyond the base; (none); blank: not known"),
    "optional_letters": ("", "allowed letters that not every text or norm has"),
    "loan_letters": ("", "letters of the alphabet that only loans have"),
    "variant_letters": ("", "other ways to write a letter: variant=letter, or the variant alone"),
    "doubted_letters": ("", "letters that a source lists and the review doubts; not in the alphabet"),
    "digraphs": ("", "letters written with more than one character"),
    "alphabet_note": ("", "what to know of the alphabet"),
    "alphabet_source": ("letters_source", "where the letters are from"),
    "alphabet_agreement": ("letters_sources_agree", "do the sources compared agree"),
    "alphabet_disagreement": ("letters_disagreement", "where they do not"),
    "alphabet_confidence": ("", "high, medium or low: how sure the letters are"),
    "letters_in_udhr": ("letters_attested_in_stored_udhr", "letter:count in the stored UDHR"),
    "label_lid176": ("label_lid176", "label in fastText lid.176"),
    "label_lid218e": ("label_nllb_lid218e", "label in NLLB lid218e"),
    "label_glotlid": ("label_glotlid_v3", "label in GlotLID v3"),
    "label_openlid": ("label_openlid_v1_v2_v3", "label in OpenLID"),
    "label_cld3": ("label_cld3", "label in CLD3"),
    "label_cld2": ("label_cld2", "label in CLD2"),
    "label_lingua": ("label_lingua", "label in lingua"),
    "label_langid": ("label_langid_py", "label in langid.py"),
    "label_heliport": ("label_heli_ots_2", "label in HeLI-OTS 2.0 (heliport)"),
    "label_notes": ("", "what the sources add to the labels"),
    "flores_plus": ("flores_plus", "splits of FLORES+ that have it"),
    "udhr": ("udhr_lid", "name of its UDHR file"),
    "common_voice": ("common_voice_locale_listed", "Common Voice locale; listed, not always collecting"),
    "notes": ("notes", "anything else"),
}  # fmt: skip
REVIEW = "shared/hygiene/alphabet_review.tsv: "
NOT_PUBLISHED = r"udhr|UD_|commonvoice/|gflang/|PanLex|no published"
LABELS = [column for column in COLUMNS if column.startswith("label_") and column != "label_notes"]
# what a further script or orthography does not take from the language's first row
OF_THE_SCRIPT = set(list(COLUMNS)[list(COLUMNS).index("base") :]) - set(LABELS) - {"label_notes", "udhr"}
OF_THE_SCRIPT |= {"autonym", "autonym_source"}
DERIVED = {
    "id": "made of iso639_3 and script; first script: the shared table's, else CLDR 47 likelySubtags",
    "orthography": "shared/hygiene/alphabet_review.tsv",
    "script": "of the letters in the shared table, else of the GlotLID label, else of GlotScript",
    "base": "the shared table's column says: letters beyond the Russian 33, or beyond a-z",
    "alphabet_confidence": "high: CLDR, hyperglot (verified), or sources of two origins agree "
    "(googlefonts/lang is not one); medium: hyperglot (preliminary), or the review names what is published; "
    "low: others, as counted in texts; one lower where sources disagree or a preliminary one is alone",
    "udhr": "hplt-project/openlid-v3-evaluation udhr.txt",
    "label_notes": "brackets of the label columns of the shared table",
    "variant_letters": "U+04C0 for U+04CF: shared/README.md (known_27.tsv, first row); else each fact's own",
}


def read(path: Path) -> list[Row]:
    """The rows of a TSV; quote marks are letters here, not syntax."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write a TSV the way :func:`read` reads it."""
    columns = list(columns)
    lines = ["\t".join(columns), *("\t".join(row.get(column, "") for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def script_of(row: Row) -> str:
    """The main script of a row of the shared table, which names all scripts a language had."""
    scripts = row["script_main_glotscript"].split(", ")
    letters = row["letters_beyond_russian33"]
    if letters:
        return "Latn" if letters.startswith("(Latin alphabet)") else "Cyrl"
    labelled = re.match(r"\w+_(\w{4})$", row["label_glotlid_v3"])
    return labelled[1] if labelled else "Cyrl" if "Cyrl" in scripts else scripts[0]


def from_shared(row: Row) -> Row:
    """One row of ours from one of the shared table."""
    made = {column: unicodedata.normalize("NFC", row[old]) for column, (old, _) in COLUMNS.items() if old}
    script = script_of(row)
    made |= {"id": f"{row['iso639_3']}_{script}", "script": script, "orthography": ""}
    if made["letters"]:
        made["base"] = {"Cyrl": "russian33", "Latn": "latin26"}[script]
        made["letters"] = made["letters"].removeprefix("(Latin alphabet) beyond a-z: ")
    made["common_voice"] = " ".join(dict.fromkeys(made["common_voice"].split()))
    brackets = [(column, text) for column in LABELS for text in re.findall(r"\((.*?)\)", made[column])]
    made["label_notes"] = "; ".join(f"{column.removeprefix('label_')}: {text}" for column, text in brackets)
    for column in LABELS:
        made[column] = re.sub(r" *\(.*?\)", "", made[column])
    return made


def add_facts(rows: dict[Key, Row], facts: list[Row]) -> None:
    """Put the added facts in; a new script or orthography first takes what holds for the whole language."""
    shared = set(rows)
    for fact in sorted(facts, key=lambda fact: (fact["id"], fact["orthography"]) not in shared):
        key = (fact["id"], fact["orthography"])
        if key not in rows:
            code, script = fact["id"].split("_")
            first = next((row for row in rows.values() if row["iso639_3"] == code), {})
            kept = {column: value for column, value in first.items() if column not in OF_THE_SCRIPT}
            rows[key] = kept | dict(zip(("id", "orthography", "iso639_3", "script"), (*key, code, script)))
        rows[key][fact["column"]] = unicodedata.normalize("NFC", fact["value"])
        if fact["column"] in ("letters", "autonym"):
            source = "alphabet_source" if fact["column"] == "letters" else "autonym_source"
            rows[key][source] = fact["source"]


def finish(row: Row) -> Row:
    """Keep the labels of the row's own script, and name the two forms of the palochka."""
    for column in (*LABELS, "udhr"):
        own = [label for label in row.get(column, "").split() if label_script(label) in ("", row["script"])]
        if len(own) > 1:
            raise ValueError(f"{row['id']} has several labels in {column}: {own}")
        row[column] = "".join(own)
    if "ӏ" in row.get("letters", "").split():
        row["variant_letters"] = f"Ӏ=ӏ {row.get('variant_letters', '')}".strip()
    row["alphabet_confidence"] = confidence_of(row) if row.get("letters") else ""
    unknown = set(row) - set(COLUMNS)
    if unknown:
        raise ValueError(f"{row['id']} has unknown columns: {sorted(unknown)}")
    return row


def confidence_of(row: Row) -> str:
    """How sure the letters of a row are (``DERIVED`` has the rule in words)."""
    source, agreement = row["alphabet_source"], row.get("alphabet_agreement", "")
    independent = {*agreement.removeprefix("yes: ").split(",")} - {"googlefonts/lang"}
    agreed = agreement.startswith("yes: ") and len(independent) > 1
    reviewed = source.removeprefix(REVIEW).split("; ") if source.startswith(REVIEW) else []
    published = [name for name in reviewed if not re.match(NOT_PUBLISHED, name)]
    alone = agreement == "single source" and "(preliminary" in source
    lowered = alone or agreement.startswith("NO: ")
    if agreed or source.startswith("CLDR") or "(verified" in source:
        return "medium" if lowered else "high"
    return "medium" if not lowered and ("(preliminary" in source or published) else "low"


def label_script(label: str) -> str:
    """The script that a label names, or nothing: ``tat_Cyrl``, ``ru-Latn``, ``tt``."""
    return label[4:] if label[3:4] == "_" else label[3:] if label[2:3] == "-" else ""


def build(shared: Path, into: Path = HERE) -> None:
    """Write both tables.

    Args:
        shared: the folder with ``languages.tsv`` and ``languages_columns.tsv``.
        into: where to write.
    """
    rows = {(row["id"], ""): row for row in map(from_shared, read(shared / "languages.tsv"))}
    add_facts(rows, read(HERE / "added_facts.tsv"))
    order = {code: at for at, code in enumerate(dict.fromkeys(row["iso639_3"] for row in rows.values()))}
    table = sorted(map(finish, rows.values()), key=lambda row: order[row["iso639_3"]])
    write(into / "languages.tsv", COLUMNS, table)
    sources = {row["column"]: row["source"] for row in read(shared / "languages_columns.tsv")}
    columns = []
    for name, (old, meaning) in COLUMNS.items():
        source = DERIVED.get(name) or sources.get(old, "shared/languages.tsv" if old else "added_facts.tsv")
        columns.append({"column": name, "meaning": meaning, "source": source})
    write(into / "languages_columns.tsv", ("column", "meaning", "source"), columns)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / "shared")
