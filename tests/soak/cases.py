"""Commands on files of which one is damaged, and what each may write."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

OLD = b"old\n"
SPECS = {
    "bytes.json": "hf:{}", "letters.json": "hf:{}", "wordpiece.json": "hf:{}", "unigram.json": "hf:{}",
    "pieces.txt": "wordpiece:{}?lowercase", "words.txt": "vocab:{}", "bpe.model": "spm:{}",
    "unigram.model": "spm:{}", "bundled.model": "{}", "x.tiktoken": "tiktoken:{}?pattern=@pattern.txt",
    "pattern.txt": "tiktoken:x.tiktoken?pattern=@{}", "rwkv.txt": "rwkv:{}", "tekken.json": "tekken:{}",
    "pair/vocab.json": "bpe:{}?pattern=gpt2", "pair/merges.txt": "bpe:pair/vocab.json?pattern=gpt2",
    "bpe_simple_vocab_16e6.txt.gz": "clip:{}", "bpe.gguf": "gguf:{}",
}  # fmt: skip
BESIDE = {"x.tiktoken": ["pattern.txt"], "pattern.txt": ["x.tiktoken"], "pair": ["pair"]}
IDENTIFIERS = {
    "toy.bin": "toy=fasttext:{}", "toy.ftz": "toy=fasttext:{}", "said.jsonl": "predictions:{}",
    "said.jsonl.zst": "predictions:{}", "said.jsonl.gz": "predictions:{}",
}  # fmt: skip
TEXT = "tat_Cyrl.txt"
WORDS = ["tat", "tat_Cyrl", "татарча", "crh", "", "\0", "\u202e", "no such", "x" * 5000, "[", "--", "1e999"]


@dataclass
class Case:
    """A command.

    Attributes:
        name: of the command.
        words: its arguments, in a folder with ``files``.
        edited: the file that is damaged; empty if there is none.
        files: what else has to be there, files or folders.
        targets: what it may write.
    """

    name: str
    words: list[str]
    edited: str
    files: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


def _result(dice: random.Random) -> tuple[list[str], list[str]]:
    """Where a result goes: options, and files."""
    more = ["--quiet", *dice.choice([[], ["--no-hygiene"]]), *dice.choice([[], [], ["--jobs", "2"]])]
    match dice.randrange(4):
        case 0:
            return [*more, "--format", dice.choice(["json", "csv", "md", "latex"])], []
        case 1:
            return [*more, "-o", "out.json.xz"], ["out.json.xz", "out.rows.npz"]
        case _:
            return [*more, "-o", "out.json"], ["out.json", "out.rows.npz"]


def _texts(seeds: Path, tables: bool = False) -> list[str]:
    return sorted(path.name for path in seeds.glob("tat[._]*" if tables else "tat_*"))


def tokenizer(dice: random.Random, seeds: Path) -> Case:
    """A damaged tokenizer on a good text."""
    file = dice.choice(list(SPECS))
    options, targets = _result(dice)
    how = dice.choice([[], [], ["--method", "lines"], ["--engine", "reference"], ["--perturb", "case"]])
    words = ["tokenizers", SPECS[file].format(file), "--corpus", f"tat={TEXT}", *how, *options]
    return Case("tokenizers: model", words, file, [TEXT, *BESIDE.get(file.partition("/")[0], [])], targets)


def counted(dice: random.Random, seeds: Path) -> Case:
    """A good tokenizer on a damaged text."""
    file = dice.choice(_texts(seeds, tables=True))
    options, targets = _result(dice)
    how = dice.choice(
        [[], ["--encoding-errors", "replace"], ["--encoding-errors", "skip"], ["--null", "skip"]]
    )
    system = dice.choice(["bytes", "chars", "spm:bpe.model", "hf:bytes.json"])
    corpus = file if "words" in file else f"tat={file}"
    words = ["tokenizers", system, "--corpus", corpus, *how, *options]
    return Case("tokenizers: text", words, file, ["bpe.model", "bytes.json"], targets)


def identifier(dice: random.Random, seeds: Path) -> Case:
    """A damaged model, file of predictions or table of labels on a good text."""
    file = dice.choice([*IDENTIFIERS, "toy.bin", "labels.tsv"])
    options, targets = _result(dice)
    if file == "labels.tsv":
        words = [
            "lid",
            "toy=fasttext:toy.bin",
            "--labels",
            "toy=labels.tsv",
            "--corpus",
            f"tat={TEXT}",
            *options,
        ]
        return Case("lid: labels", words, file, [TEXT, "toy.bin"], targets)
    words = ["lid", IDENTIFIERS[file].format(file), "--corpus", f"tat={TEXT}", *options]
    return Case("lid: " + ("predictions" if "said" in file else "model"), words, file, [TEXT], targets)


def identified(dice: random.Random, seeds: Path) -> Case:
    """A good model on a damaged text."""
    file = dice.choice(_texts(seeds))
    options, targets = _result(dice)
    said = dice.choice([[], ["--predictions", "new.jsonl.zst"]])
    words = ["lid", dice.choice(["cld2", "fasttext:toy.bin"]), "--corpus", f"tat={file}", *said, *options]
    return Case("lid: text", words, file, ["toy.bin"], [*targets, *said[1:]])


def _accepting(dice: random.Random, text: str) -> tuple[str, list[str], list[str]]:
    """Which file is damaged, the options that name it, and what else is needed."""
    return dice.choice(
        [
            (text, [], []),
            (text, [], []),
            (text, ["--exceptions", "exceptions.toml"], ["exceptions.toml"]),
            ("exceptions.toml", ["--exceptions", "exceptions.toml"], [text]),
            ("letters.tsv", ["--letter-map", "letters.tsv"], [text]),
        ]
    )


def check(dice: random.Random, seeds: Path) -> Case:
    """What is wrong with a damaged text, or with damaged exceptions."""
    text = dice.choice(_texts(seeds))
    file, more, files = _accepting(dice, text)
    ending, form = dice.choice([("md", "md"), ("json", "json"), ("sarif", "sarif"), ("html", "html")])
    to = dice.choice([[], ["-o", f"report.{ending}"]])
    lid = dice.choice(["none", "none", "cld2"])
    words = ["corpora", "check", text, "--lang", "tat", "--lid", lid, "--format", form, "--quiet", *more, *to]
    return Case("corpora check", words, file, files, to[1:])


def fix(dice: random.Random, seeds: Path) -> Case:
    """A fixed copy of a damaged text."""
    text = dice.choice(_texts(seeds))
    file, more, files = _accepting(dice, text)
    copy = f"copy.{text.partition('.')[2]}"
    write = ["--write", "-o", copy, "--log", "log.jsonl", *dice.choice([[], ["--force"]])]
    words = ["corpora", "fix", text, "--lang", "tat", "--quiet", *more, *dice.choice([write, write, []])]
    return Case("corpora fix", words, file, files, [copy, "log.jsonl"] if "--write" in words else [])


def condense(dice: random.Random, seeds: Path) -> Case:
    """A word table of a damaged text."""
    text = dice.choice(_texts(seeds))
    target = "new.words.tsv" + dice.choice(["", ".gz", ".xz", ".zst"])
    return Case("corpora condense", ["corpora", "condense", f"tat={text}", "-o", target], text, [], [target])


def card(dice: random.Random, seeds: Path) -> Case:
    """A damaged card, or its text."""
    file = dice.choice(["card/corpus.toml"] * 3 + ["card/tat_Cyrl.txt"])
    to = dice.choice([[], ["--format", "hf", "-o", "README.md"]])
    return Case("corpora card", ["corpora", "card", "card", *to], file, ["card"], to[3:])


def compare(dice: random.Random, seeds: Path) -> Case:
    """A damaged result, or its rows."""
    file = dice.choice(["base.json", "new.json", "base.rows.npz", "new.rows.npz"])
    form, ending = dice.choice([("md", "md"), ("json", "json"), ("junit", "xml")])
    to = dice.choice([[], ["-o", f"gate.{ending}"]])
    files = ["base.json", "new.json", "base.rows.npz", "new.rows.npz"]
    return Case("compare", ["compare", "base.json", "new.json", "--format", form, *to], file, files, to[1:])


def run(dice: random.Random, seeds: Path) -> Case:
    """A damaged configuration, or what it names."""
    names = ["langcov.toml", "langcov.toml", "words.txt", "tat_Cyrl.txt", "base.json", "base.rows.npz"]
    how = dice.choice([["--no-cache"], [], ["--baseline"], ["--dry-run"]])
    targets = ["result.json", "result.rows.npz", "table.md", "gate.md", "gate.xml", "gate.json"]
    written = [f"project/{name}" for name in [*targets, "base.json", "base.rows.npz"] if how != ["--dry-run"]]
    keep = written if how == ["--baseline"] else written[:-2]
    return Case(
        "run",
        ["run", "project/langcov.toml", "--quiet", *how],
        f"project/{dice.choice(names)}",
        ["project"],
        keep,
    )


def listed(dice: random.Random, seeds: Path) -> Case:
    """Tables that need no file."""
    if dice.random() < 0.3:
        return Case("corpora list", ["corpora", "list"], "")
    form = dice.choice(["tsv", "json", "html"])
    word = dice.choice(WORDS) if form == "html" or dice.random() < 0.5 else ""
    words = [
        "languages",
        *([word] if word and "\0" not in word else []),
        "--format",
        form,
        "-o",
        f"page.{form}",
    ]
    return Case("languages", words, "", [], [f"page.{form}"])


MAKERS: list[Callable[[random.Random, Path], Case]] = [
    *[tokenizer] * 4, *[counted] * 3, *[identifier] * 3, identified, *[check] * 3, *[fix] * 3,
    *[condense] * 2, card, *[compare] * 2, *[run] * 2, listed,
]  # fmt: skip
