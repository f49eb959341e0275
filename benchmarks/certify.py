"""Does an engine give a library's ids? python -m benchmarks.certify [NAME ...]

For each tokenizer of TARGETS the ids of an engine are compared with those of the tokenizer's own library,
string by string: every code point in a dozen contexts, every line and every distinct word of
../shared/corpora, runs of every white-space character, strings put together at random from hostile atoms,
special-token texts among words, and strings as long as an engine is ever given. Code points on which the two
differ (their Unicode versions do) become the certificate's ``reference_for``: strings with one go to the
library. A certificate is written to langcov/data/certificates only where nothing else differs.
"""

from __future__ import annotations

import json
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice, product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.check_ids import SHARED, texts_of
from langcov.text.strings import Strings
from langcov.tokenizers import Encoded, System, load
from langcov.tokenizers.content import Content, HasContent
from langcov.tokenizers.engines import ENGINES
from langcov.tokenizers.engines.certificates import SCHEMA, installed, shortened
from langcov.tokenizers.engines.fast import LONG, Fast
from langcov.tokenizers.huggingface_structure import byte_alphabet
from langcov.tokenizers.rank_patterns import pattern_of
from langcov.tokenizers.wordforms import MARK, hostile_lines

CERTIFICATES = Path(__file__).resolve().parents[1] / "langcov/data/certificates"
BATCH = 50_000
LINES = "lines of corpora"
CONTEXTS = ("{c}", "а{c}", "{c}а", " {c}", "{c} ", "A{c}1{c}.{c}\n{c}{c} {c}'s", "\u0301{c}\u0323{c}\u0307")
# What Unicode 16 composes of code points that were new in it: nothing shows these pairs but the pair itself.
NEW_PAIRS = ["𐗉", "𐗤", "𑎃", "𑎅", "𑎎", "𑎑", "𑏅", "𑏇", "𑏈", "𖄡", "𖄢", "𖄣", "𖄤", "𖄥", "𖄦", "𖄧", "𖄨", "𖵨", "𖵩", "𖵪"]
WHITE = [chr(c) for c in (*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029)]
WHITE += ["\u202f", "\u205f", "\u3000", "\u200b"]

NEOX, MISTRAL = SHARED / "tokenizers/gpt_neox_20b.json", SHARED / "tokenizers/mistral_7b_v0.1.json"
LEVELS = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
GPT4_WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
GPT4_REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
MARKS = {"type": "Replace", "pattern": {"String": " "}, "content": MARK}
MARKS_AND_ONE_MORE = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": MARK}, MARKS]}
Part = dict[str, Any]
Make = Callable[[], str]


def split(pattern: str) -> Part:
    """A byte-level pre-tokenizer with a pattern of its own."""
    step = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}
    return {"type": "Sequence", "pretokenizers": [step, {**LEVELS, "use_regex": False}]}


def variant(file: Path, normalizer: Part | None, cutter: Part | None, **model: Any) -> Make:
    """The vocabulary of a file with the rules of another family: those are what a certificate is for."""

    def make() -> str:
        made = json.loads(file.read_text(encoding="utf-8"))
        made["normalizer"], made["pre_tokenizer"] = normalizer, cutter
        made["model"] |= model
        made["added_tokens"] = [token for token in made["added_tokens"] if token["special"]]
        if model.get("ignore_merges"):
            _add_words(made["model"]["vocab"])
        return json.dumps(made)

    return make


def _add_words(vocab: dict[str, int]) -> None:
    """Pieces that no merge makes."""
    letters = {byte: letter for letter, byte in byte_alphabet().items()}
    words = (SHARED / "corpora/commonvoice/tat.txt").read_text(encoding="utf-8").split()[:5_000]
    for word in words:
        vocab.setdefault("".join(letters[byte] for byte in f" {word}".encode()), len(vocab))


class Target(NamedTuple):
    """A tokenizer, and the engine that is to stand before it."""

    made_of: Path | str | Make
    engine: str = "gigatoken"
    scheme: str = ""  # what the engine calls the pattern of a file of ranks


