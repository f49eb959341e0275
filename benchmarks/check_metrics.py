"""Is every number langcov's definition of it? python -m benchmarks.check_metrics [TOKENIZER ...]

Some hundred lines of ../shared/corpora and some hostile ones, eleven tokenizers of ../shared/tokenizers, the
two built in and five trained here (``trained``): every record of ``langcov.measure_tokenizers`` against the
same metric worked out in plain loops (``metrics_by_definition``) from the bare libraries
(``bare_tokenizers``), values and interval bounds to 1e-12, and the records of distinct words encoded once
against those of whole lines, exactly. Prints each difference and a table; exit code 1 if there is one.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import regex

from benchmarks.bare import Bare
from benchmarks.bare_tokenizers import load_all
from benchmarks.counts_by_definition import Text, by_documents, by_lines, count
from benchmarks.metrics_by_definition import Asked, metrics
from benchmarks.ratios_by_definition import Value
from benchmarks.trained import load_trained
from langcov.corpora import resolve
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure
from langcov.results.result import Record
from langcov.tokenizers import System, load

SHARED = Path(__file__).resolve().parents[2] / "shared"
REFERENCES = ("rus_Cyrl", "eng_Latn")
ENTROPY = {"bytes", "gpt2", "sp_test_unigram1k", "t5_small"}
"""Tokenizers whose intervals of the entropy are worked out too; the loops are slow."""

HOSTILE = {
    "rus": [
        "кот и ёж",
        "  два  пробела ",
        "кот\u00a0пёс",
        "кот\u202fпёс",
        "▁кот ▁ к▁т",
        "<s> кот</s>",
        "кот<unk>[UNK] пёс [SEP]",
        "<|endoftext|> кот",
        "е\u0308ж и\u0306 ё",
        "о\u0301н",
        "½ кот 3,5 №5 ⅷ",
        "ко\u00adт",
        "кот\u200bпёс \u200d",
        "Ａ１ ﬁn ﷺ",
        "中文 ไทย 한글",
        "👨\u200d👩\u200d👧 🇷🇺",
        "кот\u0001пёс",
        "",
        "\t\t",
        "ж" * 120,
    ],
    "eng": [
        "don't a cat",
        " lead",
        "trail ",
        "a\u00a0b",
        "e\u0301 \u0301",
        "½abc ﬁn ǆ ﬀx",
        "№5 ™ x²",
        "a\u001cb",
        "x\u0085y",
        "[INST] hi [/INST]",
        "<extra_id_0> a<pad>",
        "ab\u200ccd",
        "İstanbul",
        "\u2028",
        "a_b a.b 1.5",
        "Straße ẞ",
        "∀x ℝ Å",
        "a" * 120,
        "\ufeffbom",
        "the the the",
    ],
}
"""Lines on which offsets, normalisers, special tokens and unknown characters go wrong."""


@dataclass
class Case:
    """A corpus as langcov is asked for it, and as it is by definition."""

    name: str
    corpora: Any
    texts: list[Text]
    asked: Asked
    languages: tuple[str, ...] = ()


def main(wanted: list[str]) -> int:
    """Compare and print."""
    started = time.perf_counter()
    table: dict[tuple[str, str], Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        russian = head(SHARED / "corpora" / "flores_plus" / "rus_Cyrl.txt", -1)
        every = load_all(SHARED / "tokenizers") + load_trained(Path(folder), russian)
        bares = [bare for bare in every if not wanted or bare.name in wanted]
        systems = [replace(load(bare.spec), name=bare.name) for bare in bares]
        failures = sum(wrong_vocabulary(bare, system) for bare, system in zip(bares, systems))
        for case in cases(Path(folder)):
            by_words, by_line = (list(measured(case, systems, once)) for once in (True, False))
            failures += different_methods(case, by_words, by_line)
            for bare in bares:
                mine = [record for record in by_words if record.system == bare.name]
                table[case.name, bare.name] = compare(case, bare, mine)
                failures += table[case.name, bare.name]["wrong"]
    print_table(table, [bare.name for bare in bares])
    print(f"{failures} differences, {time.perf_counter() - started:.0f} s")
    return int(failures > 0)


def measured(case: Case, systems: Sequence[System], words_once: bool) -> Iterator[Record]:
    """langcov's records."""
    found = resolve(
        case.corpora, languages=case.languages or None, references=REFERENCES, aligned=case.asked.aligned
    )
    settings = Settings(
        REFERENCES, case.asked.words, words_once, context=case.asked.context, price=case.asked.price
    )
    yield from measure(found, systems, settings).records


