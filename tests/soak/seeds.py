"""Good files of every format and kind of model, made here and now: what is then damaged."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import lzma
import random
import shutil
from contextlib import redirect_stdout, suppress
from pathlib import Path

import pyarrow
import pyarrow.parquet

import langcov
from benchmarks.made_tokenizers import write_gguf
from langcov.core.files import bundled
from tests.lid.models import quantize, saved, train
from tests.soak.edits import PACKED
from tests.tokenizers.tiny import train_sentencepiece, training_lines
from tests.toys import byte_bpe, dropping_bpe, uncased_wordpiece
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

LANGUAGES = ("tat_Cyrl", "kbd_Cyrl", "rus_Cyrl")
LINES = 150
EXCEPTIONS = """\
[[accept]]
word = "{}"
reason = "a surname"

[[accept]]
letters = ["ҧ"]
language = "abk"
reason = "old"
"""
CARD = """\
name = "news"
summary = "Words in a random order."
licence = "CC0-1.0"
source = "the UDHR"
collectors = ["N. N."]
consent = "asked"
contact = "name@example.org"
sensitive = "none"
machine_translated = false
ocr = true
"""
CONFIG = """\
[tokenizers]
systems = ["t=vocab:words.txt", "bytes"]
corpora = ["tat=tat_Cyrl.txt"]
outputs = ["result.json", "table.md"]
base = "base.json"
gate_outputs = ["gate.md", "gate.xml", "gate.json"]

[gate]
metrics = ["fertility"]
"""


def random_lines() -> dict[str, list[str]]:
    """Lines of random words of the bundled UDHR, with what the checks of a text find."""
    [path] = (bundled("corpora") / "udhr").glob("*.words.tsv.xz")
    table = [row.split("\t") for row in lzma.decompress(path.read_bytes()).decode().splitlines()]
    dice = random.Random(0)
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        words = [row[3] for row in table if row[0] == language]
        lines = [" ".join(dice.choices(words, k=dice.randrange(3, 12))) for _ in range(LINES)]
        wrong = [
            lines[0],
            lines[1].replace("о", "o"),
            "a@example.org",
            lines[2] + " ",
            "&amp; \u00ad",
            lines[3].upper(),
        ]
        found[language] = lines + wrong
    return found


def texts(folder: Path, lines: dict[str, list[str]]) -> None:
    """The same text in every format, compressed in every way."""
    own = lines["tat_Cyrl"]

    def table(name: str, delimiter: str) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([["id", "text"], *enumerate(own)])

    records = [{"id": at, "text": line, "meta": {"n": at / 3}} for at, line in enumerate(own)]
    (folder / "tat_Cyrl.txt").write_text("\n".join(own) + "\n", "utf-8")
    table("tat_Cyrl.tsv", "\t")
    table("tat_Cyrl.csv", ",")
    rows = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
    (folder / "tat_Cyrl.jsonl").write_text(rows + "\n", "utf-8")
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pylist(records), folder / "tat_Cyrl.parquet", row_group_size=40
    )
    sentences = []
    for line in own:
        forms = [f"{n}\t{word}{chr(9) + '_':_>2}" for n, word in enumerate(line.split(), 1)]
        rows_of = [one.split("\t")[:2] + ["_"] * 8 for one in forms]
        sentences.append("\n".join([f"# text = {line}", *("\t".join(row) for row in rows_of)]))
    (folder / "tat_Cyrl.conllu").write_text("\n\n".join(sentences) + "\n\n", "utf-8")
    langcov_("corpora", "condense", str(folder / "tat_Cyrl.txt"), "-o", str(folder / "tat.words.tsv"))
    for path in list(folder.iterdir()):
        for ending, (_, pack) in PACKED.items():
            if path.suffix != ".parquet":
                path.with_name(path.name + ending).write_bytes(pack(path.read_bytes()))


def langcov_(*words: str) -> None:
    """A command that has to work."""
    from langcov.cli import main

    with redirect_stdout(io.StringIO()):
        assert main([*words, *(["--quiet"] if words[0] in ("tokenizers", "lid") else [])]) == 0, words


def byte_level() -> Tokenizer:
    """Byte-level BPE, as GPT-2's."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        training_lines(), trainers.BpeTrainer(vocab_size=330, show_progress=False, initial_alphabet=letters)
    )
    return made