HERE = Path(__file__).resolve().parents[1]
GIVEN = SHARED / "tokenizers"
TARGETS = {
    "gpt_neox_20b": Target(NEOX),
    "gpt2_json": Target(variant(NEOX, None, LEVELS)),
    "llama3_json": Target(
        variant(NEOX, None, split(GPT4_WORDS + r"\p{N}{1,3}" + GPT4_REST), ignore_merges=True)
    ),
    "qwen2_json": Target(variant(NEOX, {"type": "NFC"}, split(GPT4_WORDS + r"\p{N}" + GPT4_REST))),
    "gpt4o_json": Target(variant(NEOX, None, split(pattern_of("o200k_base")))),
    "mistral_7b_v0.1": Target(MISTRAL),
    "llama2_json": Target(variant(MISTRAL, MARKS_AND_ONE_MORE, None)),
    "gpt2": Target(GIVEN / "gpt2.tiktoken", scheme="gpt2"),
    "cl100k_base": Target(GIVEN / "cl100k_base.tiktoken", scheme="gpt4"),
    "o200k_base": Target(GIVEN / "o200k_base.tiktoken", scheme="o200k"),
    "tekken": Target(f"tekken:{GIVEN / 'tekken_240718.json'}", scheme="nemotron"),
    "mistral_v3.spm": Target(GIVEN / "mistral_v3.spm.model"),
    "t5_small": Target(GIVEN / "t5_small.json", "splintr-rs"),
    "bert_base_cased": Target(f"wordpiece:{GIVEN / 'bert_base_cased.vocab.txt'}", "nanotoken"),
    "bert_uncased": Target(f"wordpiece:{GIVEN / 'bert_base_cased.vocab.txt'}?lowercase", "nanotoken"),
}
SAME_RECIPE = {
    "mistral_v3.spm": (GIVEN / "mistral_v1.spm.model", *sorted((HERE / "tokenizers").glob("*.model")))
}
"""Other files that a certificate is for, compared too."""


def main(wanted: list[str]) -> int:
    """Certify, or say what differs; exit code 1 if anything is refused."""
    refused = [name for name in wanted or TARGETS if not certify(name)]
    return int(bool(refused))