def wrong_vocabulary(bare: Bare, system: System) -> int:
    """Whether the ids that an encoding can return are other ones than the model file says."""
    vocabulary = system.tokenizer.vocabulary
    assert vocabulary is not None
    returnable = set(vocabulary.returnable.nonzero()[0].tolist())
    if returnable == bare.returnable and vocabulary.unknown == bare.unknown:
        print(f"{bare.name}: {len(returnable)} ids of {vocabulary.size} can be returned, UNK {bare.unknown}")
        return 0
    print(f"{bare.name}: returnable {len(returnable)}, by the file {len(bare.returnable)}")
    return 1


def different_methods(case: Case, by_words: Sequence[Record], by_line: Sequence[Record]) -> int:
    """Records that whole lines give otherwise; a table has no lines."""
    found = 0
    for one, other in zip(by_words, by_line):
        if one != other and not case.asked.table:
            found += 1
            print(f"{case.name} {one.system} {one.language} {one.metric}: by words {one}\n  by lines {other}")
    return found


def compare(case: Case, bare: Bare, records: Sequence[Record]) -> Counter[str]:
    """How many records say what the definition says."""
    result: Counter[str] = Counter()
    if case.asked.table and all(r.value is None for r in records if r.metric == "fertility"):
        print(f"{case.name} {bare.name}: {next(r.reason for r in records if r.metric == 'fertility')}")
        return Counter(null=len(records))
    counted = {text.language: count(text, bare) for text in case.texts}
    wanted = metrics(bare, counted, case.asked, bare.name in ENTROPY and case.name in ("flores", "udhr"))
    found = {(r.language, r.metric, r.reference): r for r in records}
    for key in wanted.keys() ^ found.keys():
        result["wrong"] += 1
        print(f"{case.name} {bare.name} {key}: only {'langcov has it' if key in found else 'expected'}")
    for key in wanted.keys() & found.keys():
        fault = differs(found[key], wanted[key], bare.name in ENTROPY)
        result["wrong" if fault else "null" if wanted[key].value is None else "equal"] += 1
        result["intervals"] += wanted[key].bounds is not None and not fault
        if fault:
            print(f"{case.name} {bare.name} {key}: {fault}")
    return result


def differs(record: Record, wanted: Value, entropy: bool) -> str:
    """What differs, empty if nothing does."""
    for name, got, right in (
        ("value", record.value, wanted.value),
        ("low", record.low, wanted.bounds and wanted.bounds[0]),
        ("high", record.high, wanted.bounds and wanted.bounds[1]),
    ):
        if name != "value" and record.metric.startswith("renyi") and wanted.bounds is None:
            continue
        if (got is None) != (right is None) or (
            got is not None and right is not None and abs(got - right) > 1e-12 * max(1, abs(right))
        ):
            return f"{name} is {got}, by definition {right} ({record.reason})"
    for name, have, must in (
        ("n", record.n, wanted.n),
        ("rows", record.rows, wanted.rows),
        ("rows_dropped", record.rows_dropped, wanted.dropped),
    ):
        if must is not None and have != must:
            return f"{name} is {have}, by definition {must}"
    if (record.value is None or record.low is None) and not record.reason:
        return "a null without its reason"
    return ""


def print_table(table: Mapping[tuple[str, str], Counter[str]], systems: Sequence[str]) -> None:
    """Records equal / null / wrong, and intervals equal."""
    corpora = list(dict.fromkeys(case for case, _ in table))
    print("equal/null/wrong (intervals)", *corpora, sep="\t")
    for system in systems:
        cells = [table[case, system] for case in corpora]
        print(system, *(f"{c['equal']}/{c['null']}/{c['wrong']} ({c['intervals']})" for c in cells), sep="\t")


def cases(folder: Path) -> Iterator[Case]:
    """The corpora: written as files, read by langcov, and taken apart here."""
    yield flores(folder / "flores")
    yield ntrex(folder / "ntrex")
    yield from udhr(folder / "udhr_text")
    yield conllu(folder)
    asked = Asked(False, REFERENCES, "whitespace", 8192, 1.0)
    ids = {"rus": "rus_Cyrl", "eng": "eng_Latn"}
    yield Case("hostile", [HOSTILE], [by_lines(ids[k], v, len(v)) for k, v in HOSTILE.items()], asked)


