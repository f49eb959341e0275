"""Does advice keep its promise? python benchmarks/advice.py [RESULT.md], with ../shared beside the checkout.

A third of the lines of Common Voice in each language is kept away. ``langcov advise`` learns on a half of the
rest and promises, with its interval, by the other half; then the tokenizer that it wrote is measured on the
third. Also: how long 2,000 pieces take on 10 MB.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from langcov.corpora import resolve
from langcov.corpora.halves import Text
from langcov.extend.advise import Advice, Settings, advise
from langcov.extend.verify import Both, change, encode_both
from langcov.tokenizers import load

SHARED = Path(__file__).resolve().parents[2] / "shared"
TOKENIZERS = (
    "gpt_neox_20b.json",
    "cl100k_base.tiktoken",
    "mistral_v1.spm.model",
    "mistral_7b_v0.1.json",
    "grok1.spm.model",
)
LANGUAGES = ("tat", "bak", "chv")
KEPT = (("gpt_neox_20b.json", "tat"), ("mistral_v1.spm.model", "bak"))  # with --keep-size
PROTECTED = ("rus", "eng")
ADD = 500
MOST = 10_000_000
KIN = ("tat", "bak", "kaz", "kir", "chv", "sah", "mon", "abk", "uig", "ukr", "bel", "tgk")


def lines_of(language: str) -> tuple[list[str], list[str]]:
    """Lines to learn and promise by, and a third that is kept away."""
    text = (SHARED / "corpora" / "commonvoice" / f"{language}.txt").read_text("utf-8")
    lines = dict.fromkeys(filter(None, text.splitlines()))
    away = {line for line in lines if hashlib.sha256(line.encode()).digest()[0] % 3 == 0}
    return [line for line in lines if line not in away], [line for line in lines if line in away]


def extended(found: Advice, lines: Sequence[str]) -> Both:
    """Lines by the tokenizer as it is and by the one that was written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / found.file
        path.write_bytes(found.data)
        spec = found.spec.replace(found.file, str(path), 1)
        return encode_both(Text(list(lines)), found.system.tokenizer, load(spec).tokenizer)


def promises() -> list[str]:
    """A row for each tokenizer and language."""
    return [
        *(promise(file, language) for language in LANGUAGES for file in TOKENIZERS),
        *(promise(file, language, keep_size=True) for file, language in KEPT),
    ]


def promise(file: str, language: str, *, keep_size: bool = False) -> str:
    """What was promised of a tokenizer and a language, what is so, and which other lines change."""
    russian = lines_of("rus")[1]
    english = (SHARED / "corpora/nllbseed/eng_Latn.txt").read_text("utf-8").splitlines()
    known, away = lines_of(language)
    # The Russian that is counted is none that protects.
    settings = Settings(add=ADD, protect=PROTECTED, leave_out=("commonvoice",), keep_size=keep_size)
    found = advise(str(SHARED / "tokenizers" / file), resolve([{language: known}]), settings)
    promised, kept = found.tested[0].change, change(extended(found, away).rows)
    assert promised.low is not None and promised.high is not None and kept.low is not None
    held = promised.low <= kept.value <= promised.high
    overlap = kept.low <= promised.high and promised.low <= (kept.high or 0)
    changed = [int(extended(found, lines).changed.sum()) for lines in (russian, english)]
    row = (
        f"| {file}{' --keep-size' if keep_size else ''} | {language} | {percent(promised.value)} "
        f"[{percent(promised.low)}, {percent(promised.high)}] | {percent(kept.value)} [{percent(kept.low)}, "
        f"{percent(kept.high or 0)}] | {'yes' if held else 'no'} | {'yes' if overlap else 'no'} | "
        f"{found.tested[0].expected - found.tested[0].tokens[1]} | {changed[0]} of {len(russian)} | "
        f"{changed[1]} of {len(english)} |"
    )
    print(row, file=sys.stderr, flush=True)
    return row


def percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def speed() -> str:
    """CPU time of 2,000 pieces on 10 MB of text."""
    lines: list[str] = []
    size = 0
    for path in sorted((SHARED / "corpora").glob("*/*.txt")):
        if path.name.startswith(KIN):
            for line in path.read_text("utf-8").splitlines():
                if line and size < MOST:
                    lines.append(line)
                    size += len(line.encode()) + 1
    corpora = resolve([{"tat": lines}])
    wall, cpu = time.perf_counter(), time.process_time()
    found = advise(str(SHARED / "tokenizers" / "gpt_neox_20b.json"), corpora, Settings(add=2000))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return (
        f"{len(found.learned)} pieces on {size} bytes with GPT-NeoX: {wall:.0f} s, {cpu:.0f} s of CPU time."
    )


def main() -> None:
    """Write the table."""
    about = (
        f"{ADD} pieces, by `benchmarks/advice.py`: what `langcov advise` promised by half of two thirds of "
        "Common Voice, and what is so on the last third; Russian of Common Voice, whose table protects "
        "nothing here, and English of NLLB Seed."
    )
    columns = (
        *(
            "tokenizer",
            "language",
            "promised",
            "kept",
            "within",
            "intervals meet",
            "tokens foreseen less real",
        ),
        *("Russian lines changed", "English"),
    )
    head = f"# Does advice keep its promise?\n\n{about}\n\n| {' | '.join(columns)} |\n"
    head += f"|{' --- |' * len(columns)}\n"
    took = speed()
    print(took, file=sys.stderr, flush=True)
    text = head + "\n".join(promises()) + f"\n\n{took}\n"
    Path(sys.argv[1]).write_text(text, "utf-8") if len(sys.argv) > 1 else print(text)


if __name__ == "__main__":
    main()
