"""Ten tokenizers on UDHR and FLORES+: python benchmarks/run_tokenizers.py

Measures tokenizers of ../shared/tokenizers and both reference models on the bundled UDHR and on
../shared/corpora/flores_plus, and writes results/tokenizers.json.xz, results/tokenizers.md (with three
findings whose figures are taken from the records) and the table of the README.
"""

from __future__ import annotations

import sys
from pathlib import Path

from langcov.api import measure_tokenizers
from langcov.languages import find
from langcov.report import render
from langcov.result import Record, Result, load

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

    def at(system: str, language: str, metric: str, corpus: str = FLORES) -> float:
        value = get(result, system, language, metric, corpus).value
        assert value is not None
        return value

    def against_english(system: str, language: str) -> str:
        return premium(result, system, language) + "×"

    def per_word(system: str, language: str) -> str:
        return f"{at(system, language, 'fertility'):.2f}"

    old_to_new = {
        language: f"{against_english('cl100k', language)} to {against_english('o200k', language)}"
        for language in ("rus_Cyrl", "tat_Cyrl", "chv_Cyrl")
    }
    of_bytes = get(result, "o200k", "chv_Cyrl", "byte_premium", reference="eng_Latn").value
    unknown = f"{100 * at('bert-cased', 'tat_Cyrl', 'unknown_words'):.0f} %"
    decoded = f"{100 * at('bert-cased', 'tat_Cyrl', 'round_trip'):.0f} %"
    return [
        "# Ten tokenizers on UDHR and FLORES+",
        "",
        "Made by `python benchmarks/run_tokenizers.py`; all figures are in `tokenizers.json.xz`",
        "(`langcov.load` reads it). Findings, on FLORES+ dev (997 sentences) unless said:",
        "",
        "1. **A newer vocabulary helped Russian and Tatar more than Chuvash.** From cl100k to o200k the tokens",
        f"   of a Russian sentence against its English one fell from {old_to_new['rus_Cyrl']}, of a Tatar one",
        f"   from {old_to_new['tat_Cyrl']}, of a Chuvash one from {old_to_new['chv_Cyrl']}, of which",
        f"   {of_bytes:.2f}× is UTF-8. In that text 24 % of ӑ ӗ ҫ ӳ are Latin look-alikes",
        "   (../shared/corpora/SOURCES.md), so part of it is the text and not the language.",
        "2. **Few tokens can mean that the text is lost.** bert-cased needs only",
        f"   {against_english('bert-cased', 'tat_Cyrl')} the tokens of English for Tatar: {unknown} of the words",
        f"   are unknown to it, and {decoded} of the lines come back when decoded.",
        "3. **What a vocabulary was trained on counts for more than its size.** Two models of 32,000 pieces",
        "   differ only in their training text. Trained on Russian alone, Tatar takes",
        f"   {per_word('langcov-rus-32k', 'tat_Cyrl')} tokens a word; balanced over all languages,",
        f"   {per_word('langcov-balanced-32k', 'tat_Cyrl')}, for which Russian pays",
        f"   {per_word('langcov-balanced-32k', 'rus_Cyrl')} instead of {per_word('langcov-rus-32k', 'rus_Cyrl')}.",
        f"   o200k, with 200,000 pieces, takes {per_word('o200k', 'tat_Cyrl')} and {per_word('o200k', 'rus_Cyrl')}.",
    ]


if __name__ == "__main__":
    main()