def head(path: Path, lines: int) -> list[str]:
    """The first lines of a file."""
    return path.read_text(encoding="utf-8").split("\n")[:lines]


def flores(folder: Path) -> Case:
    """Aligned lines, some made empty in one language; line ends and byte-order marks of all sorts."""
    folder.mkdir()
    texts = []
    for language in ("tat_Cyrl", "chv_Cyrl", "rus_Cyrl", "eng_Latn", "kat_Geor"):
        lines = head(SHARED / "corpora" / "flores_plus" / f"{language}.txt", 300)
        if language == "kat_Geor":
            lines[6] = lines[7] = lines[11] = lines[200] = ""
        end = "\r\n" if language == "rus_Cyrl" else "\n"
        mark = "\ufeff" if language == "eng_Latn" else ""
        (folder / f"{language}.txt").write_bytes((mark + end.join(lines) + end).encode())
        texts.append(by_lines(language, lines, 300))
    return Case("flores", [str(folder)], texts, Asked(True, REFERENCES, "whitespace", 8192, 2.5))


def ntrex(folder: Path) -> Case:
    """Aligned lines of named documents; words of UAX #29."""
    folder.mkdir()
    names = head(SHARED / "corpora" / "ntrex" / "DOCUMENT_IDS.txt", 300)
    (folder / "DOCUMENT_IDS.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    card = 'alignment = "lines"\ndocuments = "DOCUMENT_IDS.txt"\n'
    (folder / "corpus.toml").write_text(card, encoding="utf-8")
    texts = []
    for language in ("tat_Cyrl", "rus_Cyrl", "eng_Latn", "fra_Latn"):
        lines = head(SHARED / "corpora" / "ntrex" / f"{language}.txt", 300)
        if language == "fra_Latn":
            lines[3] = ""
        (folder / f"{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        texts.append(by_documents(language, [(name, i, x) for i, (name, x) in enumerate(zip(names, lines))]))
    return Case("ntrex", [str(folder)], texts, Asked(True, REFERENCES, "uax29", 4096, 1.0))


ARTICLES = "(0[1-9]|[12][0-9]|30)/[0-9]+"


def udhr(folder: Path) -> Iterator[Case]:
    """The same articles as text with keys and as langcov's bundled table."""
    folder.mkdir()
    card = f'name = "keyed"\nalignment = "keys"\ndocuments = "key-prefix"\nkeys = "{ARTICLES}"\n'
    (folder / "corpus.toml").write_text(card, encoding="utf-8")
    running, table = [], []
    languages = ("tat_Cyrl", "rus_Cyrl", "eng_Latn", "kat_Geor", "gld_Cyrl", "evn_Cyrl", "vep_Latn")
    for language in languages:
        rows = head(SHARED / "corpora" / "udhr" / f"{language}.txt", -1)
        (folder / f"{language}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        keyed = [row.split("\t", 1) for row in rows if row]
        lines = [(key.split("/")[0], key, text) for key, text in keyed if re.fullmatch(ARTICLES, key)]
        one = [(a, k, regex.sub(r"\p{White_Space}+", " ", text).strip(" ")) for a, k, text in lines]
        running.append(by_documents(language, lines))
        table.append(by_documents(language, one))
        if language == "evn_Cyrl":
            table[-1].orthography = "udhr"
    asked = Asked(True, REFERENCES, "whitespace", 8192, 1.0)
    yield Case("udhr", [str(folder)], running, asked)
    yield Case("table", ["udhr"], table, replace(asked, table=True), languages)


def conllu(folder: Path) -> Case:
    """The sentences of a treebank; every fifth begins a document."""
    source = (SHARED / "corpora" / "ud" / "UD_Tatar-NMCTT.conllu").read_text(encoding="utf-8")
    parts, lines = [], []
    for i, block in enumerate(source.strip("\n").split("\n\n")):
        parts.append((f"# newdoc id = d{i // 5}\n" if i % 5 == 0 else "") + block)
        text = next(row for row in block.split("\n") if row.startswith("# text = "))
        lines.append((f"d{i // 5}", i, text.removeprefix("# text = ")))
    (folder / "treebank.conllu").write_text("\n\n".join(parts) + "\n\n", encoding="utf-8")
    asked = Asked(False, REFERENCES, "whitespace", 8192, 1.0)
    return Case("conllu", [f"tat={folder / 'treebank.conllu'}"], [by_documents("tat_Cyrl", lines)], asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