def certify(name: str) -> bool:
    """Compare a tokenizer, and others of its recipe, and write the certificate."""
    target, compared, rare = TARGETS[name], dict[str, int](), set[str]()
    engine = installed(target.engine)
    systems = [_load(made_of) for made_of in (target.made_of, *SAME_RECIPE.get(name, ()))]
    contents = [content_of(system) for system in systems]
    if engine is None or any(shortened(one.recipe) != shortened(contents[0].recipe) for one in contents):
        raise SystemExit(f"{name}: no engine for this, or several recipes")
    for system, content in zip(systems, contents):
        found = compare(name, system, content, target)
        if found is None:
            return False
        rare |= found[0]
        compared = {label: compared.get(label, 0) + size for label, size in found[1].items()}
    certificate = {
        "schema": SCHEMA,
        "engine": engine,
        "reference": installed(contents[0].library),
        "recipe": shortened(contents[0].recipe),
        **({"scheme": target.scheme} if target.scheme else {}),
        "reference_for": as_ranges(map(ord, sorted(rare))),
        "made_with": [{"name": name, "sha256": system.tokenizer.sha256} for system in systems],
        "compared": compared,
        "differences": 0,
    }
    path = CERTIFICATES / f"{target.engine}-{name}.json"
    path.write_text(json.dumps(certificate, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    return True


def content_of(system: System) -> Content:
    """What an engine is built from."""
    content = system.tokenizer.content() if isinstance(system.tokenizer, HasContent) else None
    if content is None:
        raise SystemExit(f"{system.name}: no engine for this")
    return content


def compare(
    name: str, system: System, content: Content, target: Target
) -> tuple[set[str], dict[str, int]] | None:
    """Code points for the library, and how much was compared; None if anything else differs."""
    if not ENGINES[target.engine](content, target.scheme).holds(content):
        print(f"{name}: {target.engine} has another vocabulary")
        return None
    started = time.perf_counter()
    rare, compared = _code_points(system, content, target)
    print(
        f"{name}: {len(rare)} code points for the library, {time.perf_counter() - started:.0f} s", flush=True
    )
    bench = Comparison(system, content, target, rare)
    if bench.misrouted():
        print(f"{name}: refused, not given to the library: {bench.misrouted()[:3]!a}")
        return None
    for label, texts in _texts():
        compared[label] = len(texts)
        wrong = [texts[index] for index in bench.differing(texts)]
        if label == LINES:  # what differs there is no matter of rare characters
            wrong += sorted(set().union(*texts).intersection(rare))
        if wrong:
            print(f"{name}: refused, {len(wrong)} of {label} differ, such as {wrong[:3]!a}")
            return None
        print(f"{name}: {len(texts)} {label}, {time.perf_counter() - started:.0f} s", flush=True)
    return set(rare), compared


class Comparison:
    """The engine and the library side by side, with the strings that are the library's left out."""

    def __init__(self, system: System, content: Content, target: Target, rare: Iterable[str] = ()) -> None:
        self.special = content.special
        self.reference = system.tokenizer
        self.load = partial(ENGINES[target.engine], content, target.scheme)
        apart = (*content.special, *rare)
        self.fast = Fast(system.tokenizer, self.load(), self.load, target.engine, apart)

    def differing(self, texts: Iterable[str]) -> list[int]:
        """Indices of the strings of which the ids differ."""
        rest, done, found, engine = iter(texts), 0, list[int](), self.load()
        while batch := list(islice(rest, BATCH)):
            strings = Strings.of(batch)
            own = np.delete(np.arange(len(batch)), self.fast.apart(strings))
            asked = [batch[index] for index in own]
            mine, theirs = engine.encode(strings[own]), self.reference.encode(asked)
            if not (np.array_equal(mine.starts, theirs.starts) and np.array_equal(mine.ids, theirs.ids)):
                pairs = zip(own.tolist(), slices(mine), slices(theirs))
                found += [done + index for index, one, other in pairs if one != other]
            done += len(batch)
        return found

    def misrouted(self) -> list[str]:
        """Strings with special texts, which the wrapper has to give to the library."""
        texts = [f"а{text}{b}{text} c" for text in self.special for b in ("", " ", "б")]
        mine, theirs = self.fast.encode(texts), self.reference.encode(texts)
        return [text for text, one, other in zip(texts, slices(mine), slices(theirs)) if one != other]


def slices(encoded: Encoded) -> Iterator[list[int]]:
    """The ids of each string."""
    return (encoded.ids[a:b].tolist() for a, b in zip(encoded.starts, encoded.starts[1:]))


def _code_points(system: System, content: Content, target: Target) -> tuple[list[str], dict[str, int]]:
    """Those that make a difference in some context, and how much was compared."""
    bench = Comparison(system, content, target)
    points = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]
    rare: set[str] = set()
    for context in CONTEXTS:
        rare.update(points[index] for index in bench.differing(context.format(c=c) for c in points))
    decomposed = [unicodedata.normalize("NFD", c) for c in points]
    pairs = [*(text for text in decomposed if len(text) > 1), *NEW_PAIRS]
    rare.update(pairs[index][0] for index in bench.differing(pairs))
    strings = len(points) * len(CONTEXTS) + len(pairs)
    return sorted(rare), {"code points": len(points), "strings of code points": strings}


def _texts() -> Iterator[tuple[str, list[str]]]:
    files = sorted(p for p in (SHARED / "corpora").rglob("*") if p.is_file() and p.suffix != ".md")
    lines = [text for file in files for text in texts_of(file)]
    yield LINES, lines
    words = dict.fromkeys(word for line in lines for word in line.split(" ") if word)
    yield "words of corpora", [text for word in words for text in (word, " " + word)]
    dice = random.Random(0)
    gaps = [one * n + other * m for one, other, n, m in product(WHITE, WHITE, (1, 2, 5), (1, 3))]
    gaps += ["".join(dice.choices(WHITE, k=dice.randint(1, 40))) for _ in range(5_000)]
    yield (
        "runs of white space",
        [f"{a}{gap}{b}" for gap in gaps for a, b in (("", ""), ("а", "1"), (".", "A"))],
    )
    atoms = sorted({*" ".join(hostile_lines()).split(" "), *WHITE, " ", "  ", "'", "'S", "ſ", "\u2581"})
    yield "hostile strings", ["".join(dice.choices(atoms, k=dice.randint(1, 60))) for _ in range(50_000)]
    units = [
        "а",
        "я1 ",
        " ",
        "\n",
        "1",
        ".",
        "ab ",
        "қа",
        "\u0301",
        "e\u0323\u0301",
        "中",
        "'s",
        "\U0001f600",
    ]
    yield "long strings", [(unit * LONG)[:n] for unit in units for n in (500, 4_099, LONG)]


def as_ranges(numbers: Iterable[int]) -> list[str]:
    """Sorted numbers in hex, runs of them as FIRST-LAST."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [f"{first:04X}" if first == last else f"{first:04X}-{last:04X}" for first, last in runs]


def _load(made_of: Path | str | Make) -> System:
    if isinstance(made_of, (Path, str)):
        return load(str(made_of))
    import tokenizers

    return load(tokenizers.Tokenizer.from_str(made_of()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