def tokenizer_files(folder: Path) -> None:
    """A file of each kind."""
    made = byte_level()
    made.save(str(folder / "bytes.json"))
    dropping_bpe().save(str(folder / "letters.json"))
    words = uncased_wordpiece()
    words.save(str(folder / "wordpiece.json"))
    unigram = Tokenizer(models.Unigram())
    unigram.pre_tokenizer, unigram.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    unigram.train_from_iterator(
        training_lines(),
        trainers.UnigramTrainer(
            vocab_size=120, show_progress=False, unk_token="<unk>", special_tokens=["<unk>"]
        ),
    )
    unigram.save(str(folder / "unigram.json"))
    by_id = sorted(words.get_vocab(), key=words.get_vocab().__getitem__)
    (folder / "pieces.txt").write_text("\n".join(by_id) + "\n", "utf-8")
    (folder / "words.txt").write_text(
        "[UNK]\n" + "\n".join(sorted(set(" ".join(training_lines()).split()))), "utf-8"
    )
    for kind in ("bpe", "unigram"):
        model = train_sentencepiece(model_type=kind, byte_fallback=True)
        (folder / f"{kind}.model").write_bytes(model)
    shutil.copy(bundled("tokenizers") / "langcov-rus-32k.model", folder / "bundled.model")
    tokens = [bytes([byte]) for byte in range(256)] + [b"th", b"the", "ко".encode(), "кот".encode()]
    ranks = [f"{base64.b64encode(token).decode()} {rank}\n" for rank, token in enumerate(tokens)]
    (folder / "x.tiktoken").write_text("".join(ranks))
    (folder / "pattern.txt").write_text(byte_bpe()._pat_str, "utf-8")
    rwkv = [f"{rank} {token!r} {len(token)}\n" for rank, token in enumerate(tokens, 1)]
    (folder / "rwkv.txt").write_text("".join(rwkv), "utf-8")
    vocab = [{"rank": at, "token_bytes": base64.b64encode(one).decode()} for at, one in enumerate(tokens)]
    config = {"pattern": r"\p{L}+| ?[^\s\p{L}]+|\s+", "num_vocab_tokens": len(vocab), "version": "v3"}
    config |= {"default_vocab_size": len(vocab) + 3, "default_num_special_tokens": 3}
    (folder / "tekken.json").write_text(json.dumps({"config": config, "vocab": vocab}))
    model = json.loads(made.to_str())["model"]
    merges = [" ".join(pair) for pair in model["merges"]]
    pair = folder / "pair"
    pair.mkdir()
    (pair / "vocab.json").write_text(json.dumps(model["vocab"], ensure_ascii=False), "utf-8")
    (pair / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", "utf-8")
    clip = '"bpe_simple_vocab_16e6.txt#version: 0.2\n' + "t h\nth e</w>\nc a\nca t</w>\n"
    (folder / "bpe_simple_vocab_16e6.txt.gz").write_bytes(gzip.compress(clip.encode()))
    with suppress(ImportError):  # told by the command line: exit code 2
        size = made.get_vocab_size()
        known = [made.id_to_token(number) for number in range(size)]
        write_gguf(folder / "bpe.gguf", "gpt2", known, [1] * size, token_merges=merges, tokenizer_pre="gpt-2")


def lid_files(folder: Path, lines: dict[str, list[str]]) -> None:
    """Models of fastText in both forms, predictions, and a table of labels."""
    model = train(folder, {language: " ".join(own[:20]) for language, own in lines.items()})
    saved(model, folder / "toy.bin")
    saved(quantize(model, folder), folder / "toy.ftz")
    (folder / "train.txt").unlink()
    rows = [f"{language}\t{language[:3]}\t{language[4:]}\n" for language in lines]
    (folder / "labels.tsv").write_text("".join(rows), "utf-8")
    text = folder / "tat_Cyrl.txt"
    for ending in ("", ".zst", ".gz"):
        said = folder / f"said.jsonl{ending}"
        langcov_(
            "lid", f"toy=fasttext:{folder / 'toy.bin'}", "--corpus", f"tat={text}", "--predictions", str(said)
        )


def projects(folder: Path, lines: dict[str, list[str]]) -> None:
    """Results with their rows, a configuration with its base, a card, exceptions, letters of a font."""
    out = folder / "base.json"
    langcov_(
        "tokenizers",
        "bytes",
        f"t=vocab:{folder / 'words.txt'}",
        "--corpus",
        f"tat={folder / 'tat_Cyrl.txt'}",
        "-o",
        str(out),
    )
    result = langcov.load(out)
    assert result.records
    for name in ("json", "rows.npz"):
        shutil.copy(folder / f"base.{name}", folder / f"new.{name}")
    project = folder / "project"
    project.mkdir()
    for name in ("words.txt", "tat_Cyrl.txt"):
        shutil.copy(folder / name, project)
    (project / "langcov.toml").write_text(CONFIG, "utf-8")
    langcov_("run", str(project / "langcov.toml"), "--baseline")
    card = folder / "card"
    card.mkdir()
    text = CARD
    for language, own in lines.items():
        (card / f"{language}.txt").write_text("\n".join(own) + "\n", "utf-8")
        text += f"\n[languages.{language[:3]}]\nfiles = '{language}.txt'\nyear = 1998\n"
    (card / "corpus.toml").write_text(text, "utf-8")
    (folder / "exceptions.toml").write_text(EXCEPTIONS.format(lines["tat_Cyrl"][0].split()[0]), "utf-8")
    (folder / "letters.tsv").write_text("ї\tҥ\n", "utf-8")


def make(folder: Path) -> None:
    """All of them."""
    lines = random_lines()
    folder.mkdir()
    texts(folder, lines)
    tokenizer_files(folder)
    lid_files(folder, lines)
    projects(folder, lines)
