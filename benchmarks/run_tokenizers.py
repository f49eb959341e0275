"""Ten tokenizers on UDHR and FLORES+: python benchmarks/run_tokenizers.py

Measures tokenizers of ../shared/tokenizers and both reference models on the bundled UDHR and on
../shared/corpora/flores_plus, and writes results/tokenizers.json.xz, results/tokenizers.md (with three
findings whose figures are taken from the records) and the table of the README, with the figures that the
command above it gives.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from langcov.api import measure_tokenizers
from langcov.languages import find
from langcov.report import render
from langcov.results.result import Record, Result
from langcov.results.saved import load

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
RESULT = HERE / "results" / "tokenizers.json.xz"
TOKENIZERS = {
    "gpt2": "tiktoken:gpt2.tiktoken",
    "cl100k": "tiktoken:cl100k_base.tiktoken",
    "o200k": "tiktoken:o200k_base.tiktoken",
    "tekken": "tekken:tekken_240718.json",
    "mistral-v3": "spm:mistral_v3.spm.model",
    "grok-1": "spm:grok1.spm.model",
    "gpt-neox": "hf:gpt_neox_20b.json",
    "bert-cased": "wordpiece:bert_base_cased.vocab.txt",
}
BUNDLED = ["langcov-rus-32k", "langcov-balanced-32k"]
FLORES = "flores_plus"
SHOWN = ["rus_Cyrl", "tat_Cyrl", "bak_Cyrl", "chv_Cyrl", "mhr_Cyrl", "dar_Cyrl", "crh_Latn", "kaz_Cyrl"]
COLUMNS = ["cl100k", "o200k", "tekken", "mistral-v3", "langcov-balanced-32k"]
FINDINGS = """\
# Ten tokenizers on UDHR and FLORES+

Made by `python benchmarks/run_tokenizers.py`; all figures are in `tokenizers.json.xz`, which \
`langcov.load` reads. Findings, on FLORES+ dev (997 sentences):

1. **A newer vocabulary helped Russian and Tatar more than Chuvash.** From cl100k to o200k the \
tokens of a Russian sentence against its English one fell from {cl100k_rus:.2f}× to \
{o200k_rus:.2f}×, of a Tatar one from {cl100k_tat:.2f}× to {o200k_tat:.2f}×, of a Chuvash one from \
{cl100k_chv:.2f}× to {o200k_chv:.2f}×, of which {bytes_chv:.2f}× is UTF-8. In that text 24 % of ӑ ӗ \
ҫ ӳ are Latin look-alikes (../shared/corpora/SOURCES.md), so part of it is the text and not the \
language.
2. **Few tokens can mean that the text is lost.** bert-cased needs only {bert-cased_tat:.2f}× the \
tokens of English for Tatar: {bert-cased_tat_unknown_words:.0%} of the words are unknown to it, and \
{bert-cased_tat_round_trip:.0%} of the lines come back when decoded.
3. **What a vocabulary was trained on counts for more than its size.** Two models of 32,000 pieces \
differ only in their training text. Trained on Russian alone, Tatar takes \
{langcov-rus-32k_tat_fertility:.2f} tokens a word; balanced over all languages, \
{langcov-balanced-32k_tat_fertility:.2f}, for which Russian pays \
{langcov-balanced-32k_rus_fertility:.2f} instead of {langcov-rus-32k_rus_fertility:.2f}. o200k, with \
200,000 pieces, takes {o200k_tat_fertility:.2f} and {o200k_rus_fertility:.2f}.
"""
FILES = {name: spec.replace(":", ":../shared/tokenizers/") for name, spec in TOKENIZERS.items()}
NAMED = [f"{name}={FILES[name]}" for name in COLUMNS if name in FILES]
COMMAND = " \\\n    ".join(
    ["langcov tokenizers", *NAMED, COLUMNS[-1], f"--aligned --corpus ../shared/corpora/{FLORES}"]
)
"""Gives the figures of the README's table: no tokenizer's depend on another's."""
MARKS = ("<!-- table: made by benchmarks/run_tokenizers.py -->", "<!-- end of table -->")


def main() -> None:
    """Measure, write the result, its Markdown and the README's table."""
    if "--only-write" not in sys.argv:
        measure().save(RESULT)
    result = load(RESULT)
    text = "\n".join([*findings(result), "", render(result, "md")])
    RESULT.with_name("tokenizers.md").write_text(text, encoding="utf-8")
    readme = HERE.parent / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(MARKS[0])
    _, after = rest.split(MARKS[1])
    made = f"{MARKS[0]}\n{table(result)}\n{MARKS[1]}"
    readme.write_text(before + made + after, encoding="utf-8")


def measure() -> Result:
    """The run itself."""
    folder = SHARED / "tokenizers"
    specs = []
    for name, spec in TOKENIZERS.items():
        kind, file = spec.split(":")
        specs.append(f"{name}={kind}:{folder / file}")
    return measure_tokenizers([*specs, *BUNDLED], ["udhr", str(SHARED / "corpora" / FLORES)], aligned=True)


def get(
    result: Result, system: str, language: str | None, metric: str, corpus: str = FLORES, reference: str = ""
) -> Record:
    """One record."""
    [record] = [
        r
        for r in result.records
        if (r.system, r.corpus, r.language, r.metric, r.reference or "")
        == (system, corpus, language, metric, reference)
    ]
    return record


def premium(result: Result, system: str, language: str, corpus: str = FLORES) -> str:
    """A premium over English as it is printed."""
    return f"{get(result, system, language, 'premium', corpus, 'eng_Latn').value:.2f}"


def table(result: Result) -> str:
    """Premiums over English on FLORES+, for the README."""
    head = ["tokens against English", "UTF-8 bytes", *COLUMNS]
    rows = [head, ["---", *["--:"] * (len(head) - 1)]]
    for language in SHOWN:
        of_bytes = get(result, COLUMNS[0], language, "byte_premium", reference="eng_Latn").value
        cells = [premium(result, system, language) for system in COLUMNS]
        rows.append([find(language).name, f"{of_bytes:.2f}", *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def findings(result: Result) -> list[str]:
    """What the numbers say, in three findings."""
    figures = {"bytes_chv": get(result, "o200k", "chv_Cyrl", "byte_premium", reference="eng_Latn").value}
    for system in ("cl100k", "o200k", "bert-cased", *BUNDLED):
        for language in ("rus", "tat", "chv"):
            identity = f"{language}_Cyrl"
            figures[f"{system}_{language}"] = get(
                result, system, identity, "premium", reference="eng_Latn"
            ).value
            for metric in ("fertility", "unknown_words", "round_trip"):
                figures[f"{system}_{language}_{metric}"] = get(result, system, identity, metric).value
    lines = FINDINGS.format(**figures).splitlines()
    return [
        textwrap.fill(line, 110, subsequent_indent="   " * line[:1].isdigit(), break_on_hyphens=False)
        for line in lines
    ]


if __name__ == "__main__":
    main()
